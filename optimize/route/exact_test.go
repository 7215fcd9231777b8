package route_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"
	"truckroll/optimize/check"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// best is the least cost of any plan, found by looking at every order of every subset of visits in every shift.
func best(p *route.Problem) (least route.Cost) {
	least.Hard = route.Never
	orders := make([][]int, len(p.Shifts))
	var place func(visit int)
	place = func(visit int) {
		if visit == len(p.Visits) {
			s, ok := route.PlanOf(p, orders)
			if ok && s.Cost.Compare(least) < 0 && len(check.Plan(p, s)) == 0 {
				least = s.Cost
			}
			return
		}
		place(visit + 1)
		for k := range orders {
			for at := range len(orders[k]) + 1 {
				orders[k] = slices.Insert(orders[k], at, visit)
				place(visit + 1)
				orders[k] = slices.Delete(orders[k], at, at+1)
			}
		}
	}
	place(0)
	return least
}

// On problems small enough to be enumerated the search finds the optimum, whatever the constraints.
func TestFindsTheOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := free(route.Draw(t, 4))
		s, err := route.Solve(context.Background(), p, route.Options{Iterations: 4000, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if want := best(p); s.Cost != want {
			t.Fatalf("found %+v, the optimum is %+v", s.Cost, want)
		}
	})
}

// Visits may be worth it, or possible, only together: neither alone is worth the price of the shift, or neither alone
// fills the hour until the break.
func TestFindsWhatIsWorthItOnlyTogether(t *testing.T) {
	hour := route.Shift{Window: route.Window{From: 28800, Until: 43200}, Breaks: []route.Break{{Windows: []route.Window{{From: 32400, Until: 34200}}, Duration: 900}}}
	dear := route.Shift{Window: route.Window{From: 28800, Until: 43200}, Fixed: 8000}
	for name, c := range map[string]struct {
		shift    route.Shift
		terms    []route.Term
		optional bool
		soft     int64
	}{
		"a price for the shift": {dear, nil, true, 8000},
		"a price of waiting":    {hour, []route.Term{{Kind: route.Waiting, Weight: 10}}, true, 0},
		"no waiting":            {hour, []route.Term{{Kind: route.Waiting, Hard: true}}, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := &route.Problem{
				Technicians: []route.Technician{{}}, Modes: []route.Mode{{Matrix: plane{x: []float64{0}, y: []float64{0}}}},
				Shifts: []route.Shift{c.shift}, Policy: route.Policy{Terms: c.terms},
			}
			for _, duration := range []int64{2400, 1200} {
				v := route.Visit{Duration: duration, Priority: 1}
				if c.optional {
					v.Optional, v.Price = true, 5000
				}
				p.Visits = append(p.Visits, v)
			}
			s, err := route.Solve(context.Background(), p, route.Options{Iterations: 500, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			if want := (route.Cost{Soft: c.soft}); len(s.Absent) > 0 || s.Cost != want || want != best(p) {
				t.Errorf("%d absent at %+v, the optimum is %+v", len(s.Absent), s.Cost, best(p))
			}
		})
	}
}

// The same with eight visits that do not all fit in the only shift: every order of every subset is looked at.
func TestFindsTheOptimumOfEight(t *testing.T) {
	p := town(8, 1)
	p.Shifts[0].Window.Until -= 2 * 3600
	s, err := route.Solve(context.Background(), p, route.Options{Iterations: 8000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if want := best(p); s.Cost != want || want.Absent == 0 {
		t.Fatalf("found %+v, the optimum is %+v", s.Cost, want)
	}
}

// Eight visits over two shifts of two technicians, with every constraint that the enumeration knows: it shares no code
// with the search, which must find its optimum.
func TestFindsTheEnumeratedOptimumOfEight(t *testing.T) {
	for seed, n := 0, 0; n < 3; seed++ {
		p := rapid.Custom(func(t *rapid.T) *route.Problem { return enumerable(route.Draw(t, 8)) }).Example(seed)
		if len(p.Visits) < 8 || len(p.Shifts) != 2 {
			continue
		}
		n++
		s, err := route.Solve(context.Background(), p, route.Options{Iterations: 4000, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if want := enumerated(p); s.Cost != want {
			t.Errorf("example %d: found %+v, the optimum is %+v", seed, s.Cost, want)
		}
	}
}

// The same with fewer visits and up to four shifts, on any problem.
func TestFindsTheEnumeratedOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := enumerable(route.Draw(t, 4))
		s, err := route.Solve(context.Background(), p, route.Options{Iterations: 4000, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if want := enumerated(p); s.Cost != want {
			t.Fatalf("found %+v, the optimum is %+v", s.Cost, want)
		}
	})
}

// enumerable leaves a problem what the enumeration knows.
func enumerable(p *route.Problem) *route.Problem {
	links := p.Links
	free(p)
	for _, l := range links {
		if slices.Contains([]route.LinkKind{route.SameDay, route.SameTechnician, route.OtherTechnician, route.SameShift, route.Follows}, l.Kind) {
			p.Links = append(p.Links, l)
		}
	}
	p.Present = nil
	for i := range p.Modes {
		p.Modes[i].Clock = travel.Clock{}
	}
	for i := range p.Shifts {
		p.Shifts[i].MaxDuration = 0
	}
	p.Policy.Terms = slices.DeleteFunc(p.Policy.Terms, func(t route.Term) bool {
		soft := slices.Contains([]route.TermKind{route.Travel, route.Distance, route.Preferred}, t.Kind) && !t.Hard
		return !soft && t.Kind != route.Overtime && t.Kind != route.Late
	})
	return p
}

// free takes out what enumeration does not cover: links, whose times are not given by the order alone, and pins.
func free(p *route.Problem) *route.Problem {
	p.Links = nil
	for i := range p.Visits {
		p.Visits[i].Pin, p.Visits[i].Crew = nil, 0
	}
	p.Present = slices.CompactFunc(p.Present, func(a, b route.Placed) bool { return a.Visit == b.Visit }) // of a crew, one
	return p
}

// A constraint that is turned on never makes the optimum better. Clocks and limits on duration are left out: a shift
// does everything as early as it can, so that a window may push it past the rush hour.
func TestConstraintsNeverImprove(t *testing.T) {
	turnOn := map[string]func(p *route.Problem){
		"window":    func(p *route.Problem) { p.Visits[0].Windows = []route.Window{{From: 30000, Until: 33000}} },
		"skill":     func(p *route.Problem) { p.Visits[0].Skills = []route.SkillNeed{{Name: "water", Level: 2}} },
		"excluded":  func(p *route.Problem) { p.Visits[0].Excluded = []int{0} },
		"tasks":     func(p *route.Problem) { p.Shifts[0].MaxTasks = 1 },
		"short":     func(p *route.Problem) { p.Shifts[0].MaxDuration = 7200 },
		"territory": func(p *route.Problem) { p.Visits[0].Territory = "south" },
		"early":     func(p *route.Problem) { p.Shifts[0].Window.Until, p.Shifts[0].Latest = p.Shifts[0].Window.From+7200, 0 },
	}
	rapid.Check(t, func(t *rapid.T) {
		p := free(route.Draw(t, 4))
		if len(p.Visits) == 0 {
			return
		}
		unconstrained(p)
		before := solve(t, p)
		for name, on := range turnOn {
			unconstrained(p)
			on(p)
			if after := solve(t, p); after.Cost.Compare(before.Cost) < 0 {
				t.Fatalf("%s: %+v is better than %+v without the constraint", name, after.Cost, before.Cost)
			}
		}
	})
}

func solve(t *rapid.T, p *route.Problem) *route.Solution {
	s, err := route.Solve(context.Background(), p, route.Options{Iterations: 4000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func unconstrained(p *route.Problem) {
	p.Policy, p.Present = route.Policy{}, nil
	v, s := &p.Visits[0], &p.Shifts[0]
	v.Windows, v.Skills, v.Excluded, v.Territory = nil, nil, nil, ""
	s.MaxTasks, s.Window.Until, s.Latest = 0, s.Window.From+9*3600, 0
	for i := range p.Modes {
		p.Modes[i].Clock = travel.Clock{}
	}
	for i := range p.Shifts {
		p.Shifts[i].MaxDuration = 0
	}
}
