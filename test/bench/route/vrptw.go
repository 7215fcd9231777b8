package main

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"truckroll/optimize/format/solomon"
)

//go:embed known.tsv
var knownText string

// known is the best known cost of an instance by both conventions.
type known struct {
	dist     float64 // DIMACS: distance alone
	vehicles int     // SINTEF: vehicles first
	hier     float64 // SINTEF: then distance
}

// bestKnown reads known.tsv. The homberger sample is those of Homberger's instances that it names: two of each of the
// six classes.
func bestKnown() (map[string]known, error) {
	all := map[string]known{}
	for i, line := range strings.Split(strings.TrimSpace(knownText), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("known.tsv, line %d: %d fields, expected 4", i+1, len(f))
		}
		dist, err1 := strconv.ParseFloat(f[1], 64)
		vehicles, err2 := strconv.Atoi(f[2])
		hier, err3 := strconv.ParseFloat(f[3], 64)
		if err1 != nil || err2 != nil || err3 != nil {
			return nil, fmt.Errorf("known.tsv, line %d: a field is not a number", i+1)
		}
		all[f[0]] = known{dist, vehicles, hier}
	}
	return all, nil
}

const vrptwArchive = "vrptw_solomon_homberger.tar.xz"

// instances of one folder that have a best known cost, by name.
func (b *bench) instances(folder string) (files []file, costs map[string]known, err error) {
	costs, err = bestKnown()
	if err != nil {
		return nil, nil, err
	}
	files, err = b.unpack(vrptwArchive, func(name string) bool {
		_, has := costs[strings.ToUpper(file{name: name}.stem())]
		return has && strings.HasPrefix(strings.TrimPrefix(name, "./"), folder+"/")
	})
	slices.SortFunc(files, func(x, y file) int { return strings.Compare(x.name, y.name) })
	return files, costs, err
}

func solomonRow(b *bench) error {
	return distanceRow(b, "solomon", "solomon", 5*time.Second, 56, 0.10)
}

func homberger(customers int, budget time.Duration, target float64) func(*bench) error {
	return func(b *bench) error {
		return distanceRow(b, fmt.Sprintf("h%d", customers), fmt.Sprintf("homberger_%d", customers), budget, 12, target)
	}
}

// distanceRow measures the mean gap to the best known distance by the DIMACS convention, in percent.
func distanceRow(b *bench, name, folder string, budget time.Duration, count int, target float64) error {
	files, costs, err := b.instances(folder)
	if err != nil {
		return err
	}
	if len(files) != count {
		return fmt.Errorf("%d instances in %s, expected %d", len(files), folder, count)
	}
	if files, err = b.wanted(files); err != nil {
		return err
	}
	total, worst, unserved := 0.0, 0.0, 0
	for _, f := range files {
		in, err := solomon.Read(f.data, solomon.Dimacs)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		plan, err := b.solve(f.stem(), in.Problem(), budget)
		if err != nil {
			return err
		}
		best := costs[strings.ToUpper(f.stem())].dist
		gap := 100 * (in.Cost(plan)/best - 1)
		b.say("%-10s %9.1f best known %9.1f gap %6.3f %% routes %d, %.0f iterations/s", f.stem(), in.Cost(plan), best, gap, in.Used(plan),
			float64(plan.Run.Iterations)/plan.Run.Elapsed.Seconds())
		total, worst, unserved = total+gap, max(worst, gap), unserved+len(plan.Absent)
	}
	b.figure(name+".gap", total/float64(len(files)), "%", "<=", target)
	b.shown(name+".worst", worst, "%")
	b.figure(name+".unserved", float64(unserved), "customers", "<=", 0)
	return nil
}

// fleetRow compares vehicles first, then the distance of those with as few.
func fleetRow(b *bench) error {
	files, costs, err := b.instances("solomon")
	if err != nil {
		return err
	}
	if files, err = b.wanted(files); err != nil {
		return err
	}
	fewest, total := 0, 0.0
	for _, f := range files {
		in, err := solomon.Read(f.data, solomon.Sintef)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		plan, err := b.solve(f.stem(), in.Problem(), 10*time.Second)
		if err != nil {
			return err
		}
		best := costs[f.stem()]
		gap := 100 * (in.Cost(plan)/best.hier - 1)
		b.say("%-6s %2d vehicles %8.2f best known %2d %8.2f gap %6.3f %%", f.stem(), in.Used(plan), in.Cost(plan), best.vehicles, best.hier, gap)
		if in.Used(plan) <= best.vehicles && len(plan.Absent) == 0 {
			fewest++
			total += gap
		}
	}
	b.figure("fleet.fewest", float64(fewest), "instances", ">=", float64(len(files)))
	b.figure("fleet.gap", total/float64(max(fewest, 1)), "%", "<=", 0.1)
	return nil
}
