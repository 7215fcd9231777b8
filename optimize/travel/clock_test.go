package travel

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func rush(t *testing.T) Clock {
	t.Helper()
	c, err := NewClock([]Band{{0, 100}, {7 * 3600, 50}, {9 * 3600, 100}, {16 * 3600, 40}, {19 * 3600, 120}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClockArrival(t *testing.T) {
	const hour = 3600
	for _, c := range []struct {
		depart   int64
		duration int32
		want     int64
	}{
		{5 * hour, hour, 6 * hour},
		{7 * hour, 1800, 8 * hour},             // all in the rush
		{6*hour + 1800, 3600, 8 * hour},        // half before, half in the rush
		{8*hour + 1800, 3600, 9*hour + 2700},   // a quarter in the rush, the rest after
		{23*hour + 1800, 3600, 24*hour + 1440}, // 36 minutes' worth before midnight
		{-30 * 60, 3600, 24 * 60},              // the same a day earlier
		{0, Unreachable, int64(Unreachable)},
		{15 * hour, 0, 15 * hour},
	} {
		if got := rush(t).Arrival(c.depart, c.duration); got != c.want {
			t.Errorf("leaving at %d for %d s: arrival %d, want %d", c.depart, c.duration, got, c.want)
		}
	}
}

func drawClock(t *rapid.T) Clock {
	var speeds [24]int64
	for i := range speeds {
		speeds[i] = rapid.Int64Range(1, 1000).Draw(t, "speed")
	}
	c, err := Hourly(speeds)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWhoLeavesLaterNeverArrivesEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawClock(t)
		depart := rapid.Int64Range(-2*day, 10*day).Draw(t, "depart")
		later := depart + rapid.Int64Range(0, 2*day).Draw(t, "later")
		duration := rapid.Int32Range(0, 100_000).Draw(t, "duration")
		a, b := c.Arrival(depart, duration), c.Arrival(later, duration)
		if a > b {
			t.Fatalf("leaving at %d arrives at %d, leaving at %d arrives at %d", depart, a, later, b)
		}
		if a-depart < int64(c.Fastest(duration)) {
			t.Fatalf("%d s is faster than the fastest, %d s", a-depart, c.Fastest(duration))
		}
		if c.Arrival(depart+day, duration) != a+day {
			t.Fatal("the next day differs")
		}
	})
}

func TestClockRefusesNonsense(t *testing.T) {
	for want, bands := range map[string][]Band{
		"bands[0].from":  {{10, 100}},
		"bands[1].from":  {{0, 100}, {0, 50}},
		"bands[1].speed": {{0, 100}, {10, 0}},
		"second of the":  {{0, 100}, {day, 50}},
	} {
		if _, err := NewClock(bands); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", bands, err, want)
		}
	}
	if !(Clock{}).Free() || rush(t).Free() {
		t.Error("Free is wrong")
	}
}
