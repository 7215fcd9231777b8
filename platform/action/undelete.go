package action

import (
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// Undelete brings a record back from the recycle bin, with what was deleted along with it. Who may delete a record may
// bring it back.
var Undelete = Do("undelete", "Undelete", undelete).With("Brings a deleted record back, with what was deleted along with it.", "")

type deleted struct {
	RecordId schema.Id `field:"required" help:"the deleted record"`
}

type restored struct {
	RecordId schema.Id
}

func undelete(tx *record.Tx, in deleted) (restored, error) {
	o := tx.Catalog().ById(in.RecordId)
	if o == nil {
		return restored{}, record.Refuse("INVALID_CROSS_REFERENCE_KEY", "recordId: there is no such record", "recordId")
	}
	results, err := tx.Apply(record.Batch{Op: record.Undelete, Object: o, Patches: []record.Patch{{Id: in.RecordId}}})
	if err != nil {
		return restored{}, err
	}
	if faults := results[0].Faults; len(faults) > 0 {
		return restored{}, faults
	}
	return restored(in), nil
}
