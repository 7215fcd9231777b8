package route

// How children are raised.
const (
	strays    = 30  // of a new herd, which have no parents
	repaired  = 0.5 // chance that a child that breaks a rule is improved once more, at high tolls
	dearer    = 10  // times as high
	polished  = 0.5 // chance that a child that keeps every rule is improved by as many iterations of ruin and recreate as there are visits
	polishing = 0.8 // point on the scale of heat at which that begins
)

// breeder makes children. Its lists are kept from child to child.
type breeder struct {
	l    *loose
	w    *worker
	dice *dice

	next    []int32 // by node: the tours of the child
	fresh   []bool  // by shift: its tour is not one of the first parent's
	placed  []bool  // by visit
	missing []int32 // visits in no tour

	shifts []int32 // whose tours are replaced
	of     []int32 // by visit: its shift in the first parent
	inside []bool  // by visit: it is in a tour that is replaced
	common []int32 // by shift of the second parent: visits that are inside
	ranked []int32 // shifts of the second parent, by those

	children []*member
	verdicts []verdict
}

func newBreeder(m *model, d *dice) *breeder {
	w := newWorker(m, d)
	w.plan = newPlan(m)
	w.plan.setPrices(overwhelming)
	return &breeder{
		l: newLoose(m, d), w: w, dice: d, next: make([]int32, m.n+2*m.r), fresh: make([]bool, m.r), placed: make([]bool, m.n),
		of: make([]int32, m.n), inside: make([]bool, m.n), common: make([]int32, m.r), ranked: all(m.r),
	}
}

// litter adds a child, or two, to the herd of a single breeder.
func (b *breeder) litter(h *herd) {
	b.children, b.verdicts = b.children[:0], b.verdicts[:0]
	b.child(h)
	b.deliver(h)
}

// deliver adds children to a herd.
func (b *breeder) deliver(h *herd) {
	for _, c := range b.children {
		h.add(c)
	}
	for _, v := range b.verdicts {
		h.watch(v)
	}
}

// child adds one child, or two if one was repaired.
func (b *breeder) child(h *herd) {
	if h.born < strays {
		b.scatter()
	} else {
		b.cross(h.couple(b.dice))
	}
	b.l.toll = h.toll
	b.raise()
	c := b.l.member()
	b.verdicts = append(b.verdicts, verdict{c.late == 0, c.over == 0})
	if c.sound() && b.dice.unit() < polished {
		c = b.anneal(c, polishing, b.l.m.n)
	}
	b.children = append(b.children, c)
	if c.sound() || b.dice.unit() >= repaired {
		return
	}
	b.l.charge(toll{dearer * h.toll.late, dearer * h.toll.over})
	b.l.descend()
	if c := b.l.member(); c.sound() {
		b.children = append(b.children, c)
	}
}

// raise makes a plan of the child's tours, with what is missing placed, and improves it. Tours that the first parent
// had need not be tried with one another again.
func (b *breeder) raise() {
	b.l.load(b.next)
	for k, fresh := range b.fresh {
		if fresh {
			b.l.stir(int32(k))
		}
	}
	shuffle(b.dice, b.missing)
	for _, i := range b.missing {
		b.l.place(i)
	}
	b.l.descend()
}

// anneal is the best plan that a number of iterations of ruin and recreate make of one that keeps every rule, from a
// point on the scale of heat on.
func (b *breeder) anneal(c *member, from float64, iterations int) *member {
	m, w := b.l.m, b.w
	w.plan.follow(c.next)
	w.attach(w.plan, m.whole())
	for k := range iterations {
		w.heat = m.heat(from + (1-from)*float64(k)/float64(iterations))
		w.iterate()
	}
	b.l.load(w.best.next)
	return b.l.member()
}

// follow makes the plan that links tell, in which every visit is.
func (p *plan) follow(next []int32) {
	var visits []int32
	for k := range int32(p.m.r) {
		visits = visits[:0]
		for i := next[p.m.start(k)]; i != p.m.end(k); i = next[i] {
			visits = append(visits, i)
		}
		p.fill(k, visits)
	}
	p.count(p.m.whole())
}
