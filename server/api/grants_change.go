package api

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// changeLine is one thing that changes, for people to read before they save.
type changeLine struct {
	Kind string `json:"kind"` // permission, object, field, name
	Of   string `json:"of"`   // the permission, the object, or the object and field
	What string `json:"what"` // the right: read, edit; "" of a permission
	On   bool   `json:"on"`   // granted, or taken away
}

// apply changes what g grants and says what changed, in order. Records are saved in the order of their names, so that the
// audit log tells the same of the same request.
func (in grantChange) apply(tx *record.Tx, g *granter) ([]changeLine, error) {
	lines := []changeLine{}
	holder, err := in.applyPermissions(g, &lines)
	if err != nil {
		return nil, err
	}
	var save, drop []any
	if err := in.applyObjects(tx, g, &save, &lines); err != nil {
		return nil, err
	}
	if err := in.applyFields(tx, g, &save, &drop, &lines); err != nil {
		return nil, err
	}
	if holder {
		save = append([]any{g.holder()}, save...)
	}
	for _, rec := range save {
		if err := tx.Save(rec); err != nil {
			return nil, err
		}
	}
	for _, rec := range drop {
		if err := tx.Delete(schema.StandardOf(rec).Id); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(lines, func(a, b changeLine) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Of, b.Of)) })
	return lines, nil
}

func (g *granter) holder() any {
	if g.profile != nil {
		return g.profile
	}
	return g.set
}

// applyPermissions reports whether the profile or permission set itself changes.
func (in grantChange) applyPermissions(g *granter, lines *[]changeLine) (changed bool, err error) {
	name, description := &g.set.Label, &g.set.Description
	if g.profile != nil {
		name, description = &g.profile.Name, &g.profile.Description
	}
	for to, from := range map[*string]*string{name: in.Name, description: in.Description} {
		if from != nil && *from != *to {
			*to, changed = *from, true
			*lines = append(*lines, changeLine{Kind: "name", Of: *from, On: true})
		}
	}
	v := reflect.ValueOf(g.permissions()).Elem()
	for _, p := range slices.Sorted(maps.Keys(in.Permissions)) {
		on := in.Permissions[p]
		f := v.FieldByName("Permissions" + p)
		if !f.IsValid() {
			return false, schema.Refuse("INVALID_FIELD", "permissions: there is no permission named "+p, "permissions")
		}
		if f.Bool() != on {
			f.SetBool(on)
			changed = true
			*lines = append(*lines, changeLine{Kind: "permission", Of: p, On: on})
		}
	}
	return changed, nil
}

func (in grantChange) applyObjects(tx *record.Tx, g *granter, save *[]any, lines *[]changeLine) error {
	for _, name := range slices.Sorted(maps.Keys(in.Objects)) {
		to := in.Objects[name]
		o := tx.Catalog().Object(name)
		if o == nil {
			return schema.Refuse("INVALID_TYPE", "objects: there is no object named "+name, "objects")
		}
		p := g.object(o)
		was := showGrant(p)
		to.set(p)
		g.objects[strings.ToLower(o.Name)] = p
		if differ(o.Name, was, showGrant(p), lines) {
			*save = append(*save, p)
		}
	}
	return nil
}

// differ notes in which rights two grants differ, and reports whether they do.
func differ(object string, was, is objectGrant, lines *[]changeLine) bool {
	a, b := reflect.ValueOf(was), reflect.ValueOf(is)
	n := len(*lines)
	for i := range a.NumField() {
		if a.Field(i).Bool() != b.Field(i).Bool() {
			what, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
			*lines = append(*lines, changeLine{Kind: "object", Of: object, What: what, On: b.Field(i).Bool()})
		}
	}
	return len(*lines) > n
}

// applyFields says something about fields by name only where it is something else than what is said of all fields of
// the object.
func (in grantChange) applyFields(tx *record.Tx, g *granter, save, drop *[]any, lines *[]changeLine) error {
	for _, name := range slices.Sorted(maps.Keys(in.Fields)) {
		to := in.Fields[name]
		object, field, _ := strings.Cut(name, ".")
		o := tx.Catalog().Object(object)
		if o == nil || o.Field(field) == nil {
			return schema.Refuse("INVALID_FIELD", "fields: there is no field named "+name+"; write Object.Field", "fields")
		}
		f := o.Field(field)
		read, edit, said := g.field(o, f)
		to.Read = to.Read || to.Edit
		if read != to.Read {
			*lines = append(*lines, changeLine{"field", o.Name + "." + f.Name, "read", to.Read})
		}
		if edit != to.Edit {
			*lines = append(*lines, changeLine{"field", o.Name + "." + f.Name, "edit", to.Edit})
		}
		if read == to.Read && edit == to.Edit {
			continue
		}
		p := g.fields[strings.ToLower(o.Name+"."+f.Name)]
		all := g.object(o)
		if said && to.Read == all.PermissionsViewAllFields && to.Edit == all.PermissionsEditAllFields {
			*drop = append(*drop, p)
			continue
		}
		if !said {
			p = &org.FieldPermissions{ParentId: schema.Ref[org.PermissionSet](g.set.Id), SobjectType: o.Name, Field: o.Name + "." + f.Name}
		}
		p.PermissionsRead, p.PermissionsEdit = to.Read, to.Edit
		*save = append(*save, p)
	}
	return nil
}
