package route

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
)

// errStopped says that a search was stopped before its model was there.
var errStopped = errors.New("stopped")

// compile is compileUntil that is not stopped.
func compile(p *Problem, shifts, visits []int32) (*model, error) {
	return compileUntil(new(atomic.Bool), p, shifts, visits)
}

// compile is compileUntil the search is stopped.
func (s *search) compile(shifts, visits []int32) (*model, error) {
	return compileUntil(&s.stopped, s.p, shifts, visits)
}

// compileUntil makes the model of a part of a problem: some of its shifts and some of its visits. Links and present plan
// are taken over where all the visits that they tie are in the part. What takes time in that looks now and then whether
// it is to stop.
func compileUntil(stop *atomic.Bool, p *Problem, shifts, visits []int32) (*model, error) {
	m := &model{p: p, stop: stop, r: len(shifts), shift: shifts, mostMoves: Never}
	if most := p.Policy.MaxMoves; most > 0 {
		m.mostMoves = int64(most) * int64(len(visits)) / int64(max(1, len(p.Visits)))
	}
	for _, v := range nearby(p, visits) {
		for range max(1, p.Visits[v].Crew) {
			m.visit = append(m.visit, v)
		}
	}
	m.n = len(m.visit)
	if err := m.setOrigin(); err != nil {
		return nil, err
	}
	if err := m.setLanes(); err != nil {
		return nil, err
	}
	m.setJobs()
	m.setAble()
	m.setShifts()
	m.setTries()
	m.setValues()
	m.setRich()
	m.setNear()
	m.setChoice()
	if stop.Load() {
		return nil, errStopped
	}
	return m, nil
}

// nearby orders visits so that neighbours in space are mostly neighbours in number: the list is halved again and
// again by the difference of travel times to two visits that are far apart.
func nearby(p *Problem, visits []int32) []int32 {
	matrix := p.Modes[0].Matrix
	order := slices.Clone(visits)
	keys := make(map[int32]int32, len(order))
	var halve func(part []int32)
	halve = func(part []int32) {
		if len(part) <= 4 {
			return
		}
		time := func(a, b int32) int32 { return matrix.Duration(p.Visits[a].Place, p.Visits[b].Place) }
		farthest := func(from int32) int32 {
			return slices.MaxFunc(part, func(a, b int32) int { return int(time(from, a)) - int(time(from, b)) })
		}
		a := farthest(part[0])
		b := farthest(a)
		for _, v := range part {
			keys[v] = time(a, v) - time(b, v)
		}
		slices.SortStableFunc(part, func(x, y int32) int { return int(keys[x]) - int(keys[y]) })
		halve(part[:len(part)/2])
		halve(part[len(part)/2:])
	}
	halve(order)
	return order
}

// setOrigin finds the moment to count from, and refuses horizons that do not fit.
func (m *model) setOrigin() error {
	last := -Never
	m.base = Never
	for _, s := range m.shift {
		shift := &m.p.Shifts[s]
		m.base, last = min(m.base, shift.Window.From), max(last, shift.latest())
	}
	m.base -= (m.base%day + day) % day // clocks count from midnight
	if last-m.base > int64(far/2) {
		return fmt.Errorf("shifts: the horizon of %d seconds is too long; the most is %d", last-m.base, far/2)
	}
	return nil
}

const day = 24 * 60 * 60

func (s *Shift) latest() int64 { return max(s.Latest, s.Window.Until) }

// setLanes numbers the sites and tabulates every mode between them.
func (m *model) setLanes() error {
	numbers := map[site]int32{}
	var sites []site
	number := func(s site) int32 {
		k, known := numbers[s]
		if !known {
			k = int32(len(sites))
			numbers[s], sites = k, append(sites, s)
		}
		return k
	}
	limit := m.moment(Never)
	for _, v := range m.visit {
		visit := &m.p.Visits[v]
		m.site = append(m.site, number(site{visit.Place, int32(min(visit.Setup, int64(limit/4)))}))
	}
	for _, end := range []func(*Shift) int{func(s *Shift) int { return s.Start }, func(s *Shift) int { return s.End }} {
		for _, s := range m.shift {
			m.site = append(m.site, number(site{end(&m.p.Shifts[s]), 0}))
		}
	}
	m.sites = len(sites)
	distances := slices.ContainsFunc(m.shift, func(s int32) bool { return m.p.Shifts[s].MaxDistance > 0 })
	for i := range m.p.Modes {
		l, err := newLane(m.stop, &m.p.Modes[i], sites, m.p.fare(&m.p.Modes[i]), distances)
		if err != nil {
			return err
		}
		m.lanes = append(m.lanes, l)
	}
	return nil
}

func (m *model) setJobs() {
	m.jobs = make([]job, m.n+2*m.r)
	m.windows = make([][]span, m.n)
	swiftest := max(1, m.p.swiftest())
	for i, v := range m.visit {
		visit := &m.p.Visits[v]
		spans := m.spans(visit, swiftest)
		m.jobs[i] = job{lo: spans[0].lo, hi: spans[len(spans)-1].hi, time: int32(min(visit.Duration, int64(far/8)))}
		if len(spans) > 1 {
			m.windows[i] = spans
		}
	}
	for k, s := range m.shift {
		shift := &m.p.Shifts[s]
		from, latest := m.moment(shift.Window.From), m.moment(m.p.finish(shift))
		m.jobs[m.start(int32(k))] = job{lo: from, hi: from}
		m.jobs[m.end(int32(k))] = job{lo: from, hi: latest}
	}
}

// finish is the hard end of a shift, which is the regular one where the policy forbids overtime.
func (p *Problem) finish(s *Shift) int64 {
	if p.hard(Overtime) {
		return s.Window.Until
	}
	return s.latest()
}

// begins lists when service may begin: the visit's windows, cut by its release and its pin. None is never. A hard due
// date is about the end of service, which depends on who serves: see closes.
func (p *Problem) begins(v *Visit) []Window {
	windows := v.Windows
	if len(windows) == 0 {
		windows = []Window{{-Never, Never}}
	}
	from, until := -Never, Never
	if v.Release != 0 {
		from = v.Release
	}
	if v.Pin != nil && v.Pin.Start != Never {
		from = v.Pin.Start
		if v.Pin.Rank < 0 {
			until = v.Pin.Start
		}
	}
	var cut []Window
	for _, w := range windows {
		w = Window{max(w.From, from), min(w.Until, until)}
		if w.From <= w.Until {
			cut = append(cut, w)
		}
	}
	return cut
}

// closes is when service of a visit must be over by the policy, or Never.
func (p *Problem) closes(v *Visit) int64 {
	if v.Due != 0 && p.hard(Late) {
		return v.Due
	}
	return Never
}

// swiftest is the highest efficiency of a technician, in percent.
func (p *Problem) swiftest() int {
	best := 0
	for i := range p.Shifts {
		best = max(best, p.efficiency(&p.Shifts[i]))
	}
	return best
}

// spans is begins in model time, cut where not even the swiftest technician would be done in time; an impossible one
// where there is none.
func (m *model) spans(v *Visit, swiftest int) []span {
	var spans []span
	for _, w := range m.p.begins(v) {
		if closes := m.p.closes(v); closes < Never {
			w.Until = min(w.Until, closes-served(v.Duration, swiftest))
		}
		if w.Until >= max(m.base, w.From) {
			spans = append(spans, span{m.moment(w.From), m.moment(w.Until)})
		}
	}
	if spans == nil {
		return []span{{far / 2, 0}}
	}
	return spans
}
