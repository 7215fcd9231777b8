package route

import (
	"cmp"
	"slices"
)

// On small problems, where annealing soon ends in some good plan or another, a population of such plans is bred:
// children take some tours from one parent and the rest from another (the route exchange of Nagata, Bräysy and
// Dullaert, Computers & Operations Research 37(4), 2010, with ruin and recreate in place of their repair), and are
// annealed for a short while from a mild heat.
const (
	founding  = 3   // rounds in which plans are annealed from scratch
	founders  = 0.4 // part of the budget for those
	breeding  = 40  // rounds of children
	survivors = 8   // plans that may become parents
	mild      = 0.5 // point on the scale of heat at which children begin
	gentle    = 0.8 // the same where a plan is in force
)

// parent is a plan that may be bred from.
type parent struct {
	cost Cost
	*draft
}

// isles runs a few workers on plans of their own, and breeds from what they find.
func (s *search) isles(m *model) {
	var workers []*worker
	for k := range isles {
		workers = append(workers, newWorker(m, newDice(s.opts.Seed, k)))
	}
	var stock []parent
	founders, alike := founders, m.alike()
	if alike {
		founders = sown
	}
	for round := range founding + breeding {
		if round == founding && alike && s.champ.cost.Absent == 0 {
			s.breed(m, stock)
			return
		}
		during, cool := part(round, founding).scaled(0, founders), s.cooling()
		if round >= founding {
			during, cool = part(round-founding, breeding).scaled(founders, 1), stretch{mild, 1}
		}
		if s.mends() {
			cool = stretch{gentle, 1}
		}
		for _, w := range workers {
			plan := newPlan(m)
			plan.load(s.origin(m, stock, round))
			w.attach(plan, m.whole())
		}
		s.side(workers, during.scaled(s.spent, 1), cool)
		for _, w := range workers {
			s.champ.offer(w)
			stock = addParent(stock, w)
		}
		if s.over() {
			return
		}
	}
}

// cooling is how founders are annealed: mildly if there is a plan to begin with.
func (s *search) cooling() stretch {
	for _, calls := range s.start.calls {
		if len(calls) > 0 {
			return stretch{mild, 1}
		}
	}
	return stretch{0, 1}
}

// scaled maps a stretch of the whole to the same one of a part.
func (s stretch) scaled(from, to float64) stretch {
	return stretch{from + s.from*(to-from), from + s.to*(to-from)}
}

// origin is the plan that a worker begins a round with.
func (s *search) origin(m *model, stock []parent, round int) *draft {
	if s.mends() {
		return s.champ.draft
	}
	if round < founding {
		return s.start
	}
	a := s.dice.below(len(stock))
	if len(stock) == 1 {
		return stock[0].draft
	}
	b := (a + 1 + s.dice.below(len(stock)-1)) % len(stock)
	return s.cross(m, stock[a].draft, stock[b].draft)
}

// addParent keeps the best plans, no two of the same cost.
func addParent(stock []parent, w *worker) []parent {
	at, same := slices.BinarySearchFunc(stock, w.best.cost, func(p parent, c Cost) int { return p.cost.Compare(c) })
	if same || at == survivors {
		return stock
	}
	d := newDraft(w.plan.m.p)
	w.best.write(d, w.plan.m)
	stock = slices.Insert(stock, at, parent{w.best.cost, d})
	return stock[:min(len(stock), survivors)]
}

// cross makes a child: the tours of some shifts near one another come from b, all others from a. A visit that both
// would bring stays with what comes from b, one that neither brings is left to the search, as are linked visits that do not go together as the parents bring them
// (adopt).
func (s *search) cross(m *model, a, b *draft) *draft {
	child := newDraft(s.p)
	shifts := s.neighbourhood(m, a)
	taken := s.match(m, a, b, shifts)
	has := make([]int, len(s.p.Visits))
	for k, calls := range taken {
		child.calls[k] = slices.Clone(calls)
		for _, c := range calls {
			has[c.visit]++
		}
	}
	for k, calls := range a.calls {
		if _, replaced := taken[k]; replaced {
			continue
		}
		for _, c := range calls {
			if has[c.visit] < max(1, s.p.Visits[c.visit].Crew) {
				has[c.visit]++
				child.calls[k] = append(child.calls[k], c)
			}
		}
	}
	return child
}

// neighbourhood draws used shifts of a plan that serve visits near one another.
func (s *search) neighbourhood(m *model, a *draft) []int {
	of := make([]int, len(s.p.Visits))
	used := 0
	for k, calls := range a.calls {
		used += min(1, len(calls))
		for _, c := range calls {
			of[c.visit] = k + 1
		}
	}
	if used == 0 {
		return nil
	}
	want := 1 + s.dice.below(max(1, used*2/3))
	seed := s.dice.below(m.n)
	var shifts []int
	for _, i := range append([]int32{int32(seed)}, m.near[seed]...) {
		k := of[m.visit[i]] - 1
		if k >= 0 && !slices.Contains(shifts, k) {
			shifts = append(shifts, k)
		}
		if len(shifts) == want {
			break
		}
	}
	return shifts
}

// match says which tours of b replace those of the given shifts of a: of the same shift, or among twins those that
// have most visits in common.
func (s *search) match(m *model, a, b *draft, shifts []int) map[int][]call {
	inside := make([]bool, len(s.p.Visits))
	for _, k := range shifts {
		for _, c := range a.calls[k] {
			inside[c.visit] = true
		}
	}
	twins := map[int32][]int32{}
	for k, t := range m.twin {
		twins[t] = append(twins[t], int32(k))
	}
	overlap := func(k int32) (common int) {
		for _, c := range b.calls[m.shift[k]] {
			if inside[c.visit] {
				common++
			}
		}
		return common
	}
	number := map[int]int32{}
	for k, shift := range m.shift {
		number[int(shift)] = int32(k)
	}
	wanted := map[int32][]int{}
	for _, k := range shifts {
		wanted[m.twin[number[k]]] = append(wanted[m.twin[number[k]]], k)
	}
	taken := map[int][]call{}
	for twin, list := range wanted {
		from := slices.Clone(twins[twin])
		slices.SortStableFunc(from, func(x, y int32) int { return cmp.Compare(overlap(y), overlap(x)) })
		for at, k := range list {
			taken[k] = b.calls[m.shift[from[at]]]
		}
	}
	return taken
}
