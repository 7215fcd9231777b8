package generate

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

func make1(t testing.TB, r Recipe) *route.Problem {
	t.Helper()
	p, err := r.Problem()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSameSeedSameDay(t *testing.T) {
	same := func(a, b *route.Problem) bool {
		return cmp.Equal(a, b, cmpopts.IgnoreFields(route.Mode{}, "Matrix", "Clock")) &&
			a.Modes[0].Matrix.Duration(3, 9) == b.Modes[0].Matrix.Duration(3, 9)
	}
	a, b, c := make1(t, Day(20, 5, 7)), make1(t, Day(20, 5, 7)), make1(t, Day(20, 5, 8))
	if !same(a, b) {
		t.Error("the same seed made two days")
	}
	if same(a, c) {
		t.Error("two seeds made the same day")
	}
}

func TestDayIsAsDescribed(t *testing.T) {
	p := make1(t, Day(200, 8, 1))
	if len(p.Visits) != 1760 || len(p.Shifts) != 200 {
		t.Fatalf("%d visits, %d shifts", len(p.Visits), len(p.Shifts))
	}
	windowed, work, two := 0, int64(0), 0
	for _, v := range p.Visits {
		if len(v.Windows) == 1 {
			windowed++
			if w := v.Windows[0]; w.Until-w.From != 7200 || w.From < morning || w.Until > evening {
				t.Fatalf("window %v", w)
			}
		}
		if v.Priority < 10 || v.Priority > 100 {
			t.Fatalf("priority %d", v.Priority)
		}
		if len(v.Skills) == 2 {
			two++
		}
		work += v.Duration
		able := slices.ContainsFunc(p.Technicians, func(tech route.Technician) bool {
			return !slices.ContainsFunc(v.Skills, func(need route.SkillNeed) bool {
				return !slices.ContainsFunc(tech.Skills, func(s route.Skill) bool { return s.Name == need.Name })
			})
		})
		if !able {
			t.Fatalf("nobody can do %+v", v)
		}
	}
	if windowed < 790 || windowed > 970 || two < 250 || two > 460 {
		t.Errorf("of 1760 jobs %d have windows and %d ask for two skills", windowed, two)
	}
	// With nine minutes of driving to each, there is a tenth more work than the shifts have time for.
	load := float64(work+1760*540) / float64(200*(evening-morning-1800))
	if load < 1.05 || load > 1.15 {
		t.Errorf("the work is %.2f of what fits", load)
	}
	if _, same := p.Modes[0].Matrix.(*travel.Plane); !same {
		t.Errorf("the matrix is a %T; a large day must not need a table", p.Modes[0].Matrix)
	}
}

func TestRecipeRefusesNonsense(t *testing.T) {
	for _, r := range []Recipe{{}, Day(0, 5, 1), Day(5, 100, 1)} {
		if _, err := r.Problem(); err == nil {
			t.Errorf("%+v was made", r)
		}
	}
}

func TestDisruptedDayCanBeMended(t *testing.T) {
	const noon = 12 * 3600
	p := make1(t, Day(12, 5, 3))
	plan, err := route.Solve(t.Context(), p, route.Options{Iterations: 3000, Seed: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	before := len(p.Visits)
	next, happened, err := Disrupt(p, plan, noon, 10, 5, Cancellation, Emergency, Overrun)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Visits) != before || len(next.Visits) != before+1 || p.Visits[0].Release != 0 {
		t.Fatal("the day that was passed in has changed")
	}
	if err := next.Validate(); err != nil {
		t.Fatal(err)
	}
	if len(happened) != 3 || happened[1].Visit != before {
		t.Fatalf("happened: %v", happened)
	}
	if longer := next.Visits[happened[2].Visit].Duration - p.Visits[happened[2].Visit].Duration; longer != 3600 {
		t.Errorf("the overrun takes %d s longer", longer)
	}
	pinned := 0
	for _, v := range next.Visits {
		if v.Pin != nil {
			pinned++
		}
	}
	if pinned == 0 || pinned >= len(next.Present) {
		t.Errorf("%d of %d planned visits are pinned at noon", pinned, len(next.Present))
	}
	mended, err := route.Solve(t.Context(), next, route.Options{Iterations: 3000, Seed: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range check.Plan(next, mended) {
		t.Error(fault)
	}
	for _, r := range mended.Routes {
		for _, stop := range r.Stops {
			if stop.Visit == happened[0].Visit {
				t.Error("the cancelled visit is still made")
			}
		}
	}
}
