package travel

import (
	"fmt"
	"math"
)

// Estimate guesses a drive without knowing a road: the straight line is stretched by a road
// factor, and the speed grows with the distance, because long drives use faster roads.
type Estimate struct {
	RoadFactor float64 // road metres per straight metre, at least 1
	SlowSpeed  float64 // metres a second on the shortest drives
	FastSpeed  float64 // metres a second once a drive is FastAfter long
	FastAfter  float64 // road metres; in between the speed grows in a straight line
	Stop       float64 // seconds added to every drive for parking and walking to the door
}

// DefaultEstimate suits a metropolitan area by car: 30 km/h at the door, 70 km/h from 20 km
// on, and a minute and a half to park.
func DefaultEstimate() Estimate {
	return Estimate{RoadFactor: 1.3, SlowSpeed: 8.333, FastSpeed: 8.333 + 11.111, FastAfter: 20_000, Stop: 90}
}

// Validate names the first parameter that makes no sense.
func (e Estimate) Validate() error {
	switch {
	case !(e.RoadFactor >= 1 && e.RoadFactor <= 10):
		return fmt.Errorf("road factor: %g is not between 1 and 10", e.RoadFactor)
	case !(e.SlowSpeed > 0):
		return fmt.Errorf("slow speed: %g m/s is not positive", e.SlowSpeed)
	case !(e.FastSpeed >= e.SlowSpeed):
		return fmt.Errorf("fast speed: %g m/s is below the slow speed of %g m/s", e.FastSpeed, e.SlowSpeed)
	case !(e.FastAfter > 0):
		return fmt.Errorf("fast after: %g m is not positive", e.FastAfter)
	case !(e.Stop >= 0):
		return fmt.Errorf("stop: %g s is negative", e.Stop)
	}
	return nil
}

// Leg returns whole seconds and whole metres between two places a straight line apart that is
// straight metres long. Staying where one is takes nothing.
func (e Estimate) Leg(straight float64) (seconds, metres int32) {
	if straight == 0 {
		return 0, 0
	}
	road := e.RoadFactor * straight
	speed := e.SlowSpeed + (e.FastSpeed-e.SlowSpeed)*math.Min(1, road/e.FastAfter)
	return whole(e.Stop + road/speed), whole(road)
}

// whole rounds to the nearest integer that a Matrix may answer.
func whole(v float64) int32 {
	return int32(math.Min(math.Round(v), float64(Unreachable)))
}

// Globe is a Matrix over places on the earth that keeps only the places and estimates every
// drive when asked: memory grows with the places, not with their pairs.
type Globe struct {
	estimate Estimate
	at       [][3]float64 // unit vectors, so that a distance costs one square root and one arcsine
}

// NewGlobe refuses a point that is not on the earth and an estimate that makes no sense.
func NewGlobe(points []Point, e Estimate) (*Globe, error) {
	if err := e.Validate(); err != nil {
		return nil, err
	}
	g := &Globe{estimate: e, at: make([][3]float64, len(points))}
	for i, p := range points {
		if err := p.Validate(); err != nil {
			return nil, fmt.Errorf("points[%d]: %w", i, err)
		}
		g.at[i] = p.vector()
	}
	return g, nil
}

// Len is the number of places.
func (g *Globe) Len() int { return len(g.at) }

// Duration is in seconds.
func (g *Globe) Duration(from, to int) int32 {
	seconds, _ := g.estimate.Leg(arcLength(g.at[from], g.at[to]))
	return seconds
}

// Distance is in metres.
func (g *Globe) Distance(from, to int) int32 {
	_, metres := g.estimate.Leg(arcLength(g.at[from], g.at[to]))
	return metres
}

// Plane is a Matrix over places on a flat map in metres, estimated when asked like [Globe].
type Plane struct {
	estimate Estimate
	at       [][2]float64
}

// NewPlane takes coordinates east and north in metres.
func NewPlane(points [][2]float64, e Estimate) (*Plane, error) {
	if err := e.Validate(); err != nil {
		return nil, err
	}
	for i, p := range points {
		if math.IsNaN(p[0]+p[1]) || math.IsInf(p[0], 0) || math.IsInf(p[1], 0) {
			return nil, fmt.Errorf("points[%d]: (%g, %g) is not a place", i, p[0], p[1])
		}
	}
	return &Plane{e, points}, nil
}

// Len is the number of places.
func (p *Plane) Len() int { return len(p.at) }

// Duration is in seconds.
func (p *Plane) Duration(from, to int) int32 {
	seconds, _ := p.estimate.Leg(p.straight(from, to))
	return seconds
}

// Distance is in metres.
func (p *Plane) Distance(from, to int) int32 {
	_, metres := p.estimate.Leg(p.straight(from, to))
	return metres
}

func (p *Plane) straight(from, to int) float64 {
	dx, dy := p.at[from][0]-p.at[to][0], p.at[from][1]-p.at[to][1]
	return math.Sqrt(dx*dx + dy*dy)
}

// EstimateOf is the usual estimate for a mode; an unknown one travels by car.
func EstimateOf(mode Mode) Estimate {
	switch mode {
	case Bike:
		return Estimate{RoadFactor: 1.25, SlowSpeed: 4.2, FastSpeed: 5, FastAfter: 5_000, Stop: 45}
	case Foot:
		return Estimate{RoadFactor: 1.2, SlowSpeed: 1.35, FastSpeed: 1.35, FastAfter: 1_000, Stop: 0}
	}
	return DefaultEstimate()
}
