package route

import (
	"context"
	"testing"
)

// A search makes as many iterations as it may, and no more: on islands, in herds, with few shifts first, on regions, in
// pieces and in blocks. A herd leaves over what is too little for another child.
func TestIterationsAreCounted(t *testing.T) {
	few := func(p *Problem) *Problem { p.Policy.FewFirst = true; return p }
	for _, c := range []struct {
		name  string
		p     *Problem
		spare int64 // iterations that may be left over
	}{
		{"islands", bench(t, 40, true).plan.m.p, 0},
		{"a herd", bench(t, 40, false).plan.m.p, 40},
		{"few islands", few(bench(t, 40, true).plan.m.p), 0},
		{"few herds", few(bench(t, 40, false).plan.m.p), 40},
		{"regions", bench(t, regional, true).plan.m.p, 0},
		{"pieces", bench(t, herding, false).plan.m.p, herding + pieceSize},
		{"blocks", bench(t, blocked, true).plan.m.p, 0},
	} {
		for _, budget := range []int64{1, 100, 3000} {
			s, err := Solve(context.Background(), c.p, Options{Iterations: budget, Seed: 1, Threads: 2})
			if err != nil {
				t.Fatal(err)
			}
			if n := s.Run.Iterations; n > budget || n < budget-c.spare {
				t.Errorf("%s: %d iterations where %d were to be made", c.name, n, budget)
			}
			if 10*len(s.Absent) > len(c.p.Visits) {
				t.Errorf("%s, %d iterations: %d of %d visits are absent", c.name, budget, len(s.Absent), len(c.p.Visits))
			}
		}
	}
}
