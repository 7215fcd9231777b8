// Command route measures the optimiser against published results and prints one line per figure:
//
//	figure NAME VALUE UNIT target OP VALUE ok|short
//
// Every plan is judged by optimize/check first. Instances are read from a directory that the repository does not
// hold (see doc/optimiser.md), but for the days of field service, which it makes up itself.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

// row is a line of the table in doc/optimiser.md.
type row struct {
	name string
	what string
	run  func(*bench) error
}

// rows in the order in which they are run.
var rows = []row{
	{"solomon", "56 instances of Solomon by distance, 5 s each", solomonRow},
	{"h200", "12 instances of Homberger with 200 customers, 10 s each", homberger(200, 10*time.Second, 0.15)},
	{"h400", "12 with 400 customers, 30 s each", homberger(400, 30*time.Second, 0.40)},
	{"h1000", "12 with 1,000 customers, 60 s each", homberger(1000, 60*time.Second, 1.4)},
	{"fleet", "56 instances of Solomon, vehicles before distance, 10 s each", fleetRow},
	{"pillac", "12 instances of Pillac's technician routing, 30 s each", pillacRow},
	{"kovacs", "6 instances of Kovacs' without teams and 6 with, 30 s each", kovacsRow},
	{"verolog", "6 instances of the VeRoLog challenge 2019, 30 s each", verologRow},
	{"hhcrsp", "12 instances of Mankowska's home health care, 30 s each", hhcrspRow},
	{"days", "days of field service, 10 s each", daysRow},
	{"large", "1,000 technicians and 8,000 jobs, 60 s", largeRow},
	{"inday", "a cancellation, an emergency and an overrun, 2 s each", indayRow},
}

// bench is one run of the harness.
type bench struct {
	ctx     context.Context
	data    string
	scale   float64 // of every budget
	threads int
	seed    uint64
	verbose bool
	long    bool
	byCPU   bool           // budgets are processor time
	chosen  *regexp.Regexp // the instances to run; nil is all
	out     io.Writer

	faults     int
	iterations int64
	elapsed    time.Duration
	short      int
}

func main() {
	b := &bench{out: os.Stdout}
	flag.StringVar(&b.data, "data", "../shared/data", "`directory` with the instances")
	flag.Float64Var(&b.scale, "scale", 1, "share of each budget to use; 0.1 for a quick look, whose figures mean little")
	flag.IntVar(&b.threads, "threads", 2, "threads of each run")
	flag.Uint64Var(&b.seed, "seed", 1, "seed of each run")
	flag.BoolVar(&b.verbose, "v", false, "print every instance")
	flag.BoolVar(&b.long, "long", false, "also compare the large day with its own result after ten minutes")
	flag.BoolVar(&b.byCPU, "cpu", false, "measure budgets by the processor time of this process, shared by its threads, so that other work on the machine takes nothing away; a thread that idles stretches the budget")
	instances := flag.String("instances", "", "run only the instances whose names match this regular `expression`; mean figures are then of those")
	only := flag.String("only", "", "comma-separated `rows` to run: "+strings.Join(names(), ", "))
	export := flag.String("export", "", "write the day `TECHNICIANSxJOBS` as VROOM's JSON to standard output and end")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	b.ctx = ctx
	err := b.choose(*instances)
	if err == nil {
		err = b.run(*only, *export)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// choose takes the expression that names instances.
func (b *bench) choose(expression string) (err error) {
	if expression != "" {
		b.chosen, err = regexp.Compile(expression)
	}
	return err
}

// errNone says that no instance of a row is to be run.
var errNone = errors.New("no instance of this row matches -instances")

// wanted leaves out the files of instances that are not to be run.
func (b *bench) wanted(files []file) ([]file, error) {
	if b.chosen != nil {
		files = slices.DeleteFunc(files, func(f file) bool { return !b.chosen.MatchString(f.stem()) })
	}
	if len(files) == 0 {
		return nil, errNone
	}
	return files, nil
}

func names() []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		list[i] = r.name
	}
	return list
}

func (b *bench) run(only, export string) error {
	if export != "" {
		return exportDay(b.out, export)
	}
	chosen := names()
	if only != "" {
		chosen = strings.Split(only, ",")
	}
	for _, name := range chosen {
		if !slices.Contains(names(), name) {
			return fmt.Errorf("row %q is unknown; there are %s", name, strings.Join(names(), ", "))
		}
	}
	fmt.Fprintf(b.out, "# %s, %d processors, %d threads, seed %d, budgets × %g\n", runtime.Version(), runtime.NumCPU(), b.threads, b.seed, b.scale)
	for _, r := range rows {
		if !slices.Contains(chosen, r.name) {
			continue
		}
		fmt.Fprintf(b.out, "# %s: %s\n", r.name, r.what)
		b.iterations, b.elapsed, b.faults = 0, 0, 0
		cpu := cpuSeconds()
		err := r.run(b)
		if errors.Is(err, errNone) {
			fmt.Fprintf(b.out, "# %s: %v\n", r.name, err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		b.figure(r.name+".faults", float64(b.faults), "faults", "<=", 0)
		if b.elapsed > 0 {
			// On a machine that is busy with other work, a budget of wall time is less than it says.
			share := (cpuSeconds() - cpu) / b.elapsed.Seconds() / float64(b.threads)
			fmt.Fprintf(b.out, "# %s: %.0f iterations/s, on %.0f %% of the processor time of %d threads\n",
				r.name, float64(b.iterations)/b.elapsed.Seconds(), 100*share, b.threads)
		}
		if err := b.ctx.Err(); err != nil {
			return err
		}
	}
	fmt.Fprintf(b.out, "# %d figures fall short\n", b.short)
	return nil
}

// options for a budget.
func (b *bench) options(budget time.Duration) route.Options {
	return route.Options{Time: time.Duration(float64(budget) * b.scale), Threads: b.threads, Seed: b.seed, Clock: b.clock()}
}

// clock measures budgets. That of processor time runs as fast as a wall clock would while all threads work.
func (b *bench) clock() func() time.Duration {
	if b.byCPU {
		return func() time.Duration { return time.Duration(cpuSeconds() / float64(b.threads) * float64(time.Second)) }
	}
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}

// solve searches for a budget and has the plan judged.
func (b *bench) solve(name string, p *route.Problem, budget time.Duration) (*route.Solution, error) {
	return b.solveWith(name, p, b.options(budget))
}

func (b *bench) solveWith(name string, p *route.Problem, o route.Options) (*route.Solution, error) {
	plan, err := route.Solve(b.ctx, p, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b.judge(name, p, plan)
	return plan, nil
}

// judge counts what the checker finds.
func (b *bench) judge(name string, p *route.Problem, plan *route.Solution) {
	b.iterations += plan.Run.Iterations
	b.elapsed += plan.Run.Elapsed
	faults := check.Plan(p, plan)
	b.faults += len(faults)
	for _, f := range faults[:min(len(faults), 5)] {
		fmt.Fprintf(b.out, "# FAULT %s: %s\n", name, f)
	}
}

// say prints about one instance.
func (b *bench) say(format string, args ...any) {
	if b.verbose {
		fmt.Fprintf(b.out, "#   "+format+"\n", args...)
	}
}

// figure prints a measured value beside what it must reach.
func (b *bench) figure(name string, value float64, unit, op string, target float64) {
	verdict := "ok"
	if op == "<=" && !(value <= target) || op == ">=" && !(value >= target) {
		verdict = "short"
		b.short++
	}
	fmt.Fprintf(b.out, "figure %s %s %s target %s %s %s\n", name, number(value), unit, op, number(target), verdict)
}

// shown prints a measured value for which no published result is known.
func (b *bench) shown(name string, value float64, unit string) {
	fmt.Fprintf(b.out, "figure %s %s %s target none\n", name, number(value), unit)
}

func number(v float64) string {
	text := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.3f", v), "0"), ".")
	return text
}
