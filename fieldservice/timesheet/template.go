package timesheet

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/job"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// frequencies are how long the period of a template may be.
var frequencies = []string{"Daily", "Weekly", "EveryTwoWeeks", "TwiceAMonth", "Monthly"}

// days are the days of the week as templates name them.
var days = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// checkTemplate holds that the house can tell from a template when which sheets are due.
func checkTemplate(_ record.Reader, _, t object.TimeSheetTemplate) error {
	switch {
	case !slices.Contains(frequencies, t.Frequency):
		return record.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Frequency: choose one of "+strings.Join(frequencies, ", "), "Frequency")
	case t.WorkWeekStartDay != "" && !slices.Contains(days, t.WorkWeekStartDay):
		return record.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "WorkWeekStartDay: choose one of "+strings.Join(days, ", "), "WorkWeekStartDay")
	case t.StartDate.IsNull() && t.Active:
		return record.Refuse("REQUIRED_FIELD_MISSING", "StartDate: say from when on sheets are made", "StartDate")
	}
	return nil
}

// period returns the first and last day of the period of a template that a day is in.
func period(t *object.TimeSheetTemplate, day schema.Date) (from, to schema.Date) {
	y, m, d := day.Time().Date()
	switch t.Frequency {
	case "Weekly":
		from = weekOf(t, day)
		return from, from.AddDays(6)
	case "EveryTwoWeeks":
		from = weekOf(t, day)
		if weeks := (from.Days() - weekOf(t, t.StartDate).Days()) / 7; weeks%2 != 0 {
			from = from.AddDays(-7)
		}
		return from, from.AddDays(13)
	case "TwiceAMonth":
		if d <= 15 {
			return schema.Day(y, m, 1), schema.Day(y, m, 15)
		}
		return schema.Day(y, m, 16), schema.Day(y, m, 1).AddMonths(1).AddDays(-1)
	case "Monthly":
		return schema.Day(y, m, 1), schema.Day(y, m, 1).AddMonths(1).AddDays(-1)
	}
	return day, day
}

// weekOf returns the first day of the week of a template that a day is in.
func weekOf(t *object.TimeSheetTemplate, day schema.Date) schema.Date {
	first := max(slices.Index(days, t.WorkWeekStartDay), 0)
	back := (int(day.Time().Weekday()) - first + 7) % 7
	return day.AddDays(-back)
}

// sheets makes, every hour, the sheets of the periods that tomorrow is in. So they are there the day before a period
// begins wherever midnight is, and those that were missed while the house stood still are made up for.
var sheets = job.Define("time sheets", job.Every(time.Hour), func(ctx context.Context, k *record.Keeper, t job.Task[struct{}]) error {
	return k.Do(ctx, record.Cause{By: "job", Of: "time sheets"}, func(tx *record.Tx) error {
		if _, err := makeSheets(tx); err != nil {
			return err
		}
		return t.Complete(tx.Store())
	})
})

// makeSheets makes what is due and not there, and returns how many sheets that were.
func makeSheets(tx *record.Tx) (n int, err error) {
	templates, err := record.Find[object.TimeSheetTemplate](tx, "Active = true ORDER BY Id")
	if err != nil || len(templates) == 0 {
		return 0, err
	}
	zone, err := houseZone(tx)
	if err != nil {
		return 0, err
	}
	tomorrow := schema.On(tx.Now().In(zone)).AddDays(1)
	for _, t := range templates {
		if tomorrow.Before(t.StartDate) {
			continue
		}
		from, to := period(t, tomorrow)
		if from.Before(t.StartDate) {
			from = t.StartDate
		}
		made, err := makeFor(tx, t, from, to)
		if err != nil {
			return n, fmt.Errorf("time sheets of %s: %w", t.MasterLabel, err)
		}
		n += made
	}
	return n, nil
}

// makeFor makes the sheets of a period for the technicians of a template who have none of it.
func makeFor(tx *record.Tx, t *object.TimeSheetTemplate, from, to schema.Date) (int, error) {
	there, err := record.Find[object.TimeSheet](tx, "StartDate = ? AND EndDate = ?", from, to)
	if err != nil {
		return 0, err
	}
	has := map[resourceRef]bool{}
	for _, s := range there {
		has[s.ServiceResourceId] = true
	}
	where, args := "IsActive = true AND ResourceType = 'T'", []any(nil)
	if names := profiles(t); len(names) > 0 {
		where += " AND RelatedRecordId IN (SELECT Id FROM User WHERE Profile.Name IN ?)"
		args = append(args, names)
	}
	resources, err := record.Find[object.ServiceResource](tx, where, args...)
	if err != nil {
		return 0, err
	}
	var fresh []any
	for _, r := range resources {
		if !has[resourceRef(r.Id)] {
			s := &object.TimeSheet{ServiceResourceId: resourceRef(r.Id), StartDate: from, EndDate: to}
			s.OwnerId = schema.AnyRef(r.RelatedRecordId)
			fresh = append(fresh, s)
		}
	}
	return len(fresh), tx.Save(fresh...)
}

// profiles returns the names of the profiles that a template is for, one a line or separated by commas or semicolons;
// none is everybody.
func profiles(t *object.TimeSheetTemplate) (names []string) {
	for _, name := range strings.FieldsFunc(t.TimeSheetTemplateAssignments, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// houseZone returns the time zone of the organisation.
func houseZone(r record.Reader) (*time.Location, error) {
	all, err := record.Every[org.Organization](r)
	if err != nil || len(all) == 0 {
		return time.UTC, err
	}
	zone, err := time.LoadLocation(string(all[0].TimeZoneSidKey))
	if err != nil {
		return time.UTC, nil // a name that this machine does not know
	}
	return zone, nil
}
