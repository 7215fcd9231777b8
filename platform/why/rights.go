package why

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// Given is a right, or a permission, and the sets that give it to a user.
type Given struct {
	Right string `json:"right"`
	From  []Link `json:"from"` // none when everyone of the organisation has it
}

// rights are the rights on objects and how they are called.
var rights = []struct {
	right access.Rights
	name  string
}{{access.Read, "Read"}, {access.Create, "Create"}, {access.Edit, "Edit"}, {access.Delete, "Delete"}, {access.ViewAll, "ViewAll"}, {access.ModifyAll, "ModifyAll"}}

// Rights returns what v may do with records of o in general, and which profile or permission sets let them.
func (a *Asker) Rights(v *access.Grants, o *schema.Object) ([]Given, error) {
	list, has := []Given{}, v.Object(o)
	for _, r := range rights {
		if !has.Has(r.right) {
			continue
		}
		from := fromSets(v, func(s *access.Set) bool { return s.On(o).Rights.Has(r.right) })
		if err := a.name(from); err != nil {
			return nil, err
		}
		list = append(list, Given{r.name, from})
	}
	return list, nil
}

// Permissions returns which of the named system permissions v has, and which profile or permission sets give them.
func (a *Asker) Permissions(v *access.Grants, names []string) ([]Given, error) {
	list := []Given{}
	for _, p := range names {
		from := fromSets(v, func(s *access.Set) bool { return s.Permits(p) })
		if len(from) == 0 {
			continue
		}
		if err := a.name(from); err != nil {
			return nil, err
		}
		list = append(list, Given{p, from})
	}
	return list, nil
}

// Field is a field as a user finds it.
type Field struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Read  bool   `json:"read"`
	Edit  bool   `json:"edit"`
}

// Withheld returns the fields of o that v does not see, or does not let v change although v may change the record.
func Withheld(v access.Viewer, o *schema.Object) []Field {
	list, changes := []Field{}, v.Object(o)&(access.Create|access.Edit) != 0
	for _, f := range o.Fields {
		if f.Hidden || f.Parent != nil || !access.Permissionable(f) {
			continue
		}
		e := Field{Name: f.Name, Label: f.Label, Read: v.Reads(o, f), Edit: v.Edits(o, f)}
		if !e.Read || changes && !e.Edit && f.Updateable() {
			list = append(list, e)
		}
	}
	return list
}
