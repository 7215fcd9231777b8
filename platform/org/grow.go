package org

import (
	"reflect"
	"slices"
	"strings"

	"truckroll/platform/record"
)

// metaPermissions names the note of the system permissions that an organisation has been offered, separated by spaces.
const metaPermissions = "permissions"

// late are the permissions that came before organisations noted which they know. One without a note lacks these.
const late = "ManagePublicListViews ViewAsUser"

// Grow gives the profiles that an organisation began with the system permissions that s names for them and that this
// version of the program is the first to know. Profiles are found by name: one that was renamed or deleted is left
// alone. Each permission is given once, so that what an administrator takes away stays away. It returns what was given,
// as "System Administrator: ViewAsUser".
func Grow(tx *record.Tx, s Seed) (given []string, err error) {
	known, err := knownPermissions(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range s.Profiles {
		more := slices.DeleteFunc(strings.Fields(p.Permissions), func(name string) bool { return slices.Contains(known, name) })
		got, err := grant(tx, p.Name, more)
		if err != nil {
			return nil, err
		}
		given = append(given, got...)
	}
	return given, notePermissions(tx)
}

// knownPermissions returns the permissions that the organisation has been offered.
func knownPermissions(tx *record.Tx) ([]string, error) {
	text, err := tx.Store().Meta(metaPermissions)
	if err != nil || text != "" {
		return strings.Fields(text), err
	}
	return slices.DeleteFunc(PermissionNames(), func(name string) bool { return slices.Contains(strings.Fields(late), name) }), nil
}

// notePermissions notes that the organisation has been offered every permission of this program.
func notePermissions(tx *record.Tx) error {
	all := strings.Join(PermissionNames(), " ")
	if text, err := tx.Store().Meta(metaPermissions); err != nil || text == all {
		return err
	}
	return tx.Store().SetMeta(metaPermissions, all)
}

// grant gives the named profile what it lacks of some permissions.
func grant(tx *record.Tx, name string, permissions []string) (given []string, err error) {
	if len(permissions) == 0 {
		return nil, nil
	}
	p, err := record.First[Profile](tx, "Name = ?", name)
	if err != nil || p == nil {
		return nil, err
	}
	values := reflect.ValueOf(&p.SystemPermissions).Elem()
	for _, permission := range permissions {
		if f := values.FieldByName("Permissions" + permission); !f.Bool() {
			f.SetBool(true)
			given = append(given, name+": "+permission)
		}
	}
	if len(given) == 0 {
		return nil, nil
	}
	return given, tx.Save(p)
}
