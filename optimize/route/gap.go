package route

// gap is the place behind a node of a tour with one break or none: all that it takes to tell whether a visit fits
// there in time, side by side in memory. Most shifts have one break, and most of a search is this question.
type gap struct {
	ready  int32 // end of service of the node if the break is still to be taken; far if impossible
	rested int32 // the same if it has been taken
	pause  int32 // earliest end of the break if it is taken on leaving ready, travel aside; far if there is none
	rest   int32 // its duration

	late       int32 // latest arrival at the next node if the break is still to be taken; -1 if impossible
	lateRested int32 // the same if it has been taken
	last       int32 // latest departure for the next node with the break on the way, travel aside; -1 if there is none
}

// brief tells whether gaps serve a model: no shift has more than one break, or travel by time of day.
func (r *rich) brief() bool {
	for _, c := range r.clocks {
		if c != nil {
			return false
		}
	}
	return r.depth <= 2
}

// setGaps copies what labels say of a tour.
func (p *plan) setGaps(shift int32) {
	m, r, lb := p.m, p.m.rich, p.labels
	breaks := len(r.rests[shift])
	for i, end := m.start(shift), m.end(shift); i != end; i = p.nodes[i].next {
		ready, late := lb.ready[int(i)*r.depth:], lb.late[int(p.nodes[i].next)*r.depth:]
		g := gap{ready: ready[0], rested: far, pause: far, late: late[0], lateRested: -1, last: -1}
		if breaks == 1 {
			rest := &r.rests[shift][0]
			g.rested, g.lateRested, g.rest = ready[1], late[1], rest.time
			if begin := far; g.ready < far {
				if begin = rest.begin(g.ready); begin < far {
					g.pause = begin + rest.time
				}
			}
			if g.lateRested >= rest.time {
				g.last = rest.last(g.lateRested - rest.time)
			}
		}
		lb.gaps[i] = g
	}
}

// admits tells whether a visit can be put into the gap that takes time, may begin between lo and hi, and is in and out
// away from the gap's ends. It says what inTime says.
func (g *gap) admits(in, out, lo, hi, time int32) bool {
	arrival := g.ready + in
	if begin := max(arrival, lo); begin <= hi {
		done := begin + time
		if done+out <= g.late || done <= g.last && done+out+g.rest <= g.lateRested {
			return true
		}
	}
	if g.pause < far {
		arrival = max(arrival+g.rest, g.pause)
	} else {
		arrival = far
	}
	begin := max(min(g.rested+in, arrival), lo)
	return begin <= hi && begin+time+out <= g.lateRested
}
