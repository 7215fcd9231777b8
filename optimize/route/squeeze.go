package route

import (
	"math"
	"time"
)

// Where the policy wants few shifts before all else, a part of the budget goes to emptying them one by one. A shift is
// dissolved, and ruin and recreate goes on with one shift less until nothing is absent. Of two plans the one is better
// whose absent visits have been absent less often (Christiaens and Vanden Berghe's fleet minimisation), so that the
// visits which are hard to place find a place first.

const (
	squeezing  = 0.6 // part of the budget
	beforehand = 0.1 // the same where herds are pressed afterwards
	pressing   = 0.4 // part of the budget after which that ends
	hopeless   = 100 // times as many children as there are visits are born before it ends, too
)

// squeeze makes a plan with few shifts the one that the search begins with.
func (s *search) squeeze(m *model) {
	var workers []*worker
	for k := range isles {
		w := newWorker(m, newDice(s.opts.Seed, -10-k))
		plan := newPlan(m)
		plan.load(s.start)
		plan.setPrices(1e4)
		w.attach(plan, m.whole())
		w.prepare(1e4)
		w.absences = make([]int64, m.n)
		w.dissolve()
		workers = append(workers, w)
	}
	s.spent = squeezing
	if m.alike() {
		s.spent = beforehand
	}
	s.side(workers, stretch{0, s.spent}, stretch{0, mild})
	for _, w := range workers {
		w.absences = nil
		s.champ.offer(w)
	}
	if m.alike() && s.champ.cost.Absent == 0 {
		s.press(m)
	}
	s.start = s.champ.draft
}

// press breeds herds with one shift less than the best plan has. Their members break other rules, at a price, until one
// keeps them; then it begins again. What of the budget that takes is added to what is spent.
func (s *search) press(m *model) {
	until := time.Duration(pressing * float64(s.opts.Time))
	var workers []*breeder
	var h *herd
	for m.fewest() < s.champ.cost.Shifts && s.left(pressing) >= int64(m.n) {
		if s.over() || s.opts.Time > 0 && s.clock() >= until {
			break
		}
		if h == nil || h.best != nil {
			h, workers = newHerd(m), s.breeders(m, int32(s.champ.cost.Shifts)-1)
		}
		s.generation(workers, h, pressing)
		s.champ.adopt(h)
		if h.born >= hopeless*m.n {
			break
		}
	}
	if s.opts.Iterations > 0 {
		s.spent = float64(s.done.Load()) / float64(s.opts.Iterations)
	}
	if s.opts.Time > 0 {
		s.spent = max(s.spent, float64(s.clock())/float64(s.opts.Time))
	}
}

// fewest is the least number of shifts whose room could hold all loads.
func (m *model) fewest() int64 {
	load := int64(0)
	for i := range m.n {
		load += int64(m.jobs[i].load)
	}
	return max(1, (load+int64(m.room[0])-1)/max(1, int64(m.room[0])))
}

// dissolve takes out all visits of the shift whose visits have been absent least, and does without it from now on.
func (w *worker) dissolve() {
	p := w.plan
	p.mark()
	if len(p.absent) > 0 || p.used <= 1 {
		return
	}
	w.most = p.used - 1
	least, victim := int64(math.MaxInt64), int32(-1)
	for k := range int32(p.m.r) {
		var sum int64
		held := false
		for i := p.nodes[p.m.start(k)].next; i != p.m.end(k); i = p.nodes[i].next {
			sum += w.absences[i]
			held = held || !w.movable(i)
		}
		if p.tours[k].size > 0 && !held && sum < least {
			least, victim = sum, k
		}
	}
	if victim < 0 {
		return
	}
	w.round++
	w.out = w.out[:0]
	for i := p.nodes[p.m.start(victim)].next; i != p.m.end(victim); i = p.nodes[p.m.start(victim)].next {
		w.take(i)
	}
	p.settle(victim)
	for _, k := range w.ruined {
		p.settle(k)
	}
	w.ruined = w.ruined[:0]
	w.best.follow(p)
}

// wanting is how often the visits that are absent now have been absent.
func (w *worker) wanting() (sum int64) {
	for _, i := range w.plan.absent {
		sum += w.absences[i]
	}
	return sum
}

// tighten tries one change on the way to a plan with one shift less.
func (w *worker) tighten() {
	p := w.plan
	before, wanting := p.cost, w.wanting()
	p.mark()
	w.disturb()
	after := w.wanting()
	for _, i := range p.absent {
		w.absences[i]++
	}
	warm := float64(p.cost) <= float64(before)-w.heat*math.Log(w.dice.unit())
	if !p.sound() || after > wanting || after == wanting && !warm {
		p.rollback()
		return
	}
	w.best.follow(p)
	if len(p.absent) == 0 {
		w.dissolve()
	}
}

// full tells whether no further shift may be opened.
func (w *worker) full() bool { return w.plan.used >= w.most }
