package record

import (
	"truckroll/platform/schema"
)

// fillDefaults gives new records the values that the catalogue has for fields which were not set. A caller from outside
// who sets a field to null means it.
func (tx *Tx) fillDefaults(p *plan, rows []*row) {
	for _, r := range rows {
		if r.verb != inserting {
			continue
		}
		for _, f := range p.defaults {
			if f.Null(r.new) && !contains(r.given, f) || r.outside && f.Kind == schema.KindBoolean && !contains(r.given, f) {
				tx.fillDefault(r, f)
			}
		}
		if p.owner != nil && p.owner.Null(r.new) && tx.Viewer().User() != "" {
			p.owner.Set(r.new, string(tx.Viewer().User()))
		}
	}
}

// fillDefault sets f of a new record to its default value. What a default that can't be read gives is refused with it.
func (tx *Tx) fillDefault(r *row, f *schema.Field) {
	v, err := tx.defaultOf(r.plan, f, r.new)
	if err != nil {
		r.faults = append(r.faults, fault("FIELD_INTEGRITY_EXCEPTION", f.Name+": the default value of the field can't be used: "+err.Error(), f.Name))
		return
	}
	f.Set(r.new, v)
}

// defaultOf returns the default value of f in a new record.
func (s *session) defaultOf(p *plan, f *schema.Field, rec any) (any, error) {
	computed := p.computed[f]
	if computed == nil {
		return f.ParseText(f.Default)
	}
	j := &judged{session: s, plan: p, rec: rec, old: p.empty, insert: true}
	v := schemaValue(f, computed.Eval(j, s.zoned()))
	return v, j.err
}

// Draft returns a new record of T with the default values of its fields, for the house to fill and save. Booleans that
// are true by default are set only so: in a record made as a Go literal, false means false.
func Draft[T any](r Reader) (*T, error) {
	s := r.reader()
	rec := new(T)
	p, err := s.planOf(rec)
	if err != nil {
		return nil, err
	}
	for _, f := range p.defaults {
		v, err := s.defaultOf(p, f, rec)
		if err != nil {
			return nil, err
		}
		f.Set(rec, v)
	}
	return rec, nil
}
