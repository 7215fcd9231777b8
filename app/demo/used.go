package demo

import (
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// shelf is the stock of one product in a van.
type shelf struct {
	item *object.ProductItem
	left int64
}

// useParts takes what finished work used from the vans. Before a shelf is empty a delivery fills it up.
func (f *filler) useParts(tx *record.Tx, visits []*visit) error {
	var deliveries []*object.ProductTransfer
	var used []*object.ProductConsumed
	for _, v := range visits {
		if v.meeting.Status != object.AppointmentStatusCompleted {
			continue
		}
		for _, p := range v.job.parts {
			s, n := v.technician.shelves[p], int64(1+f.rand.IntN(2))
			if s.left < n {
				deliveries = append(deliveries, &object.ProductTransfer{Product2Id: s.item.Product2Id, DestinationLocationId: s.item.LocationId, QuantitySent: schema.DecInt(50), IsReceived: true})
				s.left += 50
			}
			s.left -= n
			used = append(used, &object.ProductConsumed{WorkOrderId: schema.Ref[object.WorkOrder](v.order.Id), ProductItemId: schema.Ref[object.ProductItem](s.item.Id), QuantityConsumed: schema.DecInt(n)})
		}
	}
	if err := save(tx, deliveries); err != nil {
		return err
	}
	return save(tx, used)
}

// week is a technician's week of work.
type week struct {
	technician *technician
	monday     schema.Date
}

// span is time that a technician spent.
type span struct{ from, to schema.DateTime }

// enterTime writes the time of finished visits into the weekly sheets of technicians, unless two were made up to happen
// at once.
func (f *filler) enterTime(tx *record.Tx, visits []*visit) error {
	var fresh []*object.TimeSheet
	var entries []*object.TimeSheetEntry
	var weeks []week
	for _, v := range visits {
		m := v.meeting
		if m.Status != object.AppointmentStatusCompleted {
			continue
		}
		day := m.ActualStartTime.Time().In(f.zone)
		w := week{v.technician, schema.On(day.AddDate(0, 0, -(int(day.Weekday())+6)%7))}
		for _, e := range f.spend(v) {
			if f.sheets[w] == nil {
				f.sheets[w] = &object.TimeSheet{ServiceResourceId: schema.Ref[object.ServiceResource](v.technician.resource.Id), StartDate: w.monday, EndDate: w.monday.AddDays(6)}
				f.sheets[w].OwnerId = schema.AnyRef(v.technician.user.Id)
				fresh = append(fresh, f.sheets[w])
			}
			weeks, entries = append(weeks, w), append(entries, e)
		}
	}
	if err := save(tx, fresh); err != nil {
		return err
	}
	for i, e := range entries {
		e.TimeSheetId = schema.Ref[object.TimeSheet](f.sheets[weeks[i]].Id)
	}
	return save(tx, entries)
}

// spend returns the time of a finished visit: the way there and the work, each unless two were made up to happen at once.
func (f *filler) spend(v *visit) (entries []*object.TimeSheetEntry) {
	m, order := v.meeting, schema.Ref[object.WorkOrder](v.order.Id)
	way := m.ActualStartTime.Add(-time.Duration(v.travel) * time.Minute)
	if f.takeTime(v.technician, span{way, m.ActualStartTime}) {
		entries = append(entries, &object.TimeSheetEntry{Type: object.TimeEntryTypeTravel, Subject: "Drive to " + v.customer.account.Name, WorkOrderId: order, StartTime: way, EndTime: m.ActualStartTime})
	}
	if f.takeTime(v.technician, span{m.ActualStartTime, m.ActualEndTime}) {
		entries = append(entries, &object.TimeSheetEntry{Type: object.TimeEntryTypeDirect, Subject: v.job.subject, WorkOrderId: order, StartTime: m.ActualStartTime, EndTime: m.ActualEndTime})
	}
	return entries
}

// takeTime reports whether a technician spent no other time then, and notes that they have now.
func (f *filler) takeTime(t *technician, s span) bool {
	if !s.to.After(s.from) {
		return false
	}
	for _, other := range f.spent[t] {
		if s.from.Before(other.to) && other.from.Before(s.to) {
			return false
		}
	}
	f.spent[t] = append(f.spent[t], s)
	return true
}

// handIn submits the sheets of weeks that are over, and approves those before.
func (f *filler) handIn(tx *record.Tx) error {
	over, approved := schema.On(f.Now.Add(-2*24*time.Hour)), schema.On(f.Now.Add(-9*24*time.Hour))
	var submit, approve []*object.TimeSheet
	for _, r := range f.technicians {
		sheets, err := record.FindBy[object.TimeSheet](tx, "ServiceResourceId", r.resource.Id)
		if err != nil {
			return err
		}
		for _, s := range sheets {
			if s.EndDate.After(over) {
				continue
			}
			s.Status = object.TimeSheetStatusSubmitted
			if submit = append(submit, s); !s.EndDate.After(approved) {
				approve = append(approve, s)
			}
		}
	}
	if err := save(tx, submit); err != nil {
		return err
	}
	for _, s := range approve {
		s.Status = object.TimeSheetStatusApproved
	}
	return save(tx, approve)
}
