package verolog

import (
	"bytes"
	"strings"
	"testing"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

// small is ours, in the challenge's form.
const small = `DATASET = of our own
NAME = small

DAYS = 5
TRUCK_CAPACITY = 10
TRUCK_MAX_DISTANCE = 100

TRUCK_DISTANCE_COST = 2
TRUCK_DAY_COST = 30
TRUCK_COST = 500
TECHNICIAN_DISTANCE_COST = 3
TECHNICIAN_DAY_COST = 40
TECHNICIAN_COST = 600

MACHINES = 2
1 4 7
2 6 9

LOCATIONS = 4
1 0 0
2 3 4
3 10 0
4 6 8

REQUESTS = 3
1 2 1 2 1 1
2 3 1 3 2 1
3 4 2 4 1 2

TECHNICIANS = 2
1 2 80 3 1 0
2 3 80 2 1 1
`

func read(t testing.TB) *Instance {
	t.Helper()
	in, err := Read([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Problem().Validate(); err != nil {
		t.Fatal(err)
	}
	return in
}

func TestRead(t *testing.T) {
	in := read(t)
	p := in.Problem()
	if in.Days != 5 || in.Capacity != 10 || in.Truck != (Prices{2, 30, 500}) || in.Technician != (Prices{3, 40, 600}) {
		t.Errorf("%+v", in)
	}
	if len(p.Visits) != 6 || p.Visits[4].Deliver[0] != 8 || p.Visits[4].Windows[0] != (route.Window{From: 2000, Until: 4000}) {
		t.Errorf("visits %+v", p.Visits)
	}
	if d := p.Modes[0].Matrix.Distance(1, 2); d != 9 { // the root of 65, rounded up
		t.Errorf("distance %d", d)
	}
	work := map[int]int{}
	for _, s := range p.Shifts {
		work[s.Technician]++
	}
	if trucks := in.trucks(); work[0] != 5 || work[trucks] != 4 || work[trucks+1] != 3 {
		t.Errorf("days of work %v, %d trucks", work, trucks)
	}
}

func TestSolved(t *testing.T) {
	in := read(t)
	plan, err := route.Solve(t.Context(), in.Problem(), route.Options{Iterations: 2000, Seed: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range check.Plan(in.Problem(), plan) {
		t.Error(fault)
	}
	if len(plan.Absent) > 0 {
		t.Errorf("absent: %v", plan.Absent)
	}
	var text bytes.Buffer
	if err := in.Write(&text, plan); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"NAME = small\n", "NUMBER_OF_TRUCKS_USED = ", "\nDAY = 5\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
}

func TestCostIsTheChallenges(t *testing.T) {
	in := read(t)
	p := in.Problem()
	plan := &route.Solution{Routes: make([]route.Route, len(p.Shifts))}
	put := func(technician, day int, distance int64, visits ...int) {
		for i, s := range p.Shifts {
			if s.Technician == technician && s.Day == day {
				plan.Routes[i].Distance = distance
				for _, v := range visits {
					plan.Routes[i].Stops = append(plan.Routes[i].Stops, route.Stop{Visit: v})
				}
				return
			}
		}
		t.Fatalf("technician %d does not work on day %d", technician, day)
	}
	put(0, 1, 24, 0, 2) // one truck delivers requests 1 and 2
	put(1, 2, 20, 4)    // another day, another truck: still one truck at a time
	put(in.trucks(), 2, 0, 1)
	put(in.trucks()+1, 3, 17, 3, 5) // request 2 has waited a day too long
	want := Totals{TruckDistance: 44, TruckDays: 2, Trucks: 1, TechnicianDistance: 17, TechnicianDays: 2, Technicians: 2, Idle: 9}
	if got := in.Totals(plan); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if cost := in.Cost(plan); cost != 44*2+2*30+500+17*3+2*40+2*600+9 {
		t.Errorf("cost %g", cost)
	}
}

func TestFaultsNameTheLine(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"DAYS = 5", "DAYS = 1", "line 4: 1 days are too few"},
		{"DAYS = 5", "DAYS 5", `line 4: expected a heading such as DAYS = 10, found "DAYS 5"`},
		{"DAYS = 5", "NIGHTS = 5", `line 4: the section "NIGHTS" is unknown`},
		{"DAYS = 5\n", "", "line 24: the section DAYS must come before REQUESTS"},
		{"TRUCK_COST = 500", "TRUCK_COST = -1", "line 10, field 3 (price): -1 is not a whole number"},
		{"TRUCK_COST = 500", "TRUCK_DAY_COST = 500", "line 10: the section TRUCK_DAY_COST stands twice"},
		{"TRUCK_CAPACITY = 10", "TRUCK_CAPACITY = 5", "request 2: its load of 6 is more than a truck's capacity, 5"},
		{"TRUCK_MAX_DISTANCE = 100", "TRUCK_MAX_DISTANCE = 19", "request 2 cannot be reached: there and back is 20"},
		{"1 2 1 2 1 1", "1 2 2 1 1 1", "line 26: request 1: the window from day 2 to day 1 is empty"},
		{"1 2 1 2 1 1", "1 2 5 5 1 1", "line 26: request 1: delivered on the last day"},
		{"1 2 1 2 1 1", "1 9 1 2 1 1", "line 26, field 2 (location): 9 is not a whole number between 0 and 4"},
		{"1 2 1 2 1 1", "1 2 1 2 1", "line 26, field 6 (amount): is missing"},
		{"2 3 1 3 2 1", "3 3 1 3 2 1", "line 27: REQUESTS number 3, expected 2"},
		{"2 3 80 2 1 1", "2 3 80 2 1 2", "line 32, field 6 (machine 2): 2 is not a whole number between 0 and 1"},
		{"2 3 80 2 1 1\n", "", "the file ends after 1 of 2 TECHNICIANS"},
		{small[strings.Index(small, "TECHNICIANS"):], "", "the file ends without the section TECHNICIANS"},
		{"LOCATIONS = 4", "LOCATIONS = 0", "LOCATIONS is empty"},
	} {
		changed := strings.Replace(small, c.from, c.to, 1)
		if changed == small {
			t.Fatalf("%q is not in the sample", c.from)
		}
		if _, err := Read([]byte(changed)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.to, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := Read(data)
		if err != nil {
			return
		}
		if err := in.Problem().Validate(); err != nil {
			t.Fatalf("read without a fault, but: %v", err)
		}
	})
}
