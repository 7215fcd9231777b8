package demo

import (
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// person is somebody who may do everything, in whose name the demo saves what they did.
type person struct {
	access.Everything
	user schema.Id
}

// User implements [access.Viewer].
func (p person) User() schema.Id { return p.user }

// shift is a technician's day.
type shift struct {
	technician *technician
	day        schema.Date
}

// open is when work begins on a day: at eight, and today four hours ago, so that the day is half done whatever the hour.
func (f *filler) open(day time.Time) time.Time {
	if day != f.today {
		return day.Add(8 * time.Hour)
	}
	begin := f.Now.In(f.zone).Truncate(15 * time.Minute).Add(-4 * time.Hour)
	if early := day.Add(15 * time.Minute); begin.Before(early) {
		return early
	}
	if late := day.Add(19 * time.Hour); begin.After(late) {
		return late
	}
	return begin
}

// hoursADay are how long a technician's day is.
const hoursADay = 9

// findTime gives a visit to the technician of its territory who is free first, after what else they do that day. Where
// nobody has room for it, it stands beside another.
func (f *filler) findTime(v *visit, day time.Time) {
	begin := f.open(day)
	var first time.Time
	for _, t := range f.technicians {
		if t.line != v.customer.line || t.territory != v.customer.site.territory {
			continue
		}
		at, busy := f.free[shift{t, schema.On(day)}]
		if !busy {
			at = begin
		}
		if v.technician == nil || at.Before(first) {
			v.technician, first = t, at
		}
	}
	v.start = first.Add(time.Duration(f.rand.IntN(3)) * 15 * time.Minute)
	if v.end().After(begin.Add(hoursADay * time.Hour)) {
		v.start = begin.Add(time.Duration(f.rand.IntN(28)) * 15 * time.Minute)
		return
	}
	f.free[shift{v.technician, schema.On(day)}] = v.end().Add(time.Duration(2+f.rand.IntN(2)) * 15 * time.Minute)
}
