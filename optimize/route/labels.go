package route

// labels are what a rich plan knows of its nodes and tours beyond the nodes themselves. Times have one entry for each
// number of breaks taken so far: whether a visit fits behind a node is decided by at most depth comparisons.
type labels struct {
	ready []int32 // by node and breaks taken: earliest end of service; far if impossible
	late  []int32 // by node and breaks taken on arrival: latest arrival; -1 if impossible

	gaps []gap // by node: the same once more for the quick test; nil where that does not serve

	on, peakTo, peakFrom []int32 // by node and dimension: load on leaving it, most up to then, most from then on
	sum                  []int32 // by shift and dimension: load delivered or picked up in all
	used                 []int32 // by shift and part

	tours   []tally
	service []int64 // by technician
	shifts  []int32 // by technician: shifts with visits
	busy    []bool  // by shift: it counts in shifts
	sealed  []bool  // by node: nothing may be put behind it
	spans   []span  // by visit node: the window that its links leave it; nil if there are no links
	walker  *walker
}

// tally sums up a rich tour.
type tally struct {
	travel, dist int32
	service      int64
	timed        int64 // cost of the Terms that depend on when things happen
	slack        int64 // how much of timed an insertion might save
	idles        bool  // it waits although the policy forbids it
}

func newLabels(m *model) *labels {
	r, nodes := m.rich, m.n+2*m.r
	lb := &labels{
		ready: make([]int32, nodes*r.depth), late: make([]int32, nodes*r.depth),
		sum: make([]int32, m.r*r.dims), used: make([]int32, m.r*r.parts), tours: make([]tally, m.r),
		service: make([]int64, len(m.p.Technicians)), shifts: make([]int32, len(m.p.Technicians)),
		sealed: make([]bool, nodes), busy: make([]bool, m.r), walker: newWalker(m),
	}
	if r.brief() {
		lb.gaps = make([]gap, nodes)
	}
	if r.through {
		lb.on, lb.peakTo, lb.peakFrom = make([]int32, nodes*r.dims), make([]int32, nodes*r.dims), make([]int32, nodes*r.dims)
	}
	if r.groups != nil {
		lb.spans = make([]span, m.n)
		for i := range lb.spans {
			lb.spans[i] = span{0, far}
		}
	}
	return lb
}

// settleRich refreshes a whole tour of a rich plan: labels, sums and cost.
func (p *plan) settleRich(shift int32) {
	p.setReady(shift)
	p.setLate(shift)
	if p.labels.gaps != nil {
		p.setGaps(shift)
	}
	p.setLoad(shift)
	p.setTally(shift)
}

// setReady goes from the start to the end.
func (p *plan) setReady(shift int32) {
	m, r, lb := p.m, p.m.rich, p.labels
	start, end := m.start(shift), m.end(shift)
	before := lb.ready[int(start)*r.depth : int(start+1)*r.depth]
	for k := range before {
		before[k] = far
	}
	before[0] = m.jobs[start].lo
	from := start
	for i := p.nodes[start].next; ; i = p.nodes[i].next {
		now := lb.ready[int(i)*r.depth : int(i+1)*r.depth]
		time := p.drive(shift, from, i)
		for k := range now {
			now[k] = far
			if k <= len(r.rests[shift]) {
				now[k] = p.serve(shift, i, p.reach(shift, before, k, time, p.nodes[i].site))
			}
		}
		if i == end {
			return
		}
		from, before = i, now
	}
}

// drive is the free-flow time of a leg, setup included.
func (p *plan) drive(shift, from, to int32) int32 {
	m := p.m
	return m.lanes[m.lane[shift]].time[int(p.nodes[from].site)*m.sites+int(p.nodes[to].site)]
}

// reach is the earliest arrival with k breaks taken, after a leg from where the technician is ready at before.
func (p *plan) reach(shift int32, before []int32, k int, time, site int32) int32 {
	r := p.m.rich
	if clock := r.clocks[shift]; clock != nil {
		return p.reachByClock(shift, before, k, time, site)
	}
	arrival := far
	for taken := k; taken >= 0; taken-- {
		if before[taken] < far {
			arrival = min(arrival, arriveRested(r.rests[shift][taken:k], before[taken], time))
		}
	}
	return arrival
}

// arriveRested is the earliest arrival after a leg with breaks on it, or far. A break is taken as soon as it may be: while
// it is waited for, the drive goes on.
func arriveRested(rests []rest, depart, time int32) int32 {
	free, arrival := depart, depart+time
	for i := range rests {
		begin := rests[i].begin(free)
		if begin == far {
			return far
		}
		free, arrival = begin+rests[i].time, max(arrival, begin)+rests[i].time
	}
	return arrival
}

// serve is the end of service at node i for an arrival, or the arrival at a shift's end.
func (p *plan) serve(shift, i, arrival int32) int32 {
	m, r := p.m, p.m.rich
	if int(i) >= m.n {
		if arrival > m.jobs[i].hi {
			return far
		}
		return arrival
	}
	if begin := p.begin(i, arrival); begin < far {
		if end := begin + r.times[r.rate[shift]][i]; end <= r.closes[i] {
			return end
		}
	}
	return far
}

// begin is the earliest begin of service at visit i for an arrival, or far.
func (p *plan) begin(i, arrival int32) int32 {
	m := p.m
	j := &m.jobs[i]
	begin, until := max(arrival, j.lo), j.hi
	if s := p.labels.spans; s != nil {
		begin, until = max(begin, s[i].lo), min(until, s[i].hi)
	}
	if begin > until {
		return far
	}
	for _, w := range m.windows[i] {
		if begin <= w.hi {
			begin = max(begin, w.lo)
			break
		}
	}
	if begin > until {
		return far
	}
	return begin
}

// begin is the earliest begin of the break from t on, or far.
func (r *rest) begin(t int32) int32 {
	for _, w := range r.windows {
		if t <= w.hi {
			return max(t, w.lo)
		}
	}
	return far
}

// last is the latest begin of the break up to t, or -1.
func (r *rest) last(t int32) int32 {
	for k := len(r.windows) - 1; k >= 0; k-- {
		if w := r.windows[k]; t >= w.lo {
			return min(t, w.hi)
		}
	}
	return -1
}

// setLate goes from the end to the start.
func (p *plan) setLate(shift int32) {
	m, r, lb := p.m, p.m.rich, p.labels
	start, end := m.start(shift), m.end(shift)
	behind := lb.late[int(end)*r.depth : int(end+1)*r.depth]
	for k := range behind {
		behind[k] = -1
	}
	breaks := len(r.rests[shift])
	behind[breaks] = m.jobs[end].hi
	to := end
	for i := p.nodes[end].prev; i != start; i = p.nodes[i].prev {
		now := lb.late[int(i)*r.depth : int(i+1)*r.depth]
		time := p.fastest(shift, i, to)
		for k := range now {
			now[k] = -1
			if k <= breaks {
				now[k] = p.lateRich(shift, i, p.depart(shift, behind, k, time))
			}
		}
		to, behind = i, now
	}
}

// fastest is a lower bound of a leg's time, and exact in free flow.
func (p *plan) fastest(shift, from, to int32) int32 {
	time := p.drive(shift, from, to)
	if clock := p.m.rich.clocks[shift]; clock != nil {
		return clock.Fastest(time)
	}
	return time
}

// depart is the latest departure with k breaks taken for a leg to where arrivals up to behind are in time, or -1.
func (p *plan) depart(shift int32, behind []int32, k int, time int32) int32 {
	depart, rests := int32(-1), p.m.rich.rests[shift]
	for taken := k; taken <= len(rests); taken++ {
		if behind[taken] >= 0 {
			depart = max(depart, departRested(rests[k:taken], behind[taken], time))
		}
	}
	return depart
}

// departRested is the latest departure for a leg with breaks on it that arrives in time, or a moment before all others.
func departRested(rests []rest, arrival, time int32) int32 {
	begin, depart := arrival, arrival-time
	for i := len(rests) - 1; i >= 0; i-- {
		if begin = rests[i].last(begin - rests[i].time); begin < 0 {
			return -1
		}
		depart -= rests[i].time
	}
	return min(depart, begin)
}

// lateRich is the latest arrival at visit i that lets service end by the given moment, or -1.
func (p *plan) lateRich(shift, i, end int32) int32 {
	m, r := p.m, p.m.rich
	if end < 0 {
		return -1
	}
	j := &m.jobs[i]
	lo, late := j.lo, min(j.hi, min(end, r.closes[i])-r.times[r.rate[shift]][i])
	if s := p.labels.spans; s != nil {
		lo, late = max(lo, s[i].lo), min(late, s[i].hi)
	}
	for k := len(m.windows[i]) - 1; k >= 0; k-- {
		if w := m.windows[i][k]; late >= w.lo {
			late = min(late, w.hi)
			break
		}
	}
	if late < lo {
		return -1
	}
	return late
}
