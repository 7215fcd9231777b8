package route

import (
	"cmp"
	"slices"
)

// scatter begins a child with nothing.
func (b *breeder) scatter() {
	m := b.l.m
	for k := range int32(m.r) {
		b.next[m.start(k)] = m.end(k)
	}
	b.missing = append(b.missing[:0], all(m.n)...)
}

// cross makes the tours of a child: those of x, but for some near one another, which are replaced by those of y that
// have most visits in common with them (the selective route exchange of Nagata, Bräysy and Dullaert, Computers &
// Operations Research 37(4), 2010). A visit that both would bring stays in a tour of y, or in one of x, as the dice say.
func (b *breeder) cross(x, y *member) {
	m := b.l.m
	b.neighbourhood(x)
	b.rank(y)
	clear(b.placed)
	clear(b.fresh)
	onlyInside := b.dice.below(2) == 0
	for at, k := range b.shifts {
		b.fresh[k] = true
		b.take(k, b.ranked[at], y, onlyInside)
	}
	for k := range int32(m.r) {
		if !slices.Contains(b.shifts, k) {
			b.take(k, k, x, false)
		}
	}
	b.missing = b.missing[:0]
	for i, placed := range b.placed {
		if !placed {
			b.missing = append(b.missing, int32(i))
		}
	}
}

// take makes the tour of a shift of what is in shift k of a parent, without the visits that are in a tour already.
func (b *breeder) take(shift, k int32, of *member, onlyInside bool) {
	m := b.l.m
	last := m.start(shift)
	for i := of.next[m.start(k)]; i != m.end(k); i = of.next[i] {
		if b.placed[i] || onlyInside && !b.inside[i] {
			b.fresh[shift] = true
			continue
		}
		b.placed[i] = true
		b.next[last] = i
		last = i
	}
	b.next[last] = m.end(shift)
}

// neighbourhood draws tours of a parent that serve visits near one another.
func (b *breeder) neighbourhood(x *member) {
	m := b.l.m
	for k := range int32(m.r) {
		for i := x.next[m.start(k)]; i != m.end(k); i = x.next[i] {
			b.of[i] = k
		}
	}
	want := 1 + b.dice.below(max(1, int(x.used)-1))
	seed := int32(b.dice.below(m.n))
	b.shifts = append(b.shifts[:0], b.of[seed])
	for _, i := range m.near[seed] {
		if len(b.shifts) >= want {
			break
		}
		if !slices.Contains(b.shifts, b.of[i]) {
			b.shifts = append(b.shifts, b.of[i])
		}
	}
	for i := range b.inside {
		b.inside[i] = slices.Contains(b.shifts, b.of[i])
	}
}

// rank orders the tours of the other parent by how many visits they have in common with those.
func (b *breeder) rank(y *member) {
	m := b.l.m
	for k := range int32(m.r) {
		b.common[k], b.ranked[k] = 0, k
		for i := y.next[m.start(k)]; i != m.end(k); i = y.next[i] {
			if b.inside[i] {
				b.common[k]++
			}
		}
	}
	slices.SortStableFunc(b.ranked, func(p, q int32) int { return cmp.Compare(b.common[q], b.common[p]) })
}
