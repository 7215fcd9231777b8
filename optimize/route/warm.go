package route

import (
	"cmp"
	"slices"
)

// presentDraft is the present plan as a draft: each shift's visits in order of begin, pinned sequences first. Visits
// that it names twice, as it does crews, may stand in several shifts.
func (p *Problem) presentDraft() *draft {
	d := newDraft(p)
	placed := slices.Clone(p.Present)
	slices.SortStableFunc(placed, func(a, b Placed) int { return cmp.Compare(a.Start, b.Start) })
	for _, at := range placed {
		if pin := p.Visits[at.Visit].Pin; pin == nil || pin.Rank < 0 {
			d.calls[at.Shift] = append(d.calls[at.Shift], call{visit: at.Visit})
		}
	}
	return d
}

// load fills a new plan with what a draft has in it, as far as that keeps every rule.
func (p *plan) load(d *draft) {
	m := p.m
	nodes := map[int32][]int32{}
	for i, v := range m.visit {
		if m.rich == nil || !m.rich.held[i] {
			nodes[v] = append(nodes[v], int32(i))
		}
	}
	for k := range int32(m.r) {
		var tour []int32
		for _, c := range d.calls[m.shift[k]] {
			crew := nodes[int32(c.visit)]
			if len(crew) == 0 || !m.able.has(crew[0], k) {
				continue
			}
			tour = append(tour, crew[0])
			nodes[int32(c.visit)] = crew[1:]
			if c.within != nil {
				p.labels.spans[crew[0]] = span{m.moment(c.within.From), m.moment(c.within.Until)}
			}
		}
		p.loadTour(k, tour)
	}
	p.count(m.whole())
	p.adopt()
}

// loadTour makes a tour of visits in order, leaving out those that do not fit behind the ones before.
func (p *plan) loadTour(k int32, tour []int32) {
	prefix := p.prefix(k)
	p.fill(k, append(slices.Clone(prefix), tour...))
	if !p.tours[k].bad {
		return
	}
	kept := slices.Clone(prefix)
	for _, i := range tour {
		p.nodes[i].shift = -1
	}
	for _, i := range tour {
		p.fill(k, append(kept, i))
		if p.tours[k].bad {
			p.nodes[i].shift = -1
			continue
		}
		kept = append(kept, i)
	}
	p.fill(k, kept)
}

// adopt makes sure that the ties of groups that were loaded hold, and keep holding; a group in which they do not is
// taken out.
func (p *plan) adopt() {
	if p.labels == nil || p.m.rich.groups == nil {
		return
	}
	w := newWorker(p.m, newDice(0, 0))
	w.plan = p
	for _, members := range p.m.rich.groups.list {
		whole := true
		for _, i := range members {
			whole = whole && p.nodes[i].shift >= 0
		}
		if whole = whole && w.tiesHold(members); whole {
			for _, i := range members {
				w.fix(i)
			}
			whole = w.tiesHold(members)
		}
		if !whole {
			w.pullAll(slices.DeleteFunc(slices.Clone(members), func(i int32) bool { return p.m.rich.held[i] }))
		}
	}
}
