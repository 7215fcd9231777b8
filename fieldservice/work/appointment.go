package work

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillFromParent gives a new appointment what it takes over from the work that it is for. That of a line comes from the
// line, else from its order.
func fillFromParent(tx *record.Tx, c *record.Change[object.ServiceAppointment]) error {
	a := c.New
	if !c.Insert {
		return nil
	}
	if err := followParent(tx, a); err != nil {
		return err
	}
	for at := schema.Id(a.ParentRecordId); at != ""; {
		parent, err := record.GetAny(tx, at)
		if err != nil {
			return err
		}
		at = takeOver(tx.Catalog(), a, parent)
	}
	return nil
}

// takeOver copies into what is empty of an appointment, and returns the record to look at next: the order of a line.
func takeOver(c *schema.Catalog, a *object.ServiceAppointment, parent any) (next schema.Id) {
	switch p := parent.(type) {
	case *object.Account:
		setIfEmpty(&p.ShippingAddress, p.BillingAddress)
		setIfEmpty(&a.Address, p.ShippingAddress)
		return ""
	case *object.WorkOrderLineItem:
		next = schema.Id(p.WorkOrderId)
	}
	to, from := c.Object("ServiceAppointment"), c.ById(schema.StandardOf(parent).Id)
	timed := !a.Duration.IsNull()
	for _, name := range []string{"ContactId", "ServiceTerritoryId", "WorkTypeId", "Subject", "Duration", "DurationType"} {
		f, g := to.Field(name), from.Field(name)
		if g != nil && f.Null(a) && (!timed || name != "Duration" && name != "DurationType") {
			f.Set(a, g.Get(parent))
		}
	}
	if a.Address == (schema.Address{}) && from.Field("Address") != nil {
		for _, part := range from.Field("Address").Parts {
			to.Field(part.Name).Set(a, part.Get(parent))
		}
	}
	return next
}

// followParent says of an appointment what holds for its parent: whose account it is, and how far the work has come.
func followParent(tx *record.Tx, a *object.ServiceAppointment) error {
	if a.ParentRecordId == "" {
		return nil
	}
	parent, err := record.GetAny(tx, schema.Id(a.ParentRecordId))
	if err != nil {
		return err
	}
	o := tx.Catalog().ById(schema.Id(a.ParentRecordId))
	a.ParentRecordType, a.ParentRecordStatusCategory = o.Name, ""
	switch p := parent.(type) {
	case *object.Account:
		a.AccountId = schema.Ref[object.Account](p.Id)
	case *object.WorkOrder:
		a.AccountId, a.ParentRecordStatusCategory = p.AccountId, p.StatusCategory
	case *object.WorkOrderLineItem:
		w, err := record.Get(tx, p.WorkOrderId)
		if err != nil {
			return err
		}
		a.AccountId, a.ParentRecordStatusCategory = w.AccountId, p.StatusCategory
	default:
		if f := o.Field("AccountId"); f != nil {
			a.AccountId = schema.Ref[object.Account](f.Text(parent))
		}
	}
	return nil
}

// fillDuration gives an appointment the duration of its work type, else an hour; less than a minute is none.
func fillDuration(tx *record.Tx, c *record.Change[object.ServiceAppointment]) error {
	a := c.New
	if !a.Duration.IsNull() && inMinutes(a.Duration, a.DurationType).Cmp(schema.DecInt(1)) >= 0 {
		return nil
	}
	t, err := record.Get(tx, a.WorkTypeId)
	if err != nil {
		return err
	}
	if a.Duration, a.DurationType = t.EstimatedDuration, t.DurationType; a.Duration.Sign() <= 0 {
		a.Duration, a.DurationType = schema.DecInt(1), object.DurationTypeHours
	}
	return nil
}

// fillTimes keeps planned times to whole minutes, clears the plan of a visit that is called off, keeps the first plan,
// and tells how long the visit took once that is known.
func fillTimes(_ *record.Tx, c *record.Change[object.ServiceAppointment]) error {
	a := c.New
	for _, t := range []*schema.DateTime{&a.EarliestStartTime, &a.DueDate, &a.SchedStartTime, &a.SchedEndTime, &a.ArrivalWindowStartTime, &a.ArrivalWindowEndTime} {
		if !t.IsNull() {
			*t = schema.AtMilli(t.Milli() - t.Milli()%60_000)
		}
	}
	if !c.Insert && calledOff(a.StatusCategory) && !calledOff(c.Old.StatusCategory) {
		a.SchedStartTime, a.SchedEndTime = schema.DateTime{}, schema.DateTime{}
	}
	if a.OriginalSchedStartTime.IsNull() && !a.SchedStartTime.IsNull() && !a.SchedEndTime.IsNull() {
		a.OriginalSchedStartTime, a.OriginalSchedEndTime = a.SchedStartTime, a.SchedEndTime
	}
	known := !a.ActualStartTime.IsNull() && !a.ActualEndTime.IsNull()
	before := !c.Old.ActualStartTime.IsNull() && !c.Old.ActualEndTime.IsNull()
	if known && !before && a.ActualDuration.IsNull() {
		a.ActualDuration = schema.DecInt(a.ActualEndTime.Sub(a.ActualStartTime).Milliseconds()).Quo(schema.DecInt(60_000)).Round(2)
	}
	return nil
}

// calledOff reports whether a visit of a category has no place in anybody's day.
func calledOff(c object.AppointmentCategory) bool {
	return c == object.AppointmentCategoryNone || c == object.AppointmentCategoryCanceled
}

// fillVisit counts the visits to a piece of work. A new one after a visit that could not finish is its return, unless
// that one has a return already.
func fillVisit(tx *record.Tx, c *record.Change[object.ServiceAppointment]) error {
	a := c.New
	if !c.Insert {
		return nil
	}
	if a.ReturnOfId == "" && a.ParentRecordId != "" {
		earlier, err := record.FindBy[object.ServiceAppointment](tx, "ParentRecordId", schema.Id(a.ParentRecordId))
		if err != nil {
			return err
		}
		a.ReturnOfId = unfinished(earlier)
	}
	of, err := record.Get(tx, a.ReturnOfId)
	if err != nil {
		return err
	}
	a.VisitNumber = schema.NewInt(1)
	if a.ReturnOfId != "" {
		a.VisitNumber = schema.NewInt(max(of.VisitNumber.Int64(), 1) + 1)
	}
	return nil
}

// unfinished returns the last visit that could not complete the work and that nobody has returned for; null is none.
func unfinished(visits []*object.ServiceAppointment) (last schema.Ref[object.ServiceAppointment]) {
	returned := map[schema.Ref[object.ServiceAppointment]]bool{}
	for _, v := range visits {
		returned[v.ReturnOfId] = true
	}
	for _, v := range visits {
		if id := schema.Ref[object.ServiceAppointment](v.Id); v.StatusCategory == object.AppointmentCategoryCannotComplete && !returned[id] {
			last = id
		}
	}
	return last
}

// checkReturn holds that a return visit is for the customer of the first.
func checkReturn(r record.Reader, old, a object.ServiceAppointment) error {
	if old.Id != "" || a.ReturnOfId == "" {
		return nil
	}
	of, err := record.Get(r, a.ReturnOfId)
	if err != nil || of.AccountId == a.AccountId {
		return err
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ReturnOfId: the visit "+string(of.AppointmentNumber)+" was to another account", "ReturnOfId")
}

// checkTimes holds the times of an appointment together.
func checkTimes(_, a object.ServiceAppointment) error {
	for _, pair := range []struct {
		from, to  schema.DateTime
		start, by string
		both      bool // the one not without the other
	}{
		{a.EarliestStartTime, a.DueDate, "EarliestStartTime", "DueDate", true},
		{a.SchedStartTime, a.SchedEndTime, "SchedStartTime", "SchedEndTime", true},
		{a.ArrivalWindowStartTime, a.ArrivalWindowEndTime, "ArrivalWindowStartTime", "ArrivalWindowEndTime", true},
		{a.ActualStartTime, a.ActualEndTime, "ActualStartTime", "ActualEndTime", false},
	} {
		switch {
		case pair.both && pair.from.IsNull() != pair.to.IsNull():
			return record.Refuse("REQUIRED_FIELD_MISSING", fmt.Sprintf("%s and %s: fill both or neither", pair.start, pair.by), pair.start, pair.by)
		case !pair.both && pair.from.IsNull() && !pair.to.IsNull():
			return record.Refuse("REQUIRED_FIELD_MISSING", fmt.Sprintf("%s: a visit that has ended has begun", pair.start), pair.start)
		case pair.to.Before(pair.from):
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s: must not be before %s", pair.by, pair.start), pair.by, pair.start)
		}
	}
	return nil
}

// checkScheduled holds that a visit which is on somebody's way has a time, and that one which failed has a reason.
func checkScheduled(old, a object.ServiceAppointment) error {
	if a.StatusCategory == old.StatusCategory && a.SchedStartTime == old.SchedStartTime && a.CannotCompleteReason == old.CannotCompleteReason {
		return nil
	}
	switch a.StatusCategory {
	case object.AppointmentCategoryScheduled, object.AppointmentCategoryDispatched:
		if a.SchedStartTime.IsNull() {
			return record.Refuse("REQUIRED_FIELD_MISSING", fmt.Sprintf("SchedStartTime and SchedEndTime: an appointment that is %s has a time", a.Status), "SchedStartTime", "SchedEndTime")
		}
	case object.AppointmentCategoryCannotComplete:
		if a.CannotCompleteReason == "" {
			return record.Refuse("REQUIRED_FIELD_MISSING", "CannotCompleteReason: say why the work could not be completed", "CannotCompleteReason")
		}
	}
	return nil
}

// followOrderVisits lets appointments follow the account and the category of their order.
func followOrderVisits(tx *record.Tx, changes []record.Change[object.WorkOrder]) error {
	var visits []*object.ServiceAppointment
	for _, c := range changes {
		if c.Insert || c.New.StatusCategory == c.Old.StatusCategory && c.New.AccountId == c.Old.AccountId {
			continue
		}
		found, err := record.FindBy[object.ServiceAppointment](tx, "ParentRecordId", c.New.Id)
		if err != nil {
			return err
		}
		for _, v := range found {
			v.ParentRecordStatusCategory, v.AccountId = c.New.StatusCategory, c.New.AccountId
		}
		visits = append(visits, found...)
		if c.New.AccountId == c.Old.AccountId {
			continue
		}
		lines, err := record.FindBy[object.WorkOrderLineItem](tx, "WorkOrderId", c.New.Id)
		if err != nil {
			return err
		}
		for _, l := range lines {
			found, err := record.FindBy[object.ServiceAppointment](tx, "ParentRecordId", l.Id)
			if err != nil {
				return err
			}
			for _, v := range found {
				v.AccountId = c.New.AccountId
			}
			visits = append(visits, found...)
		}
	}
	return saveAll(tx, visits)
}

func followLineVisits(tx *record.Tx, changes []record.Change[object.WorkOrderLineItem]) error {
	var visits []*object.ServiceAppointment
	for _, c := range changes {
		if c.Insert || c.New.StatusCategory == c.Old.StatusCategory {
			continue
		}
		found, err := record.FindBy[object.ServiceAppointment](tx, "ParentRecordId", c.New.Id)
		if err != nil {
			return err
		}
		for _, v := range found {
			v.ParentRecordStatusCategory = c.New.StatusCategory
		}
		visits = append(visits, found...)
	}
	return saveAll(tx, visits)
}
