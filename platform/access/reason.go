package access

import (
	"slices"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Reason is one way in which records are open to a viewer.
type Reason struct {
	Kind      Kind
	Name      string      // as a person reads it: "owner", "sharing rule Northern jobs"
	Condition soql.Expr   // which records; nil is all
	Via       []schema.Id // the groups that a sharing rule reaches the viewer through
}

// Kind is what a reason goes by.
type Kind string

// The kinds of reasons.
const (
	ByModifyAll  Kind = "ModifyAll"  // the right to change all records
	ByViewAll    Kind = "ViewAll"    // the right to see all records
	ByDefault    Kind = "Default"    // the organisation-wide default
	ByMaster     Kind = "Master"     // the master record is open
	ByOwner      Kind = "Owner"      // the viewer, or a queue of theirs, owns it
	ByOwnerBelow Kind = "OwnerBelow" // someone below in the roles owns it
	ByShare      Kind = "Share"      // it was shared by hand
	ByRule       Kind = "Rule"       // a sharing rule
	ByScope      Kind = "Scope"      // what the viewer is in the business
)

// Reasons returns every way in which records of o are open to the user at level l. No reason: none is open. It answers
// "why does this person see this record?" by testing the record against one condition after the other.
func (g *Grants) Reasons(o *schema.Object, l Level) []Reason { return g.reasons(o, l, nil) }

// scope unites the reasons into one condition. Path holds the details on the way to o, against masters in a circle.
func (g *Grants) scope(o *schema.Object, l Level, path []string) soql.Expr {
	var open []soql.Expr
	for _, r := range g.reasons(o, l, path) {
		open = append(open, r.Condition)
	}
	return Any(open...)
}

func (g *Grants) reasons(o *schema.Object, l Level, path []string) []Reason {
	rights := g.Object(o)
	switch {
	case !rights.Has(l.needs()):
		return nil
	case rights.Has(ModifyAll):
		return []Reason{{Kind: ByModifyAll, Name: "right to change all records"}}
	case rights.Has(ViewAll) && l == ReadLevel:
		return []Reason{{Kind: ByViewAll, Name: "right to see all records"}}
	}
	found := g.byDefault(o, l, path)
	if len(found) == 1 && found[0].Condition == nil {
		return found
	}
	if o.Owned() {
		below := g.below(o)
		found = append(found, g.byOwner(below)...)
		found = append(found, g.byShare(below, l)...)
	}
	found = append(found, g.byRule(o, l)...)
	return append(found, g.byScope(o, l)...)
}

// needs is the right on the object without which a level is out of reach.
func (l Level) needs() Rights {
	return [...]Rights{ReadLevel: Read, EditLevel: Edit, DeleteLevel: Delete, TransferLevel: Edit}[l]
}

// byDefault is what the organisation-wide default opens.
func (g *Grants) byDefault(o *schema.Object, l Level, path []string) []Reason {
	m := g.sharing.model(o, &g.person)
	switch {
	case m == ModelParent:
		if e, ok := g.byMaster(o, l, path); ok {
			return []Reason{{Kind: ByMaster, Name: "as its master record", Condition: e}}
		}
	case m == ModelFull, m == ModelReadWrite && l <= EditLevel, m == ModelRead && l == ReadLevel:
		return []Reason{{Kind: ByDefault, Name: "organisation-wide default"}}
	}
	return nil
}

// byMaster is what is open because the master record is: to see a detail is to see its master, to do anything else
// with it is to change its master. It reports false when no master is within reach.
func (g *Grants) byMaster(o *schema.Object, l Level, path []string) (soql.Expr, bool) {
	f := Master(o, g.sharing.Default(o).Via)
	if f == nil {
		return nil, false
	}
	path = append(slices.Clone(path), o.Name)
	level := min(l, EditLevel)
	e := referring(f, g.sharing.Catalog, func(master *schema.Object) (soql.Expr, bool) {
		if slices.Contains(path, master.Name) || !g.Object(master).Has(level.needs()) {
			return nil, false
		}
		return g.scope(master, level, path), true
	})
	return e, e == nil || !isNothing(e)
}

// Through returns the condition that the reference f leads to a record that is open to v at level l. Configuration,
// which everyone reads, does not count.
func Through(v Viewer, c *schema.Catalog, f *schema.Field, l Level) soql.Expr {
	return referring(f, c, func(o *schema.Object) (soql.Expr, bool) {
		if o.Setup || !v.Object(o).Has(l.needs()) {
			return nil, false
		}
		return v.Scope(o, l), true
	})
}

// referring returns the condition that the reference f leads to a record that is open. Open answers by object: which
// records, and whether any.
func referring(f *schema.Field, c *schema.Catalog, open func(*schema.Object) (soql.Expr, bool)) soql.Expr {
	var whole []string // objects all of whose records are open
	var some []soql.Expr
	for _, name := range f.To {
		e, any := open(c.Object(name))
		switch {
		case !any || e != nil && isNothing(e):
		case e == nil:
			whole = append(whole, name)
		default:
			some = append(some, Within(f.Name, "Id", name, e))
		}
	}
	switch {
	case len(whole) == len(f.To) && len(whole) > 0:
		return nil
	case len(whole) > 0:
		some = append(some, OneOf(f.Relationship()+".Type", whole...))
	}
	return Any(some...)
}

// isNothing reports whether e is what [Nothing] returns.
func isNothing(e soql.Expr) bool {
	c, ok := e.(*soql.Compare)
	if !ok || c.Op != soql.Equal {
		return false
	}
	p, path := c.Left.(*soql.Path)
	_, null := c.Right.(*soql.Null)
	return path && null && p.String() == "Id"
}

// below is who stands below the user, for o.
func (g *Grants) below(o *schema.Object) Members {
	if g.sharing.Default(o).Flat {
		return Members{}
	}
	return g.person.Below
}

// byOwner is what the user or a queue of theirs owns, and those below.
func (g *Grants) byOwner(below Members) []Reason {
	me := Members{Users: []schema.Id{g.person.Id}, Groups: g.person.Groups}
	found := []Reason{{Kind: ByOwner, Name: "owner", Condition: Any(me.people("OwnerId")...)}}
	if e := below.people("OwnerId"); len(e) > 0 {
		found = append(found, Reason{Kind: ByOwnerBelow, Name: "owner below in the role hierarchy", Condition: Any(e...)})
	}
	return found
}

// byShare is what was shared by hand, with the user, their groups or those below.
func (g *Grants) byShare(below Members, l Level) []Reason {
	var levels []string
	switch l {
	case ReadLevel:
		levels = []string{"Read", "Edit", "All"}
	case EditLevel:
		levels = []string{"Edit", "All"}
	default:
		levels = []string{"All"}
	}
	me := Members{Users: []schema.Id{g.person.Id}, Groups: g.person.Groups}
	with := append(me.people("UserOrGroupId"), below.people("UserOrGroupId")...)
	where := All(OneOf("AccessLevel", levels...), Any(with...))
	return []Reason{{Kind: ByShare, Name: "shared by hand", Condition: Within("Id", "ParentId", "RecordShare", where)}}
}

// byRule is what sharing rules open to the user's groups, or those of people below.
func (g *Grants) byRule(o *schema.Object, l Level) []Reason {
	var found []Reason
	for i := range g.sharing.Rules {
		r := &g.sharing.Rules[i]
		if r.Object != o.Name || r.Level < l {
			continue
		}
		if via := g.receives(r.To); len(via) > 0 {
			found = append(found, Reason{Kind: ByRule, Name: "sharing rule " + r.Name, Condition: r.Condition(), Via: via})
		}
	}
	return found
}

// receives returns those of the groups that the user, or someone below, is a member of.
func (g *Grants) receives(to []schema.Id) []schema.Id {
	var via []schema.Id
	for _, id := range to {
		if slices.Contains(g.person.Groups, id) || g.person.Below.Holds(id) {
			via = append(via, id)
		}
	}
	return via
}

// byScope is what the rooms of the house open by what the user is in the business.
func (g *Grants) byScope(o *schema.Object, l Level) []Reason {
	var found []Reason
	for _, s := range g.sharing.Scopes {
		if s.Object != o.Name || s.Level < l || s.External != g.person.External {
			continue
		}
		if e := s.Condition(g); e != nil {
			found = append(found, Reason{Kind: ByScope, Name: s.Name, Condition: e})
		}
	}
	return found
}
