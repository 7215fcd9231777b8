package route

// setTally refreshes a tour's sums and cost, and its technician's share in the Terms that count by technician.
func (p *plan) setTally(shift int32) {
	m, r, lb := p.m, p.m.rich, p.labels
	l, end := &m.lanes[m.lane[shift]], m.end(shift)
	var now tally
	t := &p.tours[shift]
	t.cost, t.bad = 0, false
	if t.size > 0 {
		t.bad = lb.ready[int(end)*r.depth+len(r.rests[shift])] == far
		t.cost = m.fixed[shift]
		for from := m.start(shift); from != end; from = p.nodes[from].next {
			to := p.nodes[from].next
			leg := int(p.nodes[from].site)*m.sites + int(p.nodes[to].site)
			t.cost += int64(l.cost[leg])
			now.travel += l.time[leg] - min(l.time[leg], r.setup[p.nodes[to].site])
			if l.dist != nil {
				now.dist += l.dist[leg]
			}
			if to != end {
				now.service += int64(r.times[r.rate[shift]][to])
				t.cost += p.affinity(to, shift)
			}
		}
		if r.walks[shift] {
			w, ok := lb.walker.walk(p, shift, -1, -1)
			now.timed, now.slack = w.cost, w.slack
			now.travel = w.travel
			now.idles = w.idles
			t.bad = t.bad || !ok || w.idles
			t.cost += now.timed
		}
	}
	lim := &r.limits[shift]
	t.bad = t.bad || p.overloaded(shift) || t.size > lim.tasks || now.travel > lim.travel || now.dist > lim.dist
	p.relinkRich(shift)
	p.cost += p.share(shift, now.service, t.size > 0)
	lb.tours[shift] = now
}

func (p *plan) relinkRich(shift int32) {
	m := p.m
	l, end := &m.lanes[m.lane[shift]], m.end(shift)
	for i := m.start(shift); i != end; i = p.nodes[i].next {
		n := &p.nodes[i]
		n.siteNext = p.nodes[n.next].site
		n.leg = l.cost[int(n.site)*m.sites+int(n.siteNext)]
		p.labels.sealed[i] = m.rich.sealed(m, i, n.next)
	}
	if p.tours[shift].size == 0 {
		p.nodes[m.start(shift)].leg = 0
	}
}

func (p *plan) affinity(i, shift int32) int64 {
	if a := p.m.rich.affinity; a != nil {
		return int64(a[int(i)*p.m.r+int(shift)])
	}
	return 0
}

// share moves a technician's service and shifts to what the tour's are now, and is the change of cost.
func (p *plan) share(shift int32, service int64, used bool) int64 {
	r, lb := p.m.rich, p.labels
	before := &lb.tours[shift]
	who, more := r.staff[shift], service-before.service
	cost := r.weights.fairness * (fairness(lb.service[who]+more) - fairness(lb.service[who]))
	lb.service[who] += more
	was := lb.shifts[who] > 0
	if p.labels.busy[shift] != used {
		p.labels.busy[shift] = used
		if used {
			lb.shifts[who]++
		} else {
			lb.shifts[who]--
		}
	}
	if is := lb.shifts[who] > 0; is != was {
		if is {
			return cost + r.weights.used
		}
		return cost - r.weights.used
	}
	return cost
}

// sealed tells whether nothing may come between two nodes: both are pinned in a sequence, or one must directly follow.
func (r *rich) sealed(m *model, a, b int32) bool {
	if int(b) >= m.n {
		return false
	}
	return r.held[b] || int(a) < m.n && r.groups != nil && r.groups.glued[a] == b
}
