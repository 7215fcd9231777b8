package route

import (
	"errors"
	"time"
)

// Large problems are cut into blocks of technicians who work near one another. Each block is a problem of its own,
// with a small table of travel times, so that memory grows with the number of visits and not with its square. In every
// epoch the cuts run elsewhere.

const (
	blockSize = 1200 // visits of a block, more or less
	epochs    = 10
	hasty     = 0.05 // part of the budget, at most, until there is a first plan
	rushed    = 4    // iterations for each visit of that
)

// epoch is what one round over all blocks makes of a plan.
type epoch struct {
	next  *draft // the plan to go on from
	best  *draft // the best plans of all blocks
	costs []Cost // of those
	errs  []error
	left  int64 // iterations for all blocks together
}

// quota is how many iterations block k may make.
func (e *epoch) quota(k int) int64 { return portion(e.left, k, len(e.costs)) }

// blocks searches epoch by epoch, after a hasty one, so that there soon is a plan.
func (s *search) blocks() error {
	current, err := s.epoch(s.start, stretch{}, blockSize, s.block)
	for k := 0; !s.over() && err == nil && k < epochs; k++ {
		current, err = s.epoch(current, part(k, epochs), blockSize, s.block)
	}
	return err
}

// epoch cuts a plan into blocks of a size and searches each for its share of a stretch of the budget. It returns the
// plan to go on from.
func (s *search) epoch(current *draft, during stretch, size int, search blockSearch) (*draft, error) {
	count := (len(s.p.Visits) + size - 1) / size
	list := s.p.cut(current, count, s.dice)
	e := &epoch{
		next: newDraft(s.p), best: s.p.pinnedDraft(), costs: make([]Cost, len(list)), errs: make([]error, len(list)),
		left: s.left(max(during.to, hasty)),
	}
	seed := s.dice.next()
	s.share(len(list), during, func(k int, until time.Duration) {
		search(e, k, list[k], current, newDice(seed, k), during, until)
	})
	if err := errors.Join(e.errs...); err != nil {
		if errors.Is(err, errStopped) && s.champ.cost.Hard == Never {
			s.champ.draft = e.best // some of the blocks, where nothing is better than that yet
		}
		return nil, err
	}
	s.champ.take(e)
	return e.next, nil
}

// blockSearch searches block k of an epoch.
type blockSearch func(e *epoch, k int, b block, current *draft, d *dice, during stretch, until time.Duration)

// block searches one block by ruin and recreate.
func (s *search) block(e *epoch, k int, b block, current *draft, d *dice, during stretch, until time.Duration) {
	m, err := s.compile(b.shifts, b.visits)
	if err != nil {
		e.errs[k] = err
		return
	}
	plan := newPlan(m)
	plan.load(current)
	w := newWorker(m, d)
	w.attach(plan, m.whole())
	switch {
	case m.n == 0 || m.r == 0:
	case during.to == 0:
		s.rush(w, e.quota(k))
	default:
		s.work(w, during, during, e.quota(k), until)
	}
	plan.write(e.next)
	w.best.write(e.best, m)
	e.costs[k] = w.best.cost
}

// rush puts in what is absent and improves the plan for a moment, without heat.
func (s *search) rush(w *worker, quota int64) {
	m := w.plan.m
	w.prepare(overwhelming)
	w.heat = m.heat(1)
	for k := range min(quota, int64(rushed*m.n)) {
		if k&63 == 0 && (s.stopped.Load() || s.opts.Time > 0 && s.clock() > time.Duration(hasty*float64(s.opts.Time))) {
			return
		}
		w.iterate()
		s.done.Add(1)
	}
}

// take takes over what an epoch found, if that is the best so far.
func (c *champion) take(e *epoch) {
	var sum Cost
	for _, cost := range e.costs {
		sum = sum.plus(cost)
	}
	if sum.Compare(c.cost) < 0 {
		c.cost, c.draft = sum, e.best
	}
}
