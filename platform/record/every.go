package record

import (
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Every returns all undeleted records of T, ordered by id. It is for configuration, of which there is little: a
// transaction reads it once, and again when it has changed it.
func Every[T any](r Reader) ([]*T, error) {
	s := r.reader()
	p, err := s.planOf(new(T))
	if err != nil {
		return nil, err
	}
	key := listKey{p.stamp.id, ""}
	found, known := s.lists[key]
	if !known {
		if found, err = s.selectRows(p, `"IsDeleted" = `+s.db.Dialect().Bool(false), nil, ` ORDER BY `+store.Quote(p.stamp.id.Name)); err != nil {
			return nil, err
		}
		if s.lists == nil {
			s.lists, s.listed = map[listKey][]*stored{}, map[*plan][]*schema.Field{}
		}
		for i, c := range found {
			found[i] = s.known(c)
		}
		s.lists[key] = found
	}
	recs := make([]*T, len(found))
	for i, c := range found {
		recs[i] = s.hand(c).(*T)
	}
	return recs, nil
}
