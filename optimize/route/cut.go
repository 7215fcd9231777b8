package route

import (
	"cmp"
	"slices"
)

// block is a part of the problem: shifts and visits by their numbers in it.
type block struct{ shifts, visits []int32 }

// crowd is one or more technicians who cannot be parted, with their shifts and what is in them.
type crowd struct {
	block
	key int64 // where they work along the direction of a cut
}

// cut parts a plan into blocks: it is halved again and again along random directions, each given by how much nearer
// one random visit is than another.
func (p *Problem) cut(d *draft, count int, dice *dice) []block {
	absent := p.absentFrom(d)
	var list []block
	var halve func(crowds []crowd, absent []int32, count int)
	halve = func(crowds []crowd, absent []int32, count int) {
		if count <= 1 || len(crowds) < 2 {
			b := block{visits: absent}
			for _, c := range crowds {
				b.shifts, b.visits = append(b.shifts, c.shifts...), append(b.visits, c.visits...)
			}
			list = append(list, b)
			return
		}
		left := count / 2
		lean := p.direction(dice, crowds, absent)
		at, border := sortCrowds(crowds, lean, p, left, count)
		near := slices.DeleteFunc(slices.Clone(absent), func(v int32) bool { return lean(p.Visits[v].Place) > border })
		away := slices.DeleteFunc(slices.Clone(absent), func(v int32) bool { return lean(p.Visits[v].Place) <= border })
		halve(crowds[:at], near, left)
		halve(crowds[at:], away, count-left)
	}
	halve(p.crowds(d), absent, count)
	return list
}

// direction draws two places and returns how much longer it takes from the first than from the second.
func (p *Problem) direction(dice *dice, crowds []crowd, absent []int32) func(place int) int64 {
	draw := func() int {
		c := crowds[dice.below(len(crowds))]
		switch {
		case len(c.visits) > 0:
			return p.Visits[c.visits[dice.below(len(c.visits))]].Place
		case len(absent) > 0:
			return p.Visits[absent[dice.below(len(absent))]].Place
		}
		return max(0, p.Shifts[c.shifts[0]].Start)
	}
	a, b, matrix := draw(), draw(), p.Modes[0].Matrix
	return func(place int) int64 { return int64(matrix.Duration(a, place)) - int64(matrix.Duration(b, place)) }
}

// sortCrowds orders crowds along a direction and finds where the first left of count parts end, and the border there.
func sortCrowds(crowds []crowd, lean func(int) int64, p *Problem, left, count int) (at int, border int64) {
	total := 0
	for i := range crowds {
		c := &crowds[i]
		c.key = 0
		for _, v := range c.visits {
			c.key += lean(p.Visits[v].Place)
		}
		if len(c.visits) > 0 {
			c.key /= int64(len(c.visits))
		} else if start := p.Shifts[c.shifts[0]].Start; start != Anywhere {
			c.key = lean(start)
		}
		total += len(c.visits) + len(c.shifts)
	}
	slices.SortStableFunc(crowds, func(a, b crowd) int { return cmp.Compare(a.key, b.key) })
	sum := 0
	for at = 0; at < len(crowds)-1 && (at == 0 || sum*count < total*left); at++ {
		sum += len(crowds[at].visits) + len(crowds[at].shifts)
		border = crowds[at].key
	}
	return at, border
}

// absentFrom lists the visits that are not in a plan; of a crew, if any of them is missing.
func (p *Problem) absentFrom(d *draft) []int32 {
	missing := make([]int, len(p.Visits))
	for i, v := range p.Visits {
		missing[i] = max(1, v.Crew)
		if v.Pin != nil && v.Pin.Rank >= 0 {
			missing[i] = 0
		}
	}
	for _, calls := range d.calls {
		for _, c := range calls {
			missing[c.visit]--
		}
	}
	var list []int32
	for i, n := range missing {
		if n > 0 {
			list = append(list, int32(i))
		}
	}
	return list
}

// crowds groups technicians: those whom a link, a crew or a pin ties to the same visits stay together.
func (p *Problem) crowds(d *draft) []crowd {
	leader := all(len(p.Technicians))
	var find func(t int32) int32
	find = func(t int32) int32 {
		if leader[t] != t {
			leader[t] = find(leader[t])
		}
		return leader[t]
	}
	who := make([][]int32, len(p.Visits))
	for k, calls := range d.calls {
		for _, c := range calls {
			who[c.visit] = append(who[c.visit], int32(p.Shifts[k].Technician))
		}
	}
	join := func(list []int32) {
		for _, t := range list {
			leader[find(t)] = find(list[0])
		}
	}
	for v := range who {
		join(who[v])
	}
	for _, l := range p.Links {
		join(slices.Concat(who[l.First], who[l.Second]))
	}
	return p.gatherCrowds(d, find)
}

func (p *Problem) gatherCrowds(d *draft, find func(int32) int32) []crowd {
	number := map[int32]int{}
	var list []crowd
	seen := make([]bool, len(p.Visits))
	add := func(c *crowd, v int) {
		if !seen[v] {
			seen[v] = true
			c.visits = append(c.visits, int32(v))
		}
	}
	for k, s := range p.Shifts {
		t := find(int32(s.Technician))
		if _, known := number[t]; !known {
			number[t] = len(list)
			list = append(list, crowd{})
		}
		c := &list[number[t]]
		c.shifts = append(c.shifts, int32(k))
		for _, one := range d.calls[k] {
			add(c, one.visit)
		}
	}
	for v, visit := range p.Visits {
		if visit.Pin != nil && visit.Pin.Rank >= 0 {
			add(&list[number[find(int32(p.Shifts[visit.Pin.Shift].Technician))]], v)
		}
	}
	return list
}
