package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"truckroll/optimize/generate"
	"truckroll/optimize/route"
)

// day is a day of field service, with what VROOM reached on another one of the same size and recipe.
type day struct {
	technicians, each int
	vroom             reference
	several           int // days of this size that are planned, with seeds from daySeed on
}

// reference is a plan: how many jobs it makes, their priority, the seconds of travel, and the CPU seconds it took.
type reference struct {
	jobs, priority, travel int
	cpu                    float64
}

// The references are VROOM's with exploration level 1 (0 for 500 technicians), as measured before this repository was
// begun. Those days are not ours, so only shares can be compared: of the jobs that are served, and travel a job. One day
// differs from the next by more than one plan from another, so the mean of several is compared.
var days = []day{
	{50, 5, reference{249, 5_920, 156_606, 1.3}, 1},
	{50, 8, reference{404, 10_250, 217_466, 3.0}, 1},
	{200, 5, reference{972, 25_350, 626_982, 63}, 1},
	{200, 8, reference{1_634, 43_380, 910_074, 159}, 4},
	{500, 5, reference{2_354, 64_810, 1_844_134, 198}, 1},
	{500, 8, reference{}, 1},
	{1000, 5, reference{}, 1},
	{1000, 8, reference{}, 1},
}

const daySeed = 1

// dayBudget is ten seconds, less what would make two threads use more than an eighth of VROOM's processor time.
const dayBudget = 9900 * time.Millisecond

func (d day) name() string { return fmt.Sprintf("%dx%d", d.technicians, d.technicians*d.each*11/10) }

// plus adds up the plans of two days.
func (r reference) plus(s reference) reference {
	return reference{r.jobs + s.jobs, r.priority + s.priority, r.travel + s.travel, r.cpu + s.cpu}
}

// served sums up what a plan does.
func served(p *route.Problem, plan *route.Solution) (r reference) {
	absent := map[int]bool{}
	for _, a := range plan.Absent {
		absent[a.Visit] = true
	}
	for i, v := range p.Visits {
		if !absent[i] {
			r.jobs++
			r.priority += int(v.Priority)
		}
	}
	for _, shift := range plan.Routes {
		r.travel += int(shift.Travel)
	}
	return r
}

func daysRow(b *bench) error {
	ran := 0
	for _, d := range days {
		if b.chosen != nil && !b.chosen.MatchString(d.name()) {
			continue
		}
		ran++
		var sum reference
		for k := range d.several {
			got, err := b.oneDay(d, daySeed+uint64(k))
			if err != nil {
				return err
			}
			sum = sum.plus(got)
		}
		b.dayFigures(d, sum)
	}
	if ran == 0 {
		return errNone
	}
	return nil
}

func (b *bench) oneDay(d day, seed uint64) (reference, error) {
	p, err := generate.Day(d.technicians, d.each, seed).Problem()
	if err != nil {
		return reference{}, err
	}
	cpu := cpuSeconds()
	plan, err := b.solve(d.name(), p, dayBudget)
	if err != nil {
		return reference{}, err
	}
	got := served(p, plan)
	got.cpu = cpuSeconds() - cpu
	if d.several > 1 {
		b.say("   day %d: %.2f %% served, %.0f s of travel a job", seed, 100*float64(got.jobs)/float64(len(p.Visits)), float64(got.travel)/float64(got.jobs))
	}
	return got, nil
}

// dayFigures prints the sum of several days of a size.
func (b *bench) dayFigures(d day, got reference) {
	name, jobs := "days."+d.name(), float64(d.several*d.technicians*d.each*11/10)
	share, each := 100*float64(got.jobs)/jobs, float64(got.travel)/float64(got.jobs)
	b.shown(name+".priority", float64(got.priority), "points")
	b.shown(name+".travel", float64(got.travel), "s")
	if d.technicians != 200 || d.each != 8 {
		b.shown(name+".served", share, "%")
		b.shown(name+".travel-a-job", each, "s")
		return
	}
	v := d.vroom
	b.figure(name+".served", share, "%", ">=", 100*float64(v.jobs)/jobs*float64(d.several))
	b.figure(name+".travel-a-job", each, "s", "<=", 0.95*float64(v.travel)/float64(v.jobs))
	b.figure(name+".cpu", got.cpu/float64(d.several), "s", "<=", v.cpu/8)
}

// largeRow watches a day of 1,000 technicians and 8,000 jobs: when the first plan is there, what it is after five
// seconds, and the memory of the whole process.
func largeRow(b *bench) error {
	recipe := generate.Day(1000, 8, daySeed)
	recipe.Jobs = 8000
	p, err := recipe.Problem()
	if err != nil {
		return err
	}
	clock := b.clock()
	began := clock()
	first, five, best := time.Duration(0), route.Cost{}, route.Cost{}
	options := b.options(time.Minute)
	options.Progress = func(at route.Progress) {
		now := clock() - began
		if first == 0 {
			first, five = now, at.Cost
		}
		if now <= time.Duration(5*float64(time.Second)*b.scale) {
			five = at.Cost
		}
		best = at.Cost
	}
	plan, err := b.solveWith("large", p, options)
	if err != nil {
		return err
	}
	b.figure("large.first", first.Seconds(), "s", "<=", 5)
	b.figure("large.improves", float64(five.Unserved-best.Unserved), "points", ">=", 1)
	b.figure("large.memory", peakMemory(), "MiB", "<=", 512)
	got := served(p, plan)
	b.shown("large.jobs", float64(got.jobs), "jobs")
	b.shown("large.priority", float64(got.priority), "points")
	b.shown("large.travel", float64(got.travel), "s")
	if !b.long {
		return nil
	}
	long, err := b.solve("large for ten minutes", p, 10*time.Minute)
	if err != nil {
		return err
	}
	ten := served(p, long)
	b.shown("large.long.priority", float64(ten.priority), "points")
	b.shown("large.long.travel", float64(ten.travel), "s")
	b.figure("large.behind", got.behind(ten), "%", "<=", 2)
	return nil
}

// behind is by how many percent a plan is worse than another: in priority or, where that is the same, in travel.
func (r reference) behind(better reference) float64 {
	if r.priority == better.priority {
		return 100 * (float64(r.travel)/float64(better.travel) - 1)
	}
	return 100 * (1 - float64(r.priority)/float64(better.priority))
}

// indayRow disrupts a plan at noon, once in each way, and lets the solver mend it.
func indayRow(b *bench) error {
	p, err := generate.Day(200, 8, daySeed).Problem()
	if err != nil {
		return err
	}
	morning, err := b.solve("the morning's plan", p, 10*time.Second)
	if err != nil {
		return err
	}
	for _, event := range []struct {
		name string
		kind generate.Kind
	}{{"cancellation", generate.Cancellation}, {"emergency", generate.Emergency}, {"overrun", generate.Overrun}} {
		next, happened, err := generate.Disrupt(p, morning, 12*3600, 10, daySeed, event.kind)
		if err != nil {
			return err
		}
		repaired, err := b.solveWith("best insertion after a "+event.name, next, route.Options{Iterations: 1, Threads: 1, Seed: b.seed})
		if err != nil {
			return err
		}
		mended, err := b.solve(event.name, next, 2*time.Second)
		if err != nil {
			return err
		}
		b.say("%s: %v, best insertion %v", happened[0].Text, mended.Cost, repaired.Cost)
		b.figure("inday."+event.name+".moved", float64(moved(next, mended)), "visits", "<=", 10)
		worse := 0.0
		if mended.Cost.Compare(repaired.Cost) > 0 {
			worse = 1
		}
		b.figure("inday."+event.name+".worse", worse, "plans", "<=", 0)
	}
	return nil
}

// moved counts visits of the present plan that are in another shift or in none.
func moved(p *route.Problem, plan *route.Solution) (n int) {
	stays := map[[2]int]bool{}
	for _, r := range plan.Routes {
		for _, stop := range r.Stops {
			stays[[2]int{stop.Visit, r.Shift}] = true
		}
	}
	for _, at := range p.Present {
		if !stays[[2]int{at.Visit, at.Shift}] {
			n++
		}
	}
	return n
}

// peakMemory of this process in MiB, as Linux counts it; 0 elsewhere.
func peakMemory() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			kib, err := strconv.ParseFloat(f[1], 64)
			if err != nil {
				return 0
			}
			return kib / 1024
		}
	}
	return 0
}

// exportDay writes a day in VROOM's JSON, so that others can be measured on it.
func exportDay(w io.Writer, name string) error {
	for _, d := range days {
		if d.name() == name {
			p, err := generate.Day(d.technicians, d.each, daySeed).Problem()
			if err != nil {
				return err
			}
			return json.NewEncoder(w).Encode(vroomOf(p))
		}
	}
	return fmt.Errorf("day %q is unknown", name)
}

// vroomOf tells a day as VROOM's input. Skill k is the number k.
func vroomOf(p *route.Problem) map[string]any {
	number := func(skill string) int {
		k, err := strconv.Atoi(strings.TrimPrefix(skill, "skill "))
		if err != nil {
			panic(err) // the generator names them so
		}
		return k
	}
	var vehicles, jobs []map[string]any
	for i, s := range p.Shifts {
		skills := []int{}
		for _, k := range p.Technicians[s.Technician].Skills {
			skills = append(skills, number(k.Name))
		}
		lunch := s.Breaks[0]
		vehicles = append(vehicles, map[string]any{
			"id": i + 1, "start_index": s.Start, "end_index": s.End, "skills": skills, "time_window": []int64{s.Window.From, s.Window.Until},
			"breaks": []any{map[string]any{"id": 1, "service": lunch.Duration, "time_windows": [][]int64{{lunch.Windows[0].From, lunch.Windows[0].Until}}}},
		})
	}
	for i, v := range p.Visits {
		job := map[string]any{"id": i + 1, "location_index": v.Place, "service": v.Duration, "priority": v.Priority}
		skills := []int{}
		for _, k := range v.Skills {
			skills = append(skills, number(k.Name))
		}
		job["skills"] = skills
		if len(v.Windows) == 1 {
			job["time_windows"] = [][]int64{{v.Windows[0].From, v.Windows[0].Until}}
		}
		jobs = append(jobs, job)
	}
	m := p.Modes[0].Matrix
	durations := make([][]int32, m.Len())
	for i := range durations {
		for j := range m.Len() {
			durations[i] = append(durations[i], m.Duration(i, j))
		}
	}
	return map[string]any{"vehicles": vehicles, "jobs": jobs, "matrices": map[string]any{"car": map[string]any{"durations": durations}}}
}
