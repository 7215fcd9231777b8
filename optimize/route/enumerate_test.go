package route_test

import (
	"slices"

	"truckroll/optimize/route"
)

// enumeration looks at every order of every subset of visits in every shift and follows each tour moment by moment. It
// is slow and plain, uses nothing of the solver but the types of the problem, and knows: windows, release, hard and soft
// due dates, skills, territories, required, preferred and excluded technicians, efficiency, breaks, overtime,
// limits but that on duration, capacities, parts, prices of shifts and of optional visits, and links that the order of
// visits decides, on free roads.
type enumeration struct {
	p      *route.Problem
	orders [][]int
	least  route.Cost
	memo   []map[string]tourCost // by shift
}

// tourCost is what one tour adds to the cost of a plan.
type tourCost struct {
	ok   bool
	soft int64
}

// enumerated is the least cost of any plan.
func enumerated(p *route.Problem) route.Cost {
	e := &enumeration{p: p, orders: make([][]int, len(p.Shifts)), least: route.Cost{Hard: route.Never}}
	for range p.Shifts {
		e.memo = append(e.memo, map[string]tourCost{})
	}
	e.place(0, route.Cost{})
	return e.least
}

// place puts visits from the given one on wherever they can stand. absent is what those left out so far cost.
func (e *enumeration) place(visit int, absent route.Cost) {
	if absent.Unserved > e.least.Unserved && e.least.Hard == 0 {
		return // it can only become worse
	}
	if visit == len(e.p.Visits) {
		e.judge(absent)
		return
	}
	for k := range e.orders {
		for at := range len(e.orders[k]) + 1 {
			e.orders[k] = slices.Insert(e.orders[k], at, visit)
			e.place(visit+1, absent)
			e.orders[k] = slices.Delete(e.orders[k], at, at+1)
		}
	}
	v := &e.p.Visits[visit]
	if v.Optional {
		absent.Soft += v.Price
	} else {
		absent.Unserved, absent.Absent = absent.Unserved+v.Priority, absent.Absent+1
	}
	e.place(visit+1, absent)
}

// judge compares a whole plan with the best so far.
func (e *enumeration) judge(cost route.Cost) {
	for k, order := range e.orders {
		if len(order) == 0 {
			continue
		}
		key := string(bytesOf(order))
		tour, known := e.memo[k][key]
		if !known {
			tour = e.tour(k, order)
			e.memo[k][key] = tour
		}
		if !tour.ok {
			return
		}
		cost.Soft += tour.soft
	}
	if cost.Compare(e.least) < 0 && e.linked() {
		e.least = cost
	}
}

// linked tells whether every link holds: both visits are made or neither is, in shifts and an order that it allows.
func (e *enumeration) linked() bool {
	find := func(visit int) (shift, at int) {
		for k, order := range e.orders {
			if at := slices.Index(order, visit); at >= 0 {
				return k, at
			}
		}
		return -1, -1
	}
	for _, l := range e.p.Links {
		a, i := find(l.First)
		b, j := find(l.Second)
		if a < 0 || b < 0 {
			if a != b {
				return false
			}
			continue
		}
		one, other := &e.p.Shifts[a], &e.p.Shifts[b]
		if holds := map[route.LinkKind]bool{
			route.SameDay:        one.Day == other.Day,
			route.SameTechnician: one.Technician == other.Technician, route.OtherTechnician: one.Technician != other.Technician,
			route.SameShift: a == b && i < j, route.Follows: a == b && i+1 == j,
		}; !holds[l.Kind] {
			return false
		}
	}
	return true
}

func bytesOf(order []int) (key []byte) {
	for _, v := range order {
		key = append(key, byte(v))
	}
	return key
}

// tour goes along a tour with every share of the breaks on every leg. Of those with the same breaks behind them it keeps
// the one whose leg is over first, and, of two that are over at once, the one that rested before the leg: nothing is later
// by it, whereas waiting further on may let both be home at one moment.
func (e *enumeration) tour(shift int, order []int) tourCost {
	s := &e.p.Shifts[shift]
	if !e.may(shift, order) {
		return tourCost{}
	}
	ways := make([]*wayfarer, len(s.Breaks)+1)
	ways[0] = &wayfarer{p: e.p, s: s, now: s.Window.From, at: s.Start}
	for _, v := range order {
		ways = onward(ways, e.p.Visits[v].Place, e.p.Visits[v].Setup)
		for k, w := range ways {
			if w != nil && !w.serve(&e.p.Visits[v]) {
				ways[k] = nil
			}
		}
	}
	return e.finish(shift, order, onward(ways, s.End, 0)[len(s.Breaks)])
}

// onward sends those with each number of breaks behind them to a place, with each number of further breaks on the way.
func onward(ways []*wayfarer, to int, setup int64) []*wayfarer {
	there := make([]*wayfarer, len(ways))
	for taken, from := range slices.Backward(ways) {
		for k := taken; k < len(ways) && from != nil; k++ {
			w := *from
			if w.travel(to, setup, w.s.Breaks[taken:k]) && (there[k] == nil || w.now < there[k].now) {
				there[k] = &w
			}
		}
	}
	return there
}

// may checks what does not depend on time.
func (e *enumeration) may(shift int, order []int) bool {
	s := &e.p.Shifts[shift]
	who := &e.p.Technicians[s.Technician]
	parts := map[string]int64{}
	for _, v := range order {
		visit := &e.p.Visits[v]
		for _, need := range visit.Skills {
			if !slices.ContainsFunc(who.Skills, func(k route.Skill) bool { return k.Name == need.Name && k.Level >= need.Level }) {
				return false
			}
		}
		if visit.Territory != "" && len(who.Territories) > 0 && !slices.Contains(who.Territories, visit.Territory) {
			return false
		}
		if len(visit.Required) > 0 && !slices.Contains(visit.Required, s.Technician) || slices.Contains(visit.Excluded, s.Technician) {
			return false
		}
		for part, n := range visit.Parts {
			if parts[part] += n; parts[part] > s.Stock[part] {
				return false
			}
		}
	}
	return (s.MaxTasks == 0 || len(order) <= s.MaxTasks) && e.loads(s, order)
}

// loads follows what is on board.
func (e *enumeration) loads(s *route.Shift, order []int) bool {
	for d, room := range s.Capacity {
		board := int64(0)
		for _, v := range order {
			if list := e.p.Visits[v].Deliver; d < len(list) {
				board += list[d]
			}
		}
		if board > room {
			return false
		}
		for _, v := range order {
			if list := e.p.Visits[v].Deliver; d < len(list) {
				board -= list[d]
			}
			if list := e.p.Visits[v].Pickup; d < len(list) {
				board += list[d]
			}
			if board > room {
				return false
			}
		}
	}
	return true
}

// finish judges who has come home.
func (e *enumeration) finish(shift int, order []int, w *wayfarer) tourCost {
	if w == nil {
		return tourCost{}
	}
	s := &e.p.Shifts[shift]
	last := max(s.Window.Until, s.Latest)
	if hard, _ := term(e.p, route.Overtime); hard {
		last = s.Window.Until
	}
	late := w.now > last || s.MaxTravel > 0 && w.driven > s.MaxTravel || s.MaxDistance > 0 && w.metres > s.MaxDistance
	return tourCost{!late, s.Fixed + w.soft + e.weigh(shift, order, w)}
}

// weigh prices what the policy has soft Terms for.
func (e *enumeration) weigh(shift int, order []int, w *wayfarer) (soft int64) {
	s := &e.p.Shifts[shift]
	price := func(kind route.TermKind, units int64) {
		_, weight := term(e.p, kind)
		soft += weight * units
	}
	mode := &e.p.Modes[s.Mode]
	price(route.Travel, w.driven*max(1, mode.PerSecond))
	price(route.Distance, w.metres*max(1, mode.PerMetre))
	price(route.Overtime, max(0, w.now-s.Window.Until))
	for _, v := range order {
		if liked := e.p.Visits[v].Preferred; len(liked) > 0 && !slices.Contains(liked, s.Technician) {
			price(route.Preferred, 1)
		}
	}
	return soft
}

// term is whether the policy forbids what a Term counts, and the price of a unit if it does not.
func term(p *route.Problem, kind route.TermKind) (hard bool, weight int64) {
	for _, t := range p.Policy.Terms {
		if t.Kind == kind {
			if t.Hard {
				return true, 0
			}
			return false, t.Weight
		}
	}
	if len(p.Policy.Terms) == 0 && kind == route.Travel {
		return false, 1
	}
	return false, 0
}

// wayfarer is a technician in the course of a shift.
type wayfarer struct {
	p              *route.Problem
	s              *route.Shift
	now            int64
	at             int
	driven, metres int64
	soft           int64
}

// travel goes to a place, with setup there, and takes breaks on the way: each as soon as it may, driving until then.
func (w *wayfarer) travel(to int, setup int64, rests []route.Break) bool {
	drive := int64(0)
	if w.at >= 0 && to >= 0 {
		m := w.p.Modes[w.s.Mode].Matrix
		drive = int64(m.Duration(w.at, to))
		w.metres += int64(m.Distance(w.at, to))
	}
	if w.at < 0 || w.at == to {
		setup = 0
	}
	w.driven += drive
	busy := drive + setup
	for _, rest := range rests {
		begin := route.Never
		for _, window := range rest.Windows {
			if w.now <= window.Until {
				begin = min(begin, max(w.now, window.From))
			}
		}
		if begin == route.Never {
			return false
		}
		busy -= min(busy, begin-w.now)
		w.now = begin + rest.Duration
	}
	w.now, w.at = w.now+busy, to
	return true
}

// serve waits for a window of a visit and makes it.
func (w *wayfarer) serve(v *route.Visit) bool {
	begin := max(w.now, v.Release)
	if len(v.Windows) > 0 {
		soonest := route.Never
		for _, window := range v.Windows {
			if begin <= window.Until {
				soonest = min(soonest, max(begin, window.From))
			}
		}
		if soonest == route.Never {
			return false
		}
		begin = soonest
	}
	speed := int64(w.p.Technicians[w.s.Technician].Efficiency)
	if speed == 0 {
		speed = 100
	}
	w.now = begin + (v.Duration*100+speed-1)/speed
	hard, weight := term(w.p, route.Late)
	if v.Due != 0 {
		if hard && w.now > v.Due {
			return false
		}
		w.soft += weight * max(0, w.now-v.Due)
	}
	return true
}
