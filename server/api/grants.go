package api

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// granter is a profile or a permission set with what it grants: the permissions stand on the record itself, rights on
// objects and fields on the permission set, which a profile has one of its own of.
type granter struct {
	profile *org.Profile // nil of a permission set
	set     *org.PermissionSet
	objects map[string]*org.ObjectPermissions
	fields  map[string]*org.FieldPermissions
}

func (g *granter) permissions() *org.SystemPermissions {
	if g.profile != nil {
		return &g.profile.SystemPermissions
	}
	return &g.set.SystemPermissions
}

// granterAt reads the profile or permission set with an id. Of a profile's own permission set it reads the profile.
func granterAt(r record.Reader, key string) (*granter, error) {
	id, err := schema.ParseId(key)
	if err != nil || id.Prefix() != "00e" && id.Prefix() != "0PS" {
		return nil, schema.Refuse("MALFORMED_ID", key+" is not the id of a profile or a permission set", "key")
	}
	g := &granter{objects: map[string]*org.ObjectPermissions{}, fields: map[string]*org.FieldPermissions{}}
	if id.Prefix() == "0PS" {
		if g.set, err = record.Get(r, schema.Ref[org.PermissionSet](id)); err != nil {
			return nil, err
		}
		id = schema.Id(g.set.ProfileId)
	}
	if id.Prefix() == "00e" {
		if g.profile, err = record.Get(r, schema.Ref[org.Profile](id)); err != nil {
			return nil, err
		}
		if g.set, err = record.First[org.PermissionSet](r, "ProfileId = ?", string(id)); err != nil || g.set == nil {
			return nil, fmt.Errorf("the permission set of the profile %s: %w", id, err)
		}
	}
	return g, g.read(r)
}

func (g *granter) read(r record.Reader) error {
	objects, err := record.Find[org.ObjectPermissions](r, "ParentId = ?", string(g.set.Id))
	if err != nil {
		return err
	}
	for _, o := range objects {
		g.objects[strings.ToLower(o.SobjectType)] = o
	}
	fields, err := record.Find[org.FieldPermissions](r, "ParentId = ?", string(g.set.Id))
	for _, f := range fields {
		g.fields[strings.ToLower(f.Field)] = f
	}
	return err
}

// object returns what is granted on o; a grant of nothing when nothing is said.
func (g *granter) object(o *schema.Object) *org.ObjectPermissions {
	if p := g.objects[strings.ToLower(o.Name)]; p != nil {
		return p
	}
	return &org.ObjectPermissions{ParentId: schema.Ref[org.PermissionSet](g.set.Id), SobjectType: o.Name}
}

// field returns what is granted on f of o, and whether it is said about f by name.
func (g *granter) field(o *schema.Object, f *schema.Field) (read, edit, said bool) {
	if p := g.fields[strings.ToLower(o.Name+"."+f.Name)]; p != nil {
		return p.PermissionsRead || p.PermissionsEdit, p.PermissionsEdit, true
	}
	all := g.object(o)
	return all.PermissionsViewAllFields || all.PermissionsEditAllFields, all.PermissionsEditAllFields, false
}

// objectGrant is what is granted on an object, as clients read and write it.
type objectGrant struct {
	Read       bool `json:"read"`
	Create     bool `json:"create"`
	Edit       bool `json:"edit"`
	Delete     bool `json:"delete"`
	ViewAll    bool `json:"viewAll"`
	ModifyAll  bool `json:"modifyAll"`
	ReadFields bool `json:"readFields"` // of which nothing is said by name
	EditFields bool `json:"editFields"`
}

func showGrant(p *org.ObjectPermissions) objectGrant {
	return objectGrant{p.PermissionsRead, p.PermissionsCreate, p.PermissionsEdit, p.PermissionsDelete, p.PermissionsViewAllRecords, p.PermissionsModifyAllRecords,
		p.PermissionsViewAllFields, p.PermissionsEditAllFields}
}

// set takes g over, with what its rights need.
func (g objectGrant) set(p *org.ObjectPermissions) {
	p.PermissionsModifyAllRecords = g.ModifyAll
	p.PermissionsViewAllRecords = g.ViewAll || g.ModifyAll
	p.PermissionsCreate, p.PermissionsDelete = g.Create, g.Delete
	p.PermissionsEdit = g.Edit || g.ModifyAll
	p.PermissionsRead = g.Read || g.Create || g.Edit || g.Delete || g.ViewAll || g.ModifyAll
	p.PermissionsViewAllFields, p.PermissionsEditAllFields = g.ReadFields || g.EditFields, g.EditFields
}

// objectLine is an object of the matrix of rights.
type objectLine struct {
	Name   string `json:"name"`
	Label  string `json:"label"`
	Setup  bool   `json:"setup"`
	Custom bool   `json:"custom"`
	Closed bool   `json:"readOnly"` // the house writes it alone
	objectGrant
}

// readGrants answers GET /access/sets/{key}.
func (s *Server) readGrants(c *call) (*answer, error) {
	if err := c.mayView(); err != nil {
		return nil, err
	}
	var out map[string]any
	err := s.keeper.View(c.ctx, func(v *record.View) error {
		g, err := granterAt(v, c.args["key"])
		if err != nil {
			return err
		}
		out, err = s.showGranter(v, g)
		return err
	})
	if err != nil {
		return nil, err
	}
	return ok(out)
}

func (s *Server) showGranter(v *record.View, g *granter) (map[string]any, error) {
	lines := []objectLine{}
	for _, o := range v.Catalog().Objects {
		lines = append(lines, objectLine{o.Name, o.Label, o.Setup, o.Custom, o.ReadOnly, showGrant(g.object(o))})
	}
	out := map[string]any{"id": g.set.Id, "name": g.set.Label, "description": g.set.Description, "profile": nil, "permissions": heldBy(g.permissions()), "objects": lines}
	if g.profile != nil {
		out["id"], out["name"], out["description"], out["profile"] = g.profile.Id, g.profile.Name, g.profile.Description, g.profile.UserType
	}
	users, err := s.holders(v, g)
	out["users"] = users
	return out, err
}

// holders returns how many active users have the profile or the permission set.
func (s *Server) holders(r record.Reader, g *granter) (int, error) {
	if g.profile != nil {
		return record.Count[org.User](r, "IsActive = true AND ProfileId = ?", string(g.profile.Id))
	}
	return record.Count[org.PermissionSetAssignment](r, "PermissionSetId = ? AND Assignee.IsActive = true", string(g.set.Id))
}

// heldBy is the system permissions by name.
func heldBy(p *org.SystemPermissions) map[string]bool {
	held, v := map[string]bool{}, reflect.ValueOf(p).Elem()
	for _, name := range org.PermissionNames() {
		held[name] = v.FieldByName("Permissions" + name).Bool()
	}
	return held
}

// fieldLine is a field of the matrix of rights.
type fieldLine struct {
	Object string      `json:"object"`
	Name   string      `json:"name"`
	Label  string      `json:"label"`
	Type   schema.Kind `json:"type"`
	Read   bool        `json:"read"`
	Edit   bool        `json:"edit"`
	Said   bool        `json:"said"`     // about the field by name; otherwise with all fields of the object
	Fixed  bool        `json:"readOnly"` // nobody sets it
}

// readFieldGrants answers GET /access/sets/{key}/fields?object=.
func (s *Server) readFieldGrants(c *call) (*answer, error) {
	if err := c.mayView(); err != nil {
		return nil, err
	}
	only, lines := c.query.Get("object"), []fieldLine{}
	if only != "" && s.catalog(c).Object(only) == nil {
		return nil, schema.Refuse("INVALID_TYPE", "object: there is no object named "+only, "object")
	}
	err := s.keeper.View(c.ctx, func(v *record.View) error {
		g, err := granterAt(v, c.args["key"])
		if err != nil {
			return err
		}
		for _, o := range v.Catalog().Objects {
			if o.Setup || only != "" && !strings.EqualFold(o.Name, only) {
				continue
			}
			for _, f := range o.Fields {
				if f.Hidden || f.Parent != nil || !access.Permissionable(f) {
					continue
				}
				l := fieldLine{Object: o.Name, Name: f.Name, Label: f.Label, Type: f.Kind, Fixed: !f.Updateable() && !f.Createable()}
				l.Read, l.Edit, l.Said = g.field(o, f)
				lines = append(lines, l)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ok(map[string]any{"fields": lines})
}

// grantChange is a change of what a profile or permission set grants. What is not named stays.
type grantChange struct {
	Name        *string                `json:"name"`
	Description *string                `json:"description"`
	Permissions map[string]bool        `json:"permissions"`
	Objects     map[string]objectGrant `json:"objects"`
	Fields      map[string]fieldGrant  `json:"fields"`
}

type fieldGrant struct {
	Read bool `json:"read"`
	Edit bool `json:"edit"`
}

// changeGrants answers PATCH /access/sets/{key}: everything or nothing. With check=true it answers what would change,
// and what would be refused is refused.
func (s *Server) changeGrants(c *call) (*answer, error) {
	if err := c.mayCustomize(); err != nil {
		return nil, err
	}
	var in grantChange
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	var lines []changeLine
	users := 0
	err := s.tried(c, c.query.Get("check") == "true", func(tx *record.Tx) error {
		g, err := granterAt(tx, c.args["key"])
		if err != nil {
			return err
		}
		if users, err = s.holders(tx, g); err != nil {
			return err
		}
		lines, err = in.apply(tx, g)
		return err
	})
	if err != nil {
		return nil, err
	}
	return ok(map[string]any{"changes": lines, "users": users})
}

// errChecked undoes a transaction that was only tried.
var errChecked = fmt.Errorf("only checked")

// tried writes, or finds out whether it could.
func (s *Server) tried(c *call, check bool, f func(*record.Tx) error) error {
	err := s.write(c, func(tx *record.Tx) error {
		if err := f(tx); err != nil || !check {
			return err
		}
		return errChecked
	})
	if err == errChecked {
		return nil
	}
	return err
}

// makeSet answers POST /access/sets: {"name", "description", "profile": "Standard", "copy": id}. Without profile it
// makes a permission set.
func (s *Server) makeSet(c *call) (*answer, error) {
	if err := c.mayCustomize(); err != nil {
		return nil, err
	}
	var in struct {
		Name, Description string
		Profile           schema.Picklist
		Copy              string
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Name) == "" {
		return nil, schema.Refuse("REQUIRED_FIELD_MISSING", "name: a profile or permission set needs a name", "name")
	}
	var id schema.Id
	err := s.write(c, func(tx *record.Tx) error {
		from := &granter{set: &org.PermissionSet{}}
		if in.Copy != "" {
			var err error
			if from, err = granterAt(tx, in.Copy); err != nil {
				return err
			}
		}
		var err error
		id, err = makeGranter(tx, in.Name, in.Description, in.Profile, from)
		return err
	})
	if err != nil {
		return nil, err
	}
	return answerWith(http.StatusCreated, map[string]any{"id": id, "success": true, "errors": []any{}})
}

func makeGranter(tx *record.Tx, name, description string, profile schema.Picklist, from *granter) (schema.Id, error) {
	var id schema.Id
	set := &org.PermissionSet{Name: apiName(name), Label: name, Description: description, Type: "Regular", IsCustom: true, SystemPermissions: *from.permissions()}
	if profile != "" {
		p := &org.Profile{Name: name, Description: description, UserType: profile, SystemPermissions: *from.permissions()}
		if err := tx.Save(p); err != nil {
			return "", err
		}
		own, err := record.First[org.PermissionSet](tx, "ProfileId = ?", string(p.Id))
		if err != nil || own == nil {
			return "", fmt.Errorf("the permission set of the new profile: %w", err)
		}
		id, set = p.Id, own
	} else if err := tx.Save(set); err != nil {
		return "", err
	} else {
		id = set.Id
	}
	var recs []any
	for _, o := range from.objects {
		recs = append(recs, &org.ObjectPermissions{ParentId: schema.Ref[org.PermissionSet](set.Id), SobjectType: o.SobjectType})
		showGrant(o).set(recs[len(recs)-1].(*org.ObjectPermissions))
	}
	for _, f := range from.fields {
		recs = append(recs, &org.FieldPermissions{ParentId: schema.Ref[org.PermissionSet](set.Id), SobjectType: f.SobjectType, Field: f.Field, PermissionsRead: f.PermissionsRead, PermissionsEdit: f.PermissionsEdit})
	}
	for part := range slices.Chunk(recs, 200) {
		if err := tx.Save(part...); err != nil {
			return "", err
		}
	}
	return id, nil
}

// apiName makes a name for programs of one for people: letters, digits and single underscores.
func apiName(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	})
	n := strings.Join(words, "_")
	if n == "" || n[0] >= '0' && n[0] <= '9' {
		n = "Set_" + n
	}
	return n[:min(len(n), 80)]
}
