// Package trsp reads technician routing and scheduling problems: those of Pillac, Guéret and Medaglia (2013), in which
// technicians carry tools and spare parts and may fetch more from a depot on their way, and those of Kovacs, Parragh,
// Doerner and Hartl (2012), in which tasks need several people of given proficiency, or are given away at a price.
//
// It does not know how teams should best be formed (Kovacs) nor at which point of a day the depot is best visited
// (Pillac): it forms teams once, before routing, and lets a technician who needs the depot begin the day there.
package trsp

import (
	"fmt"
	"io"
	"math"
	"strings"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// scale is how many units of the problem make one of the file. Travel is rounded up, so that a plan is feasible in the
// reals too.
const scale = 1000

// Limits of what a file may ask for.
const (
	maxItems  = 5000
	maxMoment = 100_000 // of a window or a service time
)

// spot is a line of either table: where it is and when.
type spot struct {
	x, y, from, until, serve float64
}

func (s spot) distance(t spot) float64 { return math.Hypot(s.x-t.x, s.y-t.y) }

func (s spot) window() route.Window {
	return route.Window{From: int64(math.Round(s.from * scale)), Until: int64(math.Round(s.until * scale))}
}

func (s spot) service() int64 { return int64(math.Round(s.serve * scale)) }

// readSpot reads place, window and service time from the fields that begin at first.
func readSpot(lines *source.Lines, first int) (s spot, err error) {
	for i, field := range []struct {
		name string
		into *float64
	}{{"x", &s.x}, {"y", &s.y}, {"window's begin", &s.from}, {"window's end", &s.until}, {"service time", &s.serve}} {
		if *field.into, err = lines.Number(first+i, field.name); err != nil {
			return s, err
		}
	}
	switch {
	case max(math.Abs(s.x), math.Abs(s.y)) > maxMoment:
		err = lines.Faultf("(%g, %g) lies farther out than %d", s.x, s.y, maxMoment)
	case s.from < 0 || s.until > maxMoment || s.from > s.until:
		err = lines.Faultf("the window from %g to %g is empty, or not between 0 and %d", s.from, s.until, maxMoment)
	case s.serve < 0 || s.serve > maxMoment:
		err = lines.Faultf("a service time of %g is not between 0 and %d", s.serve, maxMoment)
	}
	return s, err
}

// table makes a matrix from ways that are given by a function.
func table(n int, length func(i, j int) float64) (travel.Matrix, error) {
	units := make([]int32, n*n)
	for i := range n {
		for j := range n {
			units[i*n+j] = int32(math.Ceil(length(i, j)*scale - 1e-6))
		}
	}
	return travel.NewTable(n, units, nil)
}

// shortest is the least time that a sequence of spots takes from leaving the first to reaching the last, each begun
// within its window: first everything as early as possible, then from the end everything as late as possible.
func shortest(stops []spot) float64 {
	arrivals := make([]float64, len(stops))
	now := stops[0].from
	for i, s := range stops {
		if i > 0 {
			now += stops[i-1].distance(s)
		}
		now = max(now, s.from)
		arrivals[i] = now
		now += s.serve
	}
	latest := arrivals[len(stops)-1]
	for i := len(stops) - 2; i >= 0; i-- {
		latest = min(stops[i].until, latest-stops[i].distance(stops[i+1])-stops[i].serve)
	}
	return now - latest
}

// writeRoutes lists who does what.
func writeRoutes(w io.Writer, p *route.Problem, plan *route.Solution, cost float64, name func(shift int) string) error {
	var text strings.Builder
	for i, r := range plan.Routes {
		if len(r.Stops) == 0 {
			continue
		}
		text.WriteString(name(i) + ":")
		for _, stop := range r.Stops {
			text.WriteString(" " + p.Visits[stop.Visit].ID)
		}
		text.WriteString("\n")
	}
	for _, a := range plan.Absent {
		fmt.Fprintf(&text, "Not planned %s: %s\n", p.Visits[a.Visit].ID, a.Reason)
	}
	fmt.Fprintf(&text, "Cost %.3f\n", cost)
	_, err := io.WriteString(w, text.String())
	return err
}
