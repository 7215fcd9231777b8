package route

import (
	"cmp"
	"slices"
)

// region is the part of a shared plan that one worker may change: some technicians with all their shifts, what is in
// them, and the absent visits nearby. Workers on different regions share the plan's arrays without locks, because no
// two of them ever look at the same element.
type region struct {
	shifts []int32
	visits []int32 // in those shifts, or absent
}

// split divides a plan among the given number of workers along a random direction: technicians are ordered by how
// much nearer they work to one random visit than to another.
func split(p *plan, parts int, d *dice) []region {
	m := p.m
	a, b := int32(d.below(m.n)), int32(d.below(m.n))
	teams := teamsOf(p, a, b)
	slices.SortStableFunc(teams, func(x, y team) int { return cmp.Compare(x.key, y.key) })
	regions := make([]region, parts)
	borders := make([]int64, parts)
	done, part := 0, 0
	for _, t := range teams {
		if done*parts >= (part+1)*(int(p.placed)+len(teams)) && part < parts-1 {
			part++
		}
		done += len(t.visits) + 1
		regions[part].shifts = append(regions[part].shifts, t.shifts...)
		regions[part].visits = append(regions[part].visits, t.visits...)
		borders[part] = t.key
	}
	for _, i := range p.absent {
		key := p.lean(i, a, b)
		part := 0
		for part < parts-1 && key > borders[part] {
			part++
		}
		regions[part].visits = append(regions[part].visits, i)
	}
	return regions
}

// team is a technician with all shifts and visits; key is where they are along the direction.
type team struct {
	shifts, visits []int32
	key            int64
}

func teamsOf(p *plan, a, b int32) []team {
	m := p.m
	number := map[int]int{}
	var teams []team
	for k := range int32(m.r) {
		who := m.p.Shifts[m.shift[k]].Technician
		at, known := number[who]
		if !known {
			at = len(teams)
			number[who] = at
			teams = append(teams, team{})
		}
		t := &teams[at]
		t.shifts = append(t.shifts, k)
		for i := p.nodes[m.start(k)].next; i != m.end(k); i = p.nodes[i].next {
			t.visits = append(t.visits, i)
		}
	}
	for at := range teams {
		t := &teams[at]
		where := t.visits
		if len(where) == 0 {
			where = []int32{m.start(t.shifts[0])}
		}
		for _, i := range where {
			t.key += p.lean(i, a, b)
		}
		t.key /= int64(len(where))
	}
	return teams
}

// lean is how much longer it takes from a to node i than from b.
func (p *plan) lean(i, a, b int32) int64 {
	m, l := p.m, &p.m.lanes[0]
	site := func(x int32) int { return int(m.site[x]) }
	return int64(l.time[site(a)*m.sites+site(i)]) - int64(l.time[site(b)*m.sites+site(i)])
}

// view is a plan that shares all arrays with p and counts only what is in a region.
func (p *plan) view(reg region) *plan {
	v := *p
	v.undo = newUndo(p.m)
	if p.labels != nil {
		lb := *p.labels
		lb.walker = newWalker(p.m)
		v.labels = &lb
	}
	v.free, v.vacant, v.vacantAt = make([][]int32, p.m.r), nil, make([]int32, p.m.r)
	v.absent = nil
	v.count(reg)
	return &v
}

// count takes stock of a region: absent visits, empty shifts, and every sum.
func (p *plan) count(reg region) {
	p.cost, p.owed, p.unserved, p.missing, p.waived, p.broken = 0, 0, 0, 0, 0, 0
	p.absent = p.absent[:0]
	for _, i := range reg.visits {
		if p.nodes[i].shift < 0 {
			p.leave(i)
		}
	}
	used, placed := int64(0), int64(0)
	p.vacant = p.vacant[:0]
	for _, k := range reg.shifts {
		p.free[p.m.twin[k]] = p.free[p.m.twin[k]][:0]
	}
	for _, k := range reg.shifts {
		p.cost += p.tours[k].cost
		placed += int64(p.tours[k].size)
		if p.tours[k].size == 0 {
			p.vacate(k)
		} else {
			p.freeAt[k] = -1
			used++
		}
	}
	p.used, p.placed = used, placed
	p.moved = 0
	if r := p.m.rich; r != nil {
		for _, i := range reg.visits {
			if r.home[i] >= 0 {
				p.moved++
			}
			if k := p.nodes[i].shift; k >= 0 {
				p.stray(i, k, -1)
			}
		}
	}
	if p.labels != nil {
		p.cost += p.staffCost(reg.shifts)
	}
}

// staffCost is the cost of the Terms that count by technician, over those who work the given shifts.
func (p *plan) staffCost(shifts []int32) (cost int64) {
	r, lb := p.m.rich, p.labels
	seen := map[int32]bool{}
	for _, k := range shifts {
		who := r.staff[k]
		if seen[who] {
			continue
		}
		seen[who] = true
		cost += r.weights.fairness * fairness(lb.service[who])
		if lb.shifts[who] > 0 {
			cost += r.weights.used
		}
	}
	return cost
}

// whole is the region that is everything.
func (m *model) whole() region { return region{all(m.r), all(m.n)} }
