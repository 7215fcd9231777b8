package route

import "math"

// worker improves one plan, or the part of a plan that it owns, with its own dice.
type worker struct {
	plan           *plan
	dice           *dice
	id             uint8
	owner          []uint8 // by node: the worker that may move it; nil if this one owns all
	visits, shifts []int32 // that this worker owns

	best *snapshot
	heat float64 // temperature of annealing, in the unit of cost

	most     int64   // shifts that may be used
	absences []int64 // while shifts are to become fewer: by visit, how often it was absent

	out      []int32  // visits under way from ruin to recreate
	run      []int32  // the string that is cut
	ruined   []int32  // shifts ruined in this iteration
	ruinedAt []uint32 // by shift: the last round in which it was
	round    uint32
	meanRuin float64

	seen    []uint32 // by node: the search that looked at it last
	look    uint32
	blink   int // positions until the next one that is overlooked
	entries []entry
	key     []int64 // by visit: what it is sorted by
	further []int32 // empty shifts, see strange
	orders  int
	dares   int // visits that may still be put in at any cost in this iteration

	rule  *rule   // what the ties of the visit under way ask, or nil
	tried []int32 // shifts in which the group under way could not begin
}

func newWorker(m *model, d *dice) *worker {
	w := &worker{
		dice: d, ruinedAt: make([]uint32, m.r), seen: make([]uint32, m.n+2*m.r), key: make([]int64, m.n),
		entries: make([]entry, m.r), orders: ordersPlain, meanRuin: meanRuin, best: newSnapshot(m), most: math.MaxInt64,
		blink: d.gap(blink),
	}
	if m.rich != nil {
		w.orders = ordersRich
	}
	switch {
	case m.n <= fewVisits:
		w.meanRuin = meanRuinFew
	case m.rich != nil && !m.tied():
		w.meanRuin = meanRuinAll
	}
	return w
}

// attach gives the worker a plan, or its part of one.
func (w *worker) attach(p *plan, reg region) {
	w.plan, w.visits, w.shifts = p, reg.visits, reg.shifts
	w.best.restart(p, reg)
	if p.m.p.Policy.FewFirst && len(p.absent) == 0 {
		w.most = p.used
	}
}

// own gives the worker a region of a shared plan.
func (w *worker) own(shared *plan, reg region, id uint8, owner []uint8) {
	for _, i := range reg.visits {
		owner[i] = id
	}
	for _, k := range reg.shifts {
		owner[shared.m.start(k)] = id
	}
	w.id, w.owner = id, owner
	w.attach(shared.view(reg), reg)
}

// prepare sets the price of absence, in legs, and lets all absent visits try once.
func (w *worker) prepare(scale float64) {
	p := w.plan
	if w.owner == nil {
		p.setPrices(scale)
	}
	w.out = append(w.out[:0], p.absent...)
	p.mark()
	w.recreate()
	w.best.follow(p)
}

// mine tells whether this worker may move visit i.
func (w *worker) mine(i int32) bool { return w.owner == nil || w.owner[i] == w.id }

// iterate tries one change: ruin, recreate, and keep it if it is good enough at the present temperature.
func (w *worker) iterate() {
	if len(w.visits) == 0 {
		return
	}
	if w.absences != nil {
		w.tighten()
		return
	}
	p := w.plan
	before := p.total()
	p.mark()
	w.disturb()
	if !p.sound() || float64(p.total()-before) > -w.heat*math.Log(w.dice.unit()) {
		p.rollback()
		return
	}
	w.best.follow(p)
}

// disturb ruins the plan around a visit and recreates it.
func (w *worker) disturb() {
	p := w.plan
	seed := w.visits[w.dice.below(len(w.visits))]
	if len(p.absent) > 0 && w.dice.below(5) == 0 {
		seed = p.absent[w.dice.below(len(p.absent))]
	}
	w.ruin(seed)
	w.callAbsent(seed)
	w.dares = w.dare()
	w.recreate()
	w.dares = 0
}

// callAbsent offers absent visits a place as well: all of them where they are few, otherwise those near the seed.
func (w *worker) callAbsent(seed int32) {
	const most = 5
	p, n := w.plan, len(w.out)
	if len(p.absent) == n {
		return
	}
	if len(p.absent) <= n+most {
		for _, i := range p.absent {
			w.call(i)
		}
		return
	}
	w.call(seed)
	for _, i := range p.m.near[seed] {
		if w.call(i); len(w.out)-n >= most {
			return
		}
	}
}

// call adds a visit to those under way if it was absent before this iteration.
func (w *worker) call(i int32) {
	if w.mine(i) && w.plan.nodes[i].shift < 0 && !w.plan.undo.fresh(i) {
		w.out = append(w.out, i)
	}
}

// minesShift tells whether this worker may use a shift.
func (w *worker) minesShift(k int32) bool {
	return w.owner == nil || w.owner[w.plan.m.start(k)] == w.id
}
