package route

import "slices"

// prepare returns the problem as the search is to see it, and the hard cost that is already certain. What is pinned in
// a sequence has begun or has been promised: its windows no longer bind, and where it alone makes a shift too long,
// the shift is as long as it takes. The seconds by which that breaks the rules are the hard cost.
func (p *Problem) prepare() (*Problem, int64) {
	prefixes := p.prefixes()
	if len(prefixes) == 0 {
		return p, 0
	}
	q := *p
	q.Shifts, q.Visits = slices.Clone(p.Shifts), slices.Clone(p.Visits)
	var owed int64
	for shift, calls := range prefixes {
		for _, c := range calls {
			q.Visits[c.visit].Windows = openEnded(q.Visits[c.visit].Windows)
		}
		owed += q.lengthen(shift, calls)
		route, _ := q.timetable(shift, calls)
		owed += p.lateness(&route)
	}
	return &q, owed
}

// prefixes lists by shift the visits that are pinned in a sequence.
func (p *Problem) prefixes() map[int][]call {
	prefixes := map[int][]call{}
	for i, v := range p.Visits {
		if v.Pin != nil && v.Pin.Rank >= 0 {
			prefixes[v.Pin.Shift] = append(prefixes[v.Pin.Shift], call{visit: i})
		}
	}
	for _, calls := range prefixes {
		slices.SortFunc(calls, func(a, b call) int { return p.Visits[a.visit].Pin.Rank - p.Visits[b.visit].Pin.Rank })
	}
	return prefixes
}

// openEnded keeps the last window open for ever.
func openEnded(windows []Window) []Window {
	if len(windows) == 0 {
		return nil
	}
	open := slices.Clone(windows)
	open[len(open)-1].Until = Never
	return open
}

// lengthen makes a shift and its breaks long enough for its pinned prefix, and returns by how many seconds.
func (p *Problem) lengthen(shift int, calls []call) int64 {
	if _, ok := p.timetable(shift, calls); ok {
		return 0
	}
	s := &p.Shifts[shift]
	before := p.finish(s)
	s.Breaks = slices.Clone(s.Breaks)
	for k := range s.Breaks {
		s.Breaks[k].Windows = openEnded(s.Breaks[k].Windows)
	}
	s.Latest = Never - 1
	route, ok := p.timetable(shift, calls)
	if !ok {
		return 0
	}
	s.Latest = max(before, route.Finish)
	if p.hard(Overtime) {
		s.Window.Until = s.Latest
	}
	return s.Latest - before
}

// lateness is by how many seconds the visits of a route begin after their last window.
func (p *Problem) lateness(r *Route) (seconds int64) {
	for _, s := range r.Stops {
		if s.Visit < 0 {
			continue
		}
		if windows := p.Visits[s.Visit].Windows; len(windows) > 0 {
			seconds += max(0, s.Begin-windows[len(windows)-1].Until)
		}
	}
	return seconds
}
