package route_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

// plane measures places on a map with 1 m/s as the crow flies.
type plane struct{ x, y []float64 }

func (p plane) Len() int { return len(p.x) }
func (p plane) Distance(i, j int) int32 {
	return int32(math.Hypot(p.x[i]-p.x[j], p.y[i]-p.y[j]))
}
func (p plane) Duration(i, j int) int32 { return p.Distance(i, j) }

// town has visits of an hour at random places, and technicians who work from eight to five, with lunch.
func town(visits, technicians int) *route.Problem {
	dice := rand.New(rand.NewPCG(1, 2))
	var at plane
	place := func() int {
		at.x, at.y = append(at.x, math.Floor(dice.Float64()*3000)), append(at.y, math.Floor(dice.Float64()*3000))
		return len(at.x) - 1
	}
	p := &route.Problem{}
	for t := range technicians {
		home := place()
		p.Technicians = append(p.Technicians, route.Technician{ID: fmt.Sprint("t", t)})
		p.Shifts = append(p.Shifts, route.Shift{
			ID: fmt.Sprint("s", t), Technician: t, Start: home, End: home, Window: route.Window{From: 8 * 3600, Until: 17 * 3600},
			Breaks: []route.Break{{Windows: []route.Window{{From: 11 * 3600, Until: 13 * 3600}}, Duration: 1800}},
		})
	}
	for v := range visits {
		visit := route.Visit{ID: fmt.Sprint("v", v), Place: place(), Duration: 3600, Priority: 1 + dice.Int64N(5)}
		if v%3 == 0 {
			visit.Windows = []route.Window{{From: 9 * 3600, Until: 11 * 3600}}
		}
		p.Visits = append(p.Visits, visit)
	}
	p.Modes = []route.Mode{{Matrix: at}}
	return p
}

// The plan depends on the seed and the number of iterations, not on the number of threads: on small problems, on
// regions and on blocks.
func TestSamePlanForAnyThreads(t *testing.T) {
	for _, size := range []struct{ visits, technicians, iterations int }{{40, 6, 2000}, {350, 50, 1000}, {2600, 300, 20}} {
		var first *route.Solution
		for _, threads := range []int{1, 3} {
			p := town(size.visits, size.technicians)
			opts := route.Options{Iterations: int64(size.iterations), Seed: 7, Threads: threads}
			s, err := route.Solve(context.Background(), p, opts)
			if err != nil {
				t.Fatal(err)
			}
			if faults := check.Plan(p, s); len(faults) > 0 {
				t.Fatal(faults)
			}
			s.Run = route.Run{}
			if first == nil {
				first = s
			}
			if diff := cmp.Diff(first, s); diff != "" {
				t.Fatalf("%d visits, %d threads: %s", size.visits, threads, diff)
			}
		}
	}
}

// A run that is cancelled returns the best plan so far, without an error.
func TestCancelReturnsTheBestPlan(t *testing.T) {
	for _, visits := range []int{100, 400, 2600} {
		ctx, cancel := context.WithCancel(context.Background())
		var asked atomic.Int64
		clock := func() time.Duration { // by which an hour never passes
			if asked.Add(1) == 200 {
				cancel()
			}
			return 0
		}
		p := town(visits, visits/8)
		s, err := route.Solve(ctx, p, route.Options{Time: time.Hour, Seed: 1, Threads: 2, Clock: clock})
		if err != nil {
			t.Fatal(err)
		}
		if faults := check.Plan(p, s); len(faults) > 0 {
			t.Fatal(faults)
		}
		if len(s.Absent) > visits/2 {
			t.Errorf("%d of %d visits are absent", len(s.Absent), visits)
		}
	}
}

// Time is measured by Options.Clock: with one that counts how often it was asked, a run of one thread ends when that
// says so, and does the same again.
func TestClockIsTheCallers(t *testing.T) {
	run := func() *route.Solution {
		asked := 5 * time.Second // where it stands at the start does not matter
		s, err := route.Solve(context.Background(), town(40, 6), route.Options{Time: time.Second, Seed: 1, Threads: 1, Clock: func() time.Duration {
			asked += 20 * time.Millisecond
			return asked
		}})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := run()
	if e := first.Run.Elapsed; e < time.Second || e > 2*time.Second {
		t.Errorf("%v elapsed", e)
	}
	if diff := cmp.Diff(first, run()); diff != "" {
		t.Error(diff)
	}
}

// A deadline of the context ends a run as well, and Progress is told of plans that only get better.
func TestProgressNeverGetsWorse(t *testing.T) {
	var costs []route.Cost
	s, err := route.Solve(context.Background(), town(60, 6), route.Options{Iterations: 3000, Seed: 1, Progress: func(now route.Progress) {
		costs = append(costs, now.Cost)
	}})
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(costs); i++ {
		if costs[i].Compare(costs[i-1]) > 0 {
			t.Errorf("progress %d: %+v after %+v", i, costs[i], costs[i-1])
		}
	}
	if last := costs[len(costs)-1]; s.Cost != last {
		t.Errorf("progress ends with %+v, the solution costs %+v", last, s.Cost)
	}
}

// What is pinned in a sequence stays, though it is late by now, and the lateness is stated as hard cost.
func TestPinnedSequenceStays(t *testing.T) {
	p := town(12, 2)
	for rank, v := range []int{3, 6, 9, 0, 1, 2, 4, 5, 7} {
		p.Visits[v].Pin = &route.Pin{Shift: 1, Start: route.Never, Rank: rank}
	}
	s, err := route.Solve(context.Background(), p, route.Options{Iterations: 2000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var order []int
	for _, stop := range s.Routes[1].Stops {
		if stop.Visit >= 0 {
			order = append(order, stop.Visit)
		}
	}
	if diff := cmp.Diff([]int{3, 6, 9, 0, 1, 2, 4, 5, 7}, order); diff != "" {
		t.Error(diff)
	}
	if s.Cost.Hard == 0 {
		t.Error("nine visits of an hour do not fit in a shift, and yet nothing is late")
	}
}

// In a day that has begun, a new urgent visit goes in and no more than the permitted number of others move.
func TestFewMoves(t *testing.T) {
	p := town(60, 8)
	s, err := route.Solve(context.Background(), p, route.Options{Iterations: 1000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.Routes {
		for _, stop := range r.Stops {
			if stop.Visit >= 0 {
				p.Present = append(p.Present, route.Placed{Visit: stop.Visit, Shift: r.Shift, Start: stop.Begin})
			}
		}
	}
	p.Visits = append(p.Visits, route.Visit{ID: "urgent", Place: 5, Duration: 5400, Priority: 100})
	p.Policy = route.Policy{MaxMoves: 3, Terms: []route.Term{{Kind: route.Travel, Weight: 1}, {Kind: route.Stable, Weight: 5}}}
	s, err = route.Solve(context.Background(), p, route.Options{Iterations: 1000, Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	if faults := check.Plan(p, s); len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, a := range s.Absent {
		if p.Visits[a.Visit].ID == "urgent" {
			t.Error("the urgent visit is left out:", a.Reason)
		}
	}
}

// A policy that wants few shifts first gets by with fewer than one that does not.
func TestFewShiftsFirst(t *testing.T) {
	p := town(30, 15)
	p.Policy.FewFirst = true
	s, err := route.Solve(context.Background(), p, route.Options{Iterations: 3000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if s.Cost.Absent > 0 || s.Cost.Shifts > 5 {
		t.Errorf("%d absent, %d shifts; eight hours of work and seven visits fit in a shift", s.Cost.Absent, s.Cost.Shifts)
	}
}

// Whoever asks why a visit is absent hears it, shift by shift.
func TestReasons(t *testing.T) {
	p := town(5, 2)
	p.Technicians[0].Territories = []string{"north"}
	p.Technicians[1].Skills = []route.Skill{{Name: "gas", Level: 1}}
	p.Visits[0].Skills = []route.SkillNeed{{Name: "gas", Level: 2}}
	p.Visits[1].Territory, p.Visits[1].Excluded = "south", []int{1}
	p.Visits[2].Parts = map[string]int64{"valve": 1}
	p.Visits[3].Windows = []route.Window{{From: 20 * 3600, Until: 21 * 3600}}
	p.Visits[4].Optional = true
	s, err := route.Solve(context.Background(), p, route.Options{Iterations: 500, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	got := map[int]route.Reason{}
	for _, a := range s.Absent {
		got[a.Visit] = a.Reason
	}
	want := map[int]route.Reason{0: route.NoSkill, 1: route.NotAllowed, 2: route.NoParts, 3: route.OutOfReach, 4: route.NotWorth}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	insights := p.Insights(s, 1)
	if insights[0].Reason != route.NoTerritory || insights[1].Reason != route.NotAllowed {
		t.Error(insights)
	}
	if insights[0].Extra != nil || insights[1].Extra != nil {
		t.Error("it may not be put there, whatever it costs", insights)
	}
	for _, insight := range p.Insights(s, 4) { // its price is 0, so that no detour is worth it
		if len(insight.Extra) != 1 || insight.Extra[0].Kind != route.Travel || insight.Extra[0].Units <= 0 {
			t.Errorf("%+v", insight)
		}
	}
}

// A re-solve is never worse than the present plan with what is new put in where it costs least.
func TestNeverWorseThanTheRepairedPlan(t *testing.T) {
	p := town(60, 6)
	s, err := route.Solve(context.Background(), p, route.Options{Iterations: 500, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.Routes {
		for _, stop := range r.Stops {
			if stop.Visit >= 0 && stop.Visit != 7 {
				p.Present = append(p.Present, route.Placed{Visit: stop.Visit, Shift: r.Shift, Start: stop.Begin})
			}
		}
	}
	for _, most := range []int{0, 2, 10} {
		p.Policy.MaxMoves = most
		for seed := range uint64(2) {
			repaired, err := route.Repaired(p, seed)
			if err != nil {
				t.Fatal(err)
			}
			for _, iterations := range []int64{1, 100} {
				s, err := route.Solve(context.Background(), p, route.Options{Iterations: iterations, Seed: seed})
				if err != nil {
					t.Fatal(err)
				}
				if s.Cost.Compare(repaired) > 0 {
					t.Errorf("%d may move, seed %d, %d iterations: %+v, repaired %+v", most, seed, iterations, s.Cost, repaired)
				}
			}
		}
	}
}

// A run that is cancelled at once has no plan but what is pinned in a sequence, on small problems and in blocks.
func TestCancelledAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, visits := range []int{60, 2600} {
		p := town(visits, visits/8)
		p.Visits[3].Pin = &route.Pin{Shift: 1, Start: route.Never, Rank: 0}
		s, err := route.Solve(ctx, p, route.Options{Seed: 1, Threads: 2})
		if err != nil {
			t.Fatal(err)
		}
		if faults := check.Plan(p, s); len(faults) > 0 || s.Cost.Hard > 0 {
			t.Error(faults, s.Cost)
		}
		if s.Run.Iterations > 0 {
			t.Errorf("%d iterations were made", s.Run.Iterations)
		}
	}
}

// However little time there is, what can be made is made.
func TestNoTimeIsEnough(t *testing.T) {
	for seed := range uint64(200) {
		p := town(1, 1)
		s, err := route.Solve(context.Background(), p, route.Options{Time: 1, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Absent) > 0 {
			t.Fatalf("seed %d: the only visit is absent", seed)
		}
	}
}
