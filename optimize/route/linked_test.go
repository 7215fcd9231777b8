package route_test

import (
	"context"
	"testing"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

// care is a town in which every third visit is tied to another one that somebody else makes: at the same moment, or
// within a while.
func care(visits, technicians int) *route.Problem {
	p := town(visits, technicians)
	for i := 0; i+5 < visits; i += 6 {
		a, b := i+1, i+2
		switch i / 6 % 3 {
		case 0:
			p.Links = append(p.Links, route.Link{Kind: route.SameStart, First: a, Second: b})
		case 1:
			p.Links = append(p.Links, route.Link{Kind: route.StartAfter, First: a, Second: b, MinGap: 600, MaxGap: 7200})
		case 2:
			p.Links = append(p.Links, route.Link{Kind: route.StartAfter, First: a, Second: b, MinGap: -3000, MaxGap: -600})
		}
		p.Links = append(p.Links, route.Link{Kind: route.OtherTechnician, First: a, Second: b})
	}
	return p
}

// A search long enough to breed plans from one another, and one of many visits, keep every link.
func TestLinksAreKept(t *testing.T) {
	for _, size := range []struct{ visits, technicians, iterations int }{{60, 10, 1000}, {320, 50, 200}} {
		for seed := range uint64(3) {
			p := care(size.visits, size.technicians)
			s, err := route.Solve(context.Background(), p, route.Options{Iterations: int64(size.iterations), Seed: seed})
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range check.Plan(p, s) {
				t.Errorf("%d visits, seed %d: %v", size.visits, seed, fault)
			}
		}
	}
}
