package work

import (
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// statusLists are the objects whose rows list the statuses of another object.
var statusLists = []struct{ list, of string }{
	{"WorkOrderStatus", "WorkOrder"}, {"WorkOrderLineItemStatus", "WorkOrderLineItem"}, {"ServiceAppointmentStatus", "ServiceAppointment"},
	{"ShiftStatus", "Shift"}, {"WorkStepStatus", "WorkStep"}, {"CaseStatus", "Case"},
}

// SyncStatuses makes the lists of statuses say what the picklists say. It runs at the start and after administrators
// have changed a picklist; where nothing differs it writes nothing.
func SyncStatuses(tx *record.Tx) error {
	for _, l := range statusLists {
		if err := syncList(tx, tx.Catalog().Object(l.list), tx.Catalog().Object(l.of).Field("Status")); err != nil {
			return err
		}
	}
	return nil
}

func syncList(tx *record.Tx, list *schema.Object, status *schema.Field) error {
	rows, err := record.FindAny(tx, list, "")
	if err != nil {
		return err
	}
	byName := map[string]any{}
	for _, row := range rows {
		byName[list.Field("ApiName").Text(row)] = row
	}
	var changed []any
	order := int64(0)
	for _, c := range status.Choices {
		if c.Inactive {
			continue
		}
		order++
		row, was := byName[c.Value], any(nil)
		if delete(byName, c.Value); row == nil {
			row = list.New()
		} else {
			was = schema.Copy(row)
		}
		fillListRow(list, row, c, order)
		if was == nil || differs(list, was, row) {
			changed = append(changed, row)
		}
	}
	for _, gone := range byName {
		if err := tx.Delete(schema.StandardOf(gone).Id); err != nil {
			return err
		}
	}
	return tx.Save(changed...)
}

func fillListRow(list *schema.Object, row any, c schema.Choice, order int64) {
	label := c.Label
	if label == "" {
		label = c.Value
	}
	values := map[string]any{"MasterLabel": label, "ApiName": c.Value, "SortOrder": schema.NewInt(order), "IsDefault": c.Default, "StatusCode": c.Category, "IsClosed": c.Category == "Closed"}
	for name, v := range values {
		if f := list.Field(name); f != nil {
			f.Set(row, v)
		}
	}
}

func differs(o *schema.Object, a, b any) bool {
	for _, f := range o.Fields {
		if f.Stored() && !f.Equal(a, b) {
			return true
		}
	}
	return false
}
