package travel

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// haversine is the textbook form that GreatCircle is held to.
func haversine(a, b Point) float64 {
	sin := func(degrees float64) float64 { return math.Sin(radians(degrees) / 2) }
	h := sin(b.Lat-a.Lat)*sin(b.Lat-a.Lat) + math.Cos(radians(a.Lat))*math.Cos(radians(b.Lat))*sin(b.Lon-a.Lon)*sin(b.Lon-a.Lon)
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}

func TestGreatCircleIsHaversine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		point := func(name string) Point {
			return Point{rapid.Float64Range(-90, 90).Draw(t, name), rapid.Float64Range(-180, 180).Draw(t, name)}
		}
		a, b := point("a"), point("b")
		if got, want := GreatCircle(a, b), haversine(a, b); math.Abs(got-want) > 1+want*1e-6 {
			t.Fatalf("%v to %v: %.3f m, haversine %.3f m", a, b, got, want)
		}
	})
	paris, berlin := Point{48.8566, 2.3522}, Point{52.52, 13.405}
	if km := GreatCircle(paris, berlin) / 1000; math.Abs(km-877.5) > 1 {
		t.Errorf("Paris to Berlin: %.1f km", km)
	}
}

func TestDefaultEstimate(t *testing.T) {
	for _, c := range []struct {
		straight        float64
		seconds, metres int32
	}{
		{0, 0, 0},
		{1000, 90 + 144, 1300},     // 1300 m at 8.333 + 0.722 m/s
		{20_000, 90 + 1337, 26000}, // at full speed
	} {
		s, m := DefaultEstimate().Leg(c.straight)
		if s != c.seconds || m != c.metres {
			t.Errorf("%.0f m: %d s, %d m; want %d s, %d m", c.straight, s, m, c.seconds, c.metres)
		}
	}
}

func TestGlobeAndPlaneAreMatrices(t *testing.T) {
	globe, err := NewGlobe([]Point{{48.2, 16.37}, {48.21, 16.37}, {48.2, 16.40}}, DefaultEstimate())
	if err != nil {
		t.Fatal(err)
	}
	plane, err := NewPlane([][2]float64{{0, 0}, {0, 1111.95}, {2226, 0}}, DefaultEstimate())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		for j := range 3 {
			for _, m := range []Matrix{globe, plane} {
				if (m.Duration(i, j) == 0) != (i == j) || m.Distance(i, j) != m.Distance(j, i) {
					t.Errorf("%T from %d to %d: %d s, %d m", m, i, j, m.Duration(i, j), m.Distance(i, j))
				}
			}
		}
	}
	if d := globe.Distance(0, 1) - plane.Distance(0, 1); d < -1 || d > 1 {
		t.Errorf("a hundredth of a degree north: %d m on the globe, %d m on the plane", globe.Distance(0, 1), plane.Distance(0, 1))
	}
}

func TestEstimateRefusesNonsense(t *testing.T) {
	for want, change := range map[string]func(*Estimate){
		"road factor": func(e *Estimate) { e.RoadFactor = 0.5 },
		"slow speed":  func(e *Estimate) { e.SlowSpeed = 0 },
		"fast speed":  func(e *Estimate) { e.FastSpeed = 1 },
		"fast after":  func(e *Estimate) { e.FastAfter = math.NaN() },
		"stop":        func(e *Estimate) { e.Stop = -1 },
	} {
		e := DefaultEstimate()
		change(&e)
		if _, err := NewGlobe(nil, e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := NewGlobe([]Point{{0, 0}, {91, 0}}, DefaultEstimate()); err == nil || !strings.Contains(err.Error(), "points[1]") {
		t.Errorf("latitude 91: %v", err)
	}
	if _, err := NewPlane([][2]float64{{0, math.Inf(1)}}, DefaultEstimate()); err == nil || !strings.Contains(err.Error(), "points[0]") {
		t.Errorf("infinity: %v", err)
	}
}

func TestEstimateOfModes(t *testing.T) {
	const kilometre = 1000
	car, _ := EstimateOf(Car).Leg(5 * kilometre)
	bike, _ := EstimateOf(Bike).Leg(5 * kilometre)
	foot, _ := EstimateOf(Foot).Leg(5 * kilometre)
	if !(car < bike && bike < foot) {
		t.Errorf("5 km take %d s by car, %d s by bike, %d s on foot", car, bike, foot)
	}
	if EstimateOf("truck") != DefaultEstimate() {
		t.Error("an unknown mode does not travel by car")
	}
	for _, m := range []Mode{Car, Bike, Foot} {
		if err := EstimateOf(m).Validate(); err != nil {
			t.Errorf("%s: %v", m, err)
		}
	}
}

func TestAtSpeed(t *testing.T) {
	table, err := NewTable(2, []int32{0, 100, Unreachable, 0}, []int32{0, 7, Unreachable, 0})
	if err != nil {
		t.Fatal(err)
	}
	slow, err := AtSpeed(table, 0.4)
	if err != nil {
		t.Fatal(err)
	}
	if slow.Duration(0, 1) != 250 || slow.Distance(0, 1) != 7 || slow.Duration(1, 0) != Unreachable {
		t.Errorf("%d s, %d m, back %d s", slow.Duration(0, 1), slow.Distance(0, 1), slow.Duration(1, 0))
	}
	if same, err := AtSpeed(table, 1); err != nil || same != Matrix(table) {
		t.Errorf("%v, %v", same, err)
	}
	for _, speed := range []float64{0, -1, math.NaN(), 1000} {
		if _, err := AtSpeed(table, speed); err == nil {
			t.Errorf("a speed of %g was taken", speed)
		}
	}
}
