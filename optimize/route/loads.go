package route

// setLoad refreshes a tour's loads and parts. Deliveries are on board from the start, pickups until the end, and what
// a shipment's first visit picks up until its second.
func (p *plan) setLoad(shift int32) {
	m, r, lb := p.m, p.m.rich, p.labels
	if r.parts > 0 {
		p.setParts(shift)
	}
	if r.dims == 0 {
		return
	}
	start, end := m.start(shift), m.end(shift)
	sum := lb.sum[int(shift)*r.dims : int(shift+1)*r.dims]
	clear(sum)
	for i := p.nodes[start].next; i != end; i = p.nodes[i].next {
		for d := range sum {
			sum[d] += r.deliver[int(i)*r.dims+d]
			if !r.through {
				sum[d] += r.pickup[int(i)*r.dims+d]
			}
		}
	}
	if r.through {
		p.setPeaks(shift, sum)
	}
}

func (p *plan) setParts(shift int32) {
	m, r := p.m, p.m.rich
	used := p.labels.used[int(shift)*r.parts : int(shift+1)*r.parts]
	clear(used)
	for i := p.nodes[m.start(shift)].next; i != m.end(shift); i = p.nodes[i].next {
		for _, need := range r.needs[i] {
			used[need.part] += need.n
		}
	}
}

// setPeaks follows the load along the tour; deliveries in all are on board at its start.
func (p *plan) setPeaks(shift int32, deliveries []int32) {
	m, r, lb := p.m, p.m.rich, p.labels
	start, end := m.start(shift), m.end(shift)
	for d, load := range deliveries {
		peak := load
		at := func(i int32) int { return int(i)*r.dims + d }
		lb.on[at(start)], lb.peakTo[at(start)] = load, load
		for i := p.nodes[start].next; i != end; i = p.nodes[i].next {
			load += r.pickup[at(i)] - r.deliver[at(i)] - r.unload(i, d)
			peak = max(peak, load)
			lb.on[at(i)], lb.peakTo[at(i)] = load, peak
		}
		peak = 0
		for i := p.nodes[end].prev; ; i = p.nodes[i].prev {
			peak = max(peak, lb.on[at(i)])
			lb.peakFrom[at(i)] = peak
			if i == start {
				break
			}
		}
	}
}

// unload is what a shipment's second visit takes off board.
func (r *rich) unload(i int32, d int) int32 {
	if r.groups == nil || r.groups.loaded[i] < 0 {
		return 0
	}
	return r.pickup[int(r.groups.loaded[i])*r.dims+d]
}

// carries tells whether there is room and stock for visit i in a shift, wherever it is put, as far as sums can tell.
func (p *plan) carries(shift, i int32) bool {
	r, lb := p.m.rich, p.labels
	for d := range r.dims {
		more := r.deliver[int(i)*r.dims+d]
		if !r.through {
			more += r.pickup[int(i)*r.dims+d]
		}
		if more > 0 && lb.sum[int(shift)*r.dims+d]+more > r.room[int(shift)*r.dims+d] {
			return false
		}
	}
	for _, need := range r.needs[i] {
		if lb.used[int(shift)*r.parts+int(need.part)]+need.n > r.stock[int(shift)*r.parts+int(need.part)] {
			return false
		}
	}
	return true
}

// carriesHere tells whether the load of visit i fits behind a node where loads differ along the tour.
func (p *plan) carriesHere(shift, i, after int32) bool {
	r, lb := p.m.rich, p.labels
	for d := range r.dims {
		at, room := int(after)*r.dims+d, r.room[int(shift)*r.dims+d]
		if lb.peakTo[at]+r.deliver[int(i)*r.dims+d] > room || lb.peakFrom[at]+r.pickup[int(i)*r.dims+d] > room {
			return false
		}
	}
	return true
}

// overloaded tells whether a tour, as it is, has more on board than its shift has room or stock for.
func (p *plan) overloaded(shift int32) bool {
	m, r, lb := p.m, p.m.rich, p.labels
	for d := range r.dims {
		most := lb.sum[int(shift)*r.dims+d]
		if r.through {
			most = lb.peakFrom[int(m.start(shift))*r.dims+d]
		}
		if most > r.room[int(shift)*r.dims+d] {
			return true
		}
	}
	for part := range r.parts {
		if lb.used[int(shift)*r.parts+part] > r.stock[int(shift)*r.parts+part] {
			return true
		}
	}
	return false
}
