package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"truckroll/optimize/check"
	"truckroll/optimize/format"
	"truckroll/optimize/format/vroom"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// SolveCmd is the command that plans a routing problem from a file.
type SolveCmd struct {
	File       string        `arg:"" help:"File with the problem; - reads from standard input."`
	Format     string        `help:"How the file is written: vroom, solomon, verolog2019, hhcrsp or trsp. Without it, the file is looked at." placeholder:"NAME"`
	Time       time.Duration `default:"10s" help:"How long to search."`
	Iterations int64         `help:"End after so many iterations; the plan then depends on the seed alone, not on the machine." placeholder:"N"`
	Threads    int           `help:"Processors to use; all of them by default." placeholder:"N"`
	Seed       uint64        `default:"1" help:"Another seed, another search."`
	Fleet      bool          `help:"Solomon's form: use as few vehicles as possible before the shortest way (SINTEF's convention)."`
	Map        string        `help:"OpenStreetMap extract that times are measured on, where the problem gives coordinates." placeholder:"FILE" type:"existingfile"`
	OSRM       string        `help:"Address of an OSRM server to ask instead." placeholder:"URL" name:"osrm"`
	Valhalla   string        `help:"Address of a Valhalla server to ask instead." placeholder:"URL"`
	Progress   bool          `help:"Tell on standard error how the search goes."`
	Why        bool          `help:"Tell on standard error, for each visit left out, what stands in its way in each shift."`
}

// Run solves and prints the plan. An interrupt ends the search early and prints the best plan so far.
func (c *SolveCmd) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return c.solve(ctx, os.Stdin, os.Stdout, os.Stderr)
}

func (c *SolveCmd) solve(ctx context.Context, in io.Reader, out, log io.Writer) error {
	data, err := c.read(in)
	if err != nil {
		return err
	}
	measure, err := c.measure(ctx)
	if err != nil {
		return err
	}
	instance, err := format.Read(data, c.Format, format.Options{FleetFirst: c.Fleet, Measure: measure})
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	options := route.Options{Time: c.Time, Iterations: c.Iterations, Seed: c.Seed, Threads: c.Threads}
	if c.Iterations > 0 {
		options.Time = 0 // so that a slow machine finds the same plan
	}
	if c.Progress {
		options.Progress = teller(log)
	}
	instance, plan, err := format.Solve(ctx, instance, options)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if err := verdict(check.Plan(instance.Problem(), plan)); err != nil {
		return err
	}
	if c.Why {
		explain(log, instance.Problem(), plan)
	}
	return instance.Write(out, plan)
}

func (c *SolveCmd) read(in io.Reader) ([]byte, error) {
	if c.File == "-" {
		return io.ReadAll(in)
	}
	return os.ReadFile(c.File)
}

// measure chooses what answers for travel between coordinates.
func (c *SolveCmd) measure(ctx context.Context) (vroom.Measure, error) {
	chosen := 0
	for _, option := range []string{c.Map, c.OSRM, c.Valhalla} {
		if option != "" {
			chosen++
		}
	}
	switch {
	case chosen > 1:
		return nil, errors.New("give one of --map, --osrm and --valhalla, not several")
	case c.Map != "":
		return onMap(ctx, c.Map)
	case c.OSRM != "":
		return func(profile string, points []travel.Point) (travel.Matrix, error) {
			return travel.OSRM(c.OSRM, profile).Table(ctx, points)
		}, nil
	case c.Valhalla != "":
		return func(profile string, points []travel.Point) (travel.Matrix, error) {
			return travel.Valhalla(c.Valhalla, costing(profile)).Table(ctx, points)
		}, nil
	}
	return vroom.Estimate, nil
}

// costing is Valhalla's name for a profile.
func costing(profile string) string {
	switch profile {
	case "car":
		return "auto"
	case "bike":
		return "bicycle"
	case "foot":
		return "pedestrian"
	}
	return profile
}

// onMap measures on the roads of an extract. Only car, bike and foot know what roads are open to them.
func onMap(ctx context.Context, path string) (vroom.Measure, error) {
	extract, err := travel.OpenExtract(ctx, path)
	if err != nil {
		return nil, err
	}
	return func(profile string, points []travel.Point) (travel.Matrix, error) {
		roads, err := travel.NewRoads(extract, travel.Mode(profile))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		return roads.Table(ctx, points)
	}, nil
}

// teller writes a line whenever the plan is better, and every five seconds at least.
func teller(log io.Writer) func(route.Progress) {
	var last route.Progress
	return func(p route.Progress) {
		if last.Iterations > 0 && p.Cost.Compare(last.Cost) >= 0 && p.Elapsed < last.Elapsed+5*time.Second {
			return
		}
		last = p
		fmt.Fprintf(log, "%6.1fs  %12d iterations  unserved priority %d (%d visits)  cost %d\n",
			p.Elapsed.Seconds(), p.Iterations, p.Cost.Unserved, p.Cost.Absent, p.Cost.Soft)
	}
}

// verdict turns faults of a plan into an error: a plan that the independent checker refuses is not printed.
func verdict(faults []check.Fault) error {
	if len(faults) == 0 {
		return nil
	}
	var text strings.Builder
	for _, fault := range faults[:min(len(faults), 20)] {
		fmt.Fprintf(&text, "\n  %s", fault)
	}
	return fmt.Errorf("the plan was refused by the checker, which is a fault of this program; please report it:%s", text.String())
}
