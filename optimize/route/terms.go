package route

import "slices"

// A measure is the slow form of a Term: what it counts in one route, visit by visit where it can. It is the
// definition; the search has faster forms that are tested against it.
type measure struct {
	route func(p *Problem, r *Route) int64          // units of a whole route
	visit func(p *Problem, r *Route, s *Stop) int64 // units of one visit
	plan  func(p *Problem, routes []Route) int64    // units of all routes together
}

var measures = [...]measure{
	Travel:   {route: func(_ *Problem, r *Route) int64 { return r.Travel }},
	Distance: {route: func(_ *Problem, r *Route) int64 { return r.Distance }},
	Overtime: {route: func(_ *Problem, r *Route) int64 { return r.Overtime }},
	Waiting:  {route: func(_ *Problem, r *Route) int64 { return r.Waiting }},
	Soon: {visit: func(p *Problem, _ *Route, s *Stop) int64 {
		return max(0, s.Begin-p.soonest(s.Visit)) / 60
	}},
	Late: {visit: func(p *Problem, _ *Route, s *Stop) int64 {
		if due := p.Visits[s.Visit].Due; due != 0 {
			return max(0, s.End-due)
		}
		return 0
	}},
	Preferred: {visit: func(p *Problem, r *Route, s *Stop) int64 {
		return p.strange(&p.Visits[s.Visit], p.Shifts[r.Shift].Technician)
	}},
	Surplus: {visit: func(p *Problem, r *Route, s *Stop) int64 {
		return p.surplus(&p.Visits[s.Visit], &p.Shifts[r.Shift])
	}},
	Territory: {visit: func(p *Problem, r *Route, s *Stop) int64 {
		return p.outside(&p.Visits[s.Visit], p.Shifts[r.Shift].Technician)
	}},
	Fairness: {plan: func(p *Problem, routes []Route) int64 {
		return p.sumByTechnician(routes, fairness)
	}},
	SameSite: {route: (*Problem).arrivals},
	Stable: {visit: func(p *Problem, r *Route, s *Stop) int64 {
		return p.moved(s.Visit, r.Shift, s.Begin)
	}},
	Used: {plan: func(p *Problem, routes []Route) int64 {
		return p.sumByTechnician(routes, func(service int64) int64 { return 1 })
	}},
}

// Charges is what each Term of the policy costs in the given routes: the sum of units, by Term.
func (p *Problem) charges(routes []Route) []Charge {
	terms := p.Policy.Terms
	if len(terms) == 0 {
		terms = []Term{{Kind: Travel, Weight: 1}}
	}
	charges := make([]Charge, len(terms))
	for i, t := range terms {
		charges[i] = Charge{Kind: t.Kind, Weight: t.Weight}
		if t.Hard {
			charges[i].Weight = 0
		}
		charges[i].Units = p.units(t.Kind, routes)
		charges[i].Cost = charges[i].Units * charges[i].Weight
		if t.Kind == Travel || t.Kind == Distance {
			charges[i].Cost = p.priced(t, routes)
		}
	}
	return charges
}

// priced is the cost of travel or distance, each mode at its own price.
func (p *Problem) priced(t Term, routes []Route) (cost int64) {
	for _, r := range routes {
		mode := &p.Modes[p.Shifts[r.Shift].Mode]
		if t.Kind == Travel {
			cost += t.Weight * max(1, mode.PerSecond) * r.Travel
		} else {
			cost += t.Weight * max(1, mode.PerMetre) * r.Distance
		}
	}
	return cost
}

func (p *Problem) units(kind TermKind, routes []Route) (units int64) {
	m := measures[kind]
	if m.plan != nil {
		return m.plan(p, routes)
	}
	for i := range routes {
		r := &routes[i]
		if m.route != nil {
			units += m.route(p, r)
			continue
		}
		for k := range r.Stops {
			if r.Stops[k].Visit >= 0 {
				units += m.visit(p, r, &r.Stops[k])
			}
		}
	}
	return units
}

// soonest is what Soon counts from.
func (p *Problem) soonest(visit int) int64 {
	v := &p.Visits[visit]
	if v.Release != 0 || len(v.Windows) == 0 {
		return v.Release
	}
	return v.Windows[0].From
}

// strange is 1 if others than this technician are preferred.
func (p *Problem) strange(v *Visit, technician int) int64 {
	if len(v.Preferred) == 0 || slices.Contains(v.Preferred, technician) {
		return 0
	}
	return 1
}

func (p *Problem) surplus(v *Visit, s *Shift) (levels int64) {
	for _, need := range v.Skills {
		if level, has := p.Technicians[s.Technician].level(need.Name, s); has {
			levels += int64(max(0, level-need.Level))
		}
	}
	return levels
}

func (p *Problem) outside(v *Visit, technician int) int64 {
	if p.Technicians[technician].worksIn(v.Territory) {
		return 0
	}
	return 1
}

// arrivals counts how often a route comes to a visit, or to its end, from another place.
func (p *Problem) arrivals(r *Route) (count int64) {
	s := &p.Shifts[r.Shift]
	at, any := s.Start, false
	come := func(place int) {
		if at != place && at != Anywhere && place != Anywhere {
			count++
		}
		at = place
	}
	for _, stop := range r.Stops {
		if stop.Visit >= 0 {
			any = true
			come(p.Visits[stop.Visit].Place)
		}
	}
	if any {
		come(s.End)
	}
	return count
}

// fairness grows with the square of a load, so that evenly shared loads sum to least.
func fairness(service int64) int64 { return service * service / (900 * 900) }

// sumByTechnician adds up f of the seconds of service of each technician who has any visit.
func (p *Problem) sumByTechnician(routes []Route, f func(service int64) int64) (sum int64) {
	service, works := make([]int64, len(p.Technicians)), make([]bool, len(p.Technicians))
	for _, r := range routes {
		t := p.Shifts[r.Shift].Technician
		for _, s := range r.Stops {
			if s.Visit >= 0 {
				service[t] += s.End - s.Begin
				works[t] = true
			}
		}
	}
	for t, has := range works {
		if has {
			sum += f(service[t])
		}
	}
	return sum
}

// moved is how far a visit is from the present plan, in minutes; another shift is as bad as an hour.
func (p *Problem) moved(visit, shift int, begin int64) int64 {
	at, known := p.presentOf(visit, shift)
	switch {
	case !known:
		return 0
	case at.Shift != shift:
		return 60
	}
	return min(60, max(begin-at.Start, at.Start-begin)/60)
}

// presentOf is where the present plan has a visit; for a crew, in the given shift if one of them is there.
func (p *Problem) presentOf(visit, shift int) (at Placed, known bool) {
	for _, placed := range p.Present {
		if placed.Visit == visit && (!known || placed.Shift == shift) {
			at, known = placed, true
		}
	}
	return at, known
}
