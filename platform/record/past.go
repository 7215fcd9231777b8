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

// Trail returns what was done to records of objects, from the newest to the oldest, at most limit entries, those before
// the one numbered before (0 is from the newest).
func Trail(r Reader, objects []*schema.Object, before int64, limit int) ([]audit.Past, error) {
	s := r.reader()
	var prefixes []string
	for _, o := range objects {
		if o.Prefix != "" {
			prefixes = append(prefixes, o.Prefix)
		}
	}
	return s.keeper.audit.Trail(s.db, prefixes, before, limit)
}

// FirstPast returns what a record was made with, also of one that is gone; nil when the log has nothing of it.
func FirstPast(r Reader, id schema.Id) (*audit.Past, error) {
	s := r.reader()
	return s.keeper.audit.First(s.db, id)
}
