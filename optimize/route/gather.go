package route

// gather puts a whole group of absent visits into the plan, or nothing of it. It tries a few ways to begin with.
func (w *worker) gather(members []int32) {
	var price int64
	var absent []int32
	for _, i := range members {
		if w.plan.nodes[i].shift < 0 {
			absent = append(absent, i)
			price += w.plan.price[i]
			if !w.mine(i) {
				return
			}
		} else if !w.mine(i) {
			return
		}
	}
	w.tried = w.tried[:0]
	before := w.plan.cost
	for range w.plan.m.tries {
		leader := w.gatherOnce(absent)
		if leader == allPlaced {
			if w.worth(w.plan.cost-before, price) {
				return
			}
			w.pullAll(absent)
		}
		if leader == nowhere {
			return
		}
		if leader >= 0 {
			w.tried = append(w.tried, leader)
		}
	}
}

// How many shifts are tried for the first visit of a group; where there are several days, on other days than those tried
// from some on.
const (
	groupTries   = 6
	sameDayTries = 2
)

// setTries allows a group more tries where there are several days.
func (m *model) setTries() {
	m.tries = groupTries
	for k := range int32(m.r) {
		if m.day(k) != m.day(0) {
			m.tries = 2 * groupTries
		}
	}
}

// What gatherOnce returns besides the shift in which the first visit did not lead to a place for the others.
const (
	allPlaced = -1
	nowhere   = -2
)

func (w *worker) gatherOnce(members []int32) int32 {
	leader := int32(nowhere)
	for k, i := range members {
		if !w.placeTied(i, k == 0) {
			w.pullAll(members[:k])
			return leader
		}
		if k == 0 {
			leader = w.plan.nodes[i].shift
		}
	}
	if !w.tiesHold(members) {
		w.pullAll(members)
		return leader
	}
	return allPlaced
}

// pullAll takes placed visits out again and opens their spans.
func (w *worker) pullAll(members []int32) {
	p := w.plan
	for _, i := range members {
		p.setSpan(i, span{0, far})
		if shift := p.nodes[i].shift; shift >= 0 {
			p.remove(i)
			p.settle(shift)
		}
	}
}

// placeTied puts one member of a group where it costs least among what its ties to placed members allow, and narrows
// spans so that those ties stay kept.
func (w *worker) placeTied(i int32, first bool) bool {
	p := w.plan
	g := p.m.rich.groups
	rule := rule{shift: -1, behind: -1, span: span{0, far}}
	for _, t := range g.ties[i] {
		if p.nodes[t.other].shift >= 0 && !w.narrow(&rule, i, t) {
			return false
		}
	}
	if rule.span.lo > rule.span.hi {
		return false
	}
	p.setSpan(i, rule.span)
	w.rule = &rule
	rule.leads = first
	after, delta := w.seekTied(i, &rule)
	w.rule = nil
	if after < 0 {
		p.setSpan(i, span{0, far})
		return false
	}
	p.insert(i, after, delta)
	return w.fix(i)
}

// rule is what a visit's ties ask of its place.
type rule struct {
	span   span
	shift  int32 // only this one, or -1
	behind int32 // only behind this node of that shift, or -1
	next   bool  // only directly behind it
	leads  bool  // not in a shift that was tried
	same   []int32
	other  []int32 // technicians: only these, none of these
	day    int32   // only shifts on the day of this shift, if dayed
	dayed  bool
}

// allows tells whether a shift is possible.
func (w *worker) allows(r *rule, shift int32) bool {
	m := w.plan.m
	if r.shift >= 0 && r.shift != shift || r.dayed && m.day(shift) != m.day(r.day) {
		return false
	}
	who := m.rich.staff[shift]
	for _, t := range r.same {
		if t != who {
			return false
		}
	}
	for _, t := range r.other {
		if t == who {
			return false
		}
	}
	if r.leads {
		for _, t := range w.tried {
			if t == shift || m.tries > groupTries && len(w.tried) > sameDayTries && m.day(t) == m.day(shift) {
				return false
			}
		}
	}
	return true
}

// narrow adds what a tie to a placed visit asks; false if nothing can satisfy it.
func (w *worker) narrow(r *rule, i int32, t tie) bool {
	p := w.plan
	m := p.m
	shift := p.nodes[t.other].shift
	switch t.kind {
	case SameTechnician:
		r.same = append(r.same, m.rich.staff[shift])
	case OtherTechnician:
		r.other = append(r.other, m.rich.staff[shift])
	case SameDay:
		r.day, r.dayed = shift, true
	case Follows, SameShift, Shipment:
		if t.first {
			return false // the second was placed before it, which only a cycle of ties can bring about
		}
		r.shift, r.behind, r.next = shift, t.other, t.kind == Follows
	case SameStart:
		soonest, latest := w.times(t.other)
		r.span = span{max(r.span.lo, soonest), min(r.span.hi, latest)}
	case StartAfter:
		soonest, latest := w.times(t.other)
		r.span = r.span.after(t, soonest, latest, m.rich.times[m.rich.rate[shift]][t.other], m.jobs[i].time)
	}
	return true
}

// after cuts the span by a StartAfter whose other visit begins between soonest and latest and takes time. own is this
// visit's time at normal speed.
func (s span) after(t tie, soonest, latest, time, own int32) span {
	if !t.first {
		s.lo = max(s.lo, soonest+time+t.least)
		if t.most < far {
			s.hi = min(s.hi, latest+time+t.most)
		}
		return s
	}
	s.hi = min(s.hi, latest-t.least-own)
	if t.most < far {
		s.lo = max(s.lo, soonest-t.most-own)
	}
	return s
}

// times is when a placed visit begins and how late it could, the rest of its tour as it is.
func (w *worker) times(i int32) (soonest, latest int32) {
	p := w.plan
	begin, breaks := p.labels.walker.beginOf(p, i)
	latest = p.labels.late[int(i)*p.m.rich.depth+breaks]
	return begin, max(begin, latest)
}

// fix narrows the spans of a visit just placed and of those it is tied with in time.
func (w *worker) fix(i int32) bool {
	p := w.plan
	m := p.m
	begin, _ := p.labels.walker.beginOf(p, i)
	time := m.rich.times[m.rich.rate[p.nodes[i].shift]][i]
	own := p.labels.spans[i]
	for _, t := range m.rich.groups.ties[i] {
		shift := p.nodes[t.other].shift
		if shift < 0 || t.kind != SameStart && t.kind != StartAfter {
			continue
		}
		its := p.labels.spans[t.other]
		soonest, _ := p.labels.walker.beginOf(p, t.other)
		switch {
		case t.kind == SameStart:
			own, its = span{begin, begin}, span{begin, begin}
		case t.first:
			own, its = cut(own, its, begin, max(soonest, begin+time+t.least), time, t)
		default:
			its, own = cut(its, own, soonest, begin, m.rich.times[m.rich.rate[shift]][t.other], t)
		}
		p.touch(shift)
		p.setSpan(t.other, its)
		p.settle(shift)
	}
	p.setSpan(i, own)
	p.settle(p.nodes[i].shift)
	return true
}

// cut parts the times of two visits tied by StartAfter: the first ends early enough for the second, which begins at
// second or later. time is the first's.
func cut(a, b span, first, second, time int32, t tie) (span, span) {
	a.hi = min(a.hi, second-t.least-time)
	b.lo = max(b.lo, second)
	if t.most < far {
		a.lo = max(a.lo, first, second-t.most-time)
		b.hi = min(b.hi, a.lo+time+t.most)
	}
	return a, b
}
