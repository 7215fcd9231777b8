package record

import (
	"fmt"
	"slices"
	"time"

	"truckroll/platform/schema"
)

// rows loads what the chunk's patches are about and lays the patches over it.
func (a *applier) rows(at []int) ([]*row, error) {
	rows := make([]*row, len(at))
	for i, n := range at {
		rows[i] = &row{plan: a.plan, at: n, outside: true}
	}
	if err := a.identify(rows); err != nil {
		return nil, err
	}
	if err := a.loadOld(rows); err != nil {
		return nil, err
	}
	if a.b.Op == Delete || a.b.Op == HardDelete || a.b.Op == Undelete {
		return rows, nil
	}
	links, err := a.findLinks(at)
	if err != nil {
		return nil, err
	}
	empty := a.plan.object.New()
	for _, r := range rows {
		if len(r.faults) == 0 {
			a.lay(r, empty, links)
		}
	}
	return rows, nil
}

// lay makes the new record of r from the old one and its patch.
func (a *applier) lay(r *row, empty any, links map[linkKey]schema.Id) {
	patch := &a.b.Patches[r.at]
	if r.verb == inserting {
		r.old, r.new = empty, a.plan.object.New()
	} else {
		r.old, r.new = schema.Copy(r.base.rec), schema.Copy(r.base.rec)
	}
	for _, v := range patch.Values {
		v.Field.Set(r.new, v.Value)
		r.given = append(r.given, v.Field)
	}
	for _, l := range patch.Links {
		id := links[linkKey{l.To, l.By, l.Value}]
		if id == "" {
			r.faults = append(r.faults, noLinked(l))
			continue
		}
		l.Field.Set(r.new, string(id))
		r.given = append(r.given, l.Field)
	}
	if r.verb == updating {
		r.keepCreateOnly()
	}
}

func noLinked(l Link) *Fault {
	return fault("INVALID_FIELD", fmt.Sprintf("Foreign key external ID: %v not found for field %s in entity %s", l.Value, l.By.Name, l.To.Name), l.Field.Relationship())
}

// keepCreateOnly refuses that a caller changes what is set for good on insert.
func (r *row) keepCreateOnly() {
	var names []string
	for _, f := range r.plan.createOnly {
		if slices.Contains(r.given, f) && !f.Equal(r.base.rec, r.new) {
			names = append(names, f.Name)
		}
	}
	if names != nil {
		r.faults = append(r.faults, notWritable(names...))
	}
}

// precondition holds a record to what the caller saw of it.
func (r *row) precondition(p *Patch) *Fault {
	modified := r.plan.stamp.modified.Get(r.base.rec).(schema.DateTime).Time().Truncate(time.Second)
	switch {
	case p.Version != 0 && p.Version != r.base.version:
		return moved(fmt.Sprintf("The record has version %d, not %d: someone else changed it. Read it again", r.base.version, p.Version))
	case !p.UnmodifiedSince.IsZero() && modified.After(p.UnmodifiedSince):
		return moved(fmt.Sprintf("The record was changed at %s. Read it again", modified.Format(time.RFC3339)))
	}
	return nil
}
