package record

import (
	"truckroll/platform/schema"
)

// Summarise computes a roll-up summary of some parents anew, as after a change of all their children. It is for a
// summary that was defined when there were children already.
func (tx *Tx) Summarise(parent *schema.Object, field string, ids ...schema.Id) error {
	f := parent.Field(field)
	if f == nil || f.RollUp == nil {
		return noSuchField(parent, field)
	}
	child := tx.catalog.Object(f.RollUp.Child)
	for _, s := range tx.plans[child].summed {
		if s.field != f {
			continue
		}
		if tx.sums == nil {
			tx.sums = map[sumKey]bool{}
		}
		for _, id := range ids {
			tx.sums[sumKey{s, id}] = true
		}
	}
	return tx.summarise()
}
