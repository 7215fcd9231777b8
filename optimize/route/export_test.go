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

// Repaired is the cost of the present plan once what is absent has been put in where it costs least.
func Repaired(p *Problem, seed uint64) (Cost, error) {
	m, err := compile(p, all(len(p.Shifts)), all(len(p.Visits)))
	if err != nil {
		return Cost{}, err
	}
	s := &search{p: p, opts: Options{Seed: seed}, champ: newChampion(p), start: p.presentDraft()}
	s.repair(m)
	return s.champ.cost, nil
}
