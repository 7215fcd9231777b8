package check

import (
	"fmt"
	"slices"

	"truckroll/optimize/route"
)

// route follows a shift stop by stop, then checks its sums and its limits.
func (c *checker) route(r *route.Route) {
	if len(r.Stops) == 0 {
		c.want(sums(r) == [6]int64{}, c.shiftName(r.Shift), "has no stops but spends time")
		return
	}
	w := &walk{checker: c, r: r, shift: &c.p.Shifts[r.Shift]}
	w.mode = &c.p.Modes[w.shift.Mode]
	w.place, w.free = w.shift.Start, r.Leave
	for k := range r.Stops {
		w.where = fmt.Sprintf("%s, stop %d", c.shiftName(r.Shift), k)
		if r.Stops[k].Visit < 0 {
			w.rest(&r.Stops[k])
		} else {
			w.visit(&r.Stops[k])
		}
	}
	w.where = c.shiftName(r.Shift)
	w.home()
	w.limits()
	w.load()
}

func sums(r *route.Route) [6]int64 {
	return [6]int64{r.Travel, r.Service, r.Rest, r.Waiting, r.Overtime, r.Distance}
}

// walk is a shift in the course of its day.
type walk struct {
	*checker
	r     *route.Route
	shift *route.Shift
	mode  *route.Mode
	where string

	place  int           // where we are
	free   int64         // when the last visit was done, or the shift left
	pauses []*route.Stop // breaks taken since
	breaks int
	visits int

	travel, distance, service, resting int64
}

// leg is the free-flow time and the distance to a place. Anywhere is wherever we are.
func (w *walk) leg(to int) (seconds int32, metres int64) {
	if w.place == route.Anywhere || to == route.Anywhere {
		return 0, 0
	}
	return w.mode.Matrix.Duration(w.place, to), int64(w.mode.Matrix.Distance(w.place, to))
}

// soonest is the earliest arrival after a drive with the pauses that it is stated to come after, and the seconds on the
// road. On free roads breaks may interrupt a drive. Where travel depends on the time of day they come before or after it.
func (w *walk) soonest(free int32, arrival, stated int64) (soonest, onRoad int64) {
	if !w.mode.Clock.Free() {
		return w.soonestByClock(free, arrival, stated)
	}
	now, left := w.free, int64(free)
	for _, pause := range w.pauses {
		if now+left <= pause.Begin && arrival <= pause.Begin {
			break
		}
		left -= min(left, pause.Begin-now)
		now = pause.End
	}
	return now + left, int64(free)
}

// soonestByClock takes the drive to be where it fits between pauses and takes the stated time.
func (w *walk) soonestByClock(free int32, arrival, stated int64) (soonest, onRoad int64) {
	leave := w.free
	for k := 0; ; k++ {
		there, last := w.mode.Clock.Arrival(leave, free), k == len(w.pauses)
		if last || there <= w.pauses[k].Begin {
			soonest, onRoad = there, there-leave
			for _, pause := range w.pauses[k:] {
				if arrival > pause.Begin {
					soonest = pause.End
				}
			}
		}
		if last || onRoad == stated {
			return soonest, onRoad
		}
		leave = w.pauses[k].End
	}
}

func (w *walk) visit(stop *route.Stop) {
	v := &w.p.Visits[stop.Visit]
	free, metres := w.leg(v.Place)
	w.want(free < 1<<28, w.where, "no way leads from place %d to place %d", w.place, v.Place)
	soonest, onRoad := w.soonest(free, stop.Arrival, stop.Travel)
	w.want(stop.Arrival >= soonest, w.where, "arrives at %d, but cannot before %d", stop.Arrival, soonest)
	w.want(stop.Travel == onRoad, w.where, "states %d s of travel, but the way takes %d s", stop.Travel, onRoad)
	w.want(stop.Distance == metres, w.where, "states %d m, but the way is %d m long", stop.Distance, metres)
	setup := w.setup(v)
	ready := stop.Arrival + setup
	for _, pause := range w.pauses {
		if pause.Begin >= stop.Arrival {
			ready += pause.End - pause.Begin
		}
	}
	w.want(stop.Begin >= ready, w.where, "begins at %d, but is ready only at %d", stop.Begin, ready)
	w.want(w.rested() <= stop.Begin, w.where, "begins at %d, within the break before it", stop.Begin)
	duration := w.duration(v.Duration)
	w.want(stop.End == stop.Begin+duration, w.where, "serves from %d to %d, but service takes %d s", stop.Begin, stop.End, duration)
	w.moment(v, stop)
	w.able(stop)
	w.served[stop.Visit] = append(w.served[stop.Visit], call{w.r.Shift, w.visits, stop})
	w.visits++
	w.travel, w.distance, w.service = w.travel+onRoad, w.distance+metres, w.service+duration+setup
	w.place, w.free, w.pauses = v.Place, stop.End, nil
}

// setup is needed after travel from another place.
func (w *walk) setup(v *route.Visit) int64 {
	if w.place == v.Place || w.place == route.Anywhere {
		return 0
	}
	return v.Setup
}

// duration is how long this technician needs for normal work, rounded up.
func (w *walk) duration(normal int64) int64 {
	efficiency := int64(w.p.Technicians[w.shift.Technician].Efficiency)
	if efficiency == 0 {
		return normal
	}
	return (normal*100 + efficiency - 1) / efficiency
}

// moment holds the begin of service to the visit's windows and release. A pinned begin overrules them, at a price
// that the cost states.
func (w *walk) moment(v *route.Visit, stop *route.Stop) {
	if v.Pin != nil {
		return
	}
	inside := len(v.Windows) == 0 || slices.ContainsFunc(v.Windows, func(s route.Window) bool {
		return s.From <= stop.Begin && stop.Begin <= s.Until
	})
	w.want(inside, w.where, "begins at %d, outside its windows %v", stop.Begin, v.Windows)
	w.want(v.Release == 0 || stop.Begin >= v.Release, w.where, "begins at %d, before its release at %d", stop.Begin, v.Release)
}

func (w *walk) rest(stop *route.Stop) {
	b := &w.shift.Breaks[stop.Break]
	w.want(stop.Break == w.breaks, w.where, "takes break %d, but break %d comes next", stop.Break, w.breaks)
	w.want(stop.Arrival >= w.rested() && stop.Begin >= stop.Arrival, w.where, "rests from %d, but is busy until %d", stop.Begin, max(w.rested(), stop.Arrival))
	w.want(stop.End == stop.Begin+b.Duration, w.where, "rests from %d to %d, but the break lasts %d s", stop.Begin, stop.End, b.Duration)
	inside := len(b.Windows) == 0 || slices.ContainsFunc(b.Windows, func(s route.Window) bool {
		return s.From <= stop.Begin && stop.Begin <= s.Until
	})
	w.want(inside, w.where, "rests from %d, outside the break's windows %v", stop.Begin, b.Windows)
	w.want(stop.Travel == 0 && stop.Distance == 0, w.where, "a break states travel of its own")
	w.breaks++
	w.pauses = append(w.pauses, stop)
	w.resting += b.Duration
}

// rested is when the last visit and the breaks since are over.
func (w *walk) rested() int64 {
	if len(w.pauses) == 0 {
		return w.free
	}
	return w.pauses[len(w.pauses)-1].End
}

// home checks the way to the shift's end and the sums of the day.
func (w *walk) home() {
	free, metres := w.leg(w.shift.End)
	w.want(free < 1<<28, w.where, "no way leads home from place %d", w.place)
	soonest, onRoad := w.soonest(free, w.r.Finish, w.r.Travel-w.travel)
	w.want(w.r.Finish >= soonest, w.where, "finishes at %d, but cannot before %d", w.r.Finish, soonest)
	w.want(w.r.Finish >= w.rested(), w.where, "finishes at %d, within its last break", w.r.Finish)
	w.travel, w.distance = w.travel+onRoad, w.distance+metres
	waiting := w.r.Finish - w.r.Leave - w.travel - w.service - w.resting
	for _, sum := range []struct {
		name        string
		stated, sum int64
	}{
		{"travel", w.r.Travel, w.travel}, {"distance", w.r.Distance, w.distance}, {"service", w.r.Service, w.service},
		{"rest", w.r.Rest, w.resting}, {"waiting", w.r.Waiting, waiting},
		{"overtime", w.r.Overtime, max(0, w.r.Finish-w.shift.Window.Until)},
	} {
		w.want(sum.stated == sum.sum, w.where, "states %s of %d, but it sums to %d", sum.name, sum.stated, sum.sum)
	}
	w.want(w.breaks == len(w.shift.Breaks), w.where, "takes %d of its %d breaks", w.breaks, len(w.shift.Breaks))
}

func (w *walk) limits() {
	s := w.shift
	w.want(w.r.Leave >= s.Window.From, w.where, "leaves at %d, before it begins at %d", w.r.Leave, s.Window.From)
	last := max(s.Window.Until, s.Latest)
	w.want(w.r.Finish <= last, w.where, "finishes at %d, after its hard end at %d", w.r.Finish, last)
	first := &w.r.Stops[0]
	if first.Visit >= 0 && w.mode.Clock.Free() {
		idle := first.Begin - first.Arrival - w.firstSetup(first)
		w.want(idle == 0, w.where, "leaves at %d, though it could %d s later", w.r.Leave, idle)
	}
	for _, limit := range []struct {
		name      string
		value, at int64
	}{
		{"visits", int64(w.visits), int64(s.MaxTasks)}, {"metres", w.distance, s.MaxDistance},
		{"seconds of travel", w.travel, s.MaxTravel}, {"seconds from start to end", w.r.Finish - w.r.Leave, s.MaxDuration},
	} {
		w.want(limit.at == 0 || limit.value <= limit.at, w.where, "%d %s are more than the %d allowed", limit.value, limit.name, limit.at)
	}
}

func (w *walk) firstSetup(first *route.Stop) int64 {
	v := &w.p.Visits[first.Visit]
	if w.shift.Start == route.Anywhere || w.shift.Start == v.Place {
		return 0
	}
	return v.Setup
}
