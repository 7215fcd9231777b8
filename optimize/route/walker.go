package route

// walker follows a whole tour stop by stop and finds the times that timetable would give it. It serves what labels
// cannot tell: Terms that depend on when things happen, limits on duration, travel by time of day.
type walker struct {
	m     *model
	nodes []int32 // of the tour that is walked, its end last
	ways  []way   // by position and breaks taken
}

// way is how a position is reached soonest.
type way struct {
	ready, arrival int32
	travel, free   int32 // setup included; as it is, and in free flow
	rests          int   // breaks on the leg
	rest           int32 // their duration
}

// walk is what following a tour yields.
type walk struct {
	cost          int64
	slack         int64 // how much of cost an insertion might save: it can end waiting, and bring moved visits back
	leave, finish int32
	waiting       int32
	idles         bool  // it waits although the policy forbids it
	travel        int32 // without setup
}

// idling is a cost, above all prices of absence, of a tour that waits although it must not. Such a tour does not last,
// but while one is made it shows what fills the waiting.
const idling = 2 * dearest

func newWalker(m *model) *walker { return &walker{m: m} }

// walk follows a tour with visit i behind a node, or as it is if i is -1; ok is false if that breaks a window or the
// limit on duration.
func (w *walker) walk(p *plan, shift, i, after int32) (walk, bool) {
	m := w.m
	w.nodes = w.nodes[:0]
	end := m.end(shift)
	for from := m.start(shift); from != end; from = p.nodes[from].next {
		if from == after {
			w.nodes = append(w.nodes, i)
		}
		w.nodes = append(w.nodes, p.nodes[from].next)
	}
	if !w.forward(p, shift) {
		return walk{}, false
	}
	return w.back(p, shift)
}

// forward fills the ways.
func (w *walker) forward(p *plan, shift int32) bool {
	r, start := w.m.rich, w.m.start(shift)
	breaks := len(r.rests[shift])
	w.ways = w.ways[:0]
	for k := 0; k <= breaks; k++ {
		w.ways = append(w.ways, way{ready: far})
	}
	w.ways[0].ready = w.m.jobs[start].lo
	from := start
	for _, to := range w.nodes {
		before := w.ways[len(w.ways)-breaks-1:]
		time := p.drive(shift, from, to)
		possible := false
		for k := range breaks + 1 {
			one := w.step(p, shift, before, k, time, to)
			possible = possible || one.ready < far
			w.ways = append(w.ways, one)
		}
		if !possible {
			return false
		}
		from = to
	}
	return w.ways[len(w.ways)-1].ready < far
}

// step is the soonest way to node to with k breaks taken.
func (w *walker) step(p *plan, shift int32, before []way, k int, time, to int32) way {
	r := w.m.rich
	setup := min(time, r.setup[p.nodes[to].site])
	one := way{ready: far, arrival: far}
	for taken := k; taken >= 0; taken-- {
		if before[taken].ready == far {
			continue
		}
		rests := r.rests[shift][taken:k]
		arrival, travel := r.leg(shift, before[taken].ready, time-setup, setup, rests)
		if arrival < one.arrival {
			one = way{arrival: arrival, travel: travel, ready: far, rests: len(rests), rest: total(rests)}
		}
	}
	one.free = time
	if one.arrival < far {
		one.ready = p.serve(shift, to, one.arrival)
	}
	return one
}

// leg is the earliest arrival, or far, after a leg with breaks on it, and the time of driving and setup.
func (r *rich) leg(shift, depart, time, setup int32, rests []rest) (arrival, travel int32) {
	if r.clocks[shift] != nil {
		return r.wayByClock(shift, depart, time, setup, rests)
	}
	return arriveRested(rests, depart, time+setup), time + setup
}

// total is how long breaks take.
func total(rests []rest) (sum int32) {
	for i := range rests {
		sum += rests[i].time
	}
	return sum
}

// back follows the best way from the end to the start and adds up what it costs.
func (w *walker) back(p *plan, shift int32) (walk, bool) {
	m, r := w.m, w.m.rich
	k, width := len(r.rests[shift]), len(r.rests[shift])+1
	last := len(w.nodes) - 1
	out := walk{finish: w.ways[len(w.ways)-1].arrival, leave: m.jobs[m.start(shift)].lo}
	busy, slower := int32(0), int32(0)
	var first way
	for at := last; at >= 0; at-- {
		i := w.nodes[at]
		first = w.ways[(at+1)*width+k]
		busy += first.travel + first.rest
		out.travel += first.travel - min(first.free, r.setup[m.site[i]])
		slower += first.travel - first.free
		if at < last {
			busy += r.times[r.rate[shift]][i]
			w.charge(&out, shift, i, first.ready-r.times[r.rate[shift]][i], first.ready)
		}
		k -= first.rests
	}
	if last == 0 {
		return out, true
	}
	if r.clocks[shift] == nil && first.rests == 0 {
		out.leave = first.ready - r.times[r.rate[shift]][w.nodes[0]] - first.travel
	}
	out.waiting = out.finish - out.leave - busy
	waiting := r.weights.waiting * int64(out.waiting)
	if out.idles = r.noWaiting && out.waiting > 0; out.idles {
		waiting = idling + int64(out.waiting)<<20
	}
	out.cost += waiting + r.weights.overtime*int64(max(0, out.finish-r.regular[shift]))
	traffic := r.perSecond[shift] * int64(slower)
	out.cost += traffic
	out.slack += waiting + max(0, traffic)
	lim := &r.limits[shift]
	return out, out.finish-out.leave <= lim.duration && out.travel <= lim.travel
}

// charge adds what visit i costs by its times.
func (w *walker) charge(out *walk, shift, i, begin, end int32) {
	r := w.m.rich
	out.cost += r.weights.late * int64(max(0, end-r.due[i]))
	if r.weights.soon > 0 {
		out.cost += r.weights.soon * (max(0, int64(begin)-r.released[i]) / 60)
	}
	if planned, home := r.atHome(i, shift); home && r.weights.stable > 0 {
		moved := r.weights.stable * int64(max(begin-planned, planned-begin)/60)
		out.cost += moved
		out.slack += moved
	}
}
