package route

import "math"

// quest is the search for the place of one visit in a rich model.
type quest struct {
	i     int32
	best  int64
	after int32
}

// entry is what a quest knows of a shift, whatever the position.
type entry struct {
	look  uint32
	open  bool  // it may take the visit
	extra int64 // cost of the pair, less what the insertion might save in Terms that depend on time
	exact int64 // cost of the pair alone
}

func (w *worker) seekRich(i int32) (after int32, delta int64) {
	p, m := w.plan, w.plan.m
	q := quest{i: i, best: math.MaxInt64, after: -1}
	w.look++
	for _, j := range m.near[i] {
		n := &p.nodes[j]
		if n.shift < 0 || !w.mine(j) || !w.enters(i, n.shift).open {
			continue
		}
		w.tryRich(&q, j)
		w.tryRich(&q, n.prev)
	}
	for _, twin := range m.doors[i] {
		k := twin
		if p.tours[k].size > 0 || !w.minesShift(k) {
			k = w.door(twin)
		}
		if k < 0 && w.minesShift(twin) {
			k = twin
		}
		if k >= 0 && (p.tours[k].size > 0 || !w.full()) && w.enters(i, k).open {
			w.tryRich(&q, m.start(k))
		}
	}
	for _, k := range w.strange(i, q.after >= 0) {
		if w.enters(i, k).open {
			w.tryRich(&q, m.start(k))
		}
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
	if e.open {
		e.exact = p.affinity(i, shift) + p.hire(shift, int64(r.times[r.rate[shift]][i]))
		e.extra = e.exact - p.labels.tours[shift].slack
	}
	return e
}

// hire is the cost, by shift and by technician, of one more visit in a shift.
func (p *plan) hire(shift int32, service int64) int64 {
	r, lb := p.m.rich, p.labels
	who := r.staff[shift]
	cost := r.weights.fairness * (fairness(lb.service[who]+service) - fairness(lb.service[who]))
	if p.tours[shift].size == 0 {
		cost += p.m.fixed[shift]
		if lb.shifts[who] == 0 {
			cost += r.weights.used
		}
	}
	return cost
}

// tryRich looks at the position behind a node.
func (w *worker) tryRich(q *quest, after int32) {
	if w.seen[after] == w.look {
		return
	}
	w.seen[after] = w.look
	if w.blink--; w.blink < 0 {
		w.blink = w.dice.gap(blink)
		return
	}
	p, m := w.plan, w.plan.m
	n := &p.nodes[after]
	e, l := &w.entries[n.shift], &m.lanes[m.lane[n.shift]]
	row := int(p.nodes[q.i].site) * m.sites
	delta := int64(l.costTo[row+int(n.site)]) + int64(l.cost[row+int(n.siteNext)]) - int64(n.leg)
	if delta+e.extra >= q.best || p.labels.sealed[after] || !p.fits(q.i, after) {
		return
	}
	delta += e.exact
	if m.rich.walks[n.shift] {
		walk, ok := p.labels.walker.walk(p, n.shift, q.i, after)
		if !ok {
			return
		}
		delta += walk.cost - p.labels.tours[n.shift].timed
	}
	if delta < q.best {
		q.best, q.after = delta, after
	}
}

// fits tells whether visit i can be put behind a node: in time, in load and within the shift's limits. Where travel
// depends on the time of day this is necessary, not sufficient.
func (p *plan) fits(i, after int32) bool {
	shift := p.nodes[after].shift
	if !p.inTime(shift, i, after) {
		return false
	}
	r := p.m.rich
	if r.through && !p.carriesHere(shift, i, after) && !r.ships(i) {
		return false
	}
	lim := &r.limits[shift]
	return lim.travel == far && lim.dist == far || p.withinLimits(shift, i, after, lim)
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
