package route

import (
	"cmp"
	"slices"
)

// herd is a population of loose plans (Vidal, Computers & Operations Research 140, 2022): those that keep every rule
// and those that do not, each judged by what it costs and by how different it is from the others.
type herd struct {
	m        *model
	pools    [2][]*member // those that keep every rule, and the others
	toll     toll
	recent   []verdict // of the last children
	best     *member   // that keeps every rule
	born     int       // children so far
	bettered int       // how many they were when best was found
}

const (
	fewest  = 25  // members of a pool after it was culled
	litter  = 40  // members that may join before it is culled again
	elite   = 4   // of the best that diversity cannot push out
	closest = 5   // members that a member is compared with for diversity
	watched = 60  // children whose verdicts decide about tolls
	tooFew  = 0.3 // part of those that should keep a rule at least
	tooMany = 0.5 // and at most
)

// member is a plan of a herd.
type member struct {
	next       []int32 // by node
	follows    []int32 // by visit: the visit behind it, or -1
	used       int32
	cost       int64
	late, over int64
	price      int64 // cost and fines
	fit        float64
	others     []kinship // of its pool, nearest first
}

// kinship is how many visits are followed by another one in two members.
type kinship struct {
	of    *member
	apart int32
}

// verdict tells which rules a child has kept.
type verdict struct{ punctual, light bool }

// newHerd begins with no members. At first a second of warp costs what a second of travel does on a leg to a near visit.
func newHerd(m *model) *herd {
	l := &m.lanes[0]
	var load, far, cost, time int64 = 1, 1, 1, 1
	for i := range int32(m.n) {
		load, far = max(load, int64(m.jobs[i].load)), max(far, m.remote[i])
		for _, j := range m.near[i][:min(granular, len(m.near[i]))] {
			leg := int(m.site[i])*m.sites + int(m.site[j])
			cost, time = cost+int64(l.cost[leg]), time+int64(l.time[leg])
		}
	}
	return &herd{m: m, toll: toll{late: max(1, tollParts*cost/time), over: tollParts * max(1, min(1000, far/load))}}
}

// member notes the plan as it is.
func (l *loose) member() *member {
	m := l.m
	b := &member{next: make([]int32, m.n+2*m.r), follows: make([]int32, m.n), used: l.used}
	for i := range l.stops {
		b.next[i] = l.stops[i].next
	}
	for i := range b.follows {
		if b.follows[i] = b.next[i]; int(b.next[i]) >= m.n {
			b.follows[i] = -1
		}
	}
	b.cost, b.late, b.over = l.sums()
	return b
}

func (b *member) sound() bool { return b.late == 0 && b.over == 0 }

// pool is where a member belongs.
func (h *herd) pool(b *member) *[]*member {
	if b.sound() {
		return &h.pools[0]
	}
	return &h.pools[1]
}

// add takes a member in, and culls its pool if that has become too large.
func (h *herd) add(b *member) {
	pool := h.pool(b)
	for _, o := range *pool {
		apart := b.apart(o)
		b.meet(o, apart)
		o.meet(b, apart)
	}
	*pool = append(*pool, b)
	if b.sound() && (h.best == nil || b.score(h.m).Compare(h.best.score(h.m)) < 0) {
		h.best, h.bettered = b, h.born
	}
	if len(*pool) > fewest+litter {
		for len(*pool) > fewest {
			h.rank(*pool)
			h.dismiss(pool)
		}
	}
	h.rank(*pool)
}

// score compares members that keep every rule.
func (b *member) score(m *model) Cost {
	c := Cost{Soft: b.cost}
	if m.p.Policy.FewFirst {
		c.Shifts = int64(b.used)
	}
	return c
}

func (b *member) apart(o *member) (n int32) {
	for i, j := range b.follows {
		if o.follows[i] != j {
			n++
		}
	}
	return n
}

func (b *member) meet(o *member, apart int32) {
	at, _ := slices.BinarySearchFunc(b.others, apart, func(k kinship, apart int32) int { return cmp.Compare(k.apart, apart) })
	b.others = slices.Insert(b.others, at, kinship{o, apart})
}

// lonely is how far a member is from those nearest to it.
func (b *member) lonely() (sum int32) {
	near := b.others[:min(closest, len(b.others))]
	if len(near) == 0 {
		return 0
	}
	for _, k := range near {
		sum += k.apart
	}
	return sum * closest / int32(len(near))
}

// rank sets how fit the members of a pool are: their rank by price, and their rank by loneliness.
func (h *herd) rank(pool []*member) {
	for _, b := range pool {
		b.price = b.cost + (b.late*h.toll.late+b.over*h.toll.over)/tollParts
	}
	slices.SortStableFunc(pool, func(a, b *member) int {
		return cmp.Or(cmp.Compare(a.used*h.few(), b.used*h.few()), cmp.Compare(a.price, b.price))
	})
	weight := max(0, 1-elite/float64(len(pool)))
	by := slices.Clone(pool)
	slices.SortStableFunc(by, func(a, b *member) int { return cmp.Compare(b.lonely(), a.lonely()) })
	for k, b := range pool {
		b.fit = float64(k)
	}
	for k, b := range by {
		b.fit += weight * float64(k)
	}
}

func (h *herd) few() int32 {
	if h.m.p.Policy.FewFirst {
		return 1
	}
	return 0
}

// dismiss drops the least fit member of a pool, or one that another one equals.
func (h *herd) dismiss(pool *[]*member) {
	worst := -1
	for k, b := range *pool {
		if k == 0 {
			continue // the best stays
		}
		same := func(k int) bool { o := (*pool)[k].others; return len(o) > 0 && o[0].apart == 0 }
		if worst < 0 || same(k) && !same(worst) || same(k) == same(worst) && b.fit > (*pool)[worst].fit {
			worst = k
		}
	}
	gone := (*pool)[worst]
	*pool = slices.Delete(*pool, worst, worst+1)
	for _, b := range *pool {
		b.others = slices.DeleteFunc(b.others, func(k kinship) bool { return k.of == gone })
	}
}

// couple draws two parents that differ, if a few draws find such.
func (h *herd) couple(d *dice) (x, y *member) {
	x, y = h.choose(d), h.choose(d)
	for try := 0; try < 10 && int(x.apart(y))*10 < h.m.n; try++ {
		y = h.choose(d)
	}
	return x, y
}

// choose draws a parent: the fitter one of two.
func (h *herd) choose(d *dice) *member {
	draw := func() *member {
		k := d.below(len(h.pools[0]) + len(h.pools[1]))
		if k < len(h.pools[0]) {
			return h.pools[0][k]
		}
		return h.pools[1][k-len(h.pools[0])]
	}
	a, b := draw(), draw()
	if b.fit < a.fit {
		return b
	}
	return a
}

// watch moves tolls so that neither too many nor too few children keep the rules.
func (h *herd) watch(v verdict) {
	h.born++
	h.recent = append(h.recent, v)
	if len(h.recent) < watched {
		return
	}
	punctual, light := 0, 0
	for _, v := range h.recent {
		if v.punctual {
			punctual++
		}
		if v.light {
			light++
		}
	}
	h.recent = h.recent[:0]
	h.toll.late = adapt(h.toll.late, float64(punctual)/watched)
	h.toll.over = adapt(h.toll.over, float64(light)/watched)
	for _, pool := range h.pools {
		if len(pool) > 0 {
			h.rank(pool)
		}
	}
}

// adapt raises a toll if too few keep its rule, and lowers it if too many do.
func adapt(toll int64, kept float64) int64 {
	switch {
	case kept < tooFew:
		return min(toll*6/5+1, 1<<30)
	case kept > tooMany:
		return max(toll*17/20, 1)
	}
	return toll
}
