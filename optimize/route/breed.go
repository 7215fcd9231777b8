package route

import "time"

// Plain problems whose shifts are all alike breed a herd: children take some tours from one parent and the rest from
// another, and are improved by local search in which rules may be broken at a price (Vidal, Crainic, Gendreau and
// Prins, Computers & Operations Research 40, 2013). What ruin and recreate finds in a first part of the budget is the
// first of the herd.
const (
	sown     = 0.1 // part of the budget for that
	breeders = 8   // workers that breed side by side
	brood    = 2   // children of each between two changes of the herd
	patience = 10  // times as many children as there are visits are born in vain before a herd is renewed
	renewals = 3   // members of each breeder that it is renewed with
)

// alike holds for plain models whose shifts are all of one kind, begin and end at one place, and can make every visit.
func (m *model) alike() bool {
	if m.rich != nil || len(m.kinds) > 1 {
		return false
	}
	for i := range int32(m.n) {
		if m.mandatory[i] == 0 || !m.able.has(i, 0) {
			return false
		}
	}
	return m.site[m.start(0)] == m.site[m.end(0)]
}

// breed spends the rest of the budget on a herd that begins with the given plans. Whenever it finds nothing better for
// long it is renewed.
func (s *search) breed(m *model, stock []parent) {
	most := int32(m.r)
	if s.p.Policy.FewFirst {
		most = int32(s.champ.cost.Shifts)
	}
	workers := s.breeders(m, most)
	h := newHerd(m)
	for _, p := range stock {
		workers[0].l.load(nextOf(m, p.draft))
		h.add(workers[0].l.member())
	}
	for s.left(1) >= int64(m.n) && !s.over() {
		s.generation(workers, h, 1)
		s.champ.adopt(h)
		if h.born-h.bettered >= patience*m.n {
			h = s.renewed(workers, h)
		}
	}
}

// renewed is a herd that begins with the best of a stagnant one and with what annealing makes of others of its members.
func (s *search) renewed(workers []*breeder, old *herd) *herd {
	h := newHerd(old.m)
	h.toll, h.born, h.bettered = old.toll, strays, strays
	old.best.others = nil
	h.add(old.best)
	anneals := min(s.left(1)/(varied*int64(h.m.n)), int64(renewals*len(workers)))
	s.share(len(workers), stretch{0, 1}, func(k int, _ time.Duration) {
		b := workers[k]
		b.children, b.verdicts = b.children[:0], b.verdicts[:0]
		for range portion(anneals, k, len(workers)) {
			if s.stopped.Load() || s.opts.Time > 0 && s.clock() >= s.opts.Time {
				return
			}
			parent := old.pools[0][b.dice.below(len(old.pools[0]))]
			b.children = append(b.children, b.anneal(parent, mild, varied*h.m.n))
			s.done.Add(varied * int64(h.m.n))
		}
	})
	for _, b := range workers {
		b.deliver(h)
	}
	return h
}

// breeders make plans that use no more than a number of shifts.
func (s *search) breeders(m *model, most int32) (workers []*breeder) {
	for k := range breeders {
		b := newBreeder(m, newDice(s.opts.Seed, -100-k))
		b.l.most = most
		workers = append(workers, b)
	}
	return workers
}

// generation lets each breeder add a few children to the herd, until a part of the budget is spent. They are as many
// iterations each as there are visits.
func (s *search) generation(workers []*breeder, h *herd, to float64) {
	children := min(s.left(to)/int64(h.m.n), int64(brood*len(workers)))
	s.share(len(workers), stretch{0, 1}, func(k int, _ time.Duration) {
		b := workers[k]
		b.children, b.verdicts = b.children[:0], b.verdicts[:0]
		for range portion(children, k, len(workers)) {
			if !s.stopped.Load() && (s.opts.Time == 0 || s.clock() < s.opts.Time) {
				b.child(h)
				s.done.Add(int64(h.m.n))
			}
		}
	})
	for _, b := range workers {
		b.deliver(h)
	}
}

// adopt takes over the best plan of a herd.
func (c *champion) adopt(h *herd) {
	if h.best == nil || h.best.score(h.m).Compare(c.cost) >= 0 {
		return
	}
	c.cost = h.best.score(h.m)
	(&snapshot{reg: h.m.whole(), next: h.best.next}).write(c.draft, h.m)
}

// nextOf turns a draft of a plain model into links: by node, what follows it.
func nextOf(m *model, d *draft) []int32 {
	node := make(map[int]int32, m.n)
	for i, v := range m.visit {
		node[int(v)] = int32(i)
	}
	next := make([]int32, m.n+2*m.r)
	for k := range int32(m.r) {
		last := m.start(k)
		for _, c := range d.calls[m.shift[k]] {
			next[last] = node[c.visit]
			last = node[c.visit]
		}
		next[last] = m.end(k)
	}
	return next
}
