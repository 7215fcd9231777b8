package route_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"
	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

// The checker shares no code with the solver, and finds nothing wrong with its plans.
func TestPlansPassTheChecker(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := route.Draw(t, 12)
		s, err := route.Solve(context.Background(), p, route.Options{Iterations: 200, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range check.Plan(p, s) {
			t.Error(fault)
		}
	})
}
