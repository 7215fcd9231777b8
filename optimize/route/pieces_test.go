package route

import (
	"context"
	"testing"
)

// A plan that is improved piece by piece has every visit, costs what the pieces together claim, and is the same for any
// number of threads.
func TestPiecesForAnyThreads(t *testing.T) {
	p := bench(t, herding, false).plan.m.p
	var first Cost
	for _, threads := range []int{1, 3} {
		s := &search{
			p: p, opts: Options{Iterations: 2000, Seed: 3, Threads: threads}, ctx: context.Background(), dice: newDice(3, -2),
			champ: newChampion(p), start: newDraft(p), clock: Options{}.stopwatch(),
		}
		m, err := compile(p, all(len(p.Shifts)), all(len(p.Visits)))
		if err != nil {
			t.Fatal(err)
		}
		s.regions(m, scouted)
		before := s.champ.cost
		if err := s.pieces(scouted); err != nil {
			t.Fatal(err)
		}
		if before.Absent > 0 || s.champ.cost.Compare(before) >= 0 {
			t.Fatalf("%d threads: from %+v to %+v", threads, before, s.champ.cost)
		}
		if got := report(p, s.champ.draft, 0).Cost; got != s.champ.cost {
			t.Fatalf("%d threads: claimed %+v, is %+v", threads, s.champ.cost, got)
		}
		if threads == 1 {
			first = s.champ.cost
		}
		if s.champ.cost != first {
			t.Fatalf("%d threads: %+v, one: %+v", threads, s.champ.cost, first)
		}
	}
}
