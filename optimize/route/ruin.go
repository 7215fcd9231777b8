package route

import "math"

// How much an iteration takes out (Christiaens and Vanden Berghe, Transportation Science 54(2), 2020). Small problems
// need larger changes to get out of their local optima, large ones more iterations.
const (
	meanRuin    = 10   // visits on average, and the most of one string
	meanRuinFew = 15   // the same where there are few visits
	meanRuinAll = 7    // the same where there are many and shifts differ: what helps is found close by
	splitOften  = 0.5  // chance that a string spares some visits in its middle
	splitMore   = 0.01 // chance of sparing one more
)

// ruin takes strings of consecutive visits out of several neighbouring tours around a seed visit.
func (w *worker) ruin(seed int32) {
	p := w.plan
	w.round++
	w.out = w.out[:0]
	limit := min(w.meanRuin, max(1, w.plan.meanSize()))
	strings := 1 + int(w.dice.unit()*(4*w.meanRuin/(1+limit)-1))
	w.ruinAt(seed, limit)
	for _, i := range p.m.near[seed] {
		if len(w.ruined) >= strings {
			break
		}
		if w.mine(i) {
			w.ruinAt(i, limit)
		}
	}
	for _, shift := range w.ruined {
		p.settle(shift)
	}
	w.ruined = w.ruined[:0]
}

// meanSize is the mean number of visits of a used tour.
func (p *plan) meanSize() float64 {
	if p.used == 0 {
		return 1
	}
	return float64(p.placed) / float64(p.used)
}

// ruinAt removes a string around visit i, unless its tour is ruined already.
func (w *worker) ruinAt(i int32, limit float64) {
	p := w.plan
	shift := p.nodes[i].shift
	if shift < 0 || w.ruinedAt[shift] == w.round {
		return
	}
	w.ruinedAt[shift] = w.round
	w.ruined = append(w.ruined, shift)
	size := int(p.tours[shift].size)
	length := int(w.dice.unit()*math.Min(float64(size), limit)) + 1
	length = min(length, size)
	spare := 0
	if length > 1 && length < size && w.dice.unit() < splitOften {
		for spare = 1; length+spare < size && w.dice.unit() < splitMore; spare++ {
		}
	}
	w.cutString(i, length, spare)
}

// cutString removes length visits of a run of length+spare that contains visit i; the spared ones lie together.
func (w *worker) cutString(i int32, length, spare int) {
	p := w.plan
	run := length + spare
	first, last := p.m.start(p.nodes[i].shift), p.m.end(p.nodes[i].shift)
	before, behind := 0, 0
	for j := p.nodes[i].prev; j != first && before < run-1; j = p.nodes[j].prev {
		before++
	}
	for j := p.nodes[i].next; j != last && behind < run-1; j = p.nodes[j].next {
		behind++
	}
	least, most := max(0, run-1-behind), before
	back := least + w.dice.below(most-least+1)
	j := i
	for range back {
		j = p.nodes[j].prev
	}
	sparedFrom := run
	if spare > 0 {
		sparedFrom = 1 + w.dice.below(length-1)
	}
	w.run = w.run[:0]
	for range run {
		w.run = append(w.run, j)
		j = p.nodes[j].next
	}
	for k, j := range w.run {
		if (k < sparedFrom || k >= sparedFrom+spare) && w.movable(j) {
			w.take(j)
		}
	}
}

// take removes a visit, and with it all that it is tied to.
func (w *worker) take(i int32) {
	p := w.plan
	members := p.members(i)
	if members == nil {
		p.remove(i)
		w.out = append(w.out, i)
		return
	}
	for _, j := range members {
		shift := p.nodes[j].shift
		if shift < 0 || p.m.rich.held[j] {
			continue
		}
		if w.ruinedAt[shift] != w.round {
			w.ruinedAt[shift] = w.round
			w.ruined = append(w.ruined, shift)
		}
		p.setSpan(j, span{0, far})
		p.remove(j)
		w.out = append(w.out, j)
	}
}

// movable is false for what is pinned in a sequence, and for what another worker's visits depend on.
func (w *worker) movable(i int32) bool {
	if w.plan.nodes[i].shift < 0 || !w.mine(i) || w.plan.labels != nil && w.plan.m.rich.held[i] {
		return false
	}
	for _, j := range w.plan.members(i) {
		if !w.mine(j) {
			return false
		}
	}
	return true
}
