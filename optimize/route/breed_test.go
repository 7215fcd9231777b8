package route

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// Whatever the parents, children have every visit once, and the herd's best plan keeps every rule at the cost that it
// claims.
func TestHerdsKeepEveryVisit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawAlike(t)
		m, err := compile(p, all(len(p.Shifts)), all(len(p.Visits)))
		if err != nil {
			t.Fatal(err)
		}
		b, h := newBreeder(m, newDice(rapid.Uint64().Draw(t, "seed"), 0)), newHerd(m)
		for range strays + 10 {
			b.children, b.verdicts = b.children[:0], b.verdicts[:0]
			b.child(h)
			for _, c := range b.children {
				b.l.load(c.next)
				b.l.sameAfresh(t)
				h.add(c)
			}
			h.watch(b.verdicts[0])
		}
		if h.best == nil {
			return
		}
		plan := newPlan(m)
		plan.follow(h.best.next)
		sameAsSlow(t, p, plan)
		if got, want := h.best.score(m), plan.score(); got != want {
			t.Fatalf("the herd says %+v, the plan %+v", got, want)
		}
	})
}

// A culled herd keeps its best.
func TestCullingKeepsTheBest(t *testing.T) {
	w := bench(t, 60, false)
	m := w.plan.m
	b, h := newBreeder(m, newDice(1, 1)), newHerd(m)
	least := map[bool]int64{}
	for range 200 {
		b.children, b.verdicts = b.children[:0], b.verdicts[:0]
		b.child(h)
		for _, c := range b.children {
			if cost, any := least[c.sound()]; c.sound() && (!any || c.cost < cost) {
				least[true] = c.cost
			}
			h.add(c)
		}
		h.watch(b.verdicts[0])
		for _, pool := range h.pools {
			if len(pool) > fewest+litter {
				t.Fatalf("%d members in a pool", len(pool))
			}
		}
	}
	if len(h.pools[0]) == 0 || h.pools[0][0].cost != least[true] || h.best.cost != least[true] {
		t.Fatalf("best %d, least cost seen %d", h.best.cost, least[true])
	}
}

// A renewed herd has the best of the old one, and others that keep every rule.
func TestRenewedHerdsKeepTheBest(t *testing.T) {
	p := bench(t, 40, false).plan.m.p
	s := &search{p: p, opts: Options{Threads: 2}, champ: newChampion(p), clock: Options{}.stopwatch()}
	m, err := compile(p, all(len(p.Shifts)), all(len(p.Visits)))
	if err != nil {
		t.Fatal(err)
	}
	h, workers := newHerd(m), s.breeders(m, int32(m.r))
	for h.best == nil || h.born < 2*strays {
		s.generation(workers, h, 1)
	}
	best := h.best.cost
	young := s.renewed(workers, h)
	if young.best.cost > best || len(young.pools[0]) != 1+breeders*renewals || len(young.pools[1]) > 0 {
		t.Fatalf("best %d of %d and %d, was %d", young.best.cost, len(young.pools[0]), len(young.pools[1]), best)
	}
}

// Herds are bred alike by any number of threads, and the plans are those of the problem.
func TestHerdsForAnyThreads(t *testing.T) {
	w := bench(t, 40, false)
	p := w.plan.m.p
	if !w.plan.m.alike() {
		t.Fatal("no herd would be bred")
	}
	var first *Solution
	for _, threads := range []int{1, 3} {
		s, err := Solve(context.Background(), p, Options{Iterations: 20000, Seed: 5, Threads: threads})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = s
		}
		if len(s.Absent) > 0 {
			t.Fatalf("%d visits are absent, so no herd was bred", len(s.Absent))
		}
		if s.Cost != first.Cost || s.Run.Iterations != first.Run.Iterations {
			t.Fatalf("%d threads: %+v after %d iterations, one: %+v after %d", threads, s.Cost, s.Run.Iterations, first.Cost, first.Run.Iterations)
		}
	}
}

func BenchmarkChild(b *testing.B) {
	for name, visits := range map[string]int{"100": 100, "400": 400} {
		b.Run(name, func(b *testing.B) {
			m := bench(b, visits, false).plan.m
			h, one := newHerd(m), newBreeder(m, newDice(1, 1))
			for b.Loop() {
				one.children, one.verdicts = one.children[:0], one.verdicts[:0]
				one.child(h)
				for _, c := range one.children {
					h.add(c)
				}
				h.watch(one.verdicts[0])
			}
		})
	}
}

// Loads that fill four shifts to the last unit are packed into four.
func TestPressedToTheFewest(t *testing.T) {
	p := bench(t, 24, false).plan.m.p
	p.Policy.FewFirst = true
	for k := range p.Shifts {
		p.Shifts[k].Capacity, p.Shifts[k].Window.Until = []int64{100}, 24*3600
	}
	for range 5 {
		p.Technicians, p.Shifts = append(p.Technicians, Technician{}), append(p.Shifts, p.Shifts[0])
		p.Shifts[len(p.Shifts)-1].Technician = len(p.Technicians) - 1
	}
	loads := []int64{51, 27, 22, 48, 33, 19, 41, 38, 21, 37, 13, 11, 9, 7, 5, 4, 3, 3, 2, 2, 1, 1, 1, 1}
	for i := range p.Visits {
		p.Visits[i].Windows, p.Visits[i].Deliver = nil, []int64{loads[i]}
	}
	s, err := Solve(context.Background(), p, Options{Iterations: 40000, Seed: 2, Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Absent) > 0 || s.Cost.Shifts != 4 {
		t.Fatalf("%d shifts and %d absent", s.Cost.Shifts, len(s.Absent))
	}
}
