package route

import "slices"

// trace writes the stops of the soonest way into a route, from the end back to the start.
func (t *timer) trace(route *Route, calls []call) {
	k := len(t.shift.Breaks)
	route.Stops = make([]Stop, len(calls)+k)
	slot := len(route.Stops)
	for i := len(calls); i >= 0; i-- {
		s := t.states[i+1][k]
		if i < len(calls) {
			slot--
			route.Stops[slot] = Stop{Visit: calls[i].visit, Arrival: s.arrival, Begin: s.begin, End: s.ready, Travel: s.travel}
		} else {
			route.Finish = s.ready
			route.Travel += s.travel
		}
		for _, begin := range slices.Backward(s.rests) {
			k--
			slot--
			end := begin + t.shift.Breaks[k].Duration
			route.Stops[slot] = Stop{Visit: -1, Break: k, Arrival: begin, Begin: begin, End: end}
		}
	}
	t.total(route, calls)
}

// total adds up the route.
func (t *timer) total(route *Route, calls []call) {
	place := t.shift.Start
	idle := route.Finish - t.shift.Window.From - route.Travel
	for i := range route.Stops {
		s := &route.Stops[i]
		if s.Visit < 0 {
			route.Rest += s.End - s.Begin
			idle -= s.End - s.Begin
			continue
		}
		v := &t.p.Visits[s.Visit]
		setup := v.setup(place)
		s.Distance = t.p.distance(t.mode, place, v.Place)
		place = v.Place
		route.Travel += s.Travel
		route.Distance += s.Distance
		route.Service += setup + s.End - s.Begin
		idle -= setup + s.End - s.Begin + s.Travel
	}
	route.Distance += t.p.distance(t.mode, place, t.shift.End)
	late := t.leaveLate(route)
	route.Leave = t.shift.Window.From + late
	route.Stops[0].Arrival += late
	route.Waiting = idle - late
	route.Overtime = max(0, route.Finish-t.shift.Window.Until)
}

// leaveLate is how much later the shift may leave without beginning its first visit or break later. Where traffic
// depends on the time of day it leaves at once.
func (t *timer) leaveLate(route *Route) int64 {
	first := route.Stops[0]
	if !t.mode.Clock.Free() || first.Visit < 0 {
		return 0
	}
	return first.Begin - t.shift.Window.From - first.Travel - t.p.Visits[first.Visit].setup(t.shift.Start)
}

func (p *Problem) distance(m *Mode, from, to int) int64 {
	if from == Anywhere || to == Anywhere {
		return 0
	}
	return int64(m.Matrix.Distance(from, to))
}
