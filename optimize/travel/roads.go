package travel

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
)

// Roads is the road network of one mode, prepared to answer tables of many places at once.
// Turns cost nothing and turn restrictions are not known: on a technician's day they shift
// minutes, while they would triple the graph. It is safe for concurrent use.
type Roads struct {
	graph     *graph
	roads     []road
	grid      *grid
	hierarchy *hierarchy
}

// NewRoads prepares the part of an extract that is open to a mode. Preparation takes seconds
// for a metropolitan area and is worth keeping for as long as the process lives.
func NewRoads(e *Extract, mode Mode) (*Roads, error) {
	switch mode {
	case Car, Bike, Foot:
	default:
		return nil, fmt.Errorf("mode %q is unknown; expected %s, %s or %s", mode, Car, Bike, Foot)
	}
	g, err := newGraph(e, mode)
	if err != nil {
		return nil, err
	}
	r := &Roads{graph: g, roads: roadsOf(g)}
	r.grid = newGrid(g, r.roads)
	r.hierarchy = contract(g)
	return r, nil
}

// Nodes is the number of junctions and bends of the network.
func (r *Roads) Nodes() int { return len(r.graph.places) }

// Table measures the fastest way between every two of the points, each taken from and to the
// nearest road. It works by buckets (Knopp, Sanders, Schultes, Schulz, Wagner: Computing
// Many-to-Many Shortest Paths Using Highway Hierarchies, ALENEX 2007): one small search a
// point leaves its distances in the nodes it meets, one more collects them.
func (r *Roads) Table(ctx context.Context, points []Point) (*Table, error) {
	holds := make([]foothold, len(points))
	for i, p := range points {
		if err := p.Validate(); err != nil {
			return nil, fmt.Errorf("points[%d]: %w", i, err)
		}
		hold, err := r.grid.snap(p)
		if err != nil {
			return nil, fmt.Errorf("points[%d]: %w", i, err)
		}
		holds[i] = hold
	}
	buckets := r.descend(ctx, holds)
	durations, distances := make([]int32, len(points)*len(points)), make([]int32, len(points)*len(points))
	r.share(ctx, len(holds), func(s *search, from int) {
		row := r.row(s, buckets, holds, from)
		for to, w := range row {
			durations[from*len(points)+to], distances[from*len(points)+to] = answer(w)
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return NewTable(len(points), durations, distances)
}

// answer clamps a path to what a Matrix may say.
func answer(w weight) (seconds, metres int32) {
	if w == unreached {
		return Unreachable, Unreachable
	}
	return min(w.seconds(), Unreachable), min(w.metres(), Unreachable)
}

// buckets holds, for each node, the targets that can be reached from it by descending.
type buckets struct {
	first   []int32
	entries []bucketEntry
}

type bucketEntry struct {
	node, target int32
	weight       weight
}

// descend searches upward against the direction of travel from every target.
func (r *Roads) descend(ctx context.Context, holds []foothold) *buckets {
	found := make([][]bucketEntry, len(holds))
	h := r.hierarchy
	r.share(ctx, len(holds), func(s *search, target int) {
		hold := holds[target]
		s.ascend(&h.down, &h.up, r.ranked(r.roads[hold.road].arrivals(hold.share)), func(n int32, w weight) {
			found[target] = append(found[target], bucketEntry{n, int32(target), w})
		})
	})
	b := &buckets{entries: slices.Concat(found...), first: make([]int32, len(h.rank)+1)}
	slices.SortFunc(b.entries, func(x, y bucketEntry) int {
		return cmp.Or(cmp.Compare(x.node, y.node), cmp.Compare(x.target, y.target))
	})
	for _, e := range b.entries {
		b.first[e.node+1]++
	}
	for n := range h.rank {
		b.first[n+1] += b.first[n]
	}
	return b
}

// row searches upward from one place and joins what it meets in the buckets.
func (r *Roads) row(s *search, b *buckets, holds []foothold, from int) []weight {
	row := make([]weight, len(holds))
	for to := range row {
		row[to] = unreached
		if holds[to].road == holds[from].road {
			row[to] = r.roads[holds[from].road].along(holds[from].share, holds[to].share)
		}
	}
	row[from] = 0
	hold, h := holds[from], r.hierarchy
	s.ascend(&h.up, &h.down, r.ranked(r.roads[hold.road].departures(hold.share)), func(n int32, w weight) {
		for _, e := range b.entries[b.first[n]:b.first[n+1]] {
			row[e.target] = min(row[e.target], w+e.weight)
		}
	})
	return row
}

// ranked renames steps from the graph's numbers to the hierarchy's.
func (r *Roads) ranked(steps []step) []step {
	for i := range steps {
		steps[i].to = r.hierarchy.rank[steps[i].to]
	}
	return steps
}

// share spreads n pieces of work over the processors, each with a search of its own, and
// stops handing out when the context ends.
func (r *Roads) share(ctx context.Context, n int, work func(s *search, i int)) {
	var group sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), n)
	for worker := range workers {
		group.Go(func() {
			s := newSearch(len(r.graph.places))
			for i := worker; i < n && ctx.Err() == nil; i += workers {
				work(&s, i)
			}
		})
	}
	group.Wait()
}
