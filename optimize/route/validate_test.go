package route_test

import (
	"context"
	"strings"
	"testing"

	"truckroll/optimize/route"
)

// A faulty problem is refused with an error that names the place of the fault.
func TestFaultsNameTheirPlace(t *testing.T) {
	for place, spoil := range map[string]func(p *route.Problem){
		"modes":                     func(p *route.Problem) { p.Modes = nil },
		"modes[0].matrix":           func(p *route.Problem) { p.Modes[0].Matrix = nil },
		"technicians[1].efficiency": func(p *route.Problem) { p.Technicians[1].Efficiency = -1 },
		"shifts[1].technician":      func(p *route.Problem) { p.Shifts[1].Technician = 9 },
		"shifts[0].start":           func(p *route.Problem) { p.Shifts[0].Start = 99 },
		"shifts[0].window":          func(p *route.Problem) { p.Shifts[0].Window.Until = 0 },
		"shifts[0].latest":          func(p *route.Problem) { p.Shifts[0].Latest = 1 },
		"shifts[0].breaks[0].duration": func(p *route.Problem) {
			p.Shifts[0].Breaks = []route.Break{{Duration: -1}}
		},
		"visits[2].place":    func(p *route.Problem) { p.Visits[2].Place = -1 },
		"visits[2].duration": func(p *route.Problem) { p.Visits[2].Duration = -5 },
		"visits[1].windows[1]": func(p *route.Problem) {
			p.Visits[1].Windows = []route.Window{{From: 10, Until: 20}, {From: 15, Until: 30}}
		},
		"visits[0].price":       func(p *route.Problem) { p.Visits[0].Price = 3 },
		"visits[0].crew":        func(p *route.Problem) { p.Visits[0].Crew = 7 },
		"visits[0].required[0]": func(p *route.Problem) { p.Visits[0].Required = []int{5} },
		"links[0].second":       func(p *route.Problem) { p.Links = []route.Link{{First: 0, Second: 50}} },
		"links[0]:":             func(p *route.Problem) { p.Links = []route.Link{{First: 1, Second: 1}} },
		"policy.terms[0].hard": func(p *route.Problem) {
			p.Policy.Terms = []route.Term{{Kind: route.Travel, Hard: true}}
		},
		"policy.terms[1].kind": func(p *route.Problem) {
			p.Policy.Terms = []route.Term{{Kind: route.Travel}, {Kind: route.Travel}}
		},
		"present[1].visit": func(p *route.Problem) { p.Present = []route.Placed{{Visit: 1}, {Visit: 1}} },
		"present[1].shift": func(p *route.Problem) {
			p.Visits[1].Crew, p.Present = 2, []route.Placed{{Visit: 1}, {Visit: 1, Start: 60}}
		},
		"shifts[0]: pinned ranks": func(p *route.Problem) {
			p.Visits[0].Pin = &route.Pin{Shift: 0, Rank: 1, Start: route.Never}
		},
	} {
		p := town(4, 2)
		spoil(p)
		_, err := route.Solve(context.Background(), p, route.Options{Iterations: 1})
		if err == nil || !strings.HasPrefix(err.Error(), place) {
			t.Errorf("want a fault at %q, got %v", place, err)
		}
	}
}

// A problem without visits, or without shifts, has a plan.
func TestEmptyProblems(t *testing.T) {
	for _, size := range [][2]int{{0, 2}, {3, 0}, {0, 0}} {
		p := town(size[0], size[1])
		s, err := route.Solve(context.Background(), p, route.Options{Iterations: 10})
		if err != nil || len(s.Absent) != size[0]*max(0, 1-size[1]) {
			t.Errorf("%v: %v, %v", size, s, err)
		}
	}
}
