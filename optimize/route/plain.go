package route

// Labels of a plain model: each node knows the earliest end of its service and the latest arrival at its successor,
// which decide in constant time whether a visit fits between the two.

// relink refreshes what node i copies from its successor, but for lateNext. A shift without visits goes nowhere.
func (p *plan) relink(i int32) {
	n := &p.nodes[i]
	n.siteNext = p.nodes[n.next].site
	if int(i) >= p.m.n && int(n.next) >= p.m.n {
		n.leg = 0
		return
	}
	n.leg = p.m.lanes[0].cost[int(n.site)*p.m.sites+int(n.siteNext)]
}

// forward refreshes early of a new node i and of those behind it, until nothing changes.
func (p *plan) forward(i int32) {
	p.nodes[i].early = -1
	m, l := p.m, &p.m.lanes[0]
	end := m.end(p.nodes[i].shift)
	from := p.nodes[p.nodes[i].prev].early
	for site := int(p.nodes[p.nodes[i].prev].site); i != end; {
		n, j := &p.nodes[i], &m.jobs[i]
		early := max(from+l.time[site*m.sites+int(n.site)], j.lo) + j.time
		if early == n.early {
			return
		}
		n.early, from, site, i = early, early, int(n.site), n.next
	}
}

// backward refreshes lateNext of a new node i and of those before it, until nothing changes. The node before i is
// always refreshed, because its successor is another one than before.
func (p *plan) backward(i int32) {
	start := p.m.start(p.nodes[i].shift)
	p.nodes[i].lateNext = p.late(p.nodes[i].next)
	for fresh := true; i != start; fresh = false {
		prev, late := p.nodes[i].prev, p.late(i)
		if p.nodes[prev].lateNext == late && !fresh {
			return
		}
		p.nodes[prev].lateNext = late
		i = prev
	}
}

// late is the latest arrival at node i from which the rest of the tour can be kept.
func (p *plan) late(i int32) int32 {
	m, n, j := p.m, &p.nodes[i], &p.m.jobs[i]
	if int(i) >= m.n+m.r {
		return j.hi
	}
	return min(j.hi, n.lateNext-m.lanes[0].time[int(n.site)*m.sites+int(n.siteNext)]-j.time)
}

// settlePlain refreshes a whole tour.
func (p *plan) settlePlain(shift int32) {
	m, l := p.m, &p.m.lanes[0]
	start, end := m.start(shift), m.end(shift)
	t := tour{size: p.tours[shift].size}
	if t.size > 0 {
		t.cost = m.fixed[shift]
	}
	early, site := m.jobs[start].lo, int(m.site[start])
	p.nodes[start].early = early
	p.relink(start)
	for i := p.nodes[start].next; i != end; i = p.nodes[i].next {
		n, j := &p.nodes[i], &m.jobs[i]
		early = max(early+l.time[site*m.sites+int(n.site)], j.lo)
		t.bad = t.bad || early > j.hi
		early += j.time
		n.early, site = early, int(n.site)
		t.cost += int64(l.cost[int(p.nodes[n.prev].site)*m.sites+site])
		t.load += j.load
		p.relink(i)
	}
	if t.size > 0 {
		t.cost += int64(l.cost[site*m.sites+int(p.nodes[end].site)])
		t.bad = t.bad || early+l.time[site*m.sites+int(p.nodes[end].site)] > m.jobs[end].hi
	}
	late := m.jobs[end].hi
	for i := p.nodes[end].prev; ; i = p.nodes[i].prev {
		p.nodes[i].lateNext = late
		if i == start {
			break
		}
		late = p.late(i)
	}
	p.tours[shift] = t
}
