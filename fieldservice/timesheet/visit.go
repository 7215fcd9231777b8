package timesheet

import (
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// followVisits enters the time of visits that are finished in the sheets of those who made them, where the organisation
// wants that. Time that somebody has entered otherwise already is left as it is.
func followVisits(tx *record.Tx, changes []record.Change[object.ServiceAppointment]) error {
	settings, err := record.Every[object.WorkSetting](tx)
	if err != nil || len(settings) == 0 || !settings[0].TimeFromVisits {
		return err
	}
	for _, c := range changes {
		a := c.New
		if !finished(a.StatusCategory) || finished(c.Old.StatusCategory) || a.ActualStartTime.IsNull() {
			continue
		}
		assigned, err := record.FindBy[object.AssignedResource](tx, "ServiceAppointmentId", a.Id)
		if err != nil {
			return err
		}
		for _, ar := range assigned {
			if err := enter(tx, a, ar.ServiceResourceId); err != nil {
				return err
			}
		}
	}
	return nil
}

func finished(c object.AppointmentCategory) bool {
	return c == object.AppointmentCategoryCompleted || c == object.AppointmentCategoryCannotComplete
}

// enter writes the time of a visit into the sheet of one who made it.
func enter(tx *record.Tx, a *object.ServiceAppointment, resource resourceRef) error {
	r, err := record.Get(tx, resource)
	if err != nil || r.ResourceType != object.ResourceTypeTechnician {
		return err
	}
	e := &object.TimeSheetEntry{Type: object.TimeEntryTypeDirect, Subject: a.Subject, StartTime: a.ActualStartTime, EndTime: a.ActualEndTime}
	if e.EndTime.IsNull() {
		e.EndTime = schema.At(tx.Now())
	}
	switch tx.Catalog().ById(schema.Id(a.ParentRecordId)).Name {
	case "WorkOrder":
		e.WorkOrderId = schema.Ref[object.WorkOrder](a.ParentRecordId)
	case "WorkOrderLineItem":
		e.WorkOrderLineItemId = schema.Ref[object.WorkOrderLineItem](a.ParentRecordId)
	}
	err = tx.Try(func() (err error) {
		if e.TimeSheetId, err = sheetFor(tx, resource, schema.On(e.StartTime.Time())); err != nil {
			return err
		}
		return tx.Save(e)
	})
	if _, refused := record.FaultsOf(err); refused {
		return nil // the time is taken, and a visit that is over must not wait for that
	}
	return err
}

// sheetFor returns the open sheet of a resource for a day, made for that day alone where there is none.
func sheetFor(tx *record.Tx, resource resourceRef, day schema.Date) (sheetRef, error) {
	sheets, err := record.Find[object.TimeSheet](tx, "ServiceResourceId = ? AND StartDate <= ? AND EndDate >= ? ORDER BY StartDate DESC, Id", resource, day, day)
	if err != nil {
		return "", err
	}
	for _, s := range sheets {
		if open(s.Status) {
			return sheetRef(s.Id), nil
		}
	}
	r, err := record.Get(tx, resource)
	if err != nil {
		return "", err
	}
	s := &object.TimeSheet{ServiceResourceId: resource, StartDate: day, EndDate: day}
	s.OwnerId = schema.AnyRef(r.RelatedRecordId)
	err = tx.Save(s)
	return sheetRef(s.Id), err
}
