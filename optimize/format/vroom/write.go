package vroom

import (
	"encoding/json"
	"io"

	"truckroll/optimize/route"
)

// Problem is what the solver works on.
func (in *Instance) Problem() *route.Problem { return in.problem }

// Cost is the plan's cost in VROOM's unit.
func (in *Instance) Cost(plan *route.Solution) float64 {
	return float64(plan.Cost.Soft) / float64(in.scale)
}

// Write puts the plan out as JSON.
func (in *Instance) Write(w io.Writer, plan *route.Solution) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(in.Output(plan))
}

// Output is the plan in VROOM's shape.
func (in *Instance) Output(plan *route.Solution) Output {
	summary := &Summary{Unassigned: len(plan.Absent), Totals: Totals{Violations: []Violation{}}, ComputingTimes: ComputingTimes{
		Loading: in.loading.Milliseconds(), Solving: plan.Run.Elapsed.Milliseconds(),
	}}
	out := Output{Code: CodeDone, Summary: summary, Unassigned: []Unassigned{}, Routes: []Route{}}
	for i := range plan.Routes {
		if len(plan.Routes[i].Stops) == 0 {
			continue
		}
		t := &teller{in: in, plan: &plan.Routes[i], shift: &in.problem.Shifts[i], leaves: &in.leaves[i]}
		r := t.route()
		summary.add(&r.Totals)
		out.Routes = append(out.Routes, r)
	}
	summary.Routes = len(out.Routes)
	summary.Cost = plan.Cost.Soft / in.scale
	for _, a := range plan.Absent {
		v := &in.visits[a.Visit]
		out.Unassigned = append(out.Unassigned, Unassigned{
			ID: v.task.ID, Type: v.kind, Location: v.task.Location, LocationIndex: v.task.LocationIndex,
			Description: v.task.Description, Reason: a.Reason.String(),
		})
	}
	return out
}

func (s *Summary) add(t *Totals) {
	s.Setup, s.Service, s.Duration = s.Setup+t.Setup, s.Service+t.Service, s.Duration+t.Duration
	s.WaitingTime, s.Priority = s.WaitingTime+t.WaitingTime, s.Priority+t.Priority
	s.Delivery, s.Pickup = plus(s.Delivery, t.Delivery), plus(s.Pickup, t.Pickup)
	if t.Distance != nil {
		if s.Distance == nil {
			s.Distance = new(int64)
		}
		*s.Distance += *t.Distance
	}
	s.Violations = append(s.Violations, t.Violations...)
}

func plus(a, b []int64) []int64 {
	sum := make([]int64, max(len(a), len(b)))
	copy(sum, a)
	for i, v := range b {
		sum[i] += v
	}
	if len(sum) == 0 {
		return nil
	}
	return sum
}

// teller tells one route.
type teller struct {
	in     *Instance
	plan   *route.Route
	shift  *route.Shift
	leaves *leaves

	out      Route
	place    int   // where the vehicle is
	free     int64 // since when
	driven   int64 // seconds of the next leg that were driven before a break
	prepared int64 // setup of the next visit that was done before a break
	distance int64
	load     []int64
}

func (t *teller) route() Route {
	v := t.leaves.vehicle
	t.out = Route{Vehicle: v.ID, Description: v.Description, Totals: Totals{Violations: []Violation{}, Delivery: t.zeros(), Pickup: t.zeros()}}
	t.load, t.place, t.free = t.zeros(), t.shift.Start, t.plan.Leave
	for _, stop := range t.plan.Stops {
		if stop.Visit >= 0 {
			t.load = plus(t.load, t.in.problem.Visits[stop.Visit].Deliver)
		}
	}
	t.out.Steps = []RouteStep{}
	if t.shift.Start != route.Anywhere {
		t.add(RouteStep{Type: "start", Location: v.Start, LocationIndex: v.StartIndex, Arrival: t.plan.Leave})
	}
	for k := range t.plan.Stops {
		if stop := &t.plan.Stops[k]; stop.Visit < 0 {
			t.rest(stop, t.after(k))
		} else {
			t.visit(stop)
		}
	}
	if t.shift.End != route.Anywhere {
		t.travel(t.shift.End)
		t.out.Duration = t.plan.Travel
		t.add(RouteStep{Type: "end", Location: v.End, LocationIndex: v.EndIndex, Arrival: t.plan.Finish})
	}
	t.out.WaitingTime, t.out.Cost = t.plan.Waiting, t.cost()
	if t.in.modes[t.shift.Mode].distances {
		t.out.Distance = &t.distance
	}
	return t.out
}

func (t *teller) zeros() []int64 {
	if t.in.sizes == 0 {
		return nil
	}
	return make([]int64, t.in.sizes)
}

// add puts a step down with what has been counted so far.
func (t *teller) add(s RouteStep) {
	s.Duration, s.Load = t.out.Duration, plus(nil, t.load)
	if t.in.modes[t.shift.Mode].distances {
		metres := t.distance
		s.Distance = &metres
	}
	if s.Violations == nil {
		s.Violations = []Violation{}
	}
	t.out.Steps = append(t.out.Steps, s)
}

func (t *teller) travel(to int) {
	if t.place != route.Anywhere && to != route.Anywhere {
		t.distance += int64(t.in.modes[t.shift.Mode].matrix.Distance(t.place, to))
	}
	t.place = to
}

func (t *teller) visit(stop *route.Stop) {
	v, from := &t.in.problem.Visits[stop.Visit], &t.in.visits[stop.Visit]
	setup := t.setup(v) - t.prepared
	arrival := max(stop.Arrival, t.free)
	t.travel(v.Place)
	t.out.Setup += setup
	t.out.Duration += stop.Travel - t.driven
	t.free, t.driven, t.prepared = stop.End, 0, 0
	s := RouteStep{
		Type: from.kind, ID: &from.task.ID, Description: from.task.Description, Location: from.task.Location,
		LocationIndex: from.task.LocationIndex, Setup: setup, Service: v.Duration, Arrival: arrival,
		WaitingTime: stop.Begin - arrival - setup,
	}
	if from.kind == "job" {
		s.Job = &from.task.ID
	}
	if off := outside(v, stop.Begin); off > 0 {
		s.Violations = []Violation{{Cause: "delay", Duration: off}}
		t.out.Violations = append(t.out.Violations, s.Violations...)
	}
	t.carry(stop.Visit, v)
	t.out.Service, t.out.Priority = t.out.Service+v.Duration, t.out.Priority+v.Priority
	t.add(s)
}

// setup is needed after travel from another place.
func (t *teller) setup(v *route.Visit) int64 {
	if t.place == v.Place || t.place == route.Anywhere {
		return 0
	}
	return v.Setup
}

// carry moves load on and off.
func (t *teller) carry(visit int, v *route.Visit) {
	for d := range t.load {
		if d < len(v.Deliver) {
			t.load[d] -= v.Deliver[d]
			t.out.Delivery[d] += v.Deliver[d]
		}
		if d < len(v.Pickup) {
			t.load[d] += v.Pickup[d]
			t.out.Pickup[d] += v.Pickup[d]
		}
	}
	for _, l := range t.in.problem.Links {
		if l.Kind == route.Shipment && l.Second == visit {
			for d, a := range t.in.problem.Visits[l.First].Pickup {
				t.load[d] -= a
				t.out.Delivery[d] += a
			}
		}
	}
}

// after is the visit that follows the break at stop k, or the shift's end, with the travel there.
func (t *teller) after(k int) route.Stop {
	end := route.Stop{Visit: -1, Arrival: t.plan.Finish, Travel: t.plan.Travel}
	for i := range t.plan.Stops {
		if i > k && t.plan.Stops[i].Visit >= 0 {
			return t.plan.Stops[i]
		}
		end.Travel -= t.plan.Stops[i].Travel
	}
	return end
}

// rest puts a break down. Its step takes what was done before it of the way to the next stop and of the setup there.
func (t *teller) rest(stop *route.Stop, next route.Stop) {
	b := t.leaves.breaks[stop.Break]
	t.driven = min(stop.Begin-t.free, next.Travel)
	arrival := t.free + t.driven
	if next.Visit >= 0 && next.Arrival <= stop.Begin {
		t.prepared = min(stop.Begin-arrival, t.setup(&t.in.problem.Visits[next.Visit]))
	}
	t.out.Duration += t.driven
	t.add(RouteStep{
		Type: "break", ID: &b.ID, Description: b.Description, Service: stop.End - stop.Begin,
		Arrival: arrival, Setup: t.prepared, WaitingTime: stop.Begin - arrival - t.prepared,
	})
	t.out.Setup += t.prepared
	t.out.Service += stop.End - stop.Begin
	t.free = stop.End
}

// cost of a route in VROOM's unit: its legs by the problem's price, and the vehicle.
func (t *teller) cost() int64 {
	soft := t.shift.Fixed + t.plan.Travel
	if t.in.scale != 1 {
		soft = t.shift.Fixed + t.plan.Distance // which is the price; see fares
	}
	return soft / t.in.scale
}

// outside is how far a pinned begin misses the task's windows.
func outside(v *route.Visit, begin int64) (off int64) {
	for k, w := range v.Windows {
		miss := max(w.From-begin, begin-w.Until, 0)
		if k == 0 || miss < off {
			off = miss
		}
	}
	return off
}
