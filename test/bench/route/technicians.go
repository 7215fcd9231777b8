package main

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"truckroll/optimize/format"
	"truckroll/optimize/format/hhcrsp"
	"truckroll/optimize/format/trsp"
	"truckroll/optimize/format/verolog"
)

//go:embed technicians.tsv
var publishedText string

// published reads the costs of one kind of instance by name; the instances that it names are the sample.
func published(kind string) (map[string]float64, error) {
	costs := map[string]float64{}
	for i, line := range strings.Split(strings.TrimSpace(publishedText), "\n") {
		key, cost, _ := strings.Cut(line, "\t")
		name, ours := strings.CutPrefix(key, kind+" ")
		if !ours {
			continue
		}
		value, err := strconv.ParseFloat(cost, 64)
		if err != nil {
			return nil, fmt.Errorf("technicians.tsv, line %d: %q is not a number", i+1, cost)
		}
		costs[name] = value
	}
	return costs, nil
}

const budgetOfTechnicians = 30 * time.Second

// against solves the instances of an archive whose names have a published cost, and measures the mean gap in percent.
func (b *bench) against(row, kind, archive, folder string, read func([]byte) (format.Instance, error), nameOf func(file) string) error {
	costs, err := published(kind)
	if err != nil {
		return err
	}
	files, err := b.unpack(archive, func(name string) bool {
		_, has := costs[nameOf(file{name: name})]
		return has && path.Dir(strings.TrimPrefix(name, "./")) == folder
	})
	if err != nil {
		return err
	}
	slices.SortFunc(files, func(x, y file) int { return strings.Compare(x.name, y.name) })
	if files, err = b.wanted(files); err != nil {
		return err
	}
	total, within, unserved, refused := 0.0, 0, 0, 0
	for _, f := range files {
		in, err := read(f.data)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		before := b.faults
		cost, absent, err := b.solveInstance(f.stem(), in)
		if err != nil {
			return err
		}
		if b.faults > before {
			refused++ // what a plan costs that is none says nothing
			continue
		}
		best := costs[nameOf(f)]
		gap := 100 * (cost/best - 1)
		b.say("%-28s %10.2f published %10.2f gap %7.3f %%, %d absent", nameOf(f), cost, best, gap, absent)
		total, unserved = total+gap, unserved+absent
		if gap <= 1 && absent == 0 {
			within++
		}
	}
	b.figure(row+".refused", float64(refused), "plans", "<=", 0)
	b.figure(row+".gap", total/float64(max(1, len(files)-refused)), "%", "<=", 1)
	b.shown(row+".within-1%", float64(within), fmt.Sprintf("of-%d", len(files)))
	b.figure(row+".unserved", float64(unserved), "visits", "<=", 0)
	return nil
}

// solveInstance solves in stages where the form needs them.
func (b *bench) solveInstance(name string, in format.Instance) (cost float64, absent int, err error) {
	solved, plan, err := format.Solve(b.ctx, in, b.options(budgetOfTechnicians))
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w", name, err)
	}
	b.judge(name, solved.Problem(), plan)
	return solved.Cost(plan), len(plan.Absent), nil
}

func pillacRow(b *bench) error {
	return b.against("pillac", "pillac", "trsp_pillac_kovacs.tar.xz", "Instances/trsp/pillac/crew25",
		func(data []byte) (format.Instance, error) { return trsp.ReadPillac(data) },
		func(f file) string { name, _, _ := strings.Cut(path.Base(f.name), "."); return name })
}

func hhcrspRow(b *bench) error {
	return b.against("hhcrsp", "hhcrsp", "hhcrsp_mankowska_italian.tar.xz", "instances/mankowska",
		func(data []byte) (format.Instance, error) { return hhcrsp.Read(data) },
		func(f file) string { return f.stem() })
}

// kovacsRow prints costs: no table of published ones was found. Tasks and technicians are two files; with teams, the
// technicians are those of all tasks of a size, without, each instance has its own.
func kovacsRow(b *bench) error {
	for _, kind := range []string{"noTeam", "Team"} {
		var sample []string
		for _, name := range []string{"C101_5x4", "C203_6x6", "R101_7x4", "R201_5x4", "RC103_6x6", "RC203_7x4"} {
			sample = append(sample, name+"_"+kind)
		}
		files, err := b.unpack("trsp_pillac_kovacs.tar.xz", func(name string) bool {
			folder := path.Base(path.Dir(name))
			return folder == "technicians_"+kind || folder == "tasks_"+kind && slices.Contains(sample, file{name: name}.stem())
		})
		if err != nil {
			return err
		}
		if err := b.kovacs(kind, files); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) kovacs(kind string, files []file) error {
	technicians := map[string][]byte{}
	for _, f := range files {
		if size, ours := strings.CutPrefix(f.stem(), "technicians_"); ours {
			technicians[size] = f.data
		}
	}
	total, outsourced, ran := 0.0, 0, 0
	for _, f := range files {
		if strings.HasPrefix(f.stem(), "technicians_") || b.chosen != nil && !b.chosen.MatchString(f.stem()) {
			continue
		}
		_, size, _ := strings.Cut(f.stem(), "_")
		people, has := technicians[f.stem()]
		if !has {
			people, has = technicians[size]
		}
		if !has {
			return fmt.Errorf("%s: the archive has no technicians for it", f.name)
		}
		in, err := trsp.ReadKovacs(slices.Concat(f.data, []byte("\n"), people))
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		cost, absent, err := b.solveInstance(f.stem(), in)
		if err != nil {
			return err
		}
		b.say("%-20s %10.2f with %d teams, %d outsourced", f.stem(), cost, len(in.Teams()), absent)
		total, outsourced, ran = total+cost, outsourced+absent, ran+1
	}
	if ran == 0 {
		return nil // all of these are left out
	}
	b.shown("kovacs."+kind+".cost", total, "in-all")
	b.shown("kovacs."+kind+".outsourced", float64(outsourced), "tasks")
	return nil
}

// verologRow prints costs: no table of published ones was found.
func verologRow(b *bench) error {
	sample := []string{"VSC2019_ORTEC_early_01", "VSC2019_ORTEC_early_05", "VSC2019_ORTEC_early_10", "VSC2019_ORTEC_early_15", "VSC2019_ORTEC_early_20", "VSC2019_ORTEC_early_25"}
	files, err := b.unpack("verolog2019_ortec_early.tar.xz", func(name string) bool { return slices.Contains(sample, file{name: name}.stem()) })
	if err != nil {
		return err
	}
	slices.SortFunc(files, func(x, y file) int { return strings.Compare(x.name, y.name) })
	if files, err = b.wanted(files); err != nil {
		return err
	}
	unserved := 0
	for _, f := range files {
		in, err := verolog.Read(f.data)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		cost, absent, err := b.solveInstance(f.stem(), in)
		if err != nil {
			return err
		}
		b.say("%-24s %14.0f, %d absent", f.stem(), cost, absent)
		b.shown("verolog."+strings.TrimPrefix(f.stem(), "VSC2019_ORTEC_")+".cost", cost, "points")
		unserved += absent
	}
	b.figure("verolog.unserved", float64(unserved), "visits", "<=", 0)
	return nil
}
