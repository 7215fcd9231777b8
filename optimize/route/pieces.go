package route

import "time"

// Plain plans of many visits, whose shifts are all alike, are improved piece by piece once ruin and recreate has made
// them good: tours near one another are a problem of their own, in which a herd is bred. In every epoch the cuts run
// elsewhere (decomposition by the place of routes: Santini, Schneider, Vidal and Vigo, European Journal of Operational
// Research 306(3), 2023).
const (
	scouted     = 0.5  // part of the budget after which that begins
	scoutedLong = 0.15 // the same where tours have many visits, of which ruin and recreate makes less
	manyVisits  = 20   // of a tour on average
	pieceSize   = 300  // visits of a piece, more or less
	pieceEpochs = 8
	variants    = 6   // of the present plan of a piece, which a herd begins with
	varying     = 0.2 // part of a piece's budget after which no further one is made
	varied      = 20  // times as many iterations make a variant as there are visits
)

// scouting is the part of the budget that goes to ruin and recreate.
func (s *search) scouting(m *model) float64 {
	w := newWorker(m, newDice(s.opts.Seed, -4))
	w.attach(s.plan(m), m.whole())
	w.prepare(overwhelming)
	if w.plan.meanSize() >= manyVisits {
		return scoutedLong
	}
	return scouted
}

// pieces improves the best plan piece by piece, from a part of the budget on.
func (s *search) pieces(from float64) (err error) {
	current := s.champ.draft
	for k := 0; !s.over() && err == nil && k < pieceEpochs; k++ {
		current, err = s.epoch(current, part(k, pieceEpochs).scaled(from, 1), pieceSize, s.piece)
	}
	return err
}

// piece breeds a herd in one piece. Where a visit has no place yet, it searches as in a block.
func (s *search) piece(e *epoch, k int, b block, current *draft, d *dice, during stretch, until time.Duration) {
	began := s.clock()
	m, err := s.compile(b.shifts, b.visits)
	if err != nil {
		e.errs[k] = err
		return
	}
	plan := newPlan(m)
	plan.load(current)
	if m.n == 0 || len(plan.absent) > 0 || !m.alike() {
		s.block(e, k, b, current, d, during, until)
		return
	}
	one, h := newBreeder(m, d), newHerd(m)
	if s.p.Policy.FewFirst {
		one.l.most = int32(plan.used)
	}
	next := make([]int32, len(plan.nodes))
	for i := range plan.nodes {
		next[i] = plan.nodes[i].next
	}
	one.l.load(next)
	h.add(one.l.member())
	done := int64(0)
	over := func(next int64, part float64) bool {
		return float64(done+next) > part*float64(e.quota(k)) || s.stopped.Load() ||
			s.opts.Time > 0 && s.clock() >= began+time.Duration(part*float64(until-began))
	}
	for n := 0; n < variants && !over(varied*int64(m.n), varying); n++ {
		h.add(one.anneal(h.best, mild, varied*m.n))
		done += varied * int64(m.n)
	}
	for ; !over(int64(m.n), 1); done += int64(m.n) {
		one.litter(h)
	}
	s.done.Add(done)
	best := &snapshot{reg: m.whole(), next: h.best.next}
	best.write(e.next, m)
	best.write(e.best, m)
	e.costs[k] = h.best.score(m)
}
