package route_test

import (
	"context"
	"slices"
	"testing"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// One visit, an hour's drive away, and two breaks of a quarter of an hour, both on the same way.
func TestSeveralBreaksOnOneWay(t *testing.T) {
	const minute, hour = 60, 3600
	at := func(from, until int64) []route.Window { return []route.Window{{From: from, Until: until}} }
	slowed, err := travel.NewClock([]travel.Band{{From: 0, Speed: 100}, {From: 2 * hour, Speed: 50}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		clock         travel.Clock
		first, second []route.Window
		visit         []route.Window
		rests         []int64 // when they begin
		begin         int64   // of the visit
		leftOut       bool
	}{
		{name: "both interrupt the drive there", first: at(0, 10*minute), second: at(20*minute, 30*minute),
			rests: []int64{0, 20 * minute}, begin: 90 * minute},
		{name: "the second follows the first at once", first: at(30*minute, 40*minute), second: at(0, 50*minute),
			rests: []int64{30 * minute, 45 * minute}, begin: 90 * minute},
		{name: "the second is over before it could follow", first: at(30*minute, 40*minute), second: at(0, 40*minute), leftOut: true},
		{name: "both are taken on the way home", first: at(3*hour, 4*hour), second: at(3*hour, 4*hour),
			visit: at(0, hour), rests: []int64{3 * hour, 3*hour + 15*minute}, begin: hour},
		{name: "the drive is not interrupted in traffic", clock: slowed, first: at(0, 10*minute), second: at(20*minute, 2*hour),
			rests: []int64{0, 75 * minute}, begin: 90 * minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			matrix, err := travel.NewTable(2, []int32{0, hour, hour, 0}, nil)
			if err != nil {
				t.Fatal(err)
			}
			p := &route.Problem{
				Modes:       []route.Mode{{Matrix: matrix, Clock: c.clock}},
				Technicians: []route.Technician{{ID: "Ann"}},
				Shifts: []route.Shift{{Window: route.Window{Until: 9 * hour}, Breaks: []route.Break{
					{ID: "coffee", Windows: c.first, Duration: 15 * minute}, {ID: "tea", Windows: c.second, Duration: 15 * minute},
				}}},
				Visits: []route.Visit{{ID: "meter", Place: 1, Duration: hour, Windows: c.visit}},
			}
			plan, err := route.Solve(context.Background(), p, route.Options{Iterations: 50})
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range check.Plan(p, plan) {
				t.Error(fault)
			}
			if c.leftOut != (len(plan.Absent) == 1) {
				t.Fatalf("left out: %v", plan.Absent)
			}
			if c.leftOut {
				return
			}
			var rests []int64
			for _, stop := range plan.Routes[0].Stops {
				if stop.Visit < 0 {
					rests = append(rests, stop.Begin)
				} else if stop.Begin != c.begin {
					t.Errorf("the visit begins at %d min, not %d", stop.Begin/minute, c.begin/minute)
				}
			}
			if !slices.Equal(rests, c.rests) {
				t.Errorf("rests at %v, not %v", rests, c.rests)
			}
		})
	}
}
