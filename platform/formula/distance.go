package formula

import (
	"math"
	"strconv"

	"github.com/cockroachdb/apd/v3"
)

// Mean radius of the earth (IUGG).
const (
	radiusKm = 6371.0088
	radiusMi = 3958.7613
)

// distance is the great-circle distance of two pairs of degrees by the haversine formula, to three digits.
// Coordinates beyond 90 and 180 degrees have none.
// It is computed in floating point, and taken to fifteen digits first, as PostgreSQL does when it makes a numeric.
func distance(a []Value) Value {
	var radians [4]float64
	for i := range radians {
		limit := whole(int64(90 + 90*(i%2)))
		if a[i].num == nil || a[i].num.CmpAbs(limit) > 0 {
			return Blank(TypeNumber)
		}
		degrees, _ := strconv.ParseFloat(formatNumber(a[i].num), 64)
		radians[i] = degrees * (math.Pi / 180)
	}
	radius := radiusKm
	if a[4].text == "mi" {
		radius = radiusMi
	}
	north, east := math.Sin((radians[2]-radians[0])/2), math.Sin((radians[3]-radians[1])/2)
	h := north*north + math.Cos(radians[0])*math.Cos(radians[2])*east*east
	d := 2 * radius * math.Asin(min(1, math.Sqrt(max(0, h))))
	exact, _, err := apd.NewFromString(strconv.FormatFloat(d, 'g', 15, 64))
	if err != nil || exact.Form != apd.Finite {
		return Blank(TypeNumber)
	}
	return ofNumber(roundTo(fromDecimal(exact), 3))
}
