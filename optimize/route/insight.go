package route

import (
	"iter"
	"slices"
)

// Insight is what stands in the way of a visit in one shift.
type Insight struct {
	Shift, Technician int
	Reason            Reason // NoReason if nothing does

	// Extra is what each Term of the policy would add if the visit were put where that costs least, the rest of the plan
	// as it is: the Terms in its way. It is nil where the visit does not fit beside what the shift does.
	Extra []Charge
}

// Insights tells, for a visit that is absent from a solution, what stands in the way in each shift.
func (p *Problem) Insights(s *Solution, visit int) []Insight {
	list := make([]Insight, len(p.Shifts))
	for k := range p.Shifts {
		list[k] = Insight{Shift: k, Technician: p.Shifts[k].Technician, Reason: p.blocks(s, visit, k)}
		if p.obstacle(&p.Visits[visit], k) == NoReason {
			list[k].Extra = p.extra(s, visit, k)
		}
	}
	return list
}

// insertions are the timetables of a shift with one more visit, in each position where it fits in time.
func (p *Problem) insertions(s *Solution, visit, shift int) iter.Seq[Route] {
	var calls []call
	for _, stop := range s.Routes[shift].Stops {
		if stop.Visit >= 0 {
			calls = append(calls, call{visit: stop.Visit})
		}
	}
	return func(yield func(Route) bool) {
		for at := range len(calls) + 1 {
			route, ok := p.timetable(shift, slices.Insert(slices.Clone(calls), at, call{visit: visit}))
			if ok && !yield(route) {
				return
			}
		}
	}
}

// extra is what the cheapest insertion adds to each Term, or nil if there is none.
func (p *Problem) extra(s *Solution, visit, shift int) (least []Charge) {
	routes, best := slices.Clone(s.Routes), Never
	before := p.charges(s.Routes)
	for route := range p.insertions(s, visit, shift) {
		routes[shift] = route
		charges, sum := p.charges(routes), int64(0)
		for i := range charges {
			charges[i].Units -= before[i].Units
			sum += charges[i].Units * charges[i].Weight
		}
		if sum < best {
			best, least = sum, charges
		}
	}
	return least
}
