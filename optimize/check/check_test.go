package check

import (
	"slices"
	"strings"
	"testing"

	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// street has six places in a row, ten minutes and a kilometre from one to the next.
func street(t testing.TB) travel.Matrix {
	durations, distances := make([]int32, 36), make([]int32, 36)
	for i := range 6 {
		for j := range 6 {
			durations[i*6+j] = int32(max(i-j, j-i) * 600)
			distances[i*6+j] = int32(max(i-j, j-i) * 1000)
		}
	}
	m, err := travel.NewTable(6, durations, distances)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The shifts and visits of the example, by what is particular about them.
const (
	ann, bob, eve = 0, 1, 2

	windowed, linked, crewed, pinned, absent, optional, preferred, fetched, brought = 0, 1, 2, 3, 4, 5, 6, 7, 8
)

// example is a plan worked out by hand, which keeps every rule of a problem that has them all.
func example(t testing.TB) (*route.Problem, *route.Solution) {
	p := &route.Problem{
		Modes: []route.Mode{{Name: "van", Matrix: street(t)}},
		Technicians: []route.Technician{
			{ID: "Ann", Skills: []route.Skill{{Name: "gas", Level: 2}}, Territories: []string{"north"}},
			{ID: "Bob", Skills: []route.Skill{{Name: "gas", Level: 1, From: 0, Until: 9500}}, Efficiency: 50},
			{ID: "Eve"},
		},
		Shifts: []route.Shift{
			{ID: "Ann", Technician: ann, Window: route.Window{From: 0, Until: 20_000}, MaxTasks: 3, MaxDistance: 6000, MaxTravel: 3600,
				MaxDuration: 9200, Capacity: []int64{5}, Stock: map[string]int64{"fuse": 2}, Fixed: 100,
				Breaks: []route.Break{{ID: "lunch", Windows: []route.Window{{From: 6000, Until: 9000}}, Duration: 1800}}},
			{ID: "Bob", Technician: bob, Window: route.Window{From: 0, Until: 12_000}, Latest: 16_000, Capacity: []int64{4}},
			{ID: "Eve", Technician: eve, Window: route.Window{From: 0, Until: 20_000}, Day: 1},
		},
		Visits: []route.Visit{
			windowed: {ID: "windowed", Place: 1, Duration: 600, Setup: 100, Windows: []route.Window{{From: 1000, Until: 1200}},
				Skills: []route.SkillNeed{{Name: "gas", Level: 2}}, Parts: map[string]int64{"fuse": 2}, Deliver: []int64{3}, Territory: "north"},
			linked:    {ID: "linked", Place: 3, Duration: 1200, Pickup: []int64{4}, Release: 1000, Due: 3700, Excluded: []int{bob}},
			crewed:    {ID: "crewed", Place: 3, Duration: 900, Crew: 2, Windows: []route.Window{{From: 0, Until: 100}, {From: 5000, Until: 6000}}},
			pinned:    {ID: "pinned", Place: 5, Duration: 300, Pin: &route.Pin{Shift: bob, Start: 9000, Rank: -1}, Required: []int{bob}},
			absent:    {ID: "absent", Place: 5, Duration: 300, Priority: 10},
			optional:  {ID: "optional", Place: 5, Duration: 300, Optional: true, Price: 50},
			preferred: {ID: "preferred", Place: 2, Duration: 450, Preferred: []int{ann}, Skills: []route.SkillNeed{{Name: "gas", Level: 0}}},
			fetched:   {ID: "fetched", Place: 3, Pickup: []int64{4}},
			brought:   {ID: "brought", Place: 5, Deliver: nil},
		},
		Links: []route.Link{
			{Kind: route.StartAfter, First: windowed, Second: linked, MinGap: 1200, MaxGap: 1200},
			{Kind: route.Follows, First: linked, Second: crewed},
			{Kind: route.OtherTechnician, First: linked, Second: pinned},
			{Kind: route.SameTechnician, First: preferred, Second: pinned},
			{Kind: route.SameDay, First: windowed, Second: pinned},
			{Kind: route.SameShift, First: preferred, Second: pinned},
			{Kind: route.Shipment, First: fetched, Second: brought},
		},
		Policy: route.Policy{MaxMoves: 1, Terms: []route.Term{
			{Kind: route.Travel, Weight: 1}, {Kind: route.Distance, Weight: 2}, {Kind: route.Overtime, Weight: 3},
			{Kind: route.Waiting, Weight: 1}, {Kind: route.Late, Weight: 5}, {Kind: route.Preferred, Weight: 1000},
			{Kind: route.Surplus, Weight: 7}, {Kind: route.Stable, Weight: 1}, {Kind: route.Used, Weight: 10_000},
			{Kind: route.Territory, Hard: true},
		}},
		Present: []route.Placed{{Visit: windowed, Shift: ann, Start: 880}, {Visit: preferred, Shift: ann, Start: 0}},
	}
	s := &route.Solution{
		Routes: []route.Route{
			{Shift: ann, Leave: 300, Finish: 9500, Travel: 3600, Service: 2800, Rest: 1800, Waiting: 1000, Distance: 6000, Stops: []route.Stop{
				{Visit: windowed, Arrival: 900, Begin: 1000, End: 1600, Travel: 600, Distance: 1000},
				{Visit: linked, Arrival: 2800, Begin: 2800, End: 4000, Travel: 1200, Distance: 2000},
				{Visit: crewed, Arrival: 4000, Begin: 5000, End: 5900},
				{Visit: -1, Break: 0, Arrival: 6000, Begin: 6000, End: 7800}, // 100 s into the drive home
			}},
			{Shift: bob, Leave: 0, Finish: 12_600, Travel: 6000, Service: 3300, Waiting: 3300, Overtime: 600, Distance: 10_000, Stops: []route.Stop{
				{Visit: preferred, Arrival: 1200, Begin: 1200, End: 2100, Travel: 1200, Distance: 2000},
				{Visit: fetched, Arrival: 2700, Begin: 2700, End: 2700, Travel: 600, Distance: 1000},
				{Visit: crewed, Arrival: 2700, Begin: 5000, End: 6800},
				{Visit: pinned, Arrival: 8000, Begin: 9000, End: 9600, Travel: 1200, Distance: 2000},
				{Visit: brought, Arrival: 9600, Begin: 9600, End: 9600},
			}},
			{Shift: eve},
		},
		Absent: []route.Absent{{Visit: absent, Reason: route.NoRoom}, {Visit: optional, Reason: route.NotWorth}},
		Terms: []route.Charge{
			{Kind: route.Travel, Units: 9600, Weight: 1}, {Kind: route.Distance, Units: 16_000, Weight: 2}, {Kind: route.Overtime, Units: 600, Weight: 3},
			{Kind: route.Waiting, Units: 4300, Weight: 1}, {Kind: route.Late, Units: 300, Weight: 5}, {Kind: route.Preferred, Units: 1, Weight: 1000},
			{Kind: route.Surplus, Units: 1, Weight: 7}, {Kind: route.Stable, Units: 62, Weight: 1}, {Kind: route.Used, Units: 2, Weight: 10_000},
		},
		Cost: route.Cost{Unserved: 10, Absent: 1,
			Soft: 9600 + 2*16_000 + 3*600 + 4300 + 5*300 + 1000 + 7 + 62 + 2*10_000 + 100 + 50},
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p, s
}

func TestGoodPlanHasNoFault(t *testing.T) {
	p, s := example(t)
	for _, fault := range Plan(p, s) {
		t.Error(fault)
	}
}

// mutations are ways to spoil the example, each with words that its fault must contain. Some change the plan, as a
// faulty solver would; some the problem, so that the plan is no longer right.
var mutations = []struct {
	name, want string
	spoil      func(p *route.Problem, s *route.Solution)
}{
	{"a visit is lost", "is lost", func(_ *route.Problem, s *route.Solution) { s.Absent = s.Absent[:1] }},
	{"a visit is dropped from a route", "is lost", func(_ *route.Problem, s *route.Solution) { s.Routes[bob].Stops = s.Routes[bob].Stops[1:] }},
	{"a visit is made twice", "is made by 2, needs 1", func(_ *route.Problem, s *route.Solution) {
		s.Routes[bob].Stops = append(s.Routes[bob].Stops, s.Routes[ann].Stops[1])
	}},
	{"a visit is made and absent", "both made and absent", func(_ *route.Problem, s *route.Solution) {
		s.Absent = append(s.Absent, route.Absent{Visit: linked, Reason: route.NoRoom})
	}},
	{"no reason is given", "without a reason", func(_ *route.Problem, s *route.Solution) { s.Absent[0].Reason = route.NoReason }},
	{"a crew is one short", "is made by 2, needs 3", func(p *route.Problem, _ *route.Solution) { p.Visits[crewed].Crew = 3 }},
	{"a crew does not meet", "its crew begins at", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops[2].Begin++ }},
	{"a visit does not exist", "visit 99 does not exist", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops[0].Visit = 99 }},
	{"a break does not exist", "break 1 does not exist", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops[3].Break = 1 }},
	{"a route is missing", "2 routes for 3 shifts", func(_ *route.Problem, s *route.Solution) { s.Routes = s.Routes[:2] }},
	{"routes change places", "route 0 is of shift 1", func(_ *route.Problem, s *route.Solution) { s.Routes[0], s.Routes[1] = s.Routes[1], s.Routes[0] }},
	{"an arrival is too early", "cannot before 2800", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops[1].Arrival-- }},
	{"travel is understated", "the way takes 600 s", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops[0].Travel = 500 }},
	{"distance is understated", "the way is 1000 m", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops[0].Distance = 500 }},
	{"service is cut short", "but service takes 600 s", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops[0].End -= 5 }},
	{"a slow technician works fast", "but service takes 900 s", func(_ *route.Problem, s *route.Solution) { s.Routes[bob].Stops[0].End -= 450 }},
	{"setup is skipped", "is ready only at 1001", func(p *route.Problem, _ *route.Solution) { p.Visits[windowed].Setup++ }},
	{"a window is missed", "outside its windows", func(p *route.Problem, _ *route.Solution) { p.Visits[windowed].Windows[0].From = 1001 }},
	{"work falls between two windows", "outside its windows", func(p *route.Problem, _ *route.Solution) { p.Visits[crewed].Windows[1].From = 5001 }},
	{"work begins before its release", "before its release", func(p *route.Problem, _ *route.Solution) { p.Visits[linked].Release = 2801 }},
	{"a break is outside its window", "outside the break's windows", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].Breaks[0].Windows[0].From = 6001 }},
	{"a break is too short", "the break lasts 1801 s", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].Breaks[0].Duration++ }},
	{"a second break on the way is not counted", "finishes at 9500, but cannot before 10100", func(p *route.Problem, s *route.Solution) { rest(p, s, 7800) }},
	{"two breaks overlap", "rests from 7799, but is busy until 7800", func(p *route.Problem, s *route.Solution) { rest(p, s, 7799) }},
	{"a break is not taken", "takes 0 of its 1 breaks", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops = s.Routes[ann].Stops[:3] }},
	{"a break overlaps service", "is busy until 5900", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Stops[3].Arrival = 5899 }},
	{"a shift leaves too early", "before it begins at 301", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].Window.From = 301 }},
	{"a shift leaves too late", "cannot before 901", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Leave++ }},
	{"a shift could leave later", "though it could", func(_ *route.Problem, s *route.Solution) { s.Routes[ann].Leave--; s.Routes[ann].Stops[0].Arrival-- }},
	{"a shift ends too late", "after its hard end", func(p *route.Problem, _ *route.Solution) { p.Shifts[bob].Latest = 12_599 }},
	{"a shift is home too soon", "cannot before 12600", func(_ *route.Problem, s *route.Solution) { s.Routes[bob].Finish-- }},
	{"waiting is hidden", "states waiting of", func(_ *route.Problem, s *route.Solution) { s.Routes[bob].Waiting -= 10 }},
	{"overtime is hidden", "states overtime of", func(_ *route.Problem, s *route.Solution) { s.Routes[bob].Overtime = 0 }},
	{"too many tasks", "3 visits are more than the 2", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].MaxTasks = 2 }},
	{"too far", "6000 metres are more", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].MaxDistance = 5999 }},
	{"too much travel", "3600 seconds of travel are more", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].MaxTravel = 3599 }},
	{"too long", "9200 seconds from start to end are more", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].MaxDuration = 9199 }},
	{"too full at the start", "leaves with 3 on board", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].Capacity[0] = 2 }},
	{"too full on the way", "has 4 on board in dimension 0 after visit linked", func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].Capacity[0] = 3 }},
	{"a shipment is too big", "has 4 on board in dimension 0 after visit fetched", func(p *route.Problem, _ *route.Solution) { p.Shifts[bob].Capacity[0] = 3 }},
	{"a part is missing", `uses 2 of part "fuse"`, func(p *route.Problem, _ *route.Solution) { p.Shifts[ann].Stock["fuse"] = 1 }},
	{"a skill is missing", `lacks the skill "oil"`, func(p *route.Problem, _ *route.Solution) { p.Visits[windowed].Skills[0].Name = "oil" }},
	{"a skill is too low", "at level 2, needs 3", func(p *route.Problem, _ *route.Solution) { p.Visits[windowed].Skills[0].Level = 3 }},
	{"a skill has lapsed", `lacks the skill "gas" at 1200`, func(p *route.Problem, _ *route.Solution) { p.Technicians[bob].Skills[0].Until = 1200 }},
	{"the territory is another", "does not work in territory", func(p *route.Problem, _ *route.Solution) { p.Visits[windowed].Territory = "south" }},
	{"somebody else was required", "none of those required", func(p *route.Problem, _ *route.Solution) { p.Visits[linked].Required = []int{bob} }},
	{"somebody excluded comes", "is excluded", func(p *route.Problem, _ *route.Solution) { p.Visits[linked].Excluded = []int{ann} }},
	{"a pin to a shift is broken", "is pinned to shift Ann", func(p *route.Problem, _ *route.Solution) { p.Visits[pinned].Pin.Shift = ann }},
	{"a pin to a moment is broken", "is pinned to begin at 9001", func(p *route.Problem, _ *route.Solution) { p.Visits[pinned].Pin.Start = 9001 }},
	{"a pin to a position is broken", "is pinned to position 0", func(p *route.Problem, _ *route.Solution) { p.Visits[pinned].Pin.Rank = 0 }},
	{"too many visits moved", "2 visits of the present plan moved", func(p *route.Problem, _ *route.Solution) { p.Present[0].Shift = bob }},
	{"a gap is too short", "needs 1201", func(p *route.Problem, _ *route.Solution) { p.Links[0].MinGap = 1201 }},
	{"a gap is too long", "at most 1199", func(p *route.Problem, _ *route.Solution) { p.Links[0].MaxGap = 1199; p.Links[0].MinGap = 0 }},
	{"a visit does not follow", "does not directly follow", func(p *route.Problem, _ *route.Solution) { p.Links[1].First = windowed }},
	{"linked visits share a technician", "1 technicians make both, none may", func(p *route.Problem, _ *route.Solution) { p.Links[2].First = preferred }},
	{"linked visits have two technicians", "0 technicians make both, needs 1", func(p *route.Problem, _ *route.Solution) { p.Links[3].First = linked }},
	{"linked visits are on two days", "on days 0 and 7", func(p *route.Problem, _ *route.Solution) { p.Shifts[bob].Day = 7 }},
	{"a shipment is brought first", "not in one shift with the first before", func(p *route.Problem, _ *route.Solution) { p.Links[6].First, p.Links[6].Second = brought, fetched }},
	{"linked visits do not begin together", "not together", func(p *route.Problem, _ *route.Solution) { p.Links[3].Kind = route.SameStart }},
	{"one linked visit is absent", "one is made and the other absent", func(p *route.Problem, _ *route.Solution) { p.Links[3].First = absent }},
	{"a place cannot be reached", "no way leads", func(p *route.Problem, _ *route.Solution) { p.Modes[0].Matrix = cutOff{p.Modes[0].Matrix} }},
	{"the priority left out is hidden", "states unserved priority of 0", func(_ *route.Problem, s *route.Solution) { s.Cost.Unserved = 0 }},
	{"an absence is hidden", "states absent visits of 0", func(_ *route.Problem, s *route.Solution) { s.Cost.Absent = 0 }},
	{"the soft cost is wrong", "states soft of", func(_ *route.Problem, s *route.Solution) { s.Cost.Soft-- }},
	{"a charge is wrong", "charges 9599 × 1 for travel", func(_ *route.Problem, s *route.Solution) { s.Terms[0].Units-- }},
	{"a charge is missing", "the charge for used is missing", func(_ *route.Problem, s *route.Solution) { s.Terms = s.Terms[:8] }},
	{"shifts are not counted", "states shifts of 0", func(p *route.Problem, _ *route.Solution) { p.Policy.FewFirst = true }},
	{"a hard Term is broken", "overtime must stay at zero and is 600", func(p *route.Problem, _ *route.Solution) { p.Policy.Terms[2].Hard = true }},
	{"an idle shift claims work", "has no stops but spends time", func(_ *route.Problem, s *route.Solution) { s.Routes[eve].Travel = 1 }},
}

// rest adds ten minutes of rest to the way home that has one break already, and tells nothing else of it.
func rest(p *route.Problem, s *route.Solution, begin int64) {
	p.Shifts[ann].Breaks = append(p.Shifts[ann].Breaks, route.Break{Duration: 600})
	s.Routes[ann].Stops = append(s.Routes[ann].Stops, route.Stop{Visit: -1, Break: 1, Arrival: begin, Begin: begin, End: begin + 600})
}

// cutOff is a matrix without a way to place 5.
type cutOff struct{ travel.Matrix }

func (c cutOff) Duration(from, to int) int32 {
	if to == 5 {
		return travel.Unreachable
	}
	return c.Matrix.Duration(from, to)
}

func TestEverySpoiltPlanIsCaught(t *testing.T) {
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			p, s := example(t)
			m.spoil(p, s)
			faults := Plan(p, s)
			found := slices.ContainsFunc(faults, func(f Fault) bool { return strings.Contains(f.String(), m.want) })
			if !found {
				t.Errorf("no fault says %q; found %v", m.want, faults)
			}
		})
	}
}
