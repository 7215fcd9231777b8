package query

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// maxTargets is up to how many objects behind one reference are joined. Of more, the name and the id are looked up row
// by row, in the one table that the key's prefix tells.
const maxTargets = 12

// lookup is a field of whichever record a polymorphic reference points to, as far as the viewer may see it.
type lookup struct {
	key   value
	cases []lookupCase
	as    *schema.Field
}

// lookupCase reads the field of one object.
type lookupCase struct {
	sel   *selection
	field *schema.Field
	seen  cond
}

func (l *lookup) kind() *schema.Field { return l.as }

func (l *lookup) write(w *writer) {
	w.text("CASE substr(")
	l.key.write(w)
	w.text(", 1, 3)")
	for _, c := range l.cases {
		w.text(" WHEN ")
		w.quoted(c.sel.root.object.Prefix)
		w.text(" THEN (SELECT ")
		w.column(c.sel.root.alias, c.field.Name)
		w.from(c.sel, nil)
		w.text(" WHERE ")
		w.column(c.sel.root.alias, "Id")
		w.text(" = ")
		l.key.write(w)
		if c.seen != nil {
			w.text(" AND ")
			c.seen.write(w)
		}
		w.text(")")
	}
	w.text(" END")
}

// lookup makes the lookup of the field that of returns for each object; objects for which it is nil are left out.
func (r *resolver) lookup(p *place, as *schema.Field, of func(*schema.Object) *schema.Field) value {
	out := &lookup{key: p.key, as: as}
	for _, t := range p.targets {
		f := of(t.object)
		if f == nil || !f.Stored() || !p.viewer.Reads(t.object, f) {
			continue
		}
		sub := r.selection(t.object, access.Everything{}, nil)
		out.cases = append(out.cases, lookupCase{sub.sel, f, sub.visible(p.viewer, access.ReadLevel)})
	}
	if len(out.cases) == 0 {
		return nil
	}
	return out
}

func idField(o *schema.Object) *schema.Field { return o.Field("Id") }
