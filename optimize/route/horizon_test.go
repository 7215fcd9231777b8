package route_test

import (
	"context"
	"fmt"
	"testing"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

// Over many days no two shifts are alike, and those of the nearest technicians are soon full: the others' are opened.
func TestOpensShiftsOfAnyDay(t *testing.T) {
	p := town(80, 20)
	p.Shifts = nil
	for who := range p.Technicians {
		for day := range 5 {
			from := int64(day*86400 + 8*3600)
			p.Shifts = append(p.Shifts, route.Shift{
				ID: fmt.Sprint(who, " on day ", day), Technician: who, Day: day, Start: who, End: who,
				Window: route.Window{From: from, Until: from + 3*3600}, MaxTasks: 1,
			})
		}
	}
	for v := range p.Visits {
		p.Visits[v].Windows, p.Visits[v].Place = nil, p.Visits[0].Place
	}
	wantAllPlanned(t, p, 1000)
}

// However dear it is to use a shift, and however little travel costs beside that, mandatory visits are made.
func TestDearShiftsAreOpened(t *testing.T) {
	p := town(40, 20)
	for k := range p.Shifts {
		p.Shifts[k].Fixed, p.Shifts[k].MaxTasks = 1_000_000_000_000, 2
	}
	for v := range p.Visits {
		p.Visits[v].Windows, p.Visits[v].Priority = nil, int64(v%2)
	}
	wantAllPlanned(t, p, 1000)
}

// The same with only one visit, and with all visits at one place, where no visit is any way from another.
func TestNoWayBetweenVisits(t *testing.T) {
	for _, visits := range []int{1, 5} {
		p := town(visits, 2)
		for v := range p.Visits {
			p.Visits[v].Place = p.Visits[0].Place
		}
		wantAllPlanned(t, p, 50)
	}
}

func wantAllPlanned(t *testing.T, p *route.Problem, iterations int64) {
	t.Helper()
	s, err := route.Solve(context.Background(), p, route.Options{Iterations: iterations, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range check.Plan(p, s) {
		t.Error(fault)
	}
	if len(s.Absent) > 0 {
		t.Errorf("%d of %d visits are absent, the first because of %v", len(s.Absent), len(p.Visits), s.Absent[0].Reason)
	}
}
