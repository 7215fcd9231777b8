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
)

// epoch is what one round over all blocks makes of a plan.
type epoch struct {
	next  *draft // the plan to go on from
	best  *draft // the best plans of all blocks
	costs []Cost // of those
	errs  []error
}

// blocks searches epoch by epoch.
func (s *search) blocks() error {
	current := s.start
	count := (len(s.p.Visits) + blockSize - 1) / blockSize
	for k := range epochs {
		during := part(k, epochs)
		list := s.p.cut(current, count, s.dice)
		e := &epoch{newDraft(s.p), newDraft(s.p), make([]Cost, len(list)), make([]error, len(list))}
		seed := s.dice.next()
		s.share(len(list), during, func(k int, until time.Duration) {
			s.block(e, k, list[k], current, newDice(seed, k), stretch{during.from, during.to}, until)
		})
		if err := errors.Join(e.errs...); err != nil {
			return err
		}
		s.champ.take(e)
		current = e.next
		if s.over() {
			break
		}
	}
	return nil
}

// block searches one block.
func (s *search) block(e *epoch, k int, b block, current *draft, d *dice, during stretch, until time.Duration) {
	m, err := compile(s.p, b.shifts, b.visits)
	if err != nil {
		e.errs[k] = err
		return
	}
	plan := newPlan(m)
	plan.load(current)
	w := newWorker(m, d)
	w.attach(plan, m.whole())
	if m.n > 0 && m.r > 0 {
		s.work(w, during, during, until)
	}
	plan.write(e.next)
	w.best.write(e.best, m)
	e.costs[k] = w.best.cost
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
