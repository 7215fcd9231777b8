package work

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
)

// graphs are the changes of status that an organisation begins with: those of Salesforce for appointments, and for
// steps that a step which was done can be taken up again. Each line is a status and those that may follow it. Orders
// and lines begin without: every change is allowed.
var graphs = map[string][][]string{
	"ServiceAppointment": {
		{"None", "Scheduled", "Canceled"},
		{"Scheduled", "Dispatched", "None", "Canceled"},
		{"Dispatched", "In Progress", "Scheduled", "None", "Canceled"},
		{"In Progress", "Completed", "Cannot Complete", "Canceled"},
		{"Canceled", "None", "Scheduled"},
	},
	"WorkStep": {
		{"New", "In Progress", "Completed", "Not Applicable"},
		{"In Progress", "Paused", "Completed", "Not Applicable", "New"},
		{"Paused", "In Progress", "Completed", "Not Applicable"},
		{"Completed", "In Progress", "New"},
		{"Not Applicable", "In Progress", "New"},
	},
}

// Plant gives an organisation that has none its settings and transitions, and brings its lists of statuses up to date.
func Plant(tx *record.Tx) error {
	if err := SyncStatuses(tx); err != nil {
		return fmt.Errorf("lists of statuses: %w", err)
	}
	if s, err := record.Every[object.WorkSetting](tx); err != nil || len(s) > 0 {
		return err
	}
	settings, err := record.Draft[object.WorkSetting](tx)
	if err != nil {
		return err
	}
	recs := []any{settings}
	for _, name := range []string{"ServiceAppointment", "WorkStep"} {
		for _, line := range graphs[name] {
			for _, to := range line[1:] {
				recs = append(recs, &object.StatusTransition{SobjectType: name, FromStatus: line[0], ToStatus: to, IsActive: true})
			}
		}
	}
	return tx.Save(recs...)
}

// settings returns how the organisation runs its work; the defaults where it has not said.
func settings(r record.Reader) (*object.WorkSetting, error) {
	all, err := record.Every[object.WorkSetting](r)
	if err != nil || len(all) > 0 {
		return first(all), err
	}
	return record.Draft[object.WorkSetting](r)
}

func first[T any](all []*T) *T {
	if len(all) == 0 {
		return nil
	}
	return all[0]
}
