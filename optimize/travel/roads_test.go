package travel

import (
	"context"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/paulmach/osm"
	"pgregory.net/rapid"
)

func monaco(t testing.TB) *Extract {
	t.Helper()
	e, err := OpenExtract(t.Context(), "testdata/monaco.osm.gz")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// somewhere scatters points over the middle of a network.
func somewhere(g *graph, n int, seed uint64) []Point {
	rng := rand.New(rand.NewPCG(seed, 0))
	points := make([]Point, n)
	for i := range points {
		near := g.places[rng.IntN(len(g.places))]
		points[i] = Point{near.Lat + (rng.Float64()-0.5)/500, near.Lon + (rng.Float64()-0.5)/500}
	}
	return points
}

// dijkstra is the reference: one plain search over the whole graph from a foothold.
func dijkstra(r *Roads, from foothold) []weight {
	out := make([][]step, len(r.graph.places))
	for _, a := range r.graph.arcs {
		out[a.from] = append(out[a.from], step{a.to, a.weight})
	}
	distance := make([]weight, len(out))
	for n := range distance {
		distance[n] = unreached
	}
	var pending queue[weight]
	for _, s := range r.roads[from.road].departures(from.share) {
		if s.weight < distance[s.to] {
			distance[s.to] = s.weight
			pending.push(s.to, s.weight)
		}
	}
	for !pending.empty() {
		n, w := pending.pop()
		if w > distance[n] {
			continue
		}
		for _, s := range out[n] {
			if w+s.weight < distance[s.to] {
				distance[s.to] = w + s.weight
				pending.push(s.to, w+s.weight)
			}
		}
	}
	return distance
}

func checkAgainstDijkstra(t interface {
	Helper()
	Fatalf(string, ...any)
	Fatal(...any)
}, r *Roads, points []Point) {
	t.Helper()
	table, err := r.Table(context.Background(), points)
	if err != nil {
		t.Fatal(err)
	}
	holds := make([]foothold, len(points))
	for i, p := range points {
		if holds[i], err = r.grid.snap(p); err != nil {
			t.Fatal(err)
		}
	}
	for i, from := range holds {
		distance := dijkstra(r, from)
		for j, to := range holds {
			want := unreached
			if from.road == to.road {
				want = r.roads[from.road].along(from.share, to.share)
			}
			for _, s := range r.roads[to.road].arrivals(to.share) {
				if distance[s.to] != unreached {
					want = min(want, distance[s.to]+s.weight)
				}
			}
			if i == j {
				want = 0
			}
			seconds, metres := answer(want)
			if table.Duration(i, j) != seconds || table.Distance(i, j) != metres {
				t.Fatalf("from %v to %v: %d s %d m; Dijkstra says %d s %d m", points[i], points[j],
					table.Duration(i, j), table.Distance(i, j), seconds, metres)
			}
		}
	}
}

func TestTableEqualsDijkstraInMonaco(t *testing.T) {
	e := monaco(t)
	for _, mode := range []Mode{Car, Bike, Foot} {
		t.Run(string(mode), func(t *testing.T) {
			r, err := NewRoads(e, mode)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d nodes, %d arcs", r.Nodes(), len(r.graph.arcs))
			if r.Nodes() < 500 {
				t.Fatalf("only %d nodes are connected", r.Nodes())
			}
			checkAgainstDijkstra(t, r, somewhere(r.graph, 60, 1))
		})
	}
}

// randomExtract draws a small town with one-way streets and dead ends.
func randomExtract(t *rapid.T) *Extract {
	e := &Extract{places: map[osm.NodeID]Point{}}
	n := rapid.IntRange(2, 40).Draw(t, "nodes")
	for i := range n {
		e.places[osm.NodeID(i)] = Point{
			Lat: 47 + float64(rapid.IntRange(0, 50).Draw(t, "y"))/1000,
			Lon: 9 + float64(rapid.IntRange(0, 50).Draw(t, "x"))/1000,
		}
	}
	e.ways = []way{{osm.Tags{{Key: "highway", Value: "tertiary"}}, []osm.NodeID{0, 1, osm.NodeID(n - 1)}}}
	for range rapid.IntRange(1, 60).Draw(t, "ways") {
		nodes := rapid.SliceOfN(rapid.IntRange(0, n-1), 2, 4).Draw(t, "way")
		w := way{tags: osm.Tags{{Key: "highway", Value: rapid.SampledFrom([]string{"primary", "residential", "service"}).Draw(t, "kind")}}}
		if rapid.IntRange(0, 3).Draw(t, "oneway") == 0 {
			w.tags = append(w.tags, osm.Tag{Key: "oneway", Value: "yes"})
		}
		for _, id := range nodes {
			w.nodes = append(w.nodes, osm.NodeID(id))
		}
		e.ways = append(e.ways, w)
	}
	return e
}

func TestTableEqualsDijkstraInRandomTowns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, err := NewRoads(randomExtract(t), Car)
		if err != nil {
			return // every node drawn at one spot
		}
		checkAgainstDijkstra(t, r, somewhere(r.graph, 12, rapid.Uint64().Draw(t, "seed")))
	})
}

func TestSnapFindsTheNearestRoad(t *testing.T) {
	r, err := NewRoads(monaco(t), Foot)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range somewhere(r.graph, 200, 2) {
		got, err := r.grid.snap(p)
		if err != nil {
			t.Fatal(err)
		}
		x, y := r.grid.plan.at(p)
		_, metres := r.grid.distance(got.road, x, y)
		for i := range r.roads {
			if _, d := r.grid.distance(int32(i), x, y); d < metres {
				t.Fatalf("%v: snapped to a road at %.1f m, but one lies at %.1f m", p, metres, d)
			}
		}
	}
}

func TestEveryPlaceOfANetworkReachesEveryOther(t *testing.T) {
	r, err := NewRoads(monaco(t), Car)
	if err != nil {
		t.Fatal(err)
	}
	distance := dijkstra(r, foothold{0, 0.5})
	for n, w := range distance {
		if w == unreached {
			t.Fatalf("node %d of %d cannot be reached", n, len(distance))
		}
	}
}

func TestPlaceFarFromEveryRoadIsNamed(t *testing.T) {
	r, err := NewRoads(monaco(t), Car)
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Table(t.Context(), []Point{{43.7384, 7.4246}, {48.85, 2.35}})
	if err == nil || !strings.Contains(err.Error(), "points[1]: no road within") {
		t.Fatalf("a place in Paris on a map of Monaco: %v", err)
	}
	_, err = r.Table(t.Context(), []Point{{7.4246, 143.7384}, {143.7384, 7.4246}})
	if err == nil || !strings.Contains(err.Error(), "points[0]") {
		t.Fatalf("a place in the Pacific: %v", err)
	}
}

func TestOneWayStreetIsLongerAgainst(t *testing.T) {
	e := &Extract{places: map[osm.NodeID]Point{1: {47, 9}, 2: {47, 9.01}, 3: {47.01, 9}}}
	oneway := osm.Tags{{Key: "highway", Value: "residential"}, {Key: "oneway", Value: "yes"}}
	e.ways = []way{{oneway, []osm.NodeID{1, 2, 3, 1}}}
	r, err := NewRoads(e, Car)
	if err != nil {
		t.Fatal(err)
	}
	table, err := r.Table(t.Context(), []Point{{47, 9.004}, {47, 9.006}})
	if err != nil {
		t.Fatal(err)
	}
	if with, against := table.Distance(0, 1), table.Distance(1, 0); with > 160 || against < 2000 {
		t.Fatalf("with the street %d m, against it %d m", with, against)
	}
}

func TestPassage(t *testing.T) {
	for _, c := range []struct {
		mode              Mode
		tags              string
		forward, backward float64
	}{
		{Car, "highway=residential", 23, 23},
		{Car, "highway=motorway", 95, 0},
		{Foot, "highway=motorway", 0, 0},
		{Foot, "highway=motorway access=yes", 0, 0},
		{Car, "highway=residential oneway=-1", 0, 23},
		{Bike, "highway=residential oneway=yes oneway:bicycle=no", 16, 16},
		{Foot, "highway=residential oneway=yes", 4.8, 4.8},
		{Car, "highway=service access=private", 0, 0},
		{Car, "highway=residential access=no motor_vehicle=destination", 23, 23},
		{Car, "highway=footway", 0, 0},
		{Bike, "highway=steps", 0, 0},
		{Bike, "highway=motorway bicycle=yes", 4, 4},
		{Car, "highway=primary maxspeed=50", 40, 40},
		{Car, "highway=primary maxspeed=none", 55, 55},
		{Car, "highway=tertiary junction=roundabout", 35, 0},
		{Car, "highway=construction", 0, 0},
		{Car, "building=yes", 0, 0},
	} {
		var tags osm.Tags
		for _, pair := range strings.Fields(c.tags) {
			key, value, _ := strings.Cut(pair, "=")
			tags = append(tags, osm.Tag{Key: key, Value: value})
		}
		if f, b := c.mode.passage(tags); f != c.forward || b != c.backward {
			t.Errorf("%s on %s: %g and %g km/h, want %g and %g", c.mode, c.tags, f, b, c.forward, c.backward)
		}
	}
}

func TestReadExtractRefusesWhatIsNoMap(t *testing.T) {
	for name, want := range map[string]string{
		"map.shp":  "unknown kind of map",
		"none.pbf": "no such file",
	} {
		if _, err := OpenExtract(t.Context(), name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if _, err := ReadExtract(t.Context(), strings.NewReader("<osm></osm>"), XML); err == nil || !strings.Contains(err.Error(), "no roads") {
		t.Errorf("a map without roads: %v", err)
	}
	if _, err := ReadExtract(t.Context(), strings.NewReader("not a map"), PBF); err == nil {
		t.Error("text was read as PBF")
	}
}

// BenchmarkTable measures a table on a larger map: set MAP to the path of an extract.
func BenchmarkTable(b *testing.B) {
	path := os.Getenv("MAP")
	if path == "" {
		path = "testdata/monaco.osm.gz"
	}
	e, err := OpenExtract(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	r, err := NewRoads(e, Car)
	if err != nil {
		b.Fatal(err)
	}
	points := somewhere(r.graph, 1000, 1)
	b.Run("1000", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Table(b.Context(), points); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("contract", func(b *testing.B) {
		for b.Loop() {
			contract(r.graph)
		}
	})
}
