// Package generate makes up days of field service that look like real ones, for measuring and for tests. The same
// recipe and seed give the same day on every machine.
//
// It knows nothing of how such a day is planned.
package generate

import (
	"fmt"
	"math/rand/v2"

	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// Recipe says what kind of day to make. [Day] is the usual one.
type Recipe struct {
	Technicians int
	Jobs        int     // jobs in the day
	Side        float64 // metres of the square that everything lies in
	Skills      int     // different skills; a technician has a few, a job asks for one or two
	Windowed    float64 // share of jobs with a window of Window seconds
	Window      int64
	Mean        int64 // seconds of service of a mean job
	Seed        uint64
}

// Day is a metropolitan day: each technician could do about perTechnician jobs, and there is a tenth more work than
// fits.
func Day(technicians, perTechnician int, seed uint64) Recipe {
	const shift, lunch, drive = 9 * 3600, 30 * 60, 540
	return Recipe{
		Technicians: technicians, Jobs: technicians * perTechnician * 11 / 10, Side: 45_000, Skills: 10,
		Windowed: 0.5, Window: 2 * 3600, Mean: (shift-lunch)/int64(perTechnician) - drive, Seed: seed,
	}
}

// Moments of the day, in seconds since midnight.
const (
	morning = 8 * 3600
	evening = 17 * 3600
)

// Problem makes the day. Technicians start and end at home; the farther a job, the longer the drive, by
// [travel.DefaultEstimate]. The objective is priority first, then travel time.
func (r Recipe) Problem() (*route.Problem, error) {
	if r.Technicians < 1 || r.Jobs < 1 || r.Skills < 1 || r.Side <= 0 || r.Window < 1 || r.Mean < 60 {
		return nil, fmt.Errorf("recipe %+v: every figure must be positive, and a job at least a minute long", r)
	}
	day := &day{Recipe: r, rng: rand.New(rand.NewPCG(r.Seed, 0x7275636b726f6c6c))}
	day.p = &route.Problem{
		Name:   fmt.Sprintf("field service day, %d technicians, %d jobs, seed %d", r.Technicians, r.Jobs, r.Seed),
		Policy: route.Policy{Terms: []route.Term{{Kind: route.Travel, Weight: 1}}},
	}
	for i := range r.Technicians {
		day.technician(i)
	}
	for i := range r.Jobs {
		day.job(i)
	}
	matrix, err := travel.NewPlane(day.points, travel.DefaultEstimate())
	if err != nil {
		return nil, err
	}
	day.p.Modes = []route.Mode{{Name: "van", Matrix: matrix}}
	return day.p, nil
}

// day is a problem in the making.
type day struct {
	Recipe
	rng    *rand.Rand
	p      *route.Problem
	points [][2]float64
}

// place draws where somebody lives or a job is.
func (d *day) place() int {
	d.points = append(d.points, [2]float64{d.rng.Float64() * d.Side, d.rng.Float64() * d.Side})
	return len(d.points) - 1
}

func skill(k int) string { return fmt.Sprintf("skill %d", k) }

// technician draws one with 3 to 5 of 10 skills and a lunch break around noon. Every skill is held by somebody,
// because technician k has skill k.
func (d *day) technician(i int) {
	home := d.place()
	t := route.Technician{ID: fmt.Sprintf("T%d", i+1)}
	want := min(d.Skills, 3+d.rng.IntN(3))
	for _, k := range d.rng.Perm(d.Skills) {
		if k != i%d.Skills && want > 1 {
			t.Skills = append(t.Skills, route.Skill{Name: skill(k), Level: 1})
			want--
		}
	}
	t.Skills = append(t.Skills, route.Skill{Name: skill(i % d.Skills), Level: 1})
	d.p.Technicians = append(d.p.Technicians, t)
	d.p.Shifts = append(d.p.Shifts, route.Shift{
		ID: t.ID, Technician: i, Start: home, End: home, Window: route.Window{From: morning, Until: evening},
		Breaks: []route.Break{{ID: "lunch", Windows: []route.Window{{From: 11*3600 + 1800, Until: 13*3600 + 1800}}, Duration: 1800}},
	})
}

// priorities of twenty jobs; most work is routine.
var priorities = [20]int64{10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 20, 20, 20, 20, 20, 20, 50, 50, 50, 100}

// job draws one, half to one and a half times the mean long.
func (d *day) job(i int) {
	v := route.Visit{
		ID: fmt.Sprintf("J%d", i+1), Place: d.place(),
		Duration: (d.Mean/2 + d.rng.Int64N(d.Mean+1)) / 60 * 60,
		Priority: priorities[d.rng.IntN(len(priorities))],
		Skills:   d.skills(),
	}
	if d.rng.Float64() < d.Windowed {
		slots := max(1, (evening-morning-d.Window)/1800)
		from := morning + d.rng.Int64N(slots)*1800
		v.Windows = []route.Window{{From: from, Until: from + d.Window}}
	}
	d.p.Visits = append(d.p.Visits, v)
}

// skills draws one skill, or two of one technician, so that somebody can do the job.
func (d *day) skills() []route.SkillNeed {
	holder := d.p.Technicians[d.rng.IntN(len(d.p.Technicians))]
	first := d.rng.IntN(len(holder.Skills))
	needs := []route.SkillNeed{{Name: holder.Skills[first].Name, Level: 1}}
	if len(holder.Skills) > 1 && d.rng.IntN(5) == 0 {
		second := (first + 1 + d.rng.IntN(len(holder.Skills)-1)) % len(holder.Skills)
		needs = append(needs, route.SkillNeed{Name: holder.Skills[second].Name, Level: 1})
	}
	return needs
}
