package vroom

import "truckroll/optimize/route"

// maxHorizon is the longest shift, about eight years; the solver counts seconds in 32 bits.
const maxHorizon = 1 << 28

// horizon finds a window for vehicles that have none: from a day before the first moment that the file names until
// long enough after the last to do all the work one after the other.
func (r *reader) horizon() error {
	first, last := int64(maxMoment), int64(0)
	note := func(pair []int64) {
		if len(pair) == 2 {
			first, last = min(first, pair[0]), max(last, pair[1])
		}
	}
	work := int64(0)
	add := func(t *Task) {
		for _, pair := range t.TimeWindows {
			note(pair)
		}
		work += min(max(t.Setup, 0)+max(t.Service, 0), maxHorizon) + 2*day
	}
	for i := range r.in.input.Jobs {
		add(&r.in.input.Jobs[i].Task)
	}
	for i := range r.in.input.Shipments {
		add(&r.in.input.Shipments[i].Pickup)
		add(&r.in.input.Shipments[i].Delivery)
	}
	for _, v := range r.in.input.Vehicles {
		note(v.TimeWindow)
		for _, b := range v.Breaks {
			for _, pair := range b.TimeWindows {
				note(pair)
			}
		}
	}
	if first > last {
		first = 0
	}
	from := max(0, first-day)
	r.always = route.Window{From: from, Until: min(last+work, from+maxHorizon)}
	return nil
}

const day = 24 * 60 * 60
