package route

import "math"

// setValues fills what visits are worth.
func (m *model) setValues() {
	m.priority, m.mandatory, m.optional = make([]int64, m.n), make([]int64, m.n), make([]int64, m.n)
	m.pinned = make([]int64, m.n)
	for i, v := range m.visit {
		visit := &m.p.Visits[v]
		if i > 0 && m.visit[i-1] == v {
			continue // the rest of a crew
		}
		m.optional[i] = visit.Price
		if visit.Pin != nil {
			m.pinned[i] = 1
		}
		m.choosy = m.choosy || visit.Optional
		if !visit.Optional {
			m.priority[i], m.mandatory[i] = visit.Priority, 1
		}
	}
}

// sharing is how many visits are taken to share the price of using a shift.
const sharing = 4

// setChoice tells visits that are far out, and those that few shifts can make, from the others.
func (m *model) setChoice() {
	m.remote, m.choice = make([]int64, m.n), make([]int64, m.n)
	for i := range int32(m.n) {
		if len(m.doors[i]) > 0 {
			m.remote[i] = m.approach(m.doors[i][0], i)
			m.open += m.fixed[m.doors[i][0]]
		}
		for k := range int32(m.r) {
			if m.able.has(i, k) {
				m.choice[i]++
			}
		}
	}
	m.open /= int64(max(1, m.n)) * sharing
}

// dearly is the least scale of prices where all visits are alike: as a rule such problems leave none out.
const dearly = 20

// dearest is the highest price of absence, low enough that those of all visits can be added up.
const dearest = 1e13

// setPrices gives every visit the price that annealing pays while it is absent: scale legs, with a share
// in the price of a shift, for a visit of mean priority, in proportion for others. An optional visit has its own price.
//
// Until prices outweigh everything, a short visit is dearer than a long one of the same priority: of a shift that cannot
// hold both, it leaves more to another. The square root of the ratio did best between no difference and the ratio.
func (p *plan) setPrices(scale float64) {
	m := p.m
	var sum, count, times int64
	for i := range m.n {
		sum, count, times = sum+m.priority[i], count+m.mandatory[i], times+int64(m.jobs[i].time)
	}
	mean := float64(times)/float64(max(1, m.n)) + float64(m.leg)
	unit := scale * float64(m.leg+m.open)
	for i := range m.n {
		price := 5 * max(unit, dearly*float64(m.leg+m.open))
		if sum > 0 {
			price = unit * (0.05 + float64(m.priority[i])*float64(count)/float64(sum))
			if scale < overwhelming {
				price *= math.Sqrt(mean / (float64(m.jobs[i].time) + float64(m.leg)))
			}
		}
		p.price[i] = m.optional[i] + m.mandatory[i]*int64(min(price, dearest)) + m.pinned[i]*int64(min(50*unit, dearest))
	}
	p.owed = 0
	for _, i := range p.absent {
		p.owed += p.price[i]
	}
}
