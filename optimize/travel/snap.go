package travel

import (
	"fmt"
	"math"
)

// maxSnap is how far, in metres, a place may lie from the nearest road before we take its
// coordinates for a mistake rather than for a farm at the end of a long private drive.
const maxSnap = 5_000

// road is a straight piece of road between two nodes, low < high, with what each direction
// costs; unreached where it is closed.
type road struct {
	low, high        int32
	upward, downward weight // low to high, high to low
}

// foothold is where a place meets the road network: on a road, at a share of its way from
// low to high.
type foothold struct {
	road  int32
	share float64
}

// departures lists the nodes reached first by who leaves the foothold, arrivals those passed
// last by who comes to it.
func (r *road) departures(share float64) []step {
	return ends(step{r.high, r.upward}, 1-share, step{r.low, r.downward}, share)
}

func (r *road) arrivals(share float64) []step {
	return ends(step{r.low, r.upward}, share, step{r.high, r.downward}, 1-share)
}

func ends(a step, shareA float64, b step, shareB float64) []step {
	both := make([]step, 0, 2)
	if a.weight != unreached {
		both = append(both, step{a.to, a.weight.part(shareA)})
	}
	if b.weight != unreached {
		both = append(both, step{b.to, b.weight.part(shareB)})
	}
	return both
}

// along is the way between two footholds on this very road, unreached if its direction is closed.
func (r *road) along(from, to float64) weight {
	switch {
	case from == to:
		return 0
	case from < to && r.upward != unreached:
		return r.upward.part(to - from)
	case from > to && r.downward != unreached:
		return r.downward.part(from - to)
	}
	return unreached
}

// roadsOf pairs the two directions of each piece of road.
func roadsOf(g *graph) []road {
	var roads []road
	number := map[[2]int32]int{}
	for _, a := range g.arcs {
		key := [2]int32{min(a.from, a.to), max(a.from, a.to)}
		i, ok := number[key]
		if !ok {
			i = len(roads)
			number[key] = i
			roads = append(roads, road{key[0], key[1], unreached, unreached})
		}
		if a.from < a.to {
			roads[i].upward = min(roads[i].upward, a.weight)
		} else {
			roads[i].downward = min(roads[i].downward, a.weight)
		}
	}
	return roads
}

// plan is a flat map in metres around the middle of a network, good enough to tell which of
// two roads is nearer.
type plan struct {
	origin Point
	scale  float64 // east-west shrinkage at the origin's latitude
}

func (p plan) at(point Point) (x, y float64) {
	return radians(point.Lon-p.origin.Lon) * p.scale * earthRadius, radians(point.Lat-p.origin.Lat) * earthRadius
}

// grid finds the nearest road by squares of equal size.
type grid struct {
	plan          plan
	ends          [][4]float64 // x, y of both ends of each road
	minX, minY    float64
	side          float64
	columns, rows int
	first, inCell []int32 // roads by square
}

func newGrid(g *graph, roads []road) *grid {
	south, north := math.Inf(1), math.Inf(-1)
	for _, p := range g.places {
		south, north = min(south, p.Lat), max(north, p.Lat)
	}
	middle := Point{Lat: (south + north) / 2, Lon: g.places[0].Lon}
	s := &grid{plan: plan{middle, math.Cos(radians(middle.Lat))}, ends: make([][4]float64, len(roads))}
	maxX, maxY := math.Inf(-1), math.Inf(-1)
	s.minX, s.minY = math.Inf(1), math.Inf(1)
	for i, r := range roads {
		ax, ay := s.plan.at(g.places[r.low])
		bx, by := s.plan.at(g.places[r.high])
		s.ends[i] = [4]float64{ax, ay, bx, by}
		s.minX, s.minY = min(s.minX, ax, bx), min(s.minY, ay, by)
		maxX, maxY = max(maxX, ax, bx), max(maxY, ay, by)
	}
	s.side = max(50, math.Sqrt((maxX-s.minX)*(maxY-s.minY)/float64(len(roads))))
	s.columns, s.rows = int((maxX-s.minX)/s.side)+1, int((maxY-s.minY)/s.side)+1
	s.fill()
	return s
}

// fill puts each road into every square that its bounding box touches: first it counts, then
// it places.
func (s *grid) fill() {
	s.first = make([]int32, s.columns*s.rows+1)
	s.eachCell(func(cell int, _ int32) { s.first[cell+1]++ })
	for c := range s.columns * s.rows {
		s.first[c+1] += s.first[c]
	}
	s.inCell = make([]int32, s.first[len(s.first)-1])
	free := append([]int32(nil), s.first...)
	s.eachCell(func(cell int, road int32) {
		s.inCell[free[cell]] = road
		free[cell]++
	})
}

func (s *grid) eachCell(visit func(cell int, road int32)) {
	for i, e := range s.ends {
		left, bottom := s.cell(min(e[0], e[2]), min(e[1], e[3]))
		right, top := s.cell(max(e[0], e[2]), max(e[1], e[3]))
		for row := bottom; row <= top; row++ {
			for column := left; column <= right; column++ {
				visit(row*s.columns+column, int32(i))
			}
		}
	}
}

func (s *grid) cell(x, y float64) (column, row int) {
	column = int(math.Floor((x - s.minX) / s.side))
	row = int(math.Floor((y - s.minY) / s.side))
	return min(max(column, 0), s.columns-1), min(max(row, 0), s.rows-1)
}

// snap finds the nearest road, looking at rings of squares around the point until no square
// outside can hold a nearer one.
func (s *grid) snap(p Point) (foothold, error) {
	x, y := s.plan.at(p)
	column, row := s.cell(x, y)
	best, nearest := foothold{road: -1}, float64(maxSnap)
	outside := max(s.minX-x, x-s.minX-float64(s.columns)*s.side, s.minY-y, y-s.minY-float64(s.rows)*s.side, 0)
	for ring := 0; ring <= max(s.columns, s.rows); ring++ {
		if outside > maxSnap || best.road >= 0 && float64(ring-1)*s.side > nearest {
			break
		}
		s.eachInRing(column, row, ring, func(road int32) {
			if share, d := s.distance(road, x, y); d < nearest {
				best, nearest = foothold{road, share}, d
			}
		})
	}
	if best.road < 0 {
		return best, fmt.Errorf("no road within %d m of (%g, %g); check the coordinates or load a map that covers them", maxSnap, p.Lat, p.Lon)
	}
	return best, nil
}

func (s *grid) eachInRing(column, row, ring int, visit func(road int32)) {
	for r := max(row-ring, 0); r <= min(row+ring, s.rows-1); r++ {
		edge := r == row-ring || r == row+ring
		for c := max(column-ring, 0); c <= min(column+ring, s.columns-1); c++ {
			if !edge && c != column-ring && c != column+ring {
				continue
			}
			cell := r*s.columns + c
			for _, road := range s.inCell[s.first[cell]:s.first[cell+1]] {
				visit(road)
			}
		}
	}
}

// distance is how far a point lies from a road in metres, and the share of the road's way
// from low to high at which it is nearest.
func (s *grid) distance(road int32, x, y float64) (share, metres float64) {
	e := s.ends[road]
	dx, dy := e[2]-e[0], e[3]-e[1]
	if length := dx*dx + dy*dy; length > 0 {
		share = min(max(((x-e[0])*dx+(y-e[1])*dy)/length, 0), 1)
	}
	return share, math.Hypot(x-e[0]-share*dx, y-e[1]-share*dy)
}
