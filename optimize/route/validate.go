package route

import (
	"fmt"
	"slices"
)

// Validate tells what is wrong with the problem, and where: the error begins with a path such as
// "visits[3].windows[0]".
func (p *Problem) Validate() error {
	v := validator{p: p}
	v.modes()
	v.technicians()
	v.shifts()
	v.visits()
	v.links()
	v.policy()
	v.present()
	v.ranks()
	return v.err
}

// validator keeps the first fault that it finds.
type validator struct {
	p   *Problem
	err error
}

// want records a fault at a place unless ok.
func (v *validator) want(ok bool, format string, args ...any) {
	if !ok && v.err == nil {
		v.err = fmt.Errorf(format, args...)
	}
}

func (v *validator) modes() {
	v.want(len(v.p.Modes) > 0, "modes: none; want at least one with a matrix")
	for i, m := range v.p.Modes {
		v.want(m.Matrix != nil, "modes[%d].matrix: missing", i)
		v.want(m.PerSecond >= 0, "modes[%d].perSecond: %d is negative", i, m.PerSecond)
		v.want(m.PerMetre >= 0, "modes[%d].perMetre: %d is negative", i, m.PerMetre)
	}
}

func (v *validator) technicians() {
	for i, t := range v.p.Technicians {
		v.want(t.Efficiency >= 0 && t.Efficiency <= 1000, "technicians[%d].efficiency: %d percent; want 1 to 1000", i, t.Efficiency)
		for k, s := range t.Skills {
			v.want(s.Name != "", "technicians[%d].skills[%d].name: empty", i, k)
			v.want(s.From <= s.Until, "technicians[%d].skills[%d]: valid from %d until %d", i, k, s.From, s.Until)
		}
	}
}

func (v *validator) shifts() {
	for i := range v.p.Shifts {
		s, at := &v.p.Shifts[i], fmt.Sprintf("shifts[%d]", i)
		v.index(s.Technician, len(v.p.Technicians), at+".technician")
		v.index(s.Mode, len(v.p.Modes), at+".mode")
		if v.err != nil {
			return
		}
		v.place(s.Start, true, at+".start")
		v.place(s.End, true, at+".end")
		v.window(s.Window, at+".window")
		v.want(s.Latest == 0 || s.Latest >= s.Window.Until, "%s.latest: %d is before the end of regular hours, %d", at, s.Latest, s.Window.Until)
		for k, b := range s.Breaks {
			v.want(b.Duration >= 0, "%s.breaks[%d].duration: %d is negative", at, k, b.Duration)
			v.windows(b.Windows, fmt.Sprintf("%s.breaks[%d].windows", at, k))
		}
		v.want(s.Fixed >= 0, "%s.fixed: %d is negative", at, s.Fixed)
		v.want(min(int64(s.MaxTasks), s.MaxDistance, s.MaxTravel, s.MaxDuration) >= 0, "%s: a limit is negative", at)
		v.amounts(s.Capacity, at+".capacity")
		v.parts(s.Stock, at+".stock")
	}
}

func (v *validator) visits() {
	for i := range v.p.Visits {
		t, at := &v.p.Visits[i], fmt.Sprintf("visits[%d]", i)
		v.place(t.Place, false, at+".place")
		v.want(t.Duration >= 0 && t.Duration < Never, "%s.duration: %d; want 0 or more", at, t.Duration)
		v.want(t.Setup >= 0 && t.Setup < Never, "%s.setup: %d; want 0 or more", at, t.Setup)
		v.windows(t.Windows, at+".windows")
		v.want(t.Priority >= 0, "%s.priority: %d is negative", at, t.Priority)
		v.want(t.Price >= 0, "%s.price: %d is negative", at, t.Price)
		v.want(t.Optional || t.Price == 0, "%s.price: only an optional visit has one", at)
		v.want(t.Crew >= 0 && t.Crew <= max(1, len(v.p.Technicians)), "%s.crew: %d; there are %d technicians", at, t.Crew, len(v.p.Technicians))
		v.amounts(t.Deliver, at+".deliver")
		v.amounts(t.Pickup, at+".pickup")
		v.parts(t.Parts, at+".parts")
		for k, s := range t.Skills {
			v.want(s.Name != "", "%s.skills[%d].name: empty", at, k)
		}
		for name, list := range map[string][]int{"required": t.Required, "preferred": t.Preferred, "excluded": t.Excluded} {
			for k, technician := range list {
				v.index(technician, len(v.p.Technicians), fmt.Sprintf("%s.%s[%d]", at, name, k))
			}
		}
		if t.Pin != nil && t.Pin.Shift != -1 {
			v.index(t.Pin.Shift, len(v.p.Shifts), at+".pin.shift")
		}
	}
}

func (v *validator) links() {
	for i, l := range v.p.Links {
		at := fmt.Sprintf("links[%d]", i)
		v.want(l.Kind >= SameStart && l.Kind <= Shipment, "%s.kind: %d is unknown", at, l.Kind)
		v.index(l.First, len(v.p.Visits), at+".first")
		v.index(l.Second, len(v.p.Visits), at+".second")
		v.want(l.First != l.Second, "%s: links visit %d to itself", at, l.First)
		v.want(l.MaxGap == 0 || l.MinGap <= l.MaxGap, "%s: gap of at least %d and at most %d", at, l.MinGap, l.MaxGap)
	}
}

func (v *validator) policy() {
	for i, t := range v.p.Policy.Terms {
		v.want(t.Kind >= Travel && t.Kind <= Used, "policy.terms[%d].kind: %d is unknown", i, t.Kind)
		v.want(t.Weight >= 0, "policy.terms[%d].weight: %d is negative", i, t.Weight)
		hard := slices.Contains([]TermKind{Overtime, Waiting, Late, Preferred, Surplus, Territory}, t.Kind)
		v.want(!t.Hard || hard, "policy.terms[%d].hard: %v can only be soft", i, t.Kind)
		twice := slices.ContainsFunc(v.p.Policy.Terms[:i], func(u Term) bool { return u.Kind == t.Kind })
		v.want(!twice, "policy.terms[%d].kind: %v appears twice", i, t.Kind)
	}
	v.want(v.p.Policy.MaxMoves >= 0, "policy.maxMoves: %d is negative", v.p.Policy.MaxMoves)
}

func (v *validator) present() {
	seen, within := map[int]bool{}, map[Placed]bool{}
	for i, at := range v.p.Present {
		v.index(at.Visit, len(v.p.Visits), fmt.Sprintf("present[%d].visit", i))
		v.index(at.Shift, len(v.p.Shifts), fmt.Sprintf("present[%d].shift", i))
		crew := at.Visit >= 0 && at.Visit < len(v.p.Visits) && v.p.Visits[at.Visit].Crew > 1
		v.want(!seen[at.Visit] || crew, "present[%d].visit: %d is placed twice", i, at.Visit)
		v.want(!within[Placed{Visit: at.Visit, Shift: at.Shift}] || !crew, "present[%d].shift: visit %d is there already, and of a crew each works another", i, at.Visit)
		seen[at.Visit], within[Placed{Visit: at.Visit, Shift: at.Shift}] = true, true
	}
}

// ranks holds the pinned sequence of each shift to 0, 1, 2 and so on.
func (v *validator) ranks() {
	if v.err != nil {
		return
	}
	ranks := map[int][]int{}
	for i, t := range v.p.Visits {
		if t.Pin != nil && t.Pin.Rank >= 0 {
			v.want(t.Pin.Shift >= 0, "visits[%d].pin.rank: needs a shift", i)
			ranks[t.Pin.Shift] = append(ranks[t.Pin.Shift], t.Pin.Rank)
		}
	}
	for shift, list := range ranks {
		slices.Sort(list)
		for k, rank := range list {
			v.want(rank == k, "shifts[%d]: pinned ranks %v; want 0 to %d", shift, list, len(list)-1)
		}
	}
}

func (v *validator) index(i, n int, at string) {
	v.want(i >= 0 && i < n, "%s: %d; want 0 to %d", at, i, n-1)
}

// place checks a place against every mode's matrix.
func (v *validator) place(place int, anywhere bool, at string) {
	if anywhere && place == Anywhere || v.err != nil {
		return
	}
	for _, m := range v.p.Modes {
		v.index(place, m.Matrix.Len(), at)
	}
}

func (v *validator) window(w Window, at string) {
	v.want(w.From <= w.Until, "%s: from %d until %d is empty", at, w.From, w.Until)
	v.want(w.From > -Never && w.Until <= Never, "%s: from %d until %d is out of range", at, w.From, w.Until)
}

// windows checks each window and that they are in order and apart.
func (v *validator) windows(list []Window, at string) {
	for i, w := range list {
		v.window(w, fmt.Sprintf("%s[%d]", at, i))
		v.want(i == 0 || list[i-1].Until < w.From, "%s[%d]: does not begin after the window before it", at, i)
	}
}

func (v *validator) amounts(list []int64, at string) {
	for i, a := range list {
		v.want(a >= 0 && a < 1<<30, "%s[%d]: %d; want 0 to %d", at, i, a, 1<<30-1)
	}
}

func (v *validator) parts(list map[string]int64, at string) {
	for name, n := range list {
		v.want(n >= 0 && n < 1<<30, "%s[%q]: %d; want 0 to %d", at, name, n, 1<<30-1)
	}
}
