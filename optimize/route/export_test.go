package route

// PlanOf makes a solution from the order of visits in each shift, for tests that enumerate plans.
func PlanOf(p *Problem, orders [][]int) (*Solution, bool) {
	d := newDraft(p)
	for k, order := range orders {
		for _, v := range order {
			d.calls[k] = append(d.calls[k], call{visit: v})
		}
		if _, ok := p.timetable(k, d.calls[k]); !ok {
			return nil, false
		}
	}
	return report(p, d, 0), true
}
