package travel

import (
	"fmt"
	"slices"
)

const day = 24 * 60 * 60

// Band is a stretch of the day with one pace of traffic. It begins at From, seconds after midnight, and lasts until
// the next band begins.
type Band struct {
	From  int64
	Speed int64 // percent of free flow: 50 doubles the travel time
}

// Clock is traffic by time of day, repeated every day. Speed, not travel time, is constant within a band, so that a
// drive which crosses from one band into the next takes part of each and nobody who leaves later arrives earlier
// (Ichoua, Gendreau, Potvin: Vehicle dispatching with time-dependent travel times, EJOR 144, 2003). The zero Clock is
// free flow all day.
type Clock struct {
	bands []Band
}

// NewClock takes bands in order; the first must begin at 0.
func NewClock(bands []Band) (Clock, error) {
	for i, b := range bands {
		switch {
		case b.From < 0 || b.From >= day:
			return Clock{}, fmt.Errorf("bands[%d].from: %d is not a second of the day", i, b.From)
		case i == 0 && b.From != 0:
			return Clock{}, fmt.Errorf("bands[0].from: %d; the first band begins at 0", b.From)
		case i > 0 && b.From <= bands[i-1].From:
			return Clock{}, fmt.Errorf("bands[%d].from: %d is not after the band before it (%d)", i, b.From, bands[i-1].From)
		case b.Speed < 1 || b.Speed > 1000:
			return Clock{}, fmt.Errorf("bands[%d].speed: %d percent; want 1 to 1000", i, b.Speed)
		}
	}
	return Clock{bands: slices.Clone(bands)}, nil
}

// Hourly is a clock with a speed, in percent of free flow, for each hour of the day.
func Hourly(speeds [24]int64) (Clock, error) {
	bands := make([]Band, len(speeds))
	for hour, speed := range speeds {
		bands[hour] = Band{From: int64(hour) * 3600, Speed: speed}
	}
	return NewClock(bands)
}

// Free reports that the clock never changes a duration.
func (c Clock) Free() bool {
	return !slices.ContainsFunc(c.bands, func(b Band) bool { return b.Speed != 100 })
}

// Arrival is when a drive ends that leaves at depart, in seconds since some midnight, and would take duration seconds
// in free flow. An [Unreachable] place stays so.
func (c Clock) Arrival(depart int64, duration int32) int64 {
	if len(c.bands) == 0 || duration == 0 || duration >= Unreachable {
		return depart + int64(duration)
	}
	left := int64(duration) * 100 // in hundredths of a second of free flow
	midnight := depart - modulo(depart, day)
	i := c.at(depart - midnight)
	for now := depart; ; {
		end := midnight + day
		if i+1 < len(c.bands) {
			end = midnight + c.bands[i+1].From
		}
		speed := c.bands[i].Speed
		if reach := (end - now) * speed; reach < left {
			left -= reach
			now = end
		} else {
			return now + (left+speed-1)/speed
		}
		if i++; i == len(c.bands) {
			i, midnight = 0, midnight+day
		}
	}
}

// Duration is Arrival less depart.
func (c Clock) Duration(depart int64, duration int32) int64 {
	return c.Arrival(depart, duration) - depart
}

// Fastest is the least, in seconds, that a drive of the given free-flow duration takes whenever it leaves.
func (c Clock) Fastest(duration int32) int32 {
	best := int64(100)
	for i, b := range c.bands {
		if i == 0 || b.Speed > best {
			best = b.Speed
		}
	}
	return int32(int64(duration) * 100 / best)
}

// at is the band in force at a second of the day.
func (c Clock) at(second int64) int {
	for i := len(c.bands) - 1; i > 0; i-- {
		if second >= c.bands[i].From {
			return i
		}
	}
	return 0
}

func modulo(a, b int64) int64 { return ((a % b) + b) % b }
