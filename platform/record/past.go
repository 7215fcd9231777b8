package record

import (
	"truckroll/platform/audit"
	"truckroll/platform/schema"
)

// History returns what was done to a record, deleted or not, from the newest to the oldest: at most limit entries, those
// before the one numbered before; 0 is from the newest. No rights are checked.
func History(r Reader, id schema.Id, before int64, limit int) ([]audit.Past, error) {
	s := r.reader()
	return s.keeper.audit.History(s.db, id, before, limit)
}
