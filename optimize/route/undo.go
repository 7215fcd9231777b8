package route

// undo remembers what an iteration has changed: the tours it touched as they were, and the visits that left or
// entered. Nothing is copied of the tours that it did not touch, and nothing is allocated once the buffers have grown.
type undo struct {
	round   uint32
	touched []uint32 // by shift: the round that saved it last
	leftAt  []uint32 // by visit: the round in which it left its tour last
	tours   []savedTour
	nodes   []savedNode
	moves   []int32 // visit i that left as i, that entered as ^i
	spans   []savedSpan
	cost    int64
	moved   int64
}

type savedTour struct {
	shift int32
	tour  tour
}

type savedNode struct {
	id   int32
	node node
}

type savedSpan struct {
	id   int32
	span span
}

func newUndo(m *model) undo {
	return undo{touched: make([]uint32, m.r), leftAt: make([]uint32, m.n), round: 1}
}

func (u *undo) left(i int32) {
	u.moves = append(u.moves, i)
	u.leftAt[i] = u.round
}

func (u *undo) entered(i int32) { u.moves = append(u.moves, ^i) }

// mark begins an iteration: the plan as it is now is what rollback returns to.
func (p *plan) mark() {
	u := &p.undo
	u.round++
	u.tours, u.nodes, u.moves, u.spans, u.cost = u.tours[:0], u.nodes[:0], u.moves[:0], u.spans[:0], p.cost
	u.moved = p.moved
}

// touch saves a tour before its first change in this iteration.
func (p *plan) touch(shift int32) {
	u := &p.undo
	if u.touched[shift] == u.round {
		return
	}
	u.touched[shift] = u.round
	u.tours = append(u.tours, savedTour{shift, p.tours[shift]})
	end := p.m.end(shift)
	for i := p.m.start(shift); ; i = p.nodes[i].next {
		u.nodes = append(u.nodes, savedNode{i, p.nodes[i]})
		if i == end {
			return
		}
	}
}

// rollback returns to the plan as it was at mark.
func (p *plan) rollback() {
	u := &p.undo
	for k := len(u.moves) - 1; k >= 0; k-- {
		if i := u.moves[k]; i >= 0 {
			p.enter(i, 0) // its shift comes with the saved node
		} else {
			p.leave(^i)
		}
	}
	for k := len(u.spans) - 1; k >= 0; k-- {
		p.labels.spans[u.spans[k].id] = u.spans[k].span
	}
	for k := range u.nodes {
		p.nodes[u.nodes[k].id] = u.nodes[k].node
	}
	for _, s := range u.tours {
		p.tours[s.shift] = s.tour
		if free := p.freeAt[s.shift] >= 0; free != (s.tour.size == 0) {
			if free {
				p.occupy(s.shift)
			} else {
				p.vacate(s.shift)
			}
		}
		if p.labels != nil {
			p.settleRich(s.shift)
		}
	}
	p.cost, p.moved = u.cost, u.moved
}

// fresh tells whether visit i has left its tour in this iteration.
func (u *undo) fresh(i int32) bool { return u.leftAt[i] == u.round }
