package route

import "math"

// seekTied is seekRich for a visit whose place obeys a rule. Where the rule names a node to stand behind, every
// position from there to the end of the tour is looked at.
func (w *worker) seekTied(i int32, r *rule) (after int32, delta int64) {
	if r.behind < 0 {
		return w.seekRich(i)
	}
	p, m := w.plan, w.plan.m
	q := quest{i: i, best: math.MaxInt64, after: -1}
	w.look++
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

// tiesHold checks the members' ties against the times that their tours have now.
func (w *worker) tiesHold(members []int32) bool {
	p := w.plan
	m := p.m
	for _, i := range members {
		if p.tours[p.nodes[i].shift].bad {
			return false
		}
		begin, _ := p.labels.walker.beginOf(p, i)
		end := begin + m.rich.times[m.rich.rate[p.nodes[i].shift]][i]
		for _, t := range m.rich.groups.ties[i] {
			if p.nodes[t.other].shift < 0 || !t.first {
				continue
			}
			other, _ := p.labels.walker.beginOf(p, t.other)
			gap := other - end
			if t.kind == SameStart && begin != other || t.kind == StartAfter && (gap < t.least || gap > t.most) ||
				t.kind == Follows && p.nodes[i].next != t.other {
				return false
			}
		}
	}
	return true
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
		if way.rested {
			k--
		}
	}
	return far, 0
}
