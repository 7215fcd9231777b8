package access

import (
	"time"

	"truckroll/platform/schema"
)

// Person is what decides about one viewer.
type Person struct {
	Id       schema.Id
	Zone     *time.Location // nil is UTC
	Locale   string
	Language string
	Currency string
	External bool  // a customer or partner, not one of the organisation's own people
	Sets     []Set // the profile and the permission sets
	Groups   []schema.Id
	Below    Members // whom the role hierarchy puts below: what is theirs is the person's, too
}

// Set is what one profile or one permission set grants. A set can only add to what other sets grant.
type Set struct {
	Id          schema.Id // of the permission set, where it is one
	Name        string
	Permissions []string
	Objects     map[string]ObjectGrant // by object name
	Fields      map[string]FieldGrant  // by object and field name: "Invoice.Discount"
}

// ObjectGrant is what a set grants on an object: rights, and which fields go with them where nothing is said about
// a field by name.
type ObjectGrant struct {
	Rights     Rights
	ReadFields bool
	EditFields bool
}

// FieldGrant is what a set grants on a field, instead of what it grants on all fields of the object. It takes nothing
// away that another set gives.
type FieldGrant struct{ Read, Edit bool }

// The system permissions that this package acts upon.
const (
	ViewAllData          = "ViewAllData"          // read every record of every object, with all fields
	ModifyAllData        = "ModifyAllData"        // change every record of every object that is not configuration
	CustomizeApplication = "CustomizeApplication" // change configuration
)

// permits reports whether s grants a permission, by itself or within a wider one.
func (s *Set) permits(permission string) bool {
	for _, p := range s.Permissions {
		if p == permission || p == ModifyAllData && permission == ViewAllData {
			return true
		}
	}
	return false
}

// object is what s grants on o, permissions about all data included.
func (s *Set) object(o *schema.Object) ObjectGrant {
	g := s.Objects[o.Name]
	if s.permits(ViewAllData) {
		g.Rights |= Read | ViewAll
		g.ReadFields = true
	}
	if !o.Setup && s.permits(ModifyAllData) || o.Setup && s.permits(CustomizeApplication) {
		g.Rights |= AllRights
		g.ReadFields, g.EditFields = true, true
	}
	return g
}

// field is what s grants on f of o.
func (s *Set) field(o *schema.Object, f *schema.Field) FieldGrant {
	if f.Parent != nil {
		f = f.Parent
	}
	g, ok := s.Fields[o.Name+"."+f.Name]
	if !ok {
		all := s.object(o)
		g = FieldGrant{all.ReadFields, all.EditFields}
	}
	g.Read = g.Read || g.Edit
	return g
}

// full returns r with all that its rights imply.
func (r Rights) full() Rights {
	switch {
	case r.Has(ModifyAll):
		return r | Read | Edit | ViewAll
	case r&(Create|Edit|Delete|ViewAll) != 0:
		return r | Read
	}
	return r
}
