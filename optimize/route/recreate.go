package route

import (
	"cmp"
	"math"
	"slices"
)

const blink = 0.01 // chance that a position is overlooked

// Optional visits may be worth their cost only together: one shares the price of a shift with another, or fills the
// waiting before it. Where waiting is forbidden, so may any visits be possible only together. Now and then a few that
// are not worth it, or wait, are put in at any cost, and annealing judges the whole.
const (
	daring     = 10 // one iteration in so many
	dares      = 3  // the most visits that are dared in it
	overlooked = 8  // positions of which one is overlooked in it
)

// dare draws how many visits the next recreate may put in at any cost. One of the first positions is then overlooked,
// so that they do not always go where they would without.
func (w *worker) dare() int {
	if !w.plan.m.choosy || w.dice.below(daring) > 0 {
		return 0
	}
	w.blink = w.dice.below(overlooked)
	return 1 + w.dice.below(dares)
}

// worth tells whether to put in a visit, or a group, that costs delta: if its absence costs more, or if it is dared.
func (w *worker) worth(delta, price int64) bool {
	if delta < price {
		return true
	}
	if w.dares == 0 {
		return false
	}
	w.dares--
	return true
}

// recreate puts absent visits back one by one, each where it costs least, if that is less than the price of its
// absence.
func (w *worker) recreate() {
	w.arrange()
	for _, i := range w.out {
		if w.plan.nodes[i].shift >= 0 {
			continue // placed with its group
		}
		if members := w.plan.members(i); members != nil {
			w.gather(members)
			continue
		}
		after, delta := w.seek(i)
		if after >= 0 && w.worth(delta, w.plan.price[i]) {
			w.plan.insert(i, after, delta)
		}
	}
}

// Lots from which the order of visits is drawn; the last of a rich model's are for priority and for scarcity.
const (
	ordersPlain = 17
	ordersRich  = 25
)

// arrange puts the visits to be placed in one of several orders, drawn anew each time.
func (w *worker) arrange() {
	shuffle(w.dice, w.out)
	m, key := w.plan.m, w.key
	draw := w.dice.below(w.orders)
	if draw < 4 {
		return
	}
	for _, i := range w.out {
		j := &m.jobs[i]
		switch {
		case draw < 8:
			key[i] = -int64(j.load)
		case draw < 10:
			key[i] = -m.remote[i]
		case draw < 11:
			key[i] = m.remote[i]
		case draw < 13:
			key[i] = int64(j.hi) - int64(j.lo)
		case draw < 15:
			key[i] = int64(j.lo)
		case draw < 17:
			key[i] = -int64(j.hi)
		case draw < 21:
			key[i] = -w.plan.price[i]
		default:
			key[i] = m.choice[i]
		}
	}
	slices.SortStableFunc(w.out, func(a, b int32) int { return cmp.Compare(key[a], key[b]) })
}

// seek finds the cheapest position for absent visit i among those beside its near visits and in the shifts near it:
// the node to put it behind, or -1, and the change of cost.
func (w *worker) seek(i int32) (after int32, delta int64) {
	if w.plan.labels != nil {
		return w.seekRich(i)
	}
	return w.seekPlain(i)
}

func (w *worker) seekPlain(i int32) (int32, int64) {
	p, m := w.plan, w.plan.m
	l, row := &m.lanes[0], int(m.site[i])*m.sites
	s := aim{
		i: i, job: m.jobs[i], best: math.MaxInt32, after: -1,
		out: l.time[row : row+m.sites], in: l.timeTo[row : row+m.sites],
	}
	costOut, costIn := l.cost[row:row+m.sites], l.costTo[row:row+m.sites]
	w.look++
	for _, q := range m.near[i] {
		n := &p.nodes[q]
		if !w.mine(q) || n.shift < 0 {
			continue
		}
		if delta := costIn[n.site] + costOut[n.siteNext] - n.leg; delta < s.best {
			w.try(&s, q, n, delta)
		}
		b := &p.nodes[n.prev]
		if delta := costIn[b.site] + costOut[n.site] - b.leg; delta < s.best {
			w.try(&s, n.prev, b, delta)
		}
	}
	for _, twin := range m.doors[i] {
		if k := w.door(twin); k >= 0 {
			n := &p.nodes[m.start(k)]
			if delta := costIn[n.site] + costOut[n.siteNext] + int32(m.fixed[k]); delta < s.best {
				w.try(&s, m.start(k), n, delta)
			}
		}
	}
	for _, k := range w.strange(i, s.after >= 0) {
		n := &p.nodes[m.start(k)]
		if delta := costIn[n.site] + costOut[n.siteNext] + int32(m.fixed[k]); delta < s.best {
			w.try(&s, m.start(k), n, delta)
		}
	}
	return s.after, int64(s.best)
}

// aim is the search for the place of one visit in a plain model.
type aim struct {
	i       int32
	job     job
	best    int32
	after   int32
	out, in []int32 // time from and to the visit, by site
}

// try looks at the position behind node q, which costs less than the best so far.
func (w *worker) try(s *aim, q int32, n *node, delta int32) {
	if w.seen[q] == w.look {
		return
	}
	w.seen[q] = w.look
	begin := max(n.early+s.in[n.site], s.job.lo)
	if begin > s.job.hi || begin+s.job.time+s.out[n.siteNext] > n.lateNext {
		return
	}
	m := w.plan.m
	if w.plan.tours[n.shift].load+s.job.load > m.room[n.shift] || !m.able.has(s.i, n.shift) {
		return
	}
	if w.blink--; w.blink < 0 {
		w.blink = w.dice.gap(blink)
		return
	}
	s.best, s.after = delta, q
}

// door is an empty shift of the given kind that this worker may use, or -1.
func (w *worker) door(twin int32) int32 {
	if w.full() {
		return -1
	}
	for _, k := range w.plan.free[twin] {
		if w.owner == nil || w.owner[w.plan.m.start(k)] == w.id {
			return k
		}
	}
	return -1
}

// strange lists a few empty shifts for a visit besides those that are always looked at, where there are more kinds of
// shift than those. A visit that has another place already is content with less searching. The list holds until the
// next call.
func (w *worker) strange(i int32, content bool) []int32 {
	m := w.plan.m
	w.further = w.further[:0]
	vacant := w.plan.vacant
	if len(m.kinds) <= doorsEach || len(vacant) == 0 || w.full() {
		return nil
	}
	from, most, enough := w.dice.below(len(vacant)), len(vacant), 4*strangers
	if content {
		most, enough = min(most, wander), strangers
	}
	for k := range most {
		kind := vacant[(from+k)%len(vacant)]
		if !m.able.has(i, kind) || !w.plan.meets(i, kind) {
			continue
		}
		if shift := w.door(kind); shift >= 0 {
			if w.further = append(w.further, shift); len(w.further) == enough {
				break
			}
		}
	}
	return w.further
}

// meets tells whether a shift is within what the ties of visit i leave it.
func (p *plan) meets(i, shift int32) bool {
	if p.labels == nil || p.labels.spans == nil {
		return true
	}
	s, m := p.labels.spans[i], p.m
	return m.jobs[m.start(shift)].lo <= s.hi && s.lo <= m.jobs[m.end(shift)].hi
}
