package timesheet

import (
	"fmt"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

type (
	sheetRef    = schema.Ref[object.TimeSheet]
	resourceRef = schema.Ref[object.ServiceResource]
)

// next is which status of a sheet may follow which. An approved sheet is what people are paid by: it stays.
var next = map[object.TimeSheetStatus][]object.TimeSheetStatus{
	object.TimeSheetStatusNew:       {object.TimeSheetStatusSubmitted},
	object.TimeSheetStatusSubmitted: {object.TimeSheetStatusApproved, object.TimeSheetStatusRecalled, object.TimeSheetStatusNew},
	object.TimeSheetStatusRecalled:  {object.TimeSheetStatusSubmitted, object.TimeSheetStatusNew},
	object.TimeSheetStatusApproved:  nil,
}

// open reports whether the entries of a sheet in this status may change.
func open(s object.TimeSheetStatus) bool {
	return s != object.TimeSheetStatusSubmitted && s != object.TimeSheetStatusApproved
}

// fillSheet works out what follows from the minutes of the entries. A new sheet has none yet.
func fillSheet(_ *record.Tx, c *record.Change[object.TimeSheet]) error {
	s := c.New
	if c.Insert {
		s.TimeSheetEntryCount, s.TotalDurationInMinutes = schema.NewInt(0), schema.NewInt(0)
	}
	if s.Status == "" {
		s.Status = object.TimeSheetStatusNew
	}
	s.TotalDurationInHours = schema.DecInt(s.TotalDurationInMinutes.Int64()).Quo(schema.DecInt(60)).Round(2)
	return nil
}

// checkSheet holds a sheet to a period, and to the order of its statuses.
func checkSheet(old, s object.TimeSheet) error {
	if s.EndDate.Before(s.StartDate) {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "EndDate: must not be before StartDate", "EndDate", "StartDate")
	}
	if s.EndDateTime.Before(s.StartDateTime) {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "EndDateTime: must not be before StartDateTime", "EndDateTime", "StartDateTime")
	}
	if old.Id == "" {
		return nil
	}
	if !open(old.Status) && (s.ServiceResourceId != old.ServiceResourceId || s.StartDate != old.StartDate || s.EndDate != old.EndDate) {
		return record.Refuse("ENTITY_IS_LOCKED", fmt.Sprintf("Status: the sheet is %s; %s", old.Status, mend(old.Status)), "Status")
	}
	if s.Status == old.Status || old.Status == "" || slices.Contains(next[old.Status], s.Status) {
		return nil
	}
	if len(next[old.Status]) == 0 {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Status: the sheet is %s; %s", old.Status, mend(old.Status)), "Status")
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Status: after %s comes one of %v", old.Status, next[old.Status]), "Status")
}

// mend says how to change what a sheet in this status holds.
func mend(s object.TimeSheetStatus) string {
	if s == object.TimeSheetStatusSubmitted {
		return "recall it to change it"
	}
	return "correct it on another sheet"
}

func checkSheetDelete(_ record.Reader, s object.TimeSheet) error {
	if open(s.Status) {
		return nil
	}
	return record.Refuse("DELETE_FAILED", fmt.Sprintf("Status: %s is %s; %s", s.TimeSheetNumber, s.Status, mend(s.Status)), "Status")
}

// followSheets gives entries the status of their sheet.
func followSheets(tx *record.Tx, changes []record.Change[object.TimeSheet]) error {
	var recs []any
	for _, c := range changes {
		if c.Insert || c.New.Status == c.Old.Status {
			continue
		}
		status := object.TimeEntryStatus(c.New.Status)
		if open(c.New.Status) {
			status = object.TimeEntryStatusNew
		}
		entries, err := record.FindBy[object.TimeSheetEntry](tx, "TimeSheetId", c.New.Id)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Status != status {
				e.Status = status
				recs = append(recs, e)
			}
		}
	}
	return tx.Save(recs...)
}
