package route

// champion is the best plan that any worker has found.
type champion struct {
	cost  Cost
	tours [][]int32 // by shift
	spans []span    // what links left the visits' windows, by visit node
}

func newChampion(m *model) *champion {
	return &champion{cost: Cost{Hard: Never}, tours: make([][]int32, m.r), spans: make([]span, m.n)}
}

// offer takes over the best plans of workers that have a plan, or the parts of one, between them.
func (c *champion) offer(cost Cost, workers []*worker) {
	if cost.Compare(c.cost) >= 0 {
		return
	}
	c.cost = cost
	for _, w := range workers {
		for _, k := range w.shifts {
			c.tours[k] = w.best.appendTour(c.tours[k][:0], w.plan.m, k)
			if w.best.spans == nil {
				continue
			}
			for _, i := range c.tours[k] {
				c.spans[i] = w.best.spans[i]
			}
		}
	}
}

// draft turns the plan into the problem's numbers.
func (c *champion) draft(m *model) *draft {
	d := &draft{calls: make([][]call, len(m.p.Shifts))}
	for k, tour := range c.tours {
		for _, i := range tour {
			one := call{visit: int(m.visit[i])}
			if s := c.spans[i]; s.lo > 0 || s.hi < far && s.hi > 0 {
				one.within = &Window{int64(s.lo) + m.base, int64(s.hi) + m.base}
			}
			d.calls[m.shift[k]] = append(d.calls[m.shift[k]], one)
		}
	}
	return d
}

func (c Cost) plus(d Cost) Cost {
	return Cost{c.Hard + d.Hard, c.Unserved + d.Unserved, c.Absent + d.Absent, c.Shifts + d.Shifts, c.Soft + d.Soft}
}
