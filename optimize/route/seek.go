package route

import "math"

// quest is the search for the place of one visit in a rich model.
type quest struct {
	i     int32
	best  int64
	after int32

	lane         uint8
	out, in      []int32 // time from and to the visit, by site, in that lane
	costs, costi []int32 // cost of the same

	brief bool // gaps decide what is in time
	lo    int32
}

// entry is what a quest knows of a shift, whatever the position.
type entry struct {
	look  uint32
	open  bool  // it may take the visit
	hi    int32 // latest begin of service, if gaps decide
	time  int32 // of service
	extra int64 // cost of the pair, less what the insertion might save in Terms that depend on time
	exact int64 // cost of the pair alone
}

func (w *worker) newQuest(i int32) quest {
	p, m := w.plan, w.plan.m
	q := quest{i: i, best: math.MaxInt64, after: -1, brief: p.labels.gaps != nil && m.windows[i] == nil, lo: m.jobs[i].lo}
	if s := p.labels.spans; s != nil {
		q.lo = max(q.lo, s[i].lo)
	}
	q.turn(m, 0)
	w.look++
	return q
}

// turn looks up the visit's rows of the tables of a lane.
func (q *quest) turn(m *model, lane uint8) {
	l, row := &m.lanes[lane], int(m.site[q.i])*m.sites
	q.lane = lane
	q.out, q.in = l.time[row:row+m.sites], l.timeTo[row:row+m.sites]
	q.costs, q.costi = l.cost[row:row+m.sites], l.costTo[row:row+m.sites]
}

func (w *worker) seekRich(i int32) (after int32, delta int64) {
	p, m := w.plan, w.plan.m
	q := w.newQuest(i)
	for _, j := range m.near[i] {
		n := &p.nodes[j]
		if n.shift < 0 || !w.mine(j) {
			continue
		}
		w.tryRich(&q, j)
		w.tryRich(&q, n.prev)
	}
	for rank, twin := range m.doors[i] {
		k := twin
		if p.tours[k].size > 0 || !w.minesShift(k) {
			k = w.door(twin)
		}
		if k < 0 && rank < doorsUsed && w.minesShift(twin) {
			k = twin
		}
		if k >= 0 && (p.tours[k].size > 0 || !w.full()) {
			w.tryRich(&q, m.start(k))
		}
	}
	for _, k := range w.strange(i, q.after >= 0) {
		w.tryRich(&q, m.start(k))
	}
	return q.after, q.best
}

// enters looks a shift up for the visit that is being placed.
func (w *worker) enters(i, shift int32) *entry {
	e := &w.entries[shift]
	if e.look == w.look {
		return e
	}
	p, m, r := w.plan, w.plan.m, w.plan.m.rich
	e.look = w.look
	e.open = m.able.has(i, shift) && p.tours[shift].size < r.limits[shift].tasks && p.carries(shift, i)
	if e.open && w.rule != nil {
		e.open = w.allows(w.rule, shift)
	}
	if !e.open {
		return e
	}
	e.time = r.times[r.rate[shift]][i]
	e.hi = min(m.jobs[i].hi, r.closes[i]-e.time)
	if s := p.labels.spans; s != nil {
		e.hi = min(e.hi, s[i].hi)
	}
	e.exact = p.affinity(i, shift) + p.hire(shift, int64(e.time))
	e.extra = e.exact - p.labels.tours[shift].slack
	return e
}

// hire is the cost, by shift and by technician, of one more visit in a shift.
func (p *plan) hire(shift int32, service int64) (cost int64) {
	r, lb := p.m.rich, p.labels
	who := r.staff[shift]
	if r.weights.fairness > 0 {
		cost = r.weights.fairness * (fairness(lb.service[who]+service) - fairness(lb.service[who]))
	}
	if p.tours[shift].size == 0 {
		cost += p.m.fixed[shift]
		if lb.shifts[who] == 0 {
			cost += r.weights.used
		}
	}
	return cost
}

// tryRich looks at the position behind a node: first at what costs least to look at and excludes most.
func (w *worker) tryRich(q *quest, after int32) {
	p, m := w.plan, w.plan.m
	n := &p.nodes[after]
	if lane := m.lane[n.shift]; lane != q.lane {
		q.turn(m, lane)
	}
	delta := int64(q.costi[n.site]) + int64(q.costs[n.siteNext]) - int64(n.leg)
	if delta >= q.best && !m.rich.walking || w.seen[after] == w.look {
		return
	}
	w.seen[after] = w.look
	e := w.enters(q.i, n.shift)
	if !e.open || delta+e.extra >= q.best || !p.fits(q, e, after) {
		return
	}
	delta += e.exact
	if m.rich.walks[n.shift] {
		walk, ok := p.labels.walker.walk(p, n.shift, q.i, after)
		t := &p.labels.tours[n.shift]
		if !ok || walk.idles && !t.idles && w.dares == 0 {
			return
		}
		if delta += walk.cost - t.timed; delta >= q.best {
			return
		}
	}
	if w.blink--; w.blink < 0 {
		w.blink = w.dice.gap(blink)
		return
	}
	q.best, q.after = delta, after
}

// fits tells whether the visit can be put behind a node: in time, in load and within the shift's limits. Where travel
// depends on the time of day this is necessary, not sufficient.
func (p *plan) fits(q *quest, e *entry, after int32) bool {
	n, r := &p.nodes[after], p.m.rich
	if q.brief {
		if !p.labels.gaps[after].admits(q.in[n.site], q.out[n.siteNext], q.lo, e.hi, e.time) {
			return false
		}
	} else if !p.inTime(n.shift, q.i, after) {
		return false
	}
	if p.labels.sealed[after] || r.through && !p.carriesHere(n.shift, q.i, after) && !r.ships(q.i) {
		return false
	}
	lim := &r.limits[n.shift]
	return lim.travel == far && lim.dist == far || p.withinLimits(n.shift, q.i, after, lim)
}

// ships tells whether visit i is an end of a shipment, whose load is checked once both ends are placed.
func (r *rich) ships(i int32) bool {
	if r.groups == nil {
		return false
	}
	for _, t := range r.groups.ties[i] {
		if t.kind == Shipment {
			return true
		}
	}
	return false
}

func (p *plan) inTime(shift, i, after int32) bool {
	m, r, lb := p.m, p.m.rich, p.labels
	next := p.nodes[after].next
	breaks := len(r.rests[shift])
	before := lb.ready[int(after)*r.depth : int(after+1)*r.depth]
	behind := lb.late[int(next)*r.depth : int(next+1)*r.depth]
	l, row := &m.lanes[m.lane[shift]], int(m.site[i])*m.sites
	in, out := l.timeTo[row+int(p.nodes[after].site)], l.time[row+int(p.nodes[next].site)]
	if clock := r.clocks[shift]; clock != nil {
		out = clock.Fastest(out)
	}
	if breaks == 0 {
		if before[0] == far {
			return false
		}
		ready := p.serve(shift, i, p.reach(shift, before, 0, in, m.site[i]))
		return ready < far && ready+out <= behind[0]
	}
	for k := 0; k <= breaks; k++ {
		arrival := p.reach(shift, before, k, in, m.site[i])
		if arrival >= far {
			continue
		}
		if ready := p.serve(shift, i, arrival); ready < far && ready <= p.depart(shift, behind, k, out) {
			return true
		}
	}
	return false
}

func (p *plan) withinLimits(shift, i, after int32, lim *limits) bool {
	m, t := p.m, &p.labels.tours[shift]
	l := &m.lanes[m.lane[shift]]
	a, b, c := int(p.nodes[after].site), int(m.site[i]), int(p.nodes[p.nodes[after].next].site)
	setup := m.rich.setup
	pure := func(x, y int) int32 { k := x*m.sites + y; return l.time[k] - min(l.time[k], setup[y]) }
	skip := p.tours[shift].size == 0
	travel := t.travel + pure(a, b) + pure(b, c)
	if !skip {
		travel -= pure(a, c)
	}
	if travel > lim.travel && !m.rich.walks[shift] {
		return false
	}
	if l.dist == nil {
		return true
	}
	dist := t.dist + l.dist[a*m.sites+b] + l.dist[b*m.sites+c]
	if !skip {
		dist -= l.dist[a*m.sites+c]
	}
	return dist <= lim.dist
}
