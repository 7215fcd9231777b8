package trsp

import "slices"

// formTeams puts technicians together. Where every task needs one person at most, everybody goes alone. Otherwise
// teams are filled one after the other, always by whoever brings the team nearest to what tasks need, until the team
// can do nine tasks of ten or no one brings it further.
func formTeams(levels [][]int, tasks []task) (teams [][]int) {
	if single(tasks) {
		for i := range levels {
			teams = append(teams, []int{i})
		}
		return teams
	}
	free := make([]int, len(levels))
	for i := range free {
		free[i] = i
	}
	for len(free) > 0 {
		f := newForming(levels, tasks)
		for len(free) > 0 && f.done() < 9*len(tasks)/10 {
			best := f.best(free)
			if best < 0 {
				break
			}
			f.join(free[best])
			free = slices.Delete(free, best, best+1)
		}
		if len(f.team) == 0 {
			break // whoever is left brings nothing that a task needs
		}
		teams = append(teams, f.team)
	}
	return teams
}

func single(tasks []task) bool {
	return !slices.ContainsFunc(tasks, func(t task) bool {
		return slices.ContainsFunc(t.need, func(levels []int) bool {
			return slices.ContainsFunc(levels, func(n int) bool { return n > 1 })
		})
	})
}

// forming is a team in the making, with what each task still needs beyond it.
type forming struct {
	levels [][]int
	lacks  [][][]int // by task, domain, level
	team   []int
}

func newForming(levels [][]int, tasks []task) *forming {
	f := &forming{levels: levels}
	for _, t := range tasks {
		var lack [][]int
		for _, domain := range t.need {
			lack = append(lack, slices.Clone(domain))
		}
		f.lacks = append(f.lacks, lack)
	}
	return f
}

// done counts the tasks that lack nothing.
func (f *forming) done() (tasks int) {
	for _, lack := range f.lacks {
		if !slices.ContainsFunc(lack, func(domain []int) bool { return slices.Max(domain) > 0 }) {
			tasks++
		}
	}
	return tasks
}

// best is who of the free brings most, or -1.
func (f *forming) best(free []int) int {
	best, most := -1, 0
	for i, technician := range free {
		if gain := f.gain(technician); gain > most {
			best, most = i, gain
		}
	}
	return best
}

// gain counts what is still lacking, over all tasks, and this technician has.
func (f *forming) gain(technician int) (gain int) {
	for _, lack := range f.lacks {
		for d, domain := range lack {
			for l := range f.levels[technician][d] {
				if domain[l] > 0 {
					gain++
				}
			}
		}
	}
	return gain
}

func (f *forming) join(technician int) {
	f.team = append(f.team, technician)
	for _, lack := range f.lacks {
		for d, domain := range lack {
			for l := range f.levels[technician][d] {
				domain[l] = max(0, domain[l]-1)
			}
		}
	}
}
