package route

import (
	"testing"

	"pgregory.net/rapid"
)

// What the search believes of a plan is what the slow definitions say of it, and the change of cost that an insertion
// promises is the difference that it makes.
func TestDeltaIsDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, _ := Draw(t, 12).prepare()
		m, err := compile(p, all(len(p.Shifts)), all(len(p.Visits)))
		if err != nil {
			t.Fatal(err)
		}
		plan := newPlan(m)
		w := newWorker(m, newDice(rapid.Uint64().Draw(t, "seed"), 0))
		w.attach(plan, m.whole())
		plan.setPrices(1000)
		for range 20 {
			for _, i := range rapid.Permutation(append([]int32{}, plan.absent...)).Draw(t, "order") {
				if plan.nodes[i].shift >= 0 {
					continue
				}
				if plan.members(i) != nil {
					w.gather(plan.members(i))
					continue
				}
				after, delta := w.seek(i)
				if after < 0 {
					continue
				}
				before := plan.cost
				plan.insert(i, after, delta)
				if plan.cost-before != delta {
					t.Fatalf("visit %d: promised %d, cost %d", m.visit[i], delta, plan.cost-before)
				}
			}
			sameAsSlow(t, p, plan)
			if m.n == 0 || plan.placed == 0 {
				return
			}
			plan.mark()
			before := plan.score()
			seed := int32(rapid.IntRange(0, m.n-1).Draw(t, "ruin"))
			w.ruin(seed)
			if rapid.Bool().Draw(t, "rollback") || !plan.sound() {
				plan.rollback()
				if plan.score() != before {
					t.Fatalf("rollback to %v, was %v", plan.score(), before)
				}
			}
			sameAsSlow(t, p, plan)
		}
	})
}

// sameAsSlow compares a plan's score with the cost of the solution that it reports.
func sameAsSlow(t *rapid.T, p *Problem, plan *plan) {

	d := newDraft(p)
	plan.write(d)
	for k, calls := range d.calls {
		if _, ok := p.timetable(k, calls); !ok {
			t.Fatalf("the search makes %v, which the timetable finds impossible", calls)
		}
	}
	solution := report(p, d, 0)
	if got, want := plan.score(), solution.Cost; got != want {
		t.Fatalf("the search has %+v, the slow definition %+v\n%+v", got, want, solution.Terms)
	}
}
