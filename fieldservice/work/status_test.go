package work

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

func TestCategoryFollowsStatus(t *testing.T) {
	w := newWorld(t)
	o := w.order(object.WorkOrder{Status: object.WorkStatusOnHold})
	is(t, "category", o.StatusCategory, object.WorkCategoryOnHold)
	w.Do(change(w, o, func(o *object.WorkOrder) { o.Status = object.WorkStatusClosed }))
	o = housetest.Load[object.WorkOrder](w.House, o.Id)
	is(t, "category", o.StatusCategory, object.WorkCategoryClosed)
	is(t, "closed", o.IsClosed, true)
	is(t, "default", w.order(object.WorkOrder{}).StatusCategory, object.WorkCategoryNew)
}

func TestTransitionsOfAppointments(t *testing.T) {
	w := newWorld(t)
	a := w.visit(object.ServiceAppointment{ParentRecordId: schema.AnyRef(w.account.Id)})
	f := w.Refused(change(w, a, func(a *object.ServiceAppointment) { a.Status = object.AppointmentStatusCompleted }))
	if want := "Status: None can't become Completed. From None, you may choose: Scheduled, Canceled"; f.Message != want {
		t.Errorf("%q, want %q", f.Message, want)
	}
	f = w.Refused(change(w, a, func(a *object.ServiceAppointment) { a.Status = "" }))
	is(t, "code", f.Code, "REQUIRED_FIELD_MISSING")
}

// An administrator adds transitions with fields and profiles as records.
func TestTransitionRecords(t *testing.T) {
	w := newWorld(t)
	manager, clerk := user(w, "Manager"), user(w, "Clerks")
	w.Save(&object.StatusTransition{SobjectType: "WorkOrder", FromStatus: "New", ToStatus: "Closed", ProfileNames: "Manager", RequiredFields: "PostWorkSummary, EndDate", IsActive: true},
		&object.StatusTransition{SobjectType: "WorkOrder", ToStatus: "On Hold", IsActive: true})
	o := w.order(object.WorkOrder{})
	as := func(u schema.Id, f func(*record.Tx) error) error {
		return w.Keeper.Do(context.Background(), record.Cause{Viewer: person{id: u}, By: "test"}, f)
	}
	closing := change(w, o, func(o *object.WorkOrder) { o.Status = object.WorkStatusClosed })
	var fault *record.Fault
	if err := as(clerk, closing); !errors.As(err, &fault) || !strings.Contains(fault.Message, "you may choose: On Hold") {
		t.Errorf("the clerk: %v", err)
	}
	if err := as(manager, closing); !errors.As(err, &fault) || strings.Join(fault.Fields, " ") != "PostWorkSummary EndDate" {
		t.Errorf("the manager without the fields: %v", err)
	}
	if err := as(manager, change(w, o, func(o *object.WorkOrder) {
		o.Status, o.PostWorkSummary, o.EndDate = object.WorkStatusClosed, "done", schema.At(w.Now())
	})); err != nil {
		t.Error(err)
	}
	for _, bad := range []*object.StatusTransition{
		{SobjectType: "Nothing", ToStatus: "x"}, {SobjectType: "WorkOrder", ToStatus: "x"}, {SobjectType: "WorkOrder", ToStatus: "New", RequiredFields: "Nope"},
	} {
		w.RefusesToSave(bad)
	}
}

// Whoever takes a transition that asks for a reason gives one; the house itself needs none.
func TestTransitionWithReason(t *testing.T) {
	w := newWorld(t)
	manager := user(w, "Manager")
	w.Save(&object.StatusTransition{SobjectType: "WorkOrder", FromStatus: "New", ToStatus: "Canceled", ReasonRequired: true, IsActive: true})
	o := w.order(object.WorkOrder{})
	canceling := change(w, o, func(o *object.WorkOrder) { o.Status = object.WorkStatusCanceled })
	as := func(reason string) error {
		return w.Keeper.Do(context.Background(), record.Cause{Viewer: person{id: manager}, By: "test", Reason: reason}, canceling)
	}
	var fault *record.Fault
	if err := as(" "); !errors.As(err, &fault) || fault.Code != "REASON_REQUIRED" || strings.Join(fault.Fields, " ") != "Status" {
		t.Errorf("without a reason: %v", err)
	}
	if err := as("The customer moved away."); err != nil {
		t.Errorf("with a reason: %v", err)
	}
	w.Do(change(w, w.order(object.WorkOrder{}), func(o *object.WorkOrder) { o.Status = object.WorkStatusCanceled }))
}

// A status that is no longer in use holds no record fast.
func TestTransitionFromUnusedStatus(t *testing.T) {
	w := newWorld(t)
	w.Save(&object.StatusTransition{SobjectType: "WorkOrder", FromStatus: "New", ToStatus: "Closed", IsActive: true})
	o := w.order(object.WorkOrder{})
	on := change(w, o, func(o *object.WorkOrder) { o.Status = object.WorkStatusOnHold })
	w.Refused(on)
	w.Save(&org.StandardDefinition{SobjectType: "WorkOrder", Field: "Status", Picklist: `{"valueSetDefinition":{"value":[{"valueName":"New","isActive":false},
		{"valueName":"On Hold","default":true,"color":"amber"},{"valueName":"Closed"}]}}`})
	w.Do(on)
	w.Refused(change(w, o, func(o *object.WorkOrder) { o.Status = object.WorkStatusClosed }))
}

// person is a viewer with a user of its own who may do all.
type person struct {
	access.Everything
	id schema.Id
}

func (p person) User() schema.Id { return p.id }

func TestStatusLists(t *testing.T) {
	w := newWorld(t)
	rows := housetest.Find[object.ServiceAppointmentStatus](w.House, "ORDER BY SortOrder")
	is(t, "rows", len(rows), 7)
	is(t, "first", rows[0].ApiName, "None")
	is(t, "its category", rows[0].StatusCode, object.AppointmentCategoryNone)
	is(t, "default", rows[0].IsDefault, true)
	closed := housetest.Find[object.CaseStatus](w.House, "IsClosed = true")
	is(t, "closed case statuses", len(closed), 1)

	values := `{"restricted":true,"valueSetDefinition":{"value":[{"valueName":"New","label":"Fresh","default":true,"groupingString":"New"},
		{"valueName":"Waiting for Parts","groupingString":"OnHold"},{"valueName":"Completed","groupingString":"Completed"}]}}`
	d := &org.StandardDefinition{SobjectType: "WorkOrder", Field: "Status", Picklist: schema.LongText(values)}
	w.Save(d)
	is(t, "rows", len(housetest.Find[object.WorkOrderStatus](w.House, "")), 3)
	is(t, "renamed", len(housetest.Find[object.WorkOrderStatus](w.House, "MasterLabel = 'Fresh'")), 1)
	o := w.order(object.WorkOrder{Status: "Waiting for Parts"})
	is(t, "category of an added status", o.StatusCategory, object.WorkCategoryOnHold)
	w.Delete(d.Id)
	is(t, "as declared", len(housetest.Find[object.WorkOrderStatus](w.House, "")), 7)
	w.Undelete(d.Id)
	is(t, "and back", len(housetest.Find[object.WorkOrderStatus](w.House, "")), 3)
	w.Do(Plant)
	is(t, "transitions are planted once", len(housetest.Find[object.StatusTransition](w.House, "SobjectType = 'WorkStep' AND FromStatus = 'New'")), 3)
}

func TestNames(t *testing.T) {
	w := newWorld(t)
	c := &object.Contact{FirstName: "Ada", LastName: "Byron"}
	w.Save(c)
	is(t, "name", c.Name, "Ada Byron")
	w.Do(change(w, c, func(c *object.Contact) { c.FirstName = "" }))
	is(t, "name", housetest.Load[object.Contact](w.House, c.Id).Name, "Byron")
}

func TestSettings(t *testing.T) {
	w := newWorld(t)
	w.RefusesToSave(&object.WorkSetting{Name: "second"})
	s := housetest.Find[object.WorkSetting](w.House, "")[0]
	w.Refused(change(w, s, func(s *object.WorkSetting) { s.AddressSources = "Moon" }))
	w.Refused(change(w, s, func(s *object.WorkSetting) { s.AppointmentDueDays = schema.NewInt(-1) }))
	w.Do(change(w, s, func(s *object.WorkSetting) { s.AppointmentDueDays, s.AddressSources = schema.NewInt(3), "Account" }))
	wt := w.workType()
	o := w.order(object.WorkOrder{WorkTypeId: ref[object.WorkType](wt.Id), LocationId: ref[object.Location](w.place.Id)})
	is(t, "city", o.Address.City, "Bergen")
	a := housetest.Find[object.ServiceAppointment](w.House, "ParentRecordId = ?", o.Id)[0]
	is(t, "due after", a.DueDate.Sub(a.EarliestStartTime), 72*time.Hour)
}
