package route

// report turns the best plan of a search into a Solution of the problem, with times from the slow definition.
func report(p *Problem, found *draft, owed int64) *Solution {
	s := &Solution{Routes: make([]Route, len(p.Shifts))}
	placed := make([]int, len(p.Visits))
	for k, calls := range found.calls {
		route, ok := p.timetable(k, calls)
		if !ok {
			calls = nil // the search never makes such a tour; should it, its visits are honestly absent
			route = Route{Shift: k}
		}
		s.Routes[k] = route
		for _, c := range calls {
			placed[c.visit]++
		}
	}
	for i := range p.Visits {
		if placed[i] == 0 {
			s.Absent = append(s.Absent, Absent{Visit: i, Reason: p.why(s, i)})
		}
	}
	s.Terms = p.charges(s.Routes)
	s.Cost = p.cost(s)
	s.Cost.Hard += owed
	return s
}

// cost is the slow form of the cost of a solution.
func (p *Problem) cost(s *Solution) (c Cost) {
	for _, a := range s.Absent {
		v := &p.Visits[a.Visit]
		if v.Pin != nil {
			c.Hard++
		}
		if v.Optional {
			c.Soft += v.Price
			continue
		}
		c.Unserved += v.Priority
		c.Absent++
	}
	for _, r := range s.Routes {
		if len(r.Stops) == 0 {
			continue
		}
		c.Soft += p.Shifts[r.Shift].Fixed
		if p.Policy.FewFirst {
			c.Shifts++
		}
	}
	for _, charge := range s.Terms {
		c.Soft += charge.Units * charge.Weight
	}
	return c
}
