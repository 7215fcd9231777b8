package access

import (
	"slices"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// lookingPermissions are the system permissions that change nothing.
var lookingPermissions = []string{ViewAllData, "ApiEnabled", "ViewSetup", "ViewAuditLog", "RunReports", "ExportReport"}

// Looking returns the viewer who sees what g sees and may change nothing: what someone else is shown who looks through
// the user's eyes.
func (g *Grants) Looking() *Grants {
	p := g.person
	p.Sets = make([]Set, len(g.person.Sets))
	for i := range p.Sets {
		p.Sets[i] = g.person.Sets[i].looking(g.sharing.Catalog)
	}
	return &Grants{person: p, sharing: g.sharing, scopes: map[question]soql.Expr{}}
}

// looking is what is left of s when nothing may be changed.
func (s *Set) looking(c *schema.Catalog) Set {
	out := Set{Id: s.Id, Name: s.Name, Objects: make(map[string]ObjectGrant, len(s.Objects)), Fields: make(map[string]FieldGrant, len(s.Fields))}
	for _, p := range lookingPermissions {
		if s.permits(p) {
			out.Permissions = append(out.Permissions, p)
		}
	}
	for _, o := range c.Objects {
		g := s.object(o)
		if r := g.Rights.full() & (Read | ViewAll); r != NoRights {
			out.Objects[o.Name] = ObjectGrant{Rights: r, ReadFields: g.ReadFields || g.EditFields}
		}
	}
	for name, f := range s.Fields {
		out.Fields[name] = FieldGrant{Read: f.Read || f.Edit}
	}
	return out
}

// duty is a system permission that lets nobody do more.
const duty = "ForceTwoFactor"

// Exceeds returns the first of the system permissions that g has and v lacks; "" when v has them all.
func (g *Grants) Exceeds(v Viewer) string {
	for i := range g.person.Sets {
		for _, p := range g.person.Sets[i].Permissions {
			if p != duty && !v.May(p) {
				return p
			}
		}
	}
	return ""
}

// Sets returns the profile and the permission sets that make up what the user may do, the profile first.
func (g *Grants) Sets() []Set { return g.person.Sets }

// Below returns whom the role hierarchy puts below the user.
func (g *Grants) Below() Members { return g.person.Below }

// Sharing returns what decides about records for all viewers alike.
func (g *Grants) Sharing() *Sharing { return g.sharing }

// Model returns the organisation-wide default of o that holds for the user.
func (g *Grants) Model(o *schema.Object) Model { return g.sharing.model(o, &g.person) }

// Permits reports whether s grants a system permission, by itself or within a wider one.
func (s *Set) Permits(permission string) bool { return s.permits(permission) }

// On returns what s grants on o, permissions about all data included.
func (s *Set) On(o *schema.Object) ObjectGrant {
	g := s.object(o)
	g.Rights = g.Rights.full()
	return g
}

// OnField returns what s grants on f of o. See [Permissionable] for fields that come with the object.
func (s *Set) OnField(o *schema.Object, f *schema.Field) FieldGrant { return s.field(o, f) }

// Says reports whether s says something about f of o by its name, instead of what it says of all fields of o.
func (s *Set) Says(o *schema.Object, f *schema.Field) bool {
	_, ok := s.Fields[o.Name+"."+f.Name]
	return ok
}

// Holds reports whether group is among the members' groups.
func (m Members) Holds(group schema.Id) bool { return slices.Contains(m.Groups, group) }
