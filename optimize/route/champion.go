package route

// draft is a plan in the problem's own numbers: for each shift the calls in order.
type draft struct{ calls [][]call }

func newDraft(p *Problem) *draft { return &draft{make([][]call, len(p.Shifts))} }

// champion is the best plan that a search has found.
type champion struct {
	cost Cost
	*draft
}

// newChampion is a plan with what is pinned in sequences alone, to be bettered by any other.
func newChampion(p *Problem) *champion { return &champion{Cost{Hard: Never}, p.pinnedDraft()} }

func (p *Problem) pinnedDraft() *draft {
	d := newDraft(p)
	for shift, calls := range p.prefixes() {
		d.calls[shift] = calls
	}
	return d
}

// offer takes over the best plans of workers that have a plan, or the parts of one, between them.
func (c *champion) offer(workers ...*worker) {
	var cost Cost
	for _, w := range workers {
		cost = cost.plus(w.best.cost)
	}
	if cost.Compare(c.cost) >= 0 {
		return
	}
	c.cost = cost
	for _, w := range workers {
		w.best.write(c.draft, w.plan.m)
	}
}

func (c Cost) plus(d Cost) Cost {
	return Cost{c.Hard + d.Hard, c.Unserved + d.Unserved, c.Absent + d.Absent, c.Shifts + d.Shifts, c.Soft + d.Soft}
}

// write enters the best plan, as far as its region goes, in a draft.
func (s *snapshot) write(d *draft, m *model) {
	for _, k := range s.reg.shifts {
		calls := d.calls[m.shift[k]][:0]
		for i := s.next[m.start(k)]; i != m.end(k); i = s.next[i] {
			calls = append(calls, m.call(i, s.spans))
		}
		d.calls[m.shift[k]] = calls
	}
}

// write enters a whole plan as it is in a draft.
func (p *plan) write(d *draft) {
	m := p.m
	var spans []span
	if p.labels != nil {
		spans = p.labels.spans
	}
	for k := range int32(m.r) {
		calls := d.calls[m.shift[k]][:0]
		for i := p.nodes[m.start(k)].next; i != m.end(k); i = p.nodes[i].next {
			calls = append(calls, m.call(i, spans))
		}
		d.calls[m.shift[k]] = calls
	}
}

// call is a node in the problem's numbers. Spans are nil where nothing is tied.
func (m *model) call(i int32, spans []span) call {
	one := call{visit: int(m.visit[i])}
	if spans != nil && m.rich.groups.of[i] >= 0 {
		one.within = &Window{int64(spans[i].lo) + m.base, int64(spans[i].hi) + m.base}
	}
	return one
}
