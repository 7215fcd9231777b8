package record

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// distinct refuses values that must be unique and that another record has, in the database or earlier in the batch.
// The index of the database decides when two transactions race.
func (tx *Tx) distinct(p *plan, rows []*row) error {
	for _, f := range p.unique {
		first := map[any]*row{}
		var values []any
		for _, r := range rows {
			if len(r.faults) > 0 || f.Null(r.new) || r.base != nil && f.Equal(r.base.rec, r.new) || !fits(f, r.new) {
				continue
			}
			v := f.Get(r.new)
			key := tx.foldKey(f, v)
			if other := first[key]; other != nil {
				r.twin = other
				r.faults = append(r.faults, duplicate(f, other.id()))
				continue
			}
			first[key] = r
			values = append(values, v)
		}
		if len(values) == 0 {
			continue
		}
		if err := tx.taken(p, f, values, first); err != nil {
			return err
		}
	}
	return nil
}

// fits reports whether the value of f can be looked for at all; what can't is refused elsewhere.
func fits(f *schema.Field, rec any) bool {
	_, err := f.Column(f.Get(rec))
	return err == nil
}

// taken refuses the rows whose value in f another record has.
func (tx *Tx) taken(p *plan, f *schema.Field, values []any, rows map[any]*row) error {
	var hits []hit
	for len(values) > 0 {
		n := min(len(values), maxIds)
		found, err := tx.haveValue(p, f, values[:n])
		if err != nil {
			return err
		}
		hits, values = append(hits, found...), values[n:]
	}
	var ids []schema.Id
	for _, h := range hits {
		ids = append(ids, h.id)
	}
	seen, err := tx.within(p, ids, tx.Viewer(), access.ReadLevel)
	if err != nil {
		return err
	}
	for _, h := range hits {
		r := rows[tx.foldKey(f, h.value)]
		if r == nil || r.base != nil && r.id() == h.id {
			continue
		}
		if seen != nil && !seen[h.id] {
			h.id = ""
		}
		r.faults = append(r.faults, duplicate(f, h.id))
	}
	return nil
}
