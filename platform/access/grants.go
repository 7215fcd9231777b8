package access

import (
	"slices"
	"sync"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Grants is the Viewer of a user: what profile and permission sets grant on objects and fields, and what ownership,
// roles, groups, sharing rules, shares and scopes open of records. Everything is united: each only adds.
type Grants struct {
	person  Person
	sharing *Sharing

	mu     sync.Mutex
	scopes map[question]soql.Expr // answers given before; a tree is never changed once built
}

type question struct {
	object *schema.Object
	level  Level
}

// Grant returns the viewer for a person in an organisation. It keeps both; neither may change afterwards.
func Grant(s *Sharing, p Person) *Grants {
	if p.Zone == nil {
		p.Zone = time.UTC
	}
	return &Grants{person: p, sharing: s, scopes: map[question]soql.Expr{}}
}

// User returns the id of the user.
func (g *Grants) User() schema.Id { return g.person.Id }

// Location returns the zone of the user.
func (g *Grants) Location() *time.Location { return g.person.Zone }

// Locale returns how the user writes numbers and dates.
func (g *Grants) Locale() string { return g.person.Locale }

// Language returns the language of the user.
func (g *Grants) Language() string { return g.person.Language }

// Currency returns the currency of the user.
func (g *Grants) Currency() string { return g.person.Currency }

// External reports whether the user is a customer or partner.
func (g *Grants) External() bool { return g.person.External }

// Groups returns the groups and queues that the user is a member of.
func (g *Grants) Groups() []schema.Id { return g.person.Groups }

// May reports whether one of the user's sets has the permission.
func (g *Grants) May(permission string) bool {
	return slices.ContainsFunc(g.person.Sets, func(s Set) bool { return s.permits(permission) })
}

// Object returns the rights that the user's sets grant together. Configuration is read without a grant, unless its
// default is private; of what is personal, the organisation's own people keep theirs without a grant.
func (g *Grants) Object(o *schema.Object) Rights {
	var r Rights
	for i := range g.person.Sets {
		r |= g.person.Sets[i].object(o).Rights
	}
	if o.Setup && g.sharing.model(o, &g.person) != ModelPrivate {
		r |= Read
	}
	if o.Personal && !g.person.External {
		r |= Read | Create | Edit | Delete
	}
	r = r.full()
	if o.ReadOnly {
		r &= Read | ViewAll
	}
	return r
}

// Reads reports whether one of the user's sets shows f. Fields that every record needs are shown with the object.
func (g *Grants) Reads(o *schema.Object, f *schema.Field) bool {
	switch {
	case f.Hidden || f.Parent != nil && f.Parent.Hidden || !g.Object(o).Has(Read):
		return false
	case !Permissionable(f) || o.Setup:
		return true
	}
	return slices.ContainsFunc(g.person.Sets, func(s Set) bool { return s.field(o, f).Read })
}

// Edits reports whether one of the user's sets lets f be set.
func (g *Grants) Edits(o *schema.Object, f *schema.Field) bool {
	switch {
	case f.Hidden || f.Parent != nil && f.Parent.Hidden || g.Object(o)&(Create|Edit) == 0:
		return false
	case !Permissionable(f) || o.Setup:
		return true
	}
	return slices.ContainsFunc(g.person.Sets, func(s Set) bool { return s.field(o, f).Edit })
}

// Permissionable reports whether rights on f are granted one by one. Those that are not come with the object: what
// the house itself fills, what a person recognises a record by, what a record cannot be without, and its master.
func Permissionable(f *schema.Field) bool {
	if f.Parent != nil {
		f = f.Parent
	}
	standard := slices.Contains(standardFields, f.Name) && !f.Custom
	return !standard && !f.NameField && !f.OwnerField && !f.Required && (f.Kind != schema.KindReference || f.OnDelete != schema.Cascade)
}

var standardFields = []string{"Id", "IsDeleted", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp"}

// Scope returns the condition that a record of o must meet to be open to the user at level l; nil is every record.
func (g *Grants) Scope(o *schema.Object, l Level) soql.Expr {
	q := question{o, l}
	g.mu.Lock()
	e, ok := g.scopes[q]
	g.mu.Unlock()
	if ok {
		return e
	}
	e = g.scope(o, l, nil) // not under the lock: a room's scope may ask for another
	g.mu.Lock()
	defer g.mu.Unlock()
	g.scopes[q] = e
	return e
}
