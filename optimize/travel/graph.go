package travel

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/paulmach/osm"
)

// weight is the length of a path: milliseconds in the upper half, decimetres in the lower.
// One addition adds both and one comparison prefers the faster and, among equally fast, the
// shorter path, so that a distance is as well defined as a duration.
type weight uint64

// unreached is longer than any path.
const unreached weight = 1<<64 - 1

// minSpeed keeps a careless tag from stretching an arc beyond what a weight holds (km/h).
const minSpeed = 1

func newWeight(metres, kmh float64) weight {
	milliseconds := metres * 3600 / max(kmh, minSpeed)
	return weight(milliseconds+0.5)<<32 | weight(metres*10+0.5)
}

func (w weight) seconds() int32 { return int32((w>>32 + 500) / 1000) }
func (w weight) metres() int32  { return int32((w&(1<<32-1) + 5) / 10) }

// part is the share of a path along one straight arc.
func (w weight) part(share float64) weight {
	return weight(float64(w>>32)*share+0.5)<<32 | weight(float64(w&(1<<32-1))*share+0.5)
}

// arc is one direction of a straight piece of road, or a shortcut over several.
type arc struct {
	from, to int32
	weight   weight
}

// graph is a road network of one mode in which every node can reach every other. The arcs
// are sorted by their first node; first[n] to first[n+1] are those that leave node n.
type graph struct {
	places []Point
	arcs   []arc
	first  []int32
}

// newGraph keeps of an extract what is open to a mode and belongs to the largest part that is
// connected in both directions; a place on a cut-off island of roads is then served from the
// nearest road that leads somewhere.
func newGraph(e *Extract, mode Mode) (*graph, error) {
	whole := arcsOf(e, mode)
	if len(whole.arcs) == 0 {
		return nil, fmt.Errorf("the map has no road open to mode %q", mode)
	}
	whole.index()
	part := largestComponent(whole)
	if len(part.arcs) == 0 {
		return nil, errors.New("no two places of the map can be reached from each other in both directions")
	}
	return part, nil
}

// arcsOf lists the open directions of every straight piece of road.
func arcsOf(e *Extract, mode Mode) *graph {
	g := &graph{}
	number := map[osm.NodeID]int32{}
	node := func(id osm.NodeID) int32 {
		n, ok := number[id]
		if !ok {
			n = int32(len(g.places))
			number[id] = n
			g.places = append(g.places, e.places[id])
		}
		return n
	}
	for _, w := range e.ways {
		forward, backward := mode.passage(w.tags)
		if forward == 0 && backward == 0 {
			continue
		}
		for i := 1; i < len(w.nodes); i++ {
			a, b := w.nodes[i-1], w.nodes[i]
			if a != b && e.places[a] != nowhere && e.places[b] != nowhere {
				g.addRoad(node(a), node(b), forward, backward)
			}
		}
	}
	return g
}

func (g *graph) addRoad(a, b int32, forward, backward float64) {
	metres := GreatCircle(g.places[a], g.places[b])
	if forward > 0 {
		g.arcs = append(g.arcs, arc{a, b, newWeight(metres, forward)})
	}
	if backward > 0 {
		g.arcs = append(g.arcs, arc{b, a, newWeight(metres, backward)})
	}
}

// index sorts the arcs and fills first.
func (g *graph) index() {
	slices.SortFunc(g.arcs, func(a, b arc) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.weight, b.weight))
	})
	g.first = offsets(g.arcs, len(g.places), func(a arc) int32 { return a.from })
}

// offsets counts sorted arcs by one of their ends.
func offsets(arcs []arc, nodes int, end func(arc) int32) []int32 {
	first := make([]int32, nodes+1)
	for _, a := range arcs {
		first[end(a)+1]++
	}
	for n := range nodes {
		first[n+1] += first[n]
	}
	return first
}

// largestComponent cuts a graph down to its largest strongly connected part.
func largestComponent(g *graph) *graph {
	component, sizes := components(g)
	largest := int32(0)
	for c, size := range sizes {
		if size > sizes[largest] {
			largest = int32(c)
		}
	}
	part := &graph{}
	renamed := make([]int32, len(g.places))
	for n, place := range g.places {
		if component[n] == largest {
			renamed[n] = int32(len(part.places))
			part.places = append(part.places, place)
		}
	}
	for _, a := range g.arcs {
		if component[a.from] == largest && component[a.to] == largest {
			part.arcs = append(part.arcs, arc{renamed[a.from], renamed[a.to], a.weight})
		}
	}
	part.index()
	return part
}

// components numbers the strongly connected components by Tarjan's algorithm, with a stack of
// its own because a country's roads are deeper than a goroutine's stack should grow.
func components(g *graph) (component []int32, sizes []int) {
	t := tarjan{g: g, order: make([]int32, len(g.places)), low: make([]int32, len(g.places)), next: slices.Clone(g.first)}
	t.component = make([]int32, len(g.places))
	for n := range t.component {
		t.component[n] = -1
	}
	for n := range g.places {
		if t.order[n] == 0 {
			t.walk(int32(n))
		}
	}
	return t.component, t.sizes
}

type tarjan struct {
	g          *graph
	order, low []int32 // order of discovery from 1, and the earliest node reachable
	next       []int32 // the arc to follow next from each node
	count      int32
	path, open []int32 // the walk so far, and the nodes without a component
	component  []int32
	sizes      []int
}

func (t *tarjan) walk(start int32) {
	t.enter(start)
	for len(t.path) > 0 {
		n := t.path[len(t.path)-1]
		if t.next[n] < t.g.first[n+1] {
			to := t.g.arcs[t.next[n]].to
			t.next[n]++
			if t.order[to] == 0 {
				t.enter(to)
			} else if t.component[to] < 0 {
				t.low[n] = min(t.low[n], t.order[to])
			}
			continue
		}
		t.leave(n)
	}
}

func (t *tarjan) enter(n int32) {
	t.count++
	t.order[n], t.low[n] = t.count, t.count
	t.path = append(t.path, n)
	t.open = append(t.open, n)
}

func (t *tarjan) leave(n int32) {
	t.path = t.path[:len(t.path)-1]
	if len(t.path) > 0 {
		parent := t.path[len(t.path)-1]
		t.low[parent] = min(t.low[parent], t.low[n])
	}
	if t.low[n] != t.order[n] {
		return
	}
	size := 0
	for done := false; !done; size++ {
		top := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.component[top] = int32(len(t.sizes))
		done = top == n
	}
	t.sizes = append(t.sizes, size)
}
