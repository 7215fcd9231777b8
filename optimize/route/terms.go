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
	Travel: {route: func(p *Problem, r *Route) int64 {
		return r.Travel * max(1, p.Modes[p.Shifts[r.Shift].Mode].PerSecond)
	}},
	Distance: {route: func(p *Problem, r *Route) int64 {
		return r.Distance * max(1, p.Modes[p.Shifts[r.Shift].Mode].PerMetre)
	}},
	Overtime: {route: func(_ *Problem, r *Route) int64 { return r.Overtime }},
	Waiting:  {route: func(_ *Problem, r *Route) int64 { return r.Waiting }},
	Soon: {visit: func(p *Problem, _ *Route, s *Stop) int64 {
		return max(0, s.Begin-p.Visits[s.Visit].Release) / 60
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
	Stable:   {plan: (*Problem).changes},
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
	}
	return charges
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
func fairness(service int64) int64 { return (service / 900) * (service / 900) }

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

// changes sums up how far visits are from the present plan, in minutes. Another shift, or none, is as bad as an hour.
func (p *Problem) changes(routes []Route) (minutes int64) {
	for _, at := range p.Present {
		moved := int64(60)
		for _, s := range routes[at.Shift].Stops {
			if s.Visit == at.Visit {
				moved = max(s.Begin-at.Start, at.Start-s.Begin) / 60
			}
		}
		minutes += moved
	}
	return minutes
}
