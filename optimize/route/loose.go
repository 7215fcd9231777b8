package route

// loose is a plan in which service may begin late and shifts may be overloaded, at a price. It is what local search
// works on (descend.go): ways through plans that break a rule for a while are shorter. It knows plain models whose shifts
// are all alike and whose visits must all be made; every visit is in a tour.
type loose struct {
	m     *model
	dice  *dice
	alone []seg  // by node: the run that is this stop alone
	stops []stop // by node
	loops []loop // by shift
	most  int32  // shifts that may be used
	used  int32
	toll  toll

	grip  grip    // of the visit under way
	order []int32 // visits in the order in which they are tried
	tests int32   // moves made and visits tested so far
}

// stop is a node of a loose plan, in a cache line.
type stop struct {
	next, prev int32
	shift      int32
	at         int32 // position in its tour; the start has 0
	site       int32
	load       int32 // up to here
	leg        int32 // cost of going to next
	tested     int32 // when moves of this visit were tried last
	ahead      seg   // from the start to here
	behind     seg   // from here to the end
}

// loop is a tour of a loose plan.
type loop struct {
	size, load int32
	late       int32 // warp in all
	changed    int32 // when it was changed last
	cost       int64
	fine       int64 // price of what is late and too much
}

// toll is the price of a second of warp and of a unit of overload, in parts of a unit of cost.
type toll struct{ late, over int64 }

const tollParts = 64

func newLoose(m *model, d *dice) *loose {
	l := &loose{
		m: m, dice: d, alone: make([]seg, m.n+2*m.r), stops: make([]stop, m.n+2*m.r), loops: make([]loop, m.r),
		most: int32(m.r), order: all(m.n),
	}
	for i := range l.stops {
		j := &m.jobs[i]
		l.alone[i] = seg{time: j.time, early: j.lo, late: j.hi}
		l.stops[i].site = m.site[i]
	}
	for k := range int32(m.r) {
		for _, i := range []int32{m.start(k), m.end(k)} {
			l.stops[i].shift, l.stops[i].ahead, l.stops[i].behind = k, l.alone[i], l.alone[i]
		}
	}
	return l
}

// load makes the tours that next tells, by node; what is in none of them is left for place.
func (l *loose) load(next []int32) {
	m := l.m
	for i := range m.n {
		l.stops[i].shift = -1
	}
	l.tests, l.used = 0, 0
	for k := range int32(m.r) {
		l.loops[k] = loop{}
		i, end := m.start(k), m.end(k)
		for ; i != end; i = next[i] {
			l.join(i, next[i])
		}
		l.settle(k)
		l.loops[k].changed = 0
	}
	for i := range l.order {
		l.stops[i].tested = 0
	}
}

// stir has moves of a tour tried even though it has not changed since it was loaded.
func (l *loose) stir(k int32) { l.loops[k].changed = l.tests }

func (l *loose) join(a, b int32) { l.stops[a].next, l.stops[b].prev = b, a }

// settle brings a tour up to date after its stops have been joined anew.
func (l *loose) settle(k int32) {
	m := l.m
	start, end := m.start(k), m.end(k)
	t := &l.loops[k]
	if t.size > 0 {
		l.used--
	}
	t.size, t.load, t.cost = 0, 0, 0
	for i := l.stops[start].next; ; i = l.stops[i].next {
		s := &l.stops[i]
		before := &l.stops[s.prev]
		s.shift, s.at = k, before.at+1
		t.load += m.jobs[i].load
		s.load = t.load
		before.leg = l.way(s.prev, i)
		t.cost += int64(before.leg)
		s.ahead = before.ahead.then(l.alone[i], l.time(s.prev, i))
		if i == end {
			break
		}
		t.size++
	}
	for i := l.stops[end].prev; ; i = l.stops[i].prev {
		s := &l.stops[i]
		s.behind = l.alone[i].then(l.stops[s.next].behind, l.time(i, s.next))
		if i == start {
			break
		}
	}
	if t.size > 0 {
		t.cost += m.fixed[k]
		l.used++
	}
	l.tests++
	t.late, t.changed = l.stops[end].ahead.warp, l.tests
	t.fine = l.fine(k, t.late, t.load)
}

// way and time are cost and duration from one node to another.
func (l *loose) way(a, b int32) int32 {
	return l.m.lanes[0].cost[int(l.stops[a].site)*l.m.sites+int(l.stops[b].site)]
}

func (l *loose) time(a, b int32) int32 {
	return l.m.lanes[0].time[int(l.stops[a].site)*l.m.sites+int(l.stops[b].site)]
}

// fine is the price of lateness and overload in a shift.
func (l *loose) fine(k, late, load int32) int64 {
	return (int64(late)*l.toll.late + int64(max(0, load-l.m.room[k]))*l.toll.over) / tollParts
}

// charge sets the price of lateness and overload, by which every move must be tried again.
func (l *loose) charge(t toll) {
	l.toll = t
	for k := range l.loops {
		l.loops[k].fine = l.fine(int32(k), l.loops[k].late, l.loops[k].load)
		l.tests++
		l.stir(int32(k))
	}
}

// sums adds up all tours.
func (l *loose) sums() (cost, late, over int64) {
	for k := range l.loops {
		t := &l.loops[k]
		cost, late, over = cost+t.cost, late+int64(t.late), over+int64(max(0, t.load-l.m.room[k]))
	}
	return cost, late, over
}

// empty is a shift without visits that may be used, or -1.
func (l *loose) empty() int32 {
	if l.used >= l.most {
		return -1
	}
	for k := range l.loops {
		if l.loops[k].size == 0 {
			return int32(k)
		}
	}
	return -1
}

// place puts a visit that is in no tour beside one of its near visits, or in an empty shift, where that costs least.
func (l *loose) place(i int32) {
	best, after := int64(1)<<62, int32(-1)
	try := func(j int32) {
		if delta := l.detour(i, j); delta < best {
			best, after = delta, j
		}
	}
	for _, j := range l.m.near[i] {
		if l.stops[j].shift >= 0 {
			try(j)
			try(l.stops[j].prev)
		}
	}
	if k := l.empty(); k >= 0 {
		try(l.m.start(k))
	}
	for k := l.dice.below(l.m.r); after < 0; k = (k + 1) % l.m.r {
		if l.loops[k].size > 0 {
			try(l.m.start(int32(k)))
		}
	}
	next := l.stops[after].next
	l.join(after, i)
	l.join(i, next)
	l.settle(l.stops[after].shift)
}

// detour is what visit i adds to cost and fines behind node j.
func (l *loose) detour(i, j int32) int64 {
	a := &l.stops[j]
	t := &l.loops[a.shift]
	delta := int64(l.way(j, i)) + int64(l.way(i, a.next)) - int64(a.leg)
	if t.size == 0 {
		delta += l.m.fixed[a.shift]
	}
	run := a.ahead.then(l.alone[i], l.time(j, i))
	late := run.warpWith(l.stops[a.next].behind, l.time(i, a.next))
	return delta + l.fine(a.shift, late, t.load+l.m.jobs[i].load) - t.fine
}
