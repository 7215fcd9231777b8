package travel

import (
	"cmp"
	"slices"
)

// hierarchy is a contraction hierarchy: nodes are numbered by importance, and shortcuts
// stand for the paths over less important nodes, so that a shortest path always climbs and
// then descends (Geisberger, Sanders, Schultes, Delling: Contraction Hierarchies, WEA 2008).
type hierarchy struct {
	rank []int32 // number in the hierarchy by number in the graph
	up   climb   // arcs to more important nodes, along the direction of travel
	down climb   // arcs from more important nodes, against the direction of travel
}

// climb lists for each node the arcs to more important ones.
type climb struct {
	first []int32
	steps []step
}

// step is one arc of a climb; the node it starts from is known.
type step struct {
	to     int32
	weight weight
}

func (c *climb) from(n int32) []step { return c.steps[c.first[n]:c.first[n+1]] }

// How many nodes a witness search may settle: few while only guessing how costly a node is to
// contract, more when shortcuts are really laid. A witness missed costs a needless shortcut,
// never a wrong answer.
const (
	guessLimit = 30
	layLimit   = 250
)

// contraction is a hierarchy in the making.
type contraction struct {
	out, in [][]step // arcs between nodes that are not contracted yet
	level   []int32  // how many contractions lie beneath a node
	rank    []int32  // -1 while not contracted
	witness search
	added   []arc // shortcuts of the node at hand
}

func contract(g *graph) *hierarchy {
	c := newContraction(g)
	h := &hierarchy{rank: c.rank}
	var ups, downs []arc
	var pending queue[int64]
	for n := range g.places {
		pending.push(int32(n), c.priority(int32(n)))
	}
	for next := int32(0); !pending.empty(); {
		n, key := pending.pop()
		if now := c.priority(n); now > key && !pending.empty() && now > pending.items[0].key {
			pending.push(n, now) // its neighbours have changed since it was queued
			continue
		}
		for _, s := range c.out[n] {
			ups = append(ups, arc{n, s.to, s.weight})
		}
		for _, s := range c.in[n] {
			downs = append(downs, arc{n, s.to, s.weight})
		}
		c.remove(n, next)
		next++
	}
	h.up, h.down = newClimb(ups, h.rank), newClimb(downs, h.rank)
	return h
}

func newContraction(g *graph) *contraction {
	nodes := len(g.places)
	c := &contraction{out: make([][]step, nodes), in: make([][]step, nodes), level: make([]int32, nodes), rank: make([]int32, nodes)}
	c.witness = newSearch(nodes)
	for n := range c.rank {
		c.rank[n] = -1
	}
	for _, a := range g.arcs {
		c.lay(a)
	}
	return c
}

// lay adds an arc, or shortens the one that is there.
func (c *contraction) lay(a arc) {
	c.out[a.from] = shorten(c.out[a.from], step{a.to, a.weight})
	c.in[a.to] = shorten(c.in[a.to], step{a.from, a.weight})
}

func shorten(steps []step, s step) []step {
	for i := range steps {
		if steps[i].to == s.to {
			steps[i].weight = min(steps[i].weight, s.weight)
			return steps
		}
	}
	return append(steps, s)
}

// priority is low for a node whose removal makes the graph simpler, and grows with the level
// so that the hierarchy rises evenly.
func (c *contraction) priority(n int32) int64 {
	c.findShortcuts(n, guessLimit)
	removed := len(c.in[n]) + len(c.out[n])
	return int64(2*len(c.added)-removed) + 2*int64(c.level[n])
}

// findShortcuts collects the pairs of neighbours whose shortest path runs over n.
func (c *contraction) findShortcuts(n int32, limit int) {
	c.added = c.added[:0]
	for _, before := range c.in[n] {
		farthest := weight(0)
		for _, after := range c.out[n] {
			if after.to != before.to {
				farthest = max(farthest, before.weight+after.weight)
			}
		}
		if farthest == 0 && len(c.out[n]) <= 1 && (len(c.out[n]) == 0 || c.out[n][0].to == before.to) {
			continue // a dead end
		}
		c.witness.around(c.out, before.to, n, farthest, limit)
		for _, after := range c.out[n] {
			over := before.weight + after.weight
			if after.to != before.to && c.witness.distance[after.to] > over {
				c.added = append(c.added, arc{before.to, after.to, over})
			}
		}
	}
}

// remove contracts a node: its shortcuts are laid and its neighbours forget it.
func (c *contraction) remove(n, rank int32) {
	c.findShortcuts(n, layLimit)
	c.rank[n] = rank
	for _, s := range c.in[n] {
		c.out[s.to] = forget(c.out[s.to], n)
		c.level[s.to] = max(c.level[s.to], c.level[n]+1)
	}
	for _, s := range c.out[n] {
		c.in[s.to] = forget(c.in[s.to], n)
		c.level[s.to] = max(c.level[s.to], c.level[n]+1)
	}
	for _, a := range c.added {
		c.lay(a)
	}
	c.out[n], c.in[n] = nil, nil
}

func forget(steps []step, n int32) []step {
	return slices.DeleteFunc(steps, func(s step) bool { return s.to == n })
}

// newClimb renumbers arcs by rank and packs them by the node they start from.
func newClimb(arcs []arc, rank []int32) climb {
	for i, a := range arcs {
		arcs[i].from, arcs[i].to = rank[a.from], rank[a.to]
	}
	slices.SortFunc(arcs, func(a, b arc) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	c := climb{first: offsets(arcs, len(rank), func(a arc) int32 { return a.from }), steps: make([]step, len(arcs))}
	for i, a := range arcs {
		c.steps[i] = step{a.to, a.weight}
	}
	return c
}
