package route

// snapshot is the best plan so far, kept up to date by copying only the tours that have changed since.
type snapshot struct {
	reg   region  // what the plan that is followed covers
	next  []int32 // by node, along each tour from its start
	cost  Cost
	spans []span  // of tied visits
	dirty []int32 // shifts that differ, perhaps, from the plan that is followed
	is    []bool  // by shift: is it dirty
}

func newSnapshot(m *model) *snapshot {
	return &snapshot{next: make([]int32, m.n+2*m.r), is: make([]bool, m.r)}
}

// restart forgets the best plan and begins with the plan as it is.
func (s *snapshot) restart(p *plan, reg region) {
	s.reg = reg
	s.cost = Cost{Hard: Never}
	for _, k := range reg.shifts {
		s.soil(k)
	}
	p.mark()
	s.follow(p)
}

func (s *snapshot) soil(shift int32) {
	if !s.is[shift] {
		s.is[shift] = true
		s.dirty = append(s.dirty, shift)
	}
}

// follow notes an accepted change of the plan, and takes the plan over if it is the best so far.
func (s *snapshot) follow(p *plan) {
	for _, t := range p.undo.tours {
		s.soil(t.shift)
	}
	if cost := p.score(); cost.Compare(s.cost) < 0 {
		s.cost = cost
		for _, k := range s.dirty {
			end := p.m.end(k)
			for i := p.m.start(k); i != end; i = p.nodes[i].next {
				s.next[i] = p.nodes[i].next
			}
			s.is[k] = false
		}
		s.dirty = s.dirty[:0]
		s.copySpans(p)
	}
}

// score is the plan's cost in the order in which plans are compared.
func (p *plan) score() Cost {
	c := Cost{Hard: p.broken + max(0, p.moved-p.m.mostMoves), Unserved: p.unserved, Absent: p.missing, Soft: p.cost + p.waived}
	if p.m.p.Policy.FewFirst {
		c.Shifts = p.used
	}
	return c
}

// copySpans notes the spans of tied visits that belong to the plan that was taken over.
func (s *snapshot) copySpans(p *plan) {
	if p.labels == nil || p.labels.spans == nil {
		return
	}
	if s.spans == nil {
		s.spans = make([]span, p.m.n)
	}
	for _, i := range s.reg.visits {
		s.spans[i] = p.labels.spans[i]
	}
}
