package generate

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"truckroll/optimize/route"
)

// Kind is what may go wrong in the course of a day.
type Kind int

// The kinds of disruption.
const (
	Cancellation Kind = iota // a job that was planned for later is called off
	Emergency                // a job of the highest priority comes in, to be begun within two hours
	Overrun                  // the job at hand takes an hour longer
)

// Disruption is what went wrong, in words that a log can show.
type Disruption struct {
	Kind  Kind
	Visit int // the visit it is about, in the new problem
	Text  string
}

// Disrupt returns the problem of a day that is under way at the moment now: what has begun is pinned where it is, the
// plan is the present one, at most maxMoves visits of it may move, and each kind of disruption has happened to it
// once. The problem and the plan passed in stay as they are.
func Disrupt(p *route.Problem, plan *route.Solution, now int64, maxMoves int, seed uint64, kinds ...Kind) (*route.Problem, []Disruption, error) {
	next := *p
	next.Shifts, next.Visits = slices.Clone(p.Shifts), slices.Clone(p.Visits)
	next.Policy.Terms = append(slices.Clone(p.Policy.Terms), route.Term{Kind: route.Stable, Weight: 10})
	next.Policy.MaxMoves = maxMoves
	d := &disrupter{p: &next, plan: plan, now: now, rng: rand.New(rand.NewPCG(seed, 1))}
	d.freeze()
	var happened []Disruption
	for _, kind := range kinds {
		event, err := d.happen(kind)
		if err != nil {
			return nil, nil, err
		}
		happened = append(happened, event)
	}
	return &next, happened, nil
}

type disrupter struct {
	p       *route.Problem
	plan    *route.Solution
	now     int64
	rng     *rand.Rand
	ahead   []int // visits that were planned to begin later
	current []int // visits under way
}

// freeze pins what has begun and takes the plan over as the present one.
func (d *disrupter) freeze() {
	d.p.Present = nil
	for _, r := range d.plan.Routes {
		for _, stop := range r.Stops {
			if stop.Visit < 0 {
				d.freezeBreak(r.Shift, stop)
				continue
			}
			d.p.Present = append(d.p.Present, route.Placed{Visit: stop.Visit, Shift: r.Shift, Start: stop.Begin})
			if stop.Begin > d.now {
				d.ahead = append(d.ahead, stop.Visit)
				continue
			}
			d.p.Visits[stop.Visit].Pin = &route.Pin{Shift: r.Shift, Start: stop.Begin, Rank: -1}
			if stop.End > d.now {
				d.current = append(d.current, stop.Visit)
			}
		}
	}
	for i := range d.p.Visits {
		if d.p.Visits[i].Pin == nil {
			d.p.Visits[i].Release = max(d.p.Visits[i].Release, d.now)
		}
	}
}

// freezeBreak keeps a break that has begun where it is.
func (d *disrupter) freezeBreak(shift int, stop route.Stop) {
	if stop.Begin > d.now {
		return
	}
	breaks := slices.Clone(d.p.Shifts[shift].Breaks)
	breaks[stop.Break].Windows = []route.Window{{From: stop.Begin, Until: stop.Begin}}
	d.p.Shifts[shift].Breaks = breaks
}

func (d *disrupter) happen(kind Kind) (Disruption, error) {
	switch kind {
	case Cancellation:
		return d.cancel()
	case Emergency:
		return d.emergency(), nil
	case Overrun:
		return d.overrun()
	}
	return Disruption{}, fmt.Errorf("disruption %d is unknown", kind)
}

// cancel takes a visit away by making it optional for nothing, at no length and with nobody allowed: indices of other
// visits stay what they are.
func (d *disrupter) cancel() (Disruption, error) {
	if len(d.ahead) == 0 {
		return Disruption{}, fmt.Errorf("nothing is planned after %d that could be cancelled", d.now)
	}
	k := d.rng.IntN(len(d.ahead))
	visit := d.ahead[k]
	d.ahead = slices.Delete(d.ahead, k, k+1)
	v := &d.p.Visits[visit]
	v.Optional, v.Price, v.Priority = true, 0, 0
	v.Excluded = make([]int, len(d.p.Technicians))
	for i := range v.Excluded {
		v.Excluded[i] = i
	}
	d.p.Present = slices.DeleteFunc(d.p.Present, func(at route.Placed) bool { return at.Visit == visit })
	return Disruption{Cancellation, visit, fmt.Sprintf("visit %s is cancelled", v.ID)}, nil
}

// emergency adds a visit like one of the others, urgent.
func (d *disrupter) emergency() Disruption {
	v := d.p.Visits[d.rng.IntN(len(d.p.Visits))]
	v.ID, v.Pin, v.Priority, v.Optional, v.Price, v.Excluded = "emergency", nil, 100, false, 0, nil
	v.Release, v.Windows = d.now, []route.Window{{From: d.now, Until: d.now + 2*3600}}
	d.p.Visits = append(d.p.Visits, v)
	return Disruption{Emergency, len(d.p.Visits) - 1, "an emergency comes in"}
}

func (d *disrupter) overrun() (Disruption, error) {
	if len(d.current) == 0 {
		return Disruption{}, fmt.Errorf("nothing is under way at %d that could overrun", d.now)
	}
	visit := d.current[d.rng.IntN(len(d.current))]
	d.p.Visits[visit].Duration += 3600
	return Disruption{Overrun, visit, fmt.Sprintf("visit %s takes an hour longer", d.p.Visits[visit].ID)}, nil
}
