package route

// call is a visit in a sequence. within, if it is not nil, narrows when it may begin, so that its links are kept.
type call struct {
	visit  int
	within *Window
}

// timetable is when a shift does what, if it makes the calls in this order and everything as early as it can. This is
// the definition of a route's times; the search has a faster one that must agree with it. The times are those that
// let the shift finish first; ok is false if there are none that keep every window.
//
// Breaks are taken in their order on the way to a visit or to the end, several on one way if need be, whatever order of
// driving and resting arrives first.
func (p *Problem) timetable(shift int, calls []call) (route Route, ok bool) {
	route = Route{Shift: shift}
	if len(calls) == 0 {
		return route, true
	}
	s := &p.Shifts[shift]
	t := &timer{p: p, shift: s, mode: &p.Modes[s.Mode], efficiency: p.efficiency(s)}
	t.states = append(t.states, make([]state, len(s.Breaks)+1))
	for k := range t.states[0] {
		t.states[0][k] = state{ready: Never}
	}
	t.states[0][0].ready = s.Window.From
	at := s.Start
	for _, c := range calls {
		t.advance(at, &p.Visits[c.visit], c.within)
		at = p.Visits[c.visit].Place
	}
	t.arrive(at, s.End)
	if t.states[len(calls)+1][len(s.Breaks)].ready > p.finish(s) {
		return route, false
	}
	t.trace(&route, calls)
	return route, true
}

func (p *Problem) efficiency(s *Shift) int {
	if e := p.Technicians[s.Technician].Efficiency; e > 0 {
		return e
	}
	return 100
}

// served is a visit's service time for a technician of the given efficiency in percent, rounded up.
func served(duration int64, efficiency int) int64 {
	return (duration*100 + int64(efficiency) - 1) / int64(efficiency)
}

// timer makes a timetable stop by stop. states[i][k] is how stop i is reached soonest after k breaks.
type timer struct {
	p          *Problem
	shift      *Shift
	mode       *Mode
	efficiency int
	states     [][]state
}

// state is the way through one stop. ready is the end of service, or the arrival at the shift's end; Never is no way.
type state struct {
	arrival int64 // at the place
	set     int64 // travel, setup and a break on the way are over: service may begin
	begin   int64
	ready   int64
	rests   []int64 // when the breaks that are taken on the way here begin
	travel  int64
}

// advance adds a visit.
func (t *timer) advance(from int, v *Visit, within *Window) {
	setup := v.setup(from)
	t.step(from, v.Place, setup, func(set int64) (begin, end int64) {
		for _, w := range t.p.begins(v) {
			if within != nil {
				w = Window{max(w.From, within.From), min(w.Until, within.Until)}
			}
			if begin = max(set, w.From); begin <= w.Until {
				if end = begin + served(v.Duration, t.efficiency); end <= t.p.closes(v) {
					return begin, end
				}
			}
		}
		return Never, Never
	})
}

// arrive adds the shift's end.
func (t *timer) arrive(from, to int) {
	t.step(from, to, 0, func(set int64) (begin, end int64) { return set, set })
}

func (t *timer) step(from, to int, setup int64, serve func(set int64) (begin, end int64)) {
	before := t.states[len(t.states)-1]
	now := make([]state, len(before))
	free := t.p.drive(t.mode, from, to)
	for k := range now {
		now[k] = state{ready: Never, begin: Never, set: Never}
		for taken := k; taken >= 0; taken-- {
			if before[taken].ready == Never {
				continue
			}
			if s := t.way(before[taken].ready, free, setup, t.shift.Breaks[taken:k]); s.set < now[k].set {
				now[k] = s
			}
		}
		if now[k].set < Never {
			now[k].begin, now[k].ready = serve(now[k].set)
		}
	}
	t.states = append(t.states, now)
}

// way is a leg with breaks on it. On free roads they may interrupt the drive, or setup; where travel depends on the time
// of day, they come before the drive or after setup. The last one waits until all else is done, if it still may then.
func (t *timer) way(depart int64, free int32, setup int64, breaks []Break) state {
	if !t.mode.Clock.Free() {
		return t.wayByClock(depart, free, setup, breaks)
	}
	s := state{set: depart + int64(free) + setup, travel: int64(free)}
	now, drive, there := depart, int64(free), false
	for i := range breaks {
		b := &breaks[i]
		begin := b.begin(now)
		if at := b.begin(s.set); i == len(breaks)-1 && at == s.set {
			begin = at
		}
		if begin >= Never {
			return state{set: Never}
		}
		if !there && now+drive <= begin {
			s.arrival, there = now+drive, true
		}
		drive -= begin - now
		now = begin + b.Duration
		s.set = max(s.set, begin) + b.Duration
		s.rests = append(s.rests, begin)
	}
	if !there {
		s.arrival = now + drive
	}
	return s
}

// wayByClock drives between two breaks, or before or after all of them, whatever is over first.
func (t *timer) wayByClock(depart int64, free int32, setup int64, breaks []Break) state {
	best := state{set: Never}
	for before := len(breaks); before >= 0; before-- {
		s := state{set: depart}
		s.rest(breaks[:before])
		if s.set >= Never {
			continue
		}
		s.arrival = t.mode.Clock.Arrival(s.set, free)
		s.travel = s.arrival - s.set
		s.set = s.arrival + setup
		if s.rest(breaks[before:]); s.set < best.set {
			best = s
		}
	}
	return best
}

// rest takes breaks one after the other.
func (s *state) rest(breaks []Break) {
	for i := range breaks {
		begin := breaks[i].begin(s.set)
		if begin >= Never {
			s.set = Never
			return
		}
		s.rests, s.set = append(s.rests, begin), begin+breaks[i].Duration
	}
}

// begin is the first moment from t on at which the break may begin, or Never.
func (b *Break) begin(t int64) int64 {
	for _, w := range b.Windows {
		if t <= w.Until {
			return max(t, w.From)
		}
	}
	if len(b.Windows) == 0 {
		return t
	}
	return Never
}

// drive is the free-flow duration between two places, one of which may be Anywhere.
func (p *Problem) drive(m *Mode, from, to int) int32 {
	if from == Anywhere || to == Anywhere {
		return 0
	}
	return m.Matrix.Duration(from, to)
}

// setup is due after travel from another place.
func (v *Visit) setup(from int) int64 {
	if from == v.Place || from == Anywhere {
		return 0
	}
	return v.Setup
}
