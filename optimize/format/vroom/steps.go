package vroom

import (
	"fmt"
	"strconv"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// steps takes over the plan in force.
func (r *reader) steps() error {
	placed := map[int]bool{}
	for shift := range r.in.input.Vehicles {
		v := &r.in.input.Vehicles[shift]
		for k := range v.Steps {
			at := fmt.Sprintf("vehicles[%d].steps[%d]", shift, k)
			if err := r.step(at, shift, k, &v.Steps[k], placed); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reader) step(at string, shift, k int, s *Step, placed map[int]bool) error {
	timed := s.ServiceAt != nil || s.ServiceAfter != nil || s.ServiceBefore != nil
	switch s.Type {
	case "start", "break", "end":
		if timed {
			return source.Faultf(at, "a %s cannot be fixed in time; give the vehicle a time_window or the break time_windows", s.Type)
		}
		return nil
	case "job", "pickup", "delivery":
	default:
		return source.Faultf(at+".type", "%q is none of start, job, pickup, delivery, break, end", s.Type)
	}
	i, known := r.number[s.Type+" "+strconv.FormatUint(s.ID, 10)]
	if !known {
		return source.Faultf(at+".id", "there is no %s %d", s.Type, s.ID)
	}
	if placed[i] {
		return source.Faultf(at+".id", "%s %d stands in two places of the plan", s.Type, s.ID)
	}
	placed[i] = true
	p := r.in.problem
	start := p.Shifts[shift].Window.From + int64(k)*60
	if timed {
		if err := r.pin(at, shift, s, &p.Visits[i]); err != nil {
			return err
		}
		if s.ServiceAt != nil {
			start = *s.ServiceAt
		}
	}
	p.Present = append(p.Present, route.Placed{Visit: i, Shift: shift, Start: start})
	return nil
}

// pin fixes a visit to its vehicle, and to a moment or between two.
func (r *reader) pin(at string, shift int, s *Step, v *route.Visit) error {
	between := route.Window{From: 0, Until: maxMoment}
	if s.ServiceAfter != nil {
		between.From = *s.ServiceAfter
	}
	if s.ServiceBefore != nil {
		between.Until = *s.ServiceBefore
	}
	if between.From < 0 || between.From > between.Until || between.Until > maxMoment {
		return source.Faultf(at, "service_after %d and service_before %d leave no time", between.From, between.Until)
	}
	v.Pin = &route.Pin{Shift: shift, Start: route.Never, Rank: -1}
	if s.ServiceAt != nil {
		if *s.ServiceAt < between.From || *s.ServiceAt > between.Until {
			return source.Faultf(at+".service_at", "%d is not between %d and %d", *s.ServiceAt, between.From, between.Until)
		}
		v.Pin.Start = *s.ServiceAt
		return nil
	}
	if len(v.Windows) == 0 {
		v.Windows = []route.Window{between}
		return nil
	}
	var cut []route.Window
	for _, w := range v.Windows {
		w = route.Window{From: max(w.From, between.From), Until: min(w.Until, between.Until)}
		if w.From <= w.Until {
			cut = append(cut, w)
		}
	}
	if cut == nil {
		return source.Faultf(at, "service_after and service_before leave nothing of the task's time_windows")
	}
	v.Windows = cut
	return nil
}

// reachable refuses an index outside the matrices, and a place that no way leads to: such a file is a mistake more
// often than a job to be left out.
func (r *reader) reachable() error {
	for i, m := range r.in.problem.Modes {
		for shift, s := range r.in.problem.Shifts {
			for name, place := range map[string]int{"start_index": s.Start, "end_index": s.End} {
				if place >= m.Matrix.Len() {
					return source.Faultf(fmt.Sprintf("vehicles[%d].%s", shift, name), "%d; matrices.%s has %d rows", place, r.in.problem.Modes[i].Name, m.Matrix.Len())
				}
			}
		}
	}
	for i := range r.in.problem.Visits {
		if err := r.reach(i); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) reach(i int) error {
	v, at := &r.in.problem.Visits[i], r.in.pathOf(i)
	reached := false
	for _, m := range r.in.problem.Modes {
		if v.Place >= m.Matrix.Len() {
			return source.Faultf(at+".location_index", "%d; matrices.%s has %d rows", v.Place, m.Name, m.Matrix.Len())
		}
	}
	for _, s := range r.in.problem.Shifts {
		m := r.in.problem.Modes[s.Mode].Matrix
		there := s.Start == route.Anywhere || m.Duration(s.Start, v.Place) < travel.Unreachable
		back := s.End == route.Anywhere || m.Duration(v.Place, s.End) < travel.Unreachable
		if there && back {
			reached = true
			break
		}
	}
	if !reached {
		return source.Faultf(at, "no vehicle can get there and back: the matrices have no way")
	}
	return nil
}

// pathOf is the JSON path of a visit.
func (in *Instance) pathOf(i int) string {
	if i < len(in.input.Jobs) {
		return fmt.Sprintf("jobs[%d]", i)
	}
	return fmt.Sprintf("shipments[%d].%s", (i-len(in.input.Jobs))/2, in.visits[i].kind)
}
