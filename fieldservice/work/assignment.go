package work

import (
	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// checkAssignable holds that only a visit which has a time is given to somebody.
func checkAssignable(r record.Reader, old, ar object.AssignedResource) error {
	if old.Id != "" {
		return nil
	}
	a, err := record.Get(r, ar.ServiceAppointmentId)
	if err != nil || !a.SchedStartTime.IsNull() {
		return err
	}
	return record.Refuse("REQUIRED_FIELD_MISSING", "SchedStartTime and SchedEndTime: give the appointment "+string(a.AppointmentNumber)+" a time before it is assigned", "ServiceAppointmentId")
}

// followAssigned makes a visit that was open a scheduled one when it is given to somebody.
func followAssigned(tx *record.Tx, changes []record.Change[object.AssignedResource]) error {
	status := object.AppointmentStatus(statusFor(tx.Catalog(), "ServiceAppointment", string(object.AppointmentCategoryScheduled)))
	taken := map[schema.Ref[object.ServiceAppointment]]bool{}
	var visits []*object.ServiceAppointment
	for _, c := range changes {
		if !c.Insert || taken[c.New.ServiceAppointmentId] {
			continue
		}
		taken[c.New.ServiceAppointmentId] = true
		a, err := record.Get(tx, c.New.ServiceAppointmentId)
		if err != nil {
			return err
		}
		if calledOff(a.StatusCategory) {
			a.Status = status
			visits = append(visits, a)
		}
	}
	return saveAll(tx, visits)
}

// followUnassigned takes a visit out of the plan when the last who was to make it is taken off.
func followUnassigned(tx *record.Tx, ar *object.AssignedResource) error {
	a, err := record.Get(tx, ar.ServiceAppointmentId)
	if err != nil || a.IsDeleted {
		return err
	}
	if a.StatusCategory != object.AppointmentCategoryScheduled && a.StatusCategory != object.AppointmentCategoryDispatched {
		return nil
	}
	left, err := record.FindBy[object.AssignedResource](tx, "ServiceAppointmentId", a.Id)
	if err != nil || len(left) > 0 {
		return err
	}
	a.Status = object.AppointmentStatus(statusFor(tx.Catalog(), "ServiceAppointment", string(object.AppointmentCategoryNone)))
	return tx.Save(a)
}

// followCalledOff frees those who were to make visits that are called off.
func followCalledOff(tx *record.Tx, changes []record.Change[object.ServiceAppointment]) error {
	var ids []schema.Id
	for _, c := range changes {
		if c.Insert || !calledOff(c.New.StatusCategory) || calledOff(c.Old.StatusCategory) {
			continue
		}
		assigned, err := record.FindBy[object.AssignedResource](tx, "ServiceAppointmentId", c.New.Id)
		if err != nil {
			return err
		}
		for _, ar := range assigned {
			ids = append(ids, ar.Id)
		}
	}
	return tx.Delete(ids...)
}
