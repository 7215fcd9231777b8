package route

// seekTied is seekRich for a visit whose place obeys a rule. Where the rule names a node to stand behind, every
// position from there to the end of the tour is looked at.
func (w *worker) seekTied(i int32, r *rule) (after int32, delta int64) {
	if r.behind < 0 {
		return w.seekRich(i)
	}
	p, m := w.plan, w.plan.m
	q := w.newQuest(i)
	if !w.minesShift(r.shift) || !w.enters(i, r.shift).open {
		return -1, 0
	}
	loaded := m.rich.groups.loaded[i]
	for at := r.behind; at != m.end(r.shift); at = p.nodes[at].next {
		if loaded >= 0 && !p.hasRoom(r.shift, at) {
			break
		}
		w.blink = 1 << 20 // few positions: none is overlooked
		w.tryRich(&q, at)
		if r.next {
			break
		}
	}
	w.blink = w.dice.gap(blink)
	return q.after, q.best
}

// hasRoom tells whether what is on board on leaving a node fits.
func (p *plan) hasRoom(shift, i int32) bool {
	r := p.m.rich
	for d := range r.dims {
		if p.labels.on[int(i)*r.dims+d] > r.room[int(shift)*r.dims+d] {
			return false
		}
	}
	return true
}

// tiesHold checks the members' ties in the tours, and against the times, that they have now.
func (w *worker) tiesHold(members []int32) bool {
	p := w.plan
	for _, i := range members {
		if p.tours[p.nodes[i].shift].bad {
			return false
		}
		for _, t := range p.m.rich.groups.ties[i] {
			if t.first && p.nodes[t.other].shift >= 0 && !p.tieHolds(i, t) {
				return false
			}
		}
	}
	return true
}

// tieHolds checks the tie of visit i, its first, with another that is placed as well.
func (p *plan) tieHolds(i int32, t tie) bool {
	r := p.m.rich
	mine, other := p.nodes[i].shift, p.nodes[t.other].shift
	switch t.kind {
	case SameDay:
		return p.m.day(mine) == p.m.day(other)
	case SameTechnician:
		return r.staff[mine] == r.staff[other]
	case OtherTechnician:
		return r.staff[mine] != r.staff[other]
	case Follows:
		return p.nodes[i].next == t.other
	case SameShift, Shipment:
		return mine == other && p.comesBefore(i, t.other)
	}
	begin, _ := p.labels.walker.beginOf(p, i)
	then, _ := p.labels.walker.beginOf(p, t.other)
	gap := then - begin - r.times[r.rate[mine]][i]
	return t.kind == SameStart && begin == then || t.kind == StartAfter && t.least <= gap && gap <= t.most
}

// comesBefore tells whether visit a stands before visit b in one tour.
func (p *plan) comesBefore(a, b int32) bool {
	for end := p.m.end(p.nodes[a].shift); a != end; a = p.nodes[a].next {
		if a == b {
			return true
		}
	}
	return false
}

// beginOf is when a placed visit begins, and how many breaks come before it.
func (w *walker) beginOf(p *plan, i int32) (begin int32, breaks int) {
	r, shift := w.m.rich, p.nodes[i].shift
	w.walk(p, shift, -1, -1)
	k, width := len(r.rests[shift]), len(r.rests[shift])+1
	if len(w.ways) < (len(w.nodes)+1)*width {
		return far, 0 // the tour cannot be kept
	}
	for at := len(w.nodes) - 1; at >= 0; at-- {
		way := w.ways[(at+1)*width+k]
		if w.nodes[at] == i {
			return way.ready - r.times[r.rate[shift]][i], k
		}
		k -= way.rests
	}
	return far, 0
}
