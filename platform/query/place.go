package query

import (
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// place is where a path has arrived: at a record, which behind a polymorphic reference may be of several objects.
type place struct {
	sel     *selection
	up      *place // where the relationship begins; nil at the root
	viewer  access.Viewer
	name    string // the relationship that leads here; "" at the root
	key     value  // the id that leads here; nil at the root
	depth   int    // relationships from the root
	owner   bool   // reached through an owner field
	targets []*target
	parents map[string]*place // by lower-case relationship
}

// target is one object that a place may be, and the table it is read from once it is needed.
type target struct {
	object *schema.Object
	place  *place
	alias  string  // "" until it is joined
	join   *join   // nil at the root
	source *source // nil when it has a table
}

// join reads the parent that a reference points to.
type join struct {
	target   *target
	key      value
	guard    cond // what makes the parent visible; nil is nothing
	filtered bool // a condition on rows depends on it, so that counting needs it
}

// poly reports whether p is behind a reference to several objects.
func (p *place) poly() bool { return len(p.targets) > 1 }

// wide reports whether p may be of so many objects that they are not all joined.
func (p *place) wide() bool { return len(p.targets) > maxTargets }

// entity is the name of p in errors.
func (p *place) entity() string {
	if p.poly() {
		return "Name"
	}
	return p.targets[0].object.Name
}

// parent follows a relationship from p.
func (r *resolver) parent(p *place, n soql.Name) (*place, error) {
	low := strings.ToLower(n.Text)
	if q := p.parents[low]; q != nil {
		return q, nil
	}
	keys, to := r.references(p, n.Text)
	if len(to) == 0 {
		return nil, r.noRelationship(n)
	}
	if p.depth == maxParents {
		return nil, r.at(n.Pos, CodeField, "A path may follow at most %d relationships.", maxParents)
	}
	q := &place{sel: p.sel, up: p, viewer: p.viewer, depth: p.depth + 1, parents: map[string]*place{}}
	q.name, q.owner = keys[0].field.Relationship(), keys[0].field.OwnerField
	q.key = r.merge(keys, keys[0].field)
	for _, o := range to {
		q.targets = append(q.targets, &target{object: o, place: q})
	}
	p.parents[low] = q
	return q, nil
}

// references returns the columns at p that hold the named relationship, and the objects that it leads to as far as the
// viewer may read them.
func (r *resolver) references(p *place, relationship string) (keys []*column, to []*schema.Object) {
	seen := map[string]bool{}
	for _, t := range p.targets {
		f := t.object.Reference(relationship)
		if f == nil || !p.viewer.Reads(t.object, f) {
			continue
		}
		reached := false
		for _, name := range f.To {
			o := r.object(name, p.viewer)
			reached = reached || o != nil
			if o != nil && !seen[name] {
				seen[name] = true
				to = append(to, o)
			}
		}
		if reached {
			keys = append(keys, &column{t, f})
		}
	}
	return keys, to
}

// merge is the first of the columns that has a value.
func (r *resolver) merge(columns []*column, as *schema.Field) value {
	for _, c := range columns {
		r.use(c.target)
	}
	if len(columns) == 1 {
		return columns[0]
	}
	return &firstOf{columns, as}
}

// field finds the named field at p, or nil when it is not there for the viewer. Behind a polymorphic reference the
// fields Id, Type and Name are always there, and every other field that one of the objects has.
func (r *resolver) field(p *place, name string) value {
	if p.poly() {
		if v := r.nameField(p, name); v != nil {
			return v
		}
	}
	var found []*column
	for _, t := range p.targets {
		f := t.object.Field(name)
		if f == nil || !p.viewer.Reads(t.object, f) || f.Formula != "" && p.poly() {
			continue
		}
		if len(found) == 0 || sameKind(f, found[0].field) {
			found = append(found, &column{t, f})
		}
	}
	if len(found) == 0 {
		return nil
	}
	if f := found[0].field; f.Formula != "" {
		return r.formula(found[0])
	}
	return r.merge(found, found[0].field)
}

// use joins t, which must be visible to whoever the place was reached by.
func (r *resolver) use(t *target) {
	if t.alias != "" {
		return
	}
	t.alias, t.source = r.alias(), r.source(t.object, t.place.viewer)
	t.join = &join{target: t, key: t.place.key}
	sel := t.place.sel
	sel.joins = append(sel.joins, t.join)
	if len(sel.joins) > maxJoins {
		r.fail(tooComplicated("relationships", maxJoins))
		return
	}
	t.join.guard = r.guard(t)
}

// guard is what makes a joined parent visible.
func (r *resolver) guard(t *target) cond {
	sub := r.selection(t.object, access.Everything{}, t)
	seen := sub.visible(t.place.viewer, access.ReadLevel)
	if len(sub.sel.joins) == 0 {
		return seen
	}
	sub.root.targets[0].alias = r.alias()
	return &exists{sub.sel, t, seen}
}

func sameKind(f, g *schema.Field) bool {
	return f.Kind.Store() == g.Kind.Store() && f.Scale == g.Scale && f.Kind.Compound() == g.Kind.Compound()
}

// nameField finds the fields that every record has behind a polymorphic reference.
func (r *resolver) nameField(p *place, name string) value {
	switch strings.ToLower(name) {
	case "type":
		return &typeName{p}
	case "id":
		if p.wide() {
			return r.lookup(p, idType, idField)
		}
	case "name":
		if p.wide() {
			return r.lookup(p, nameType, (*schema.Object).NameField)
		}
		var names []*column
		for _, t := range p.targets {
			if f := t.object.NameField(); f != nil && p.viewer.Reads(t.object, f) && f.Stored() {
				names = append(names, &column{t, f})
			}
		}
		if len(names) > 0 {
			return r.merge(names, nameType)
		}
	}
	return nil
}

// walk follows all parts of a path but the last, and returns where they lead and what remains.
func (s *scope) walk(path *soql.Path) (*place, soql.Name, error) {
	p, parts := s.root, path.Parts
	if len(parts) > 1 {
		if q := s.named[strings.ToLower(parts[0].Text)]; q != nil {
			p, parts = q, parts[1:]
		}
	}
	for len(parts) > 1 {
		q, err := s.parent(p, parts[0])
		if err != nil {
			return nil, soql.Name{}, err
		}
		p, parts = q, parts[1:]
	}
	return p, parts[0], nil
}

// column resolves a path to a field.
func (s *scope) column(path *soql.Path) (value, *place, error) {
	p, last, err := s.walk(path)
	if err != nil {
		return nil, nil, err
	}
	v := s.field(p, last.Text)
	if v == nil {
		return nil, nil, s.noColumn(last, p.entity())
	}
	return v, p, s.fault
}
