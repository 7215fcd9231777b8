package route

// run is some consecutive visits of a loose plan, perhaps none, between two stops.
type run struct {
	first, last    int32 // of the visits, if there are any
	before, behind int32
	size           int32
	load           int32
	seg            seg
	legs           int64 // cost of the legs that lead to it and from it; of the one between, if it is empty
	closed         int64 // cost of the leg that is in their place once it is gone
}

// gap is the empty run behind a stop.
func (l *loose) gap(v int32) run {
	s := &l.stops[v]
	return run{before: v, behind: s.next, legs: int64(s.leg)}
}

// runFrom is the run that begins with visit v and has one visit.
func (l *loose) runFrom(v int32) run {
	s := &l.stops[v]
	return run{
		first: v, last: v, before: s.prev, behind: s.next, size: 1, load: l.m.jobs[v].load, seg: l.alone[v],
		legs: int64(l.stops[s.prev].leg) + int64(s.leg), closed: int64(l.way(s.prev, s.next)),
	}
}

// longer adds the visit behind a run; false if there is none.
func (l *loose) longer(r *run) bool {
	v := r.behind
	if int(v) >= l.m.n {
		return false
	}
	s := &l.stops[v]
	r.seg = r.seg.then(l.alone[v], l.time(r.last, v))
	r.legs += int64(s.leg) - int64(l.stops[r.last].leg)
	r.last, r.behind, r.size, r.load = v, s.next, r.size+1, r.load+l.m.jobs[v].load
	r.closed = int64(l.way(r.before, r.behind))
	return true
}

// joints is the cost of the legs to and from a run if it is put between two stops.
func (l *loose) joints(before int32, r *run, behind int32) int64 {
	if r.size == 0 {
		return int64(l.way(before, behind))
	}
	return int64(l.way(before, r.first)) + int64(l.way(r.last, behind))
}

// lateBetween is the warp of a tour that goes through before, the run and behind.
func (l *loose) lateBetween(before int32, r *run, behind int32) int32 {
	a := &l.stops[before]
	if r.size == 0 {
		return a.ahead.warpWith(l.stops[behind].behind, l.time(before, behind))
	}
	s := a.ahead.then(r.seg, l.time(before, r.first))
	return s.warpWith(l.stops[behind].behind, l.time(r.last, behind))
}

// swapRuns exchanges two runs if that is better; where one is empty, the other is moved. It returns the change of cost
// and fines, which is 0 if it did nothing.
func (l *loose) swapRuns(a, b *run) int64 {
	if l.stops[a.before].shift == l.stops[b.before].shift {
		return l.swapWithin(a, b)
	}
	ka, kb := l.stops[a.before].shift, l.stops[b.before].shift
	ta, tb := &l.loops[ka], &l.loops[kb]
	delta := l.joints(a.before, b, a.behind) + l.joints(b.before, a, b.behind) - a.legs - b.legs
	delta += l.hire(ta.size, ta.size-a.size+b.size) + l.hire(tb.size, tb.size-b.size+a.size)
	if delta >= ta.fine+tb.fine {
		return 0
	}
	delta += l.fine(ka, l.lateBetween(a.before, b, a.behind), ta.load-a.load+b.load) - ta.fine
	if delta >= tb.fine {
		return 0
	}
	delta += l.fine(kb, l.lateBetween(b.before, a, b.behind), tb.load-b.load+a.load) - tb.fine
	if delta >= 0 {
		return 0
	}
	l.splice(a.before, b, a.behind)
	l.splice(b.before, a, b.behind)
	l.settle(ka)
	l.settle(kb)
	return delta
}

// hire is what a tour pays more or less for the use of its shift when its size changes.
func (l *loose) hire(before, after int32) int64 {
	switch {
	case before == 0 && after > 0:
		return l.m.fixed[0]
	case before > 0 && after == 0:
		return -l.m.fixed[0]
	}
	return 0
}

// splice puts a run between two stops.
func (l *loose) splice(before int32, r *run, behind int32) {
	if r.size == 0 {
		l.join(before, behind)
		return
	}
	l.join(before, r.first)
	l.join(r.last, behind)
}

// swapWithin exchanges two runs of one tour.
func (l *loose) swapWithin(a, b *run) int64 {
	if l.stops[b.before].at < l.stops[a.before].at {
		a, b = b, a
	}
	k := l.stops[a.before].shift
	t := &l.loops[k]
	if a.size == 0 && a.before == b.before || b.size == 0 && b.before == a.last || a.size > 0 && l.stops[b.before].at < l.stops[a.last].at {
		return 0 // they overlap, or nothing would change
	}
	adjacent := a.size > 0 && b.size > 0 && a.last == b.before
	var delta int64
	if adjacent {
		delta = int64(l.way(a.before, b.first)) + int64(l.way(b.last, a.first)) + int64(l.way(a.last, b.behind)) -
			a.legs - b.legs + int64(l.stops[a.last].leg)
	} else {
		delta = l.joints(a.before, b, a.behind) + l.joints(b.before, a, b.behind) - a.legs - b.legs
	}
	if delta >= t.fine {
		return 0
	}
	c := chain{l, l.stops[a.before].ahead, a.before}
	c.add(b)
	if !adjacent {
		c.walk(a.behind, b.before)
	}
	c.add(a)
	late := c.seg.warpWith(l.stops[b.behind].behind, l.time(c.last, b.behind))
	delta += l.fine(k, late, t.load) - t.fine
	if delta >= 0 {
		return 0
	}
	if adjacent {
		l.join(a.before, b.first)
		l.join(b.last, a.first)
		l.join(a.last, b.behind)
	} else {
		l.splice(a.before, b, a.behind)
		l.splice(b.before, a, b.behind)
	}
	l.settle(k)
	return delta
}

// chain is a tour that is put together from runs.
type chain struct {
	l    *loose
	seg  seg
	last int32
}

func (c *chain) add(r *run) {
	if r.size > 0 {
		c.seg, c.last = c.seg.then(r.seg, c.l.time(c.last, r.first)), r.last
	}
}

// walk adds the stops from first to last.
func (c *chain) walk(first, last int32) {
	for i := first; ; i = c.l.stops[i].next {
		c.seg, c.last = c.seg.then(c.l.alone[i], c.l.time(c.last, i)), i
		if i == last {
			return
		}
	}
}

// swapTails lets what follows u follow v of another tour, and the other way round, if that is better; it
// returns what swapRuns does.
func (l *loose) swapTails(u, v int32) int64 {
	a, b := &l.stops[u], &l.stops[v]
	ka, kb := a.shift, b.shift
	ta, tb := &l.loops[ka], &l.loops[kb]
	x, y := a.next, b.next
	delta := int64(l.way(u, y)) + int64(l.way(v, x)) - int64(a.leg) - int64(b.leg)
	if fixed := l.m.fixed[0]; fixed > 0 {
		delta += l.hire(ta.size, a.at+tb.size-b.at) + l.hire(tb.size, b.at+ta.size-a.at)
	}
	if delta >= ta.fine+tb.fine {
		return 0
	}
	delta += l.fine(ka, a.ahead.warpWith(l.stops[y].behind, l.time(u, y)), a.load+tb.load-b.load) - ta.fine
	if delta >= tb.fine {
		return 0
	}
	delta += l.fine(kb, b.ahead.warpWith(l.stops[x].behind, l.time(v, x)), b.load+ta.load-a.load) - tb.fine
	if delta >= 0 {
		return 0
	}
	l.crossOver(u, v)
	return delta
}

// crossOver exchanges the tails behind two stops of different tours.
func (l *loose) crossOver(u, v int32) {
	ka, kb := l.stops[u].shift, l.stops[v].shift
	x, y := l.stops[u].next, l.stops[v].next
	endA, endB := l.m.end(ka), l.m.end(kb)
	lastA, lastB := l.stops[endA].prev, l.stops[endB].prev
	if y == endB {
		l.join(u, endA)
	} else {
		l.join(u, y)
		l.join(lastB, endA)
	}
	if x == endA {
		l.join(v, endB)
	} else {
		l.join(v, x)
		l.join(lastA, endB)
	}
	l.settle(ka)
	l.settle(kb)
}
