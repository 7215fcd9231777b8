package crew

import (
	"errors"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillAssignment notes on an assignment to a crew which crew that is.
func fillAssignment(tx *record.Tx, c *record.Change[object.AssignedResource]) error {
	r, err := record.Get(tx, c.New.ServiceResourceId)
	if errors.Is(err, record.ErrNotFound) {
		return nil // refused further on
	}
	if err == nil && r.ResourceType == object.ResourceTypeCrew {
		c.New.ServiceCrewId = r.ServiceCrewId
	}
	return err
}

// followAssigned gives visits that are given to a crew to those who are in the crew at the time.
func followAssigned(tx *record.Tx, changes []record.Change[object.AssignedResource]) error {
	var fresh []any
	for _, c := range changes {
		if !c.Insert {
			continue
		}
		isCrew, err := toCrew(tx, c.New)
		if err != nil {
			return err
		}
		if !isCrew {
			continue
		}
		a, err := record.Get(tx, c.New.ServiceAppointmentId)
		if err != nil {
			return err
		}
		missing, _, err := compare(tx, a, c.New.ServiceCrewId)
		if err != nil {
			return err
		}
		fresh = append(fresh, missing...)
	}
	return tx.Save(fresh...)
}

// toCrew reports whether an assignment is one to a crew itself, not to a member of it.
func toCrew(r record.Reader, ar *object.AssignedResource) (bool, error) {
	if ar.ServiceCrewId == "" {
		return false, nil
	}
	s, err := record.Get(r, ar.ServiceResourceId)
	return err == nil && s.ResourceType == object.ResourceTypeCrew, err
}

// compare returns the assignments that those who are in a crew at the time of a visit lack, and those that members have
// through the crew who are not in it then.
func compare(tx *record.Tx, a *object.ServiceAppointment, crew schema.Ref[object.ServiceCrew]) (missing []any, extra []schema.Id, err error) {
	members, err := record.FindBy[object.ServiceCrewMember](tx, "ServiceCrewId", schema.Id(crew))
	if err != nil {
		return nil, nil, err
	}
	assigned, err := record.FindBy[object.AssignedResource](tx, "ServiceAppointmentId", a.Id)
	if err != nil {
		return nil, nil, err
	}
	visit := &object.ServiceCrewMember{StartDate: a.SchedStartTime, EndDate: a.SchedEndTime}
	wanted, has := map[schema.Ref[object.ServiceResource]]bool{}, map[schema.Ref[object.ServiceResource]]bool{}
	for _, ar := range assigned {
		has[ar.ServiceResourceId] = true
	}
	for _, m := range members {
		if !overlap(m, visit) || wanted[m.ServiceResourceId] {
			continue
		}
		wanted[m.ServiceResourceId] = true
		if !has[m.ServiceResourceId] {
			missing = append(missing, &object.AssignedResource{ServiceAppointmentId: schema.Ref[object.ServiceAppointment](a.Id), ServiceResourceId: m.ServiceResourceId, ServiceCrewId: crew})
		}
	}
	for _, ar := range assigned {
		through, err := toCrew(tx, ar)
		if err != nil {
			return nil, nil, err
		}
		if ar.ServiceCrewId == crew && !through && !wanted[ar.ServiceResourceId] {
			extra = append(extra, ar.Id)
		}
	}
	return missing, extra, nil
}

// followUnassigned takes a visit from the members of a crew when it is taken from the crew.
func followUnassigned(tx *record.Tx, ar *object.AssignedResource) error {
	isCrew, err := toCrew(tx, ar)
	if err != nil || !isCrew {
		return err
	}
	left, err := record.FindBy[object.AssignedResource](tx, "ServiceAppointmentId", schema.Id(ar.ServiceAppointmentId))
	if err != nil {
		return err
	}
	var ids []schema.Id
	for _, other := range left {
		if other.ServiceCrewId == ar.ServiceCrewId {
			ids = append(ids, other.Id)
		}
	}
	return tx.Delete(ids...)
}

// followReassigned gives a visit to the members of a crew again whose assignment is back from the recycle bin.
func followReassigned(tx *record.Tx, ar *object.AssignedResource) error {
	return followAssigned(tx, []record.Change[object.AssignedResource]{{Old: &object.AssignedResource{}, New: ar, Insert: true}})
}

// followMoved brings who is to make a visit up to date when it is moved to a time at which the crew is another.
func followMoved(tx *record.Tx, changes []record.Change[object.ServiceAppointment]) error {
	for _, c := range changes {
		a := c.New
		if c.Insert || a.SchedStartTime.IsNull() || a.SchedStartTime == c.Old.SchedStartTime && a.SchedEndTime == c.Old.SchedEndTime {
			continue
		}
		assigned, err := record.FindBy[object.AssignedResource](tx, "ServiceAppointmentId", a.Id)
		if err != nil {
			return err
		}
		for _, ar := range assigned {
			isCrew, err := toCrew(tx, ar)
			if err != nil {
				return err
			}
			if !isCrew {
				continue
			}
			missing, extra, err := compare(tx, a, ar.ServiceCrewId)
			if err != nil {
				return err
			}
			if err := tx.Save(missing...); err != nil {
				return err
			}
			if err := tx.Delete(extra...); err != nil {
				return err
			}
		}
	}
	return nil
}
