package route

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"
	"truckroll/optimize/travel"
)

// Draw makes a small random problem that may have every constraint at once. Places lie on a grid, in seconds.
func Draw(t *rapid.T, most int) *Problem {
	d := drawer{t: t, p: &Problem{}}
	places := rapid.IntRange(2, 6).Draw(t, "places")
	d.modes(places)
	for i := range rapid.IntRange(1, 3).Draw(t, "technicians") {
		d.technician(i)
	}
	for range rapid.IntRange(1, 4).Draw(t, "shifts") {
		d.shift(places)
	}
	for i := range rapid.IntRange(0, most).Draw(t, "visits") {
		d.visit(i, places)
	}
	d.links()
	d.policy()
	return d.p
}

type drawer struct {
	t *rapid.T
	p *Problem
}

func (d drawer) number(lo, hi int64, name string) int64 {
	return rapid.Int64Range(lo, hi).Draw(d.t, name)
}

func (d drawer) odds(percent int, name string) bool {
	return rapid.IntRange(1, 100).Draw(d.t, name) <= percent
}

func (d drawer) modes(places int) {
	for k := range rapid.IntRange(1, 2).Draw(d.t, "modes") {
		var durations, distances []int32
		var x, y []int64
		for range places {
			x, y = append(x, d.number(0, 20, "x")), append(y, d.number(0, 20, "y"))
		}
		for i := range places {
			for j := range places {
				away := int32(60 * (max(x[i], x[j]) - min(x[i], x[j]) + max(y[i], y[j]) - min(y[i], y[j])))
				durations, distances = append(durations, away), append(distances, away*int32(9+k))
			}
		}
		table, err := travel.NewTable(places, durations, distances)
		if err != nil {
			d.t.Fatal(err)
		}
		mode := Mode{Name: fmt.Sprint("mode", k), Matrix: table}
		if d.odds(20, "clocked") {
			mode.Clock, _ = travel.NewClock([]travel.Band{{From: 0, Speed: 100}, {From: 9 * 3600, Speed: 60}, {From: 10 * 3600, Speed: 110}})
		}
		if d.odds(20, "priced") {
			mode.PerSecond = d.number(1, 3, "perSecond")
		}
		d.p.Modes = append(d.p.Modes, mode)
	}
}

func (d drawer) technician(i int) {
	technician := Technician{ID: fmt.Sprint("t", i)}
	for _, name := range []string{"gas", "water"} {
		if d.odds(70, name) {
			technician.Skills = append(technician.Skills, Skill{Name: name, Level: int(d.number(1, 3, "level"))})
		}
	}
	if d.odds(30, "territories") {
		technician.Territories = []string{"north"}
	}
	if d.odds(30, "efficient") {
		technician.Efficiency = int(d.number(50, 200, "efficiency"))
	}
	d.p.Technicians = append(d.p.Technicians, technician)
}

func (d drawer) shift(places int) {
	s := Shift{
		ID: fmt.Sprint("s", len(d.p.Shifts)), Technician: int(d.number(0, int64(len(d.p.Technicians)-1), "who")),
		Mode:  int(d.number(0, int64(len(d.p.Modes)-1), "mode")),
		Start: int(d.number(-1, int64(places-1), "start")), End: int(d.number(-1, int64(places-1), "end")),
	}
	s.Day = len(d.p.Shifts) / 2
	from := 8*3600 + 86400*int64(s.Day)
	s.Window = Window{from, from + d.number(1, 9, "hours")*3600}
	if d.odds(30, "overtime") {
		s.Latest = s.Window.Until + 3600
	}
	for at := from + 3600; d.odds(35, "break") && len(s.Breaks) < 3; at += d.number(0, 4, "later") * 1800 {
		s.Breaks = append(s.Breaks, Break{Windows: []Window{{at, at + 1800}, {at + 3600, at + 5400}}, Duration: 900})
	}
	if d.odds(20, "limits") {
		s.MaxTasks, s.MaxDistance = int(d.number(0, 3, "tasks")), d.number(0, 40, "distance")*600
		s.MaxTravel, s.MaxDuration = d.number(0, 40, "travel")*60, d.number(0, 10, "duration")*1800
	}
	if d.odds(30, "capacity") {
		s.Capacity = []int64{d.number(0, 10, "room"), d.number(0, 10, "room")}
	}
	if d.odds(50, "stock") {
		s.Stock = map[string]int64{"valve": d.number(0, 3, "valves")}
	}
	if d.odds(20, "fixed") {
		s.Fixed = d.number(0, 1000, "price")
	}
	d.p.Shifts = append(d.p.Shifts, s)
}

func (d drawer) visit(i, places int) {
	v := Visit{
		ID: fmt.Sprint("v", i), Place: int(d.number(0, int64(places-1), "place")),
		Duration: d.number(0, 90, "minutes") * 60, Priority: d.number(0, 3, "priority"),
	}
	if d.odds(40, "windows") {
		from := (7 + d.number(0, 9, "opens")) * 3600
		v.Windows = []Window{{from, from + d.number(0, 3, "wide")*3600}}
		if d.odds(50, "two") {
			v.Windows = append(v.Windows, Window{from + 4*3600, from + 5*3600})
		}
	}
	if d.odds(20, "setup") {
		v.Setup = d.number(0, 10, "setup") * 60
	}
	if d.odds(20, "release") {
		v.Release = d.number(7, 12, "released") * 3600
	}
	if d.odds(30, "due") {
		v.Due = d.number(9, 40, "dueAt") * 3600
	}
	if d.odds(20, "optional") {
		v.Optional, v.Price = true, d.number(0, 5000, "worth")
	}
	if d.odds(20, "skilled") {
		v.Skills = []SkillNeed{{Name: "gas", Level: int(d.number(1, 3, "need"))}}
	}
	if d.odds(20, "territory") {
		v.Territory = "south"
	}
	if d.odds(20, "parts") {
		v.Parts = map[string]int64{"valve": 1}
	}
	if d.odds(30, "load") {
		v.Deliver, v.Pickup = []int64{d.number(0, 5, "deliver")}, []int64{0, d.number(0, 5, "pickup")}
	}
	someone := []int{int(d.number(0, int64(len(d.p.Technicians)-1), "someone"))}
	switch d.number(0, 12, "staff") {
	case 0:
		v.Required = someone
	case 1:
		v.Excluded = someone
	case 2, 3:
		v.Preferred = someone
	}
	d.p.Visits = append(d.p.Visits, v)
}

// links ties some visits, each to one other at most, so that the ties can be kept together.
func (d drawer) links() {
	n := len(d.p.Visits)
	for i := 0; i+1 < n && d.odds(30, "linked"); i += 2 {
		l := Link{Kind: LinkKind(d.number(0, int64(Shipment), "kind")), First: i, Second: i + 1}
		if l.Kind == StartAfter {
			l.MinGap = d.number(0, 3, "gap") * 600
			if d.odds(50, "bounded") {
				l.MaxGap = l.MinGap + d.number(1, 6, "more")*600
			}
		}
		d.p.Links = append(d.p.Links, l)
	}
	if n > 0 && len(d.p.Technicians) > 1 && d.odds(30, "crew") {
		d.p.Visits[n-1].Crew = 2
	}
	if n > 0 && d.odds(20, "pinned") {
		i := int(d.number(0, int64(n-1), "which"))
		d.p.Visits[i].Pin = &Pin{Shift: int(d.number(-1, int64(len(d.p.Shifts)-1), "pinnedTo")), Start: Never, Rank: -1}
		if shift := d.p.Visits[i].Pin.Shift; shift >= 0 && d.odds(50, "ranked") && d.easy(i, shift) {
			d.p.Visits[i].Pin.Rank = 0
		}
	}
}

// ranked tells whether a sequence is pinned, which a hard Term could make a violation.
func (d drawer) ranked() bool {
	return slices.ContainsFunc(d.p.Visits, func(v Visit) bool { return v.Pin != nil && v.Pin.Rank >= 0 })
}

// easy tells whether a visit alone breaks no rule of a shift, so that pinning it there is not a hard violation.
func (d drawer) easy(i, shift int) bool {
	s := &d.p.Shifts[shift]
	_, ok := d.p.timetable(shift, []call{{visit: i}})
	limits := int64(s.MaxTasks) + s.MaxDistance + s.MaxTravel + s.MaxDuration
	for _, l := range d.p.Links {
		ok = ok && l.First != i && l.Second != i
	}
	return ok && limits == 0 && d.p.Visits[i].Crew < 2 && d.p.obstacle(&d.p.Visits[i], shift) == NoReason
}

func (d drawer) policy() {
	if d.odds(30, "default policy") {
		return
	}
	d.p.Policy.Terms = []Term{{Kind: Travel, Weight: 1}}
	for kind := Distance; kind <= Used; kind++ {
		if d.odds(20, kind.String()) {
			d.p.Policy.Terms = append(d.p.Policy.Terms, Term{Kind: kind, Weight: d.number(1, 200, "weight")})
		}
	}
	for i, t := range d.p.Policy.Terms {
		canBeHard := t.Kind == Overtime || t.Kind == Late || t.Kind == Preferred || t.Kind == Surplus || t.Kind == Waiting
		if canBeHard && !d.ranked() && d.odds(20, "hard") {
			d.p.Policy.Terms[i].Hard = true
		}
	}
	for i := range d.p.Visits {
		for range max(1, d.p.Visits[i].Crew) {
			if len(d.p.Shifts) == 0 || !d.odds(30, "present") {
				break
			}
			shift := int(d.number(0, int64(len(d.p.Shifts)-1), "planned"))
			if slices.ContainsFunc(d.p.Present, func(at Placed) bool { return at.Visit == i && at.Shift == shift }) {
				break
			}
			start := d.p.Shifts[shift].Window.From + d.number(0, 8, "hour")*1800
			d.p.Present = append(d.p.Present, Placed{i, shift, start})
		}
	}
}
