package route

import "slices"

func (r *rich) setRests(m *model) {
	for _, s := range m.shift {
		var list []rest
		for _, b := range m.p.Shifts[s].Breaks {
			rest := rest{time: int32(min(b.Duration, int64(far/4)))}
			for _, w := range b.Windows {
				rest.windows = append(rest.windows, span{m.moment(w.From), m.moment(w.Until)})
			}
			if b.Windows == nil {
				rest.windows = []span{{0, far / 2}}
			}
			list = append(list, rest)
		}
		r.rests = append(r.rests, list)
		r.depth = max(r.depth, len(list)+1)
	}
}

func (r *rich) setTimes(m *model) {
	var efficiencies []int
	for _, s := range m.shift {
		efficiency := m.p.efficiency(&m.p.Shifts[s])
		at := slices.Index(efficiencies, efficiency)
		if at < 0 {
			at = len(efficiencies)
			efficiencies = append(efficiencies, efficiency)
			times := make([]int32, m.n)
			for i, v := range m.visit {
				times[i] = int32(min(served(m.p.Visits[v].Duration, efficiency), int64(far/4)))
			}
			r.times = append(r.times, times)
		}
		r.rate = append(r.rate, int32(at))
	}
}

func (r *rich) setLoads(m *model) {
	for _, s := range m.shift {
		r.dims = max(r.dims, len(m.p.Shifts[s].Capacity))
	}
	for _, s := range m.shift {
		capacity := m.p.Shifts[s].Capacity
		for d := range r.dims {
			room := int64(far)
			if len(capacity) > 0 {
				room = amount(capacity, d)
			}
			r.room = append(r.room, int32(room))
		}
	}
	var deliver, pickup bool
	for _, v := range m.visit {
		for d := range r.dims {
			a, b := amount(m.p.Visits[v].Deliver, d), amount(m.p.Visits[v].Pickup, d)
			deliver, pickup = deliver || a > 0, pickup || b > 0
			r.deliver, r.pickup = append(r.deliver, int32(a)), append(r.pickup, int32(b))
		}
	}
	r.through = deliver && pickup || slices.ContainsFunc(m.p.Links, func(l Link) bool { return l.Kind == Shipment })
}

func (r *rich) setParts(m *model) {
	numbers := map[string]int32{}
	r.needs = make([][]need, m.n)
	for i, v := range m.visit {
		for name, n := range m.p.Visits[v].Parts {
			if _, known := numbers[name]; !known {
				numbers[name] = int32(len(numbers))
			}
			r.needs[i] = append(r.needs[i], need{numbers[name], int32(n)})
		}
	}
	r.parts = len(numbers)
	r.stock = make([]int32, m.r*r.parts)
	for k, s := range m.shift {
		for name, part := range numbers {
			r.stock[k*r.parts+int(part)] = int32(m.p.Shifts[s].Stock[name])
		}
	}
}

func (r *rich) setLimits(m *model) {
	limit := func(n int64) int32 {
		if n == 0 || n > int64(far) {
			return far
		}
		return int32(n)
	}
	r.setup = make([]int32, m.sites)
	for i := range m.n {
		r.setup[m.site[i]] = int32(m.p.Visits[m.visit[i]].Setup)
	}
	for _, s := range m.shift {
		s := &m.p.Shifts[s]
		r.limits = append(r.limits, limits{limit(int64(s.MaxTasks)), limit(s.MaxTravel), limit(s.MaxDuration), limit(s.MaxDistance)})
		r.regular = append(r.regular, m.moment(s.Window.Until))
		r.perSecond = append(r.perSecond, m.p.fare(&m.p.Modes[s.Mode]).perSecond)
		r.staff = append(r.staff, int32(s.Technician))
		clock := &m.p.Modes[s.Mode].Clock
		if clock.Free() {
			clock = nil
		}
		r.clocks = append(r.clocks, clock)
	}
}

func (r *rich) setTerms(m *model) {
	p := m.p
	r.weights = weights{
		overtime: p.weight(Overtime), waiting: p.weight(Waiting), soon: p.weight(Soon), late: p.weight(Late),
		stable: p.weight(Stable), fairness: p.weight(Fairness), used: p.weight(Used),
	}
	r.noWaiting = p.hard(Waiting)
	m.choosy = m.choosy || r.noWaiting
	number := map[int]int32{}
	for k, s := range m.shift {
		number[int(s)] = int32(k)
	}
	for _, v := range m.visit {
		due, closes := far, far
		if d := p.Visits[v].Due; d != 0 {
			due = m.moment(d)
		}
		if p.hard(Late) {
			closes = due
		}
		r.closes = append(r.closes, closes)
		r.released, r.due = append(r.released, p.Visits[v].Release-m.base), append(r.due, due)
		r.home, r.planned = append(r.home, -1), append(r.planned, 0)
	}
	r.setHomes(m, number)
}

// setHomes fills what the present plan says. number is the model's, of a shift.
func (r *rich) setHomes(m *model, number map[int]int32) {
	for i, v := range m.visit {
		if len(m.p.Present) == 0 {
			return
		}
		lead := int32(i)
		if i > 0 && m.visit[i-1] == v {
			lead = r.lead[i-1]
		}
		r.lead = append(r.lead, lead)
	}
	for _, at := range m.p.Present {
		for i := range m.n {
			if int(m.visit[i]) == at.Visit && r.home[i] < 0 {
				if k, here := number[at.Shift]; here {
					r.home[i], r.planned[i] = k, m.moment(at.Start)
					m.optional[i] += 60 * r.weights.stable
				}
				break
			}
		}
	}
}

// atHome tells whether a visit is in a shift where the present plan has it, and its begin there. Members of a crew are
// alike: each is at home wherever one of them is.
func (r *rich) atHome(i, shift int32) (planned int32, yes bool) {
	if r.lead == nil {
		return 0, false
	}
	for j := r.lead[i]; int(j) < len(r.lead) && r.lead[j] == r.lead[i]; j++ {
		if r.home[j] == shift {
			return r.planned[j], true
		}
	}
	return 0, false
}

// setAffinity prices each visit in each shift, whatever else is in the plan.
func (r *rich) setAffinity(m *model) {
	p := m.p
	preferred, surplus, territory := p.weight(Preferred), p.weight(Surplus), p.weight(Territory)
	if preferred+surplus+territory+r.weights.stable == 0 {
		return
	}
	r.affinity = make([]int32, m.n*m.r)
	for i := range int32(m.n) {
		v := &p.Visits[m.visit[i]]
		for k, s := range m.shift {
			if !m.able.has(i, int32(k)) {
				continue
			}
			s := &p.Shifts[s]
			price := preferred*p.strange(v, s.Technician) + surplus*p.surplus(v, s) + territory*p.outside(v, s.Technician)
			if r.home[i] >= 0 {
				price += 60 * r.weights.stable
			}
			if _, home := r.atHome(i, int32(k)); home {
				price -= 60 * r.weights.stable
			}
			r.affinity[int(i)*m.r+k] = int32(min(price, int64(far)))
		}
	}
}

// setPins notes the visits that are pinned, and the sequences in which they are.
func (r *rich) setPins(m *model) {
	r.held, r.prefix = make([]bool, m.n), make([][]int32, m.r)
	number := map[int]int32{}
	for k, s := range m.shift {
		number[int(s)] = int32(k)
	}
	for i, v := range m.visit {
		pin := m.p.Visits[v].Pin
		if pin == nil {
			continue
		}
		k, here := number[pin.Shift]
		if here && pin.Rank >= 0 {
			r.held[i] = true
			r.prefix[k] = append(r.prefix[k], int32(i))
		}
	}
	for _, list := range r.prefix {
		slices.SortStableFunc(list, func(a, b int32) int {
			return m.p.Visits[m.visit[a]].Pin.Rank - m.p.Visits[m.visit[b]].Pin.Rank
		})
	}
}
