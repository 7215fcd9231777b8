package trsp

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

// Both samples are ours, in the published forms.
const pillac = `ours

INFO
CREW COUNT  SKILLS  TOOLS   SPARE PARTS
2      2       2       2

DEPOT TECHNICIANS AND REQUESTS
ID   X     Y     TWS    TWE    Serv   SKILLS   TOOLS    SPARE PARTS
0    10    0     0      500    0      [] 	[] 	[]
1    0     0     0      500    0      [0] 	[0] 	[1,0]
2    20    0     0      500    0      [0,1] 	[] 	[5,5]
3    0     10    20     60     5      [0] 	[0] 	[1,0]
4    0     20    30     90     5      [0] 	[] 	[1,0]
5    20    10    0      100    5      [1] 	[] 	[0,2]
`

const kovacs = `Capacity: 200
Customer: 4

CUST NO.  	 XCOORD.  	 YCOORD.  	 DEMAND  	 READY TIME  	 DUE DATE  	 SERVICE TIME 	cost	d11	d12	d21	d22
1	0	0	0	0	300	0	0	0	0	0	0
2	3	4	10	10	100	7	100	1	1	0	0
3	6	8	10	0	100	7	100	0	0	2	1
4	0	9	10	0	100	7	100	1	0	1	0
Technicians
Number of Technicians: 4
domains: 2
proficiency level: 2


ID	domain1	domain2
1	2	0
2	0	2
3	1	1
4	0	1
`

func readPillac(t testing.TB) *Pillac {
	t.Helper()
	in, err := ReadPillac([]byte(pillac))
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Problem().Validate(); err != nil {
		t.Fatal(err)
	}
	return in
}

func TestReadPillac(t *testing.T) {
	p := readPillac(t).Problem()
	want := route.Visit{
		ID: "3", Place: 2, Duration: 5000, Windows: []route.Window{{From: 20_000, Until: 60_000}},
		Skills: []route.SkillNeed{{Name: "skill 0"}}, Parts: map[string]int64{"tool 0": 1, "part 0": 1},
	}
	if diff := cmp.Diff(want, p.Visits[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(p.Shifts) != 4 || p.Shifts[0].Stock["part 0"] != 1 || p.Shifts[1].Stock["part 1"] != plenty {
		t.Errorf("shifts %+v", p.Shifts)
	}
	m := p.Modes[0].Matrix
	if own, over := m.Duration(0, 2), m.Duration(5, 2); own != 10_000 || over != 10_000+14_143 {
		t.Errorf("from home %d, over the depot %d", own, over)
	}
}

func TestPillacInTwoStages(t *testing.T) {
	in := readPillac(t)
	options := route.Options{Iterations: 1000, Seed: 1, Threads: 1}
	plan, err := route.Solve(t.Context(), in.Problem(), options)
	if err != nil {
		t.Fatal(err)
	}
	next, err := in.Next(plan)
	if err != nil {
		t.Fatal(err)
	}
	if err := next.Problem().Validate(); err != nil {
		t.Fatal(err)
	}
	plan, err = route.Solve(t.Context(), next.Problem(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range check.Plan(next.Problem(), plan) {
		t.Error(fault)
	}
	if len(next.Problem().Shifts) != 2 || len(plan.Absent) != 0 {
		t.Errorf("%d shifts, absent %v", len(next.Problem().Shifts), plan.Absent)
	}
	if last, err := next.Next(plan); last != nil || err != nil {
		t.Errorf("a third stage: %v, %v", last, err)
	}
	var text bytes.Buffer
	if err := next.Write(&text, plan); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), " 5\n") || !strings.Contains(text.String(), "Cost ") {
		t.Errorf("%s", text.String())
	}
}

func TestPillacCost(t *testing.T) {
	in := readPillac(t)
	plan := &route.Solution{Routes: make([]route.Route, 4)}
	plan.Routes[1].Stops = []route.Stop{{Visit: 0}, {Visit: 1}}
	// Technician 1 has the part for request 3 and needs the depot only before request 4. First the depot: 10 + 14.142 to
	// request 3. Between the two: 10 there, then 14.142 + 22.361 to request 4. The first is shorter, and needs no waiting.
	want := 10 + math.Sqrt(200) + 5 + 10 + 5 + 20
	if got := in.Cost(plan); math.Abs(got-want) > 1e-9 {
		t.Errorf("cost %g, want %g", got, want)
	}
	plan = &route.Solution{Routes: make([]route.Route, 4)}
	plan.Routes[0].Stops = []route.Stop{{Visit: 0}}
	if got := in.Cost(plan); got != 10+5+10 { // leaving at 10, to begin at 20
		t.Errorf("cost %g", got)
	}
}

func TestShortestLeavesAsLateAsItCan(t *testing.T) {
	way := []spot{{until: 100}, {x: 10, from: 0, until: 50, serve: 5}, {x: 20, from: 60, until: 80, serve: 5}, {until: 100}}
	if got := shortest(way); got != 10+5+10+5+20 {
		t.Errorf("%g", got)
	}
	way[1].until = 20 // it must begin by 20, so it waits from 35 to 60
	if got := shortest(way); got != 85-10 {
		t.Errorf("%g", got)
	}
}

func TestKovacsFormsTeams(t *testing.T) {
	in, err := ReadKovacs([]byte(kovacs))
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Problem().Validate(); err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, team := range in.Teams() {
		for _, technician := range team {
			if seen[technician] {
				t.Errorf("technician %d is in two teams", technician)
			}
			seen[technician] = true
		}
	}
	if v := in.Problem().Visits[1]; v.Price != int64(math.Round((200+math.Pow(3, 1.5))*scale)) ||
		!cmp.Equal(v.Skills, []route.SkillNeed{{Name: "domain 2 level 1", Level: 2}, {Name: "domain 2 level 2", Level: 1}}) {
		t.Errorf("%+v", v)
	}
	plan, err := route.Solve(t.Context(), in.Problem(), route.Options{Iterations: 1000, Seed: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range check.Plan(in.Problem(), plan) {
		t.Error(fault)
	}
	if cost := in.Cost(plan); math.Abs(cost-float64(plan.Cost.Soft)/scale) > 0.01 {
		t.Errorf("cost %g, the solver says %d", cost, plan.Cost.Soft)
	}
	var text bytes.Buffer
	if err := in.Write(&text, plan); err != nil || !strings.HasPrefix(text.String(), "technicians ") {
		t.Errorf("%v %s", err, text.String())
	}
}

func TestKovacsAlone(t *testing.T) {
	in, err := ReadKovacs([]byte(strings.Replace(kovacs, "0	0	2	1", "0	0	1	1", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Teams()) != 4 || len(in.Teams()[3]) != 1 {
		t.Errorf("teams %v", in.Teams())
	}
}

func TestFaultsNameTheLine(t *testing.T) {
	for _, c := range []struct{ text, from, to, want string }{
		{pillac, "INFO", "NEWS", `line 3: expected the heading "INFO", found "NEWS"`},
		{pillac, "2      2       2       2", "9      2       2       2", "the table has 5 technicians, the head promises 9"},
		{pillac, "3    0     10    20     60", "3    0     10    60     20", "line 12: the window from 60 to 20 is empty"},
		{pillac, "60     5      [0]", "60    -5      [0]", "line 12: a service time of -5"},
		{pillac, "[0,1] 	[]", "[0;1] 	[]", `line 11: field 7 (skills): "0;1" is not a whole number`},
		{pillac, "[0,1] 	[]", "0,1 	[]", `line 11: field 7 (skills): "0,1" is not a list`},
		{pillac, "[0,2]\n", "[0]\n", "line 14: 1 numbers of spare parts, expected 2"},
		{pillac, "[0,2]\n", "\n", "line 14: field 9 (spare parts) is missing"},
		{pillac, "5      [1]", "5      [7]", "request 5: no technician has the skills [7]"},
		{pillac, "4    0", "9    0", "line 13: line number 4 of the table is numbered 9"},
		{kovacs, "d11	d12	d21	d22", "", "line 4: expected columns such as d11"},
		{kovacs, "2	3	4	10	10	100", "2	3	4	10	100	10", "line 6: the window from 100 to 10 is empty"},
		{kovacs, "2	3	4	10	10	100", "2	3	4	10	0	1", "line 6: task 2 cannot be reached in time: the earliest arrival is 5.0"},
		{kovacs, "3	6	8", "7	6	8", "line 7: number 7, expected 3"},
		{kovacs, "100	0	0	2	1", "100	0	0	2", "line 7, field 12 (d22): is missing"},
		{kovacs, kovacs[strings.Index(kovacs, "Technicians"):], "", "expected the technicians after the tasks"},
		{kovacs, "1	2	0", "1	3	0", "line 16, field 2 (domain1): 3 is not a whole number between 0 and 2"},
	} {
		changed := strings.Replace(c.text, c.from, c.to, 1)
		if changed == c.text {
			t.Fatalf("%q is not in the sample", c.from)
		}
		var err error
		if c.text == pillac {
			_, err = ReadPillac([]byte(changed))
		} else {
			_, err = ReadKovacs([]byte(changed))
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.to, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(pillac))
	f.Add([]byte(kovacs))
	f.Fuzz(func(t *testing.T, data []byte) {
		if in, err := ReadPillac(data); err == nil {
			if err := in.Problem().Validate(); err != nil {
				t.Fatalf("read without a fault, but: %v", err)
			}
		}
		if in, err := ReadKovacs(data); err == nil {
			if err := in.Problem().Validate(); err != nil {
				t.Fatalf("read without a fault, but: %v", err)
			}
		}
	})
}
