package timesheet

import (
	"errors"
	"fmt"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillEntry says how long an entry took, to the nearest minute, and whose order its line is of.
func fillEntry(tx *record.Tx, c *record.Change[object.TimeSheetEntry]) error {
	e := c.New
	e.DurationInMinutes = schema.NewInt(0)
	if !e.StartTime.IsNull() && !e.EndTime.IsNull() {
		e.DurationInMinutes = schema.NewInt((e.EndTime.Sub(e.StartTime).Milliseconds() + 30_000) / 60_000)
	}
	if e.Status == "" {
		e.Status = object.TimeEntryStatusNew
	}
	l, err := record.Get(tx, e.WorkOrderLineItemId)
	if errors.Is(err, record.ErrNotFound) {
		return nil // refused further on
	}
	if err == nil && l.Id != "" {
		e.WorkOrderId = l.WorkOrderId
	}
	return err
}

// checkEntry holds an entry to its sheet, and to time that runs forward. The day before and after the period count as
// within it: what day it is depends on where somebody works.
func checkEntry(r record.Reader, old, e object.TimeSheetEntry) error {
	if e.EndTime.Before(e.StartTime) {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "EndTime: must not be before StartTime", "EndTime", "StartTime")
	}
	if e.StartTime.IsNull() && !e.EndTime.IsNull() {
		return record.Refuse("REQUIRED_FIELD_MISSING", "StartTime: what has ended has begun", "StartTime")
	}
	if old.Id != "" && same(old, e) {
		return nil
	}
	s, err := record.Get(r, e.TimeSheetId)
	if err != nil {
		return err
	}
	if !open(s.Status) {
		return record.Refuse("ENTITY_IS_LOCKED", fmt.Sprintf("TimeSheetId: %s is %s; %s", s.TimeSheetNumber, s.Status, mend(s.Status)), "TimeSheetId")
	}
	day := schema.On(e.StartTime.Time())
	if !e.StartTime.IsNull() && (day.Before(s.StartDate.AddDays(-1)) || day.After(s.EndDate.AddDays(1))) {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("StartTime: %s is not within the sheet, which is from %s to %s", day, s.StartDate, s.EndDate), "StartTime")
	}
	return nil
}

// same reports whether two states of an entry tell the same of the time that was spent.
func same(a, b object.TimeSheetEntry) bool {
	return a.StartTime == b.StartTime && a.EndTime == b.EndTime && a.Type == b.Type && a.WorkOrderId == b.WorkOrderId &&
		a.WorkOrderLineItemId == b.WorkOrderLineItemId && a.Category == b.Category && a.Subject == b.Subject && a.Description == b.Description
}

func checkEntryDelete(r record.Reader, e object.TimeSheetEntry) error {
	s, err := record.Get(r, e.TimeSheetId)
	if err != nil || open(s.Status) {
		return err
	}
	return record.Refuse("DELETE_FAILED", fmt.Sprintf("TimeSheetId: %s is %s; %s", s.TimeSheetNumber, s.Status, mend(s.Status)), "TimeSheetId")
}

// followEntries refuses time that somebody spent elsewhere already. It looks once for each resource of the batch.
func followEntries(tx *record.Tx, changes []record.Change[object.TimeSheetEntry]) error {
	byResource := map[resourceRef][]*object.TimeSheetEntry{}
	for _, c := range changes {
		e := c.New
		if e.StartTime.IsNull() || e.EndTime.IsNull() || e.StartTime == c.Old.StartTime && e.EndTime == c.Old.EndTime {
			continue
		}
		s, err := record.Get(tx, e.TimeSheetId)
		if err != nil {
			return err
		}
		byResource[s.ServiceResourceId] = append(byResource[s.ServiceResourceId], e)
	}
	var ids []resourceRef
	for id := range byResource {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if err := keepApart(tx, id, byResource[id]); err != nil {
			return err
		}
	}
	return nil
}

func followEntryBack(tx *record.Tx, e *object.TimeSheetEntry) error {
	return followEntries(tx, []record.Change[object.TimeSheetEntry]{{Old: &object.TimeSheetEntry{}, New: e}})
}

// keepApart refuses that any of the entries of a resource, which are written, overlaps another of its entries. Work that
// ends when the next begins does not overlap it.
func keepApart(tx *record.Tx, resource resourceRef, entries []*object.TimeSheetEntry) error {
	if _, err := record.Lock(tx, resource); err != nil {
		return err
	}
	from, to := entries[0].StartTime, entries[0].EndTime
	for _, e := range entries {
		if e.StartTime.Before(from) {
			from = e.StartTime
		}
		if e.EndTime.After(to) {
			to = e.EndTime
		}
	}
	all, err := record.Find[object.TimeSheetEntry](tx, "TimeSheet.ServiceResourceId = ? AND StartTime < ? AND EndTime > ? ORDER BY StartTime, EndTime, Id", resource, to, from)
	if err != nil {
		return err
	}
	var last *object.TimeSheetEntry // of those so far, the one that ends last
	for _, e := range all {
		if last != nil && e.StartTime.Before(last.EndTime) {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("StartTime: %s, from %s to %s, overlaps %s, from %s to %s",
				e.TimeSheetEntryNumber, e.StartTime, e.EndTime, last.TimeSheetEntryNumber, last.StartTime, last.EndTime), "StartTime", "EndTime")
		}
		if e.EndTime.After(e.StartTime) && (last == nil || e.EndTime.After(last.EndTime)) {
			last = e
		}
	}
	return nil
}
