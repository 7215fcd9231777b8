package work

import (
	"testing"
	"time"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// assign gives a visit a time and the technician.
func (w *world) assign(a *object.ServiceAppointment, start time.Time) *object.AssignedResource {
	w.T.Helper()
	ar := &object.AssignedResource{ServiceAppointmentId: ref[object.ServiceAppointment](a.Id), ServiceResourceId: ref[object.ServiceResource](w.resource.Id)}
	w.Do(func(tx *record.Tx) error {
		now, err := record.Get(tx, ref[object.ServiceAppointment](a.Id))
		if err != nil {
			return err
		}
		now.SchedStartTime, now.SchedEndTime = schema.At(start), schema.At(start.Add(time.Hour))
		return tx.Save(now, ar)
	})
	return ar
}

func (w *world) advance(a *object.ServiceAppointment, to ...object.AppointmentStatus) {
	w.T.Helper()
	for _, s := range to {
		w.Do(change(w, a, func(a *object.ServiceAppointment) {
			a.Status = s
			if s == object.AppointmentStatusCannotComplete {
				a.CannotCompleteReason = "no part"
			}
		}))
	}
}

func TestAssigningSchedules(t *testing.T) {
	w := newWorld(t)
	a := w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(w.account.Id)})
	is(t, "address", a.Address.City, "Bergen")
	is(t, "an hour where nobody says", a.DurationInMinutes, schema.DecInt(60))
	w.RefusesToSave(&object.AssignedResource{ServiceAppointmentId: ref[object.ServiceAppointment](a.Id), ServiceResourceId: ref[object.ServiceResource](w.resource.Id)})
	start := w.Now().Add(90*time.Minute + 17*time.Second)
	ar := w.assign(a, start)
	a = housetest.Load[object.ServiceAppointment](w.House, a.Id)
	is(t, "status", a.StatusCategory, object.AppointmentCategoryScheduled)
	is(t, "start without seconds", a.SchedStartTime, schema.At(start.Truncate(time.Minute)))

	w.Delete(ar.Id)
	a = housetest.Load[object.ServiceAppointment](w.House, a.Id)
	is(t, "status", a.Status, object.AppointmentStatusNone)
	is(t, "no start", a.SchedStartTime.IsNull(), true)
	is(t, "first plan kept", a.OriginalSchedStartTime, schema.At(start.Truncate(time.Minute)))

	w.assign(a, start.Add(time.Hour))
	is(t, "first plan kept", housetest.Load[object.ServiceAppointment](w.House, a.Id).OriginalSchedStartTime, schema.At(start.Truncate(time.Minute)))
	w.advance(a, object.AppointmentStatusCanceled)
	is(t, "assignments", len(housetest.Find[object.AssignedResource](w.House, "ServiceAppointmentId = ?", a.Id)), 0)
	is(t, "status", housetest.Load[object.ServiceAppointment](w.House, a.Id).Status, object.AppointmentStatusCanceled)
	w.assign(a, start)
	is(t, "assigned again", housetest.Load[object.ServiceAppointment](w.House, a.Id).Status, object.AppointmentStatusScheduled)
}

func TestReturnVisit(t *testing.T) {
	w := newWorld(t)
	o := w.order(object.WorkOrder{})
	a := w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(o.Id)})
	is(t, "visit", a.VisitNumber, schema.NewInt(1))
	w.assign(a, w.Now())
	w.advance(a, object.AppointmentStatusDispatched, object.AppointmentStatusInProgress)
	f := w.Refused(change(w, a, func(a *object.ServiceAppointment) { a.Status = object.AppointmentStatusCannotComplete }))
	is(t, "asks for", f.Fields[0], "CannotCompleteReason")
	w.advance(a, object.AppointmentStatusCannotComplete)
	b := w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(o.Id)})
	is(t, "returns for", b.ReturnOfId, ref[object.ServiceAppointment](a.Id))
	is(t, "visit", b.VisitNumber, schema.NewInt(2))
	c := w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(o.Id)})
	is(t, "a third is planned work", c.VisitNumber, schema.NewInt(1))
	other := &object.Account{Name: "Other"}
	w.Save(other)
	w.RefusesToSave(&object.ServiceAppointment{ParentRecordId: schema.AnyRef(other.Id), ReturnOfId: ref[object.ServiceAppointment](a.Id), EarliestStartTime: a.EarliestStartTime, DueDate: a.DueDate})
}

func TestTimes(t *testing.T) {
	w := newWorld(t)
	now := schema.At(w.Now())
	w.RefusesToSave(&object.ServiceAppointment{EarliestStartTime: now, DueDate: now.Add(-time.Hour)})
	a := w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(w.account.Id)})
	for what, f := range map[string]func(*object.ServiceAppointment){
		"end before start": func(a *object.ServiceAppointment) { a.SchedStartTime, a.SchedEndTime = now, now.Add(-time.Hour) },
		"start alone":      func(a *object.ServiceAppointment) { a.SchedStartTime = now },
		"window turned": func(a *object.ServiceAppointment) {
			a.ArrivalWindowStartTime, a.ArrivalWindowEndTime = now, now.Add(-time.Hour)
		},
		"ended, never begun":       func(a *object.ServiceAppointment) { a.ActualEndTime = now },
		"scheduled without a time": func(a *object.ServiceAppointment) { a.Status = object.AppointmentStatusScheduled },
	} {
		if f := w.Refused(change(w, a, f)); len(f.Fields) == 0 {
			t.Errorf("%s: the refusal names no field", what)
		}
	}
	w.Do(change(w, a, func(a *object.ServiceAppointment) { a.ActualStartTime = now }))
	w.Do(change(w, a, func(a *object.ServiceAppointment) { a.ActualEndTime = now.Add(75*time.Minute + 30*time.Second) }))
	w.Do(change(w, a, func(a *object.ServiceAppointment) { a.ActualEndTime = now.Add(80 * time.Minute) }))
	is(t, "filled once", housetest.Load[object.ServiceAppointment](w.House, a.Id).ActualDuration, schema.Dec(755, 1))
}

func TestVisitsFollowTheirWork(t *testing.T) {
	w := newWorld(t)
	o := w.order(object.WorkOrder{})
	l := &object.WorkOrderLineItem{WorkOrderId: ref[object.WorkOrder](o.Id)}
	w.Save(l)
	a, b := w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(o.Id)}), w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(l.Id)})
	other := &object.Account{Name: "Other"}
	w.Save(other)
	w.Do(change(w, o, func(o *object.WorkOrder) {
		o.AccountId, o.Status = ref[object.Account](other.Id), object.WorkStatusOnHold
	}))
	w.Do(change(w, l, func(l *object.WorkOrderLineItem) { l.Status = object.WorkStatusInProgress }))
	a, b = housetest.Load[object.ServiceAppointment](w.House, a.Id), housetest.Load[object.ServiceAppointment](w.House, b.Id)
	is(t, "account", a.AccountId, ref[object.Account](other.Id))
	is(t, "account of the line's", b.AccountId, ref[object.Account](other.Id))
	is(t, "category", a.ParentRecordStatusCategory, object.WorkCategoryOnHold)
	is(t, "category of the line's", b.ParentRecordStatusCategory, object.WorkCategoryInProgress)
	is(t, "status stays", a.Status, object.AppointmentStatusNone)
}

// A rule about a whole batch refuses one record of it, and the others are saved.
func TestRefusalWithinABatch(t *testing.T) {
	w := newWorld(t)
	a, b := w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(w.account.Id)}), w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(w.account.Id)})
	w.assign(b, w.Now())
	now := schema.At(w.Now())
	w.Do(change(w, a, func(a *object.ServiceAppointment) { a.SchedStartTime, a.SchedEndTime = now, now.Add(time.Hour) }))
	for _, tr := range housetest.Find[object.StatusTransition](w.House, "SobjectType = 'ServiceAppointment' AND FromStatus = 'None' AND ToStatus = 'Scheduled'") {
		w.Delete(tr.Id)
	}
	crew := &object.ServiceResource{Name: "Tom", IsActive: true, ResourceType: object.ResourceTypeTechnician}
	w.Save(crew)
	body := func(a *object.ServiceAppointment) string {
		return `{"ServiceAppointmentId":"` + string(a.Id) + `","ServiceResourceId":"` + string(crew.Id) + `"}`
	}
	results := w.Apply(nil, record.Insert, "AssignedResource", body(b), body(a), body(b))
	for i, want := range []int{0, 1, 0} {
		is(t, "faults", len(results[i].Faults), want)
	}
	is(t, "saved", len(housetest.Find[object.AssignedResource](w.House, "ServiceResourceId = ?", crew.Id)), 2)
}
