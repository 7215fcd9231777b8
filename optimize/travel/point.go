package travel

import (
	"fmt"
	"math"
)

// earthRadius is the mean radius of the earth in metres (IUGG R1).
const earthRadius = 6_371_008.8

// Point is a place on the earth in degrees (WGS 84).
type Point struct {
	Lat, Lon float64
}

// Validate refuses a latitude outside ±90 or a longitude outside ±180, which is what
// coordinates written in the wrong order often look like.
func (p Point) Validate() error {
	if !(p.Lat >= -90 && p.Lat <= 90) {
		return fmt.Errorf("latitude %g is not between -90 and 90; are longitude and latitude swapped?", p.Lat)
	}
	if !(p.Lon >= -180 && p.Lon <= 180) {
		return fmt.Errorf("longitude %g is not between -180 and 180", p.Lon)
	}
	return nil
}

// GreatCircle returns the metres between two points along the surface.
func GreatCircle(a, b Point) float64 { return arcLength(a.vector(), b.vector()) }

// vector is the point on the unit sphere. The chord between two such vectors keeps its
// precision at the short distances that matter here, as the haversine formula does.
func (p Point) vector() [3]float64 {
	lat, lon := radians(p.Lat), radians(p.Lon)
	return [3]float64{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

func arcLength(a, b [3]float64) float64 {
	x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	chord := math.Sqrt(x*x + y*y + z*z)
	return 2 * earthRadius * math.Asin(math.Min(1, chord/2))
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
