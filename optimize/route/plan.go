package route

// node is a visit or an end of a shift in a plan. It holds all that the inner loop reads to try another visit behind
// it, in half a cache line.
type node struct {
	next, prev int32
	shift      int32 // -1 if absent
	site       int32
	siteNext   int32
	early      int32 // earliest end of service
	lateNext   int32 // latest arrival at next from which the rest of the shift can be kept
	leg        int32 // cost of going to next
}

// tour is what a plan knows of a shift as a whole.
type tour struct {
	size int32
	load int32
	cost int64
	bad  bool // it breaks a window or a limit: taking a visit out can do that where legs are longer than detours
}

// plan is a complete assignment under search: every visit is in exactly one tour or absent.
type plan struct {
	m     *model
	nodes []node
	tours []tour
	cost  int64 // soft cost of all tours
	price []int64
	owed  int64 // prices of absent visits

	unserved, missing int64 // priority of absent visits, and their number, if they are not optional
	broken            int64 // pinned visits that are absent
	waived            int64 // prices of optional visits left out
	moved             int64 // visits of the present plan that are not in their shift
	used, placed      int64 // shifts with visits, and visits in them

	absent []int32
	seat   []int32 // by visit: its index in absent, or -1

	free     [][]int32 // by first twin: the empty shifts among its twins
	freeAt   []int32   // by shift: its index there, or -1
	vacant   []int32   // the first twins that have any
	vacantAt []int32   // by first twin: its index there

	labels *labels // of a rich model
	undo   undo
}

// newPlan has only what is pinned in a sequence; all else is absent.
func newPlan(m *model) *plan {
	p := &plan{
		m: m, nodes: make([]node, m.n+2*m.r), tours: make([]tour, m.r), price: make([]int64, m.n),
		seat: make([]int32, m.n), free: make([][]int32, m.r), freeAt: make([]int32, m.r),
		vacantAt: make([]int32, m.r), undo: newUndo(m),
	}
	for i := range p.nodes {
		p.nodes[i] = node{shift: -1, site: m.site[i]}
	}
	if m.rich != nil {
		p.labels = newLabels(m)
	}
	for k := range int32(m.r) {
		p.nodes[m.start(k)].shift, p.nodes[m.end(k)].shift = k, k
		p.fill(k, p.prefix(k))
	}
	p.count(m.whole())
	return p
}

// prefix lists what is pinned at the begin of a shift.
func (p *plan) prefix(shift int32) []int32 {
	if p.m.rich == nil {
		return nil
	}
	return p.m.rich.prefix[shift]
}

// fill makes a tour of the given visits, which are in no other one; the caller counts afterwards.
func (p *plan) fill(shift int32, visits []int32) {
	last := p.m.start(shift)
	for _, i := range visits {
		p.nodes[i].shift = shift
		p.join(last, i)
		last = i
	}
	p.join(last, p.m.end(shift))
	p.tours[shift].size = int32(len(visits))
	if p.labels != nil {
		p.settleRich(shift)
	} else {
		p.settlePlain(shift)
	}
}

// join makes b follow a.
func (p *plan) join(a, b int32) {
	p.nodes[a].next, p.nodes[b].prev = b, a
}

// leave enters visit i among the absent.
func (p *plan) leave(i int32) {
	p.seat[i] = int32(len(p.absent))
	p.absent = append(p.absent, i)
	p.owed += p.price[i]
	p.unserved += p.m.priority[i]
	p.missing += p.m.mandatory[i]
	p.waived += p.m.optional[i]
	p.broken += p.m.pinned[i]
	p.stray(i, p.nodes[i].shift, 1)
	p.nodes[i].shift = -1
	p.placed--
}

// enter takes visit i from the absent.
func (p *plan) enter(i, shift int32) {
	at, last := p.seat[i], len(p.absent)-1
	moved := p.absent[last]
	p.absent[at], p.seat[moved] = moved, at
	p.absent, p.seat[i] = p.absent[:last], -1
	p.owed -= p.price[i]
	p.unserved -= p.m.priority[i]
	p.missing -= p.m.mandatory[i]
	p.waived -= p.m.optional[i]
	p.broken -= p.m.pinned[i]
	p.nodes[i].shift = shift
	p.stray(i, shift, -1)
	p.placed++
}

// stray counts a visit that leaves or enters a shift where the present plan has it.
func (p *plan) stray(i, shift int32, by int64) {
	if r := p.m.rich; r != nil {
		if _, home := r.atHome(i, shift); home {
			p.moved += by
		}
	}
}

// insert puts absent visit i behind node after; delta is what that adds to the cost.
func (p *plan) insert(i, after int32, delta int64) {
	shift := p.nodes[after].shift
	p.touch(shift)
	p.enter(i, shift)
	next := p.nodes[after].next
	p.join(after, i)
	p.join(i, next)
	p.undo.entered(i)
	t := &p.tours[shift]
	t.size++
	if t.size == 1 {
		p.occupy(shift)
	}
	if p.labels != nil {
		before := t.cost
		p.settleRich(shift)
		p.cost += t.cost - before
		return
	}
	t.cost += delta
	p.cost += delta
	t.load += p.m.jobs[i].load
	p.relink(after)
	p.relink(i)
	p.forward(i)
	p.backward(i)
}

// remove takes visit i out of its tour; the caller settles the tour once all its removals are done.
func (p *plan) remove(i int32) {
	n := &p.nodes[i]
	p.touch(n.shift)
	p.tours[n.shift].size--
	p.join(n.prev, n.next)
	p.leave(i)
	p.undo.left(i)
}

// settle brings a tour's labels and cost up to date after removals.
func (p *plan) settle(shift int32) {
	t := &p.tours[shift]
	if t.size == 0 && p.freeAt[shift] < 0 {
		p.vacate(shift)
	}
	if t.size > 0 && p.freeAt[shift] >= 0 {
		p.occupy(shift)
	}
	before := t.cost
	if p.labels != nil {
		p.settleRich(shift)
	} else {
		p.settlePlain(shift)
	}
	p.cost += t.cost - before
}

// vacate and occupy keep the lists of empty shifts.
func (p *plan) vacate(shift int32) {
	twin := p.m.twin[shift]
	if len(p.free[twin]) == 0 {
		p.vacantAt[twin] = int32(len(p.vacant))
		p.vacant = append(p.vacant, twin)
	}
	p.freeAt[shift] = int32(len(p.free[twin]))
	p.free[twin] = append(p.free[twin], shift)
	p.used--
}

func (p *plan) occupy(shift int32) {
	twin := p.m.twin[shift]
	list, at := p.free[twin], p.freeAt[shift]
	moved := list[len(list)-1]
	list[at], p.freeAt[moved] = moved, at
	p.free[twin], p.freeAt[shift] = list[:len(list)-1], -1
	if len(list) == 1 {
		at, last := p.vacantAt[twin], len(p.vacant)-1
		moved := p.vacant[last]
		p.vacant[at], p.vacantAt[moved] = moved, at
		p.vacant = p.vacant[:last]
	}
	p.used++
}

// sound is false if the changes since mark have left a tour that cannot be kept, or have moved too much.
func (p *plan) sound() bool {
	if most := p.m.mostMoves; p.moved > most && p.moved > p.undo.moved {
		return false
	}
	for _, t := range p.undo.tours {
		if p.tours[t.shift].bad {
			return false
		}
	}
	return true
}

// total is what annealing compares: soft cost and the prices of absent visits.
func (p *plan) total() int64 { return p.cost + p.owed }
