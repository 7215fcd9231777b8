package route

const (
	granular = 20 // near visits that each visit is tried with
	longest  = 3  // visits of a run that is moved at once
)

// descend improves a loose plan by local search until no move is better: runs of up to three visits are moved, runs of
// one or two exchanged, and tails of tours, each visit with those near it (granular search: Toth and Vigo, INFORMS
// Journal on Computing 15(4), 2003). A pair is tried again only if one of its tours has changed.
func (l *loose) descend() {
	shuffle(l.dice, l.order)
	for again, first := true, true; again; first = false {
		again = false
		for _, u := range l.order {
			if l.improve(u, first) {
				again = true
			}
		}
	}
}

// improve tries the moves of one visit; those to empty shifts not at first.
func (l *loose) improve(u int32, first bool) (better bool) {
	since := l.stops[u].tested
	l.stops[u].tested = l.tests
	l.grasp(u)
	near := l.m.near[u]
	for _, v := range near[:min(granular, len(near))] {
		if max(l.loops[l.stops[u].shift].changed, l.loops[l.stops[v].shift].changed) <= since {
			continue
		}
		start := l.stops[v].prev
		if l.pair(v) || int(start) >= l.m.n && l.behind(start) {
			better = true
			l.grasp(u)
		}
	}
	if first || l.loops[l.stops[u].shift].changed <= since {
		return better
	}
	if k := l.empty(); k >= 0 && l.behind(l.m.start(k)) {
		better = true
	}
	return better
}

// grip is what moves of one visit have in common.
type grip struct {
	u    int32
	runs []run            // that begin with it
	ways [longest][]int32 // costs from the end of each, by site
	into []int32          // costs from the stop before them
}

// grasp notes that for a visit.
func (l *loose) grasp(u int32) {
	g := &l.grip
	r := l.runFrom(u)
	g.u, g.into, g.runs = u, l.costsFrom(r.before), g.runs[:0]
	for ok := true; ok; ok = len(g.runs) < longest && l.longer(&r) {
		g.ways[len(g.runs)] = l.costsFrom(r.last)
		g.runs = append(g.runs, r)
	}
}

// costsFrom is a row of the table of costs.
func (l *loose) costsFrom(i int32) []int32 {
	return l.m.lanes[0].cost[int(l.stops[i].site)*l.m.sites:][:l.m.sites]
}

// behind tries to put the visit, alone or with its followers, or its tail behind a stop.
func (l *loose) behind(v int32) bool {
	g := &l.grip
	gap := l.gap(v)
	for k := range g.runs {
		if l.swapRuns(&g.runs[k], &gap) < 0 {
			return true
		}
	}
	return l.stops[g.u].shift != l.stops[v].shift && l.swapTails(g.u, v) < 0
}

// pair tries all moves of the visit with v. The legs alone rule most of them out, whatever fines they might save: those
// are summed up first, from rows of the table that moves share.
func (l *loose) pair(v int32) bool {
	g := &l.grip
	a, b := &l.stops[g.u], &l.stops[v]
	from, y := l.costsFrom(v), l.stops[b.next].site
	worth, leg := l.worth(a.shift, b.shift), int64(b.leg)
	for k := range g.runs {
		r := &g.runs[k]
		if int64(from[a.site])+int64(g.ways[k][y])-leg+r.closed-r.legs >= worth {
			continue
		}
		if gap := l.gap(v); l.swapRuns(r, &gap) < 0 {
			return true
		}
	}
	if a.shift != b.shift && int64(g.ways[0][y])+int64(from[l.stops[a.next].site])-int64(a.leg)-leg < worth && l.swapTails(g.u, v) < 0 {
		return true
	}
	return l.trade(v, worth)
}

// worth is the most that a move between two tours can save besides legs.
func (l *loose) worth(j, k int32) int64 {
	fines := l.loops[j].fine
	if j != k {
		fines += l.loops[k].fine
	}
	return fines + l.m.fixed[0]
}

// trade tries to exchange the visit, alone or with its follower, with v, alone or with its follower.
func (l *loose) trade(v int32, worth int64) bool {
	g := &l.grip
	b := l.runFrom(v)
	if b.before == g.u || b.behind == g.u {
		return false // to move one of them does the same
	}
	into := int64(g.into[l.stops[v].site]) + int64(l.costsFrom(b.before)[l.stops[g.u].site])
	lasting := func(k int, b *run) bool {
		r := &g.runs[k]
		way := int64(l.costsFrom(b.last)[l.stops[r.behind].site]) + int64(g.ways[k][l.stops[b.behind].site])
		return into+way-b.legs-r.legs < worth && l.swapRuns(r, b) < 0
	}
	if lasting(0, &b) {
		return true
	}
	return len(g.runs) > 1 && (lasting(1, &b) || l.longer(&b) && lasting(1, &b))
}
