package org

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// administers are the permissions that together let someone repair whatever else has gone wrong with rights. An
// organisation keeps an active user who has them all.
var administers = []string{"ManageUsers", access.CustomizeApplication}

// adminRules keep an organisation from locking itself out, and people from granting more than they have.
var adminRules = record.Book{
	record.Fill("profile: nobody grants what they lack", func(tx *record.Tx, c *record.Change[Profile]) error {
		return guardGrant(tx.Viewer(), c.Old.SystemPermissions, c.New.SystemPermissions)
	}),
	record.Fill("permission set: nobody grants what they lack", func(tx *record.Tx, c *record.Change[PermissionSet]) error {
		return guardGrant(tx.Viewer(), c.Old.SystemPermissions, c.New.SystemPermissions)
	}),
	record.Fill("object permissions: nobody opens all records who does not see them", guardObjectGrant),
	record.Follow("user: an administrator is left", func(tx *record.Tx, c record.Change[User]) error {
		if c.Insert || !c.Old.IsActive || c.New.IsActive && c.New.ProfileId == c.Old.ProfileId {
			return nil
		}
		return keepAdministrator(tx.Store(), c.Old, "IsActive")
	}),
	record.FollowDelete("user: an administrator is left when one is deleted", func(tx *record.Tx, u *User) error {
		return keepAdministrator(tx.Store(), u, "IsActive")
	}),
	record.Follow("profile: an administrator is left", func(tx *record.Tx, c record.Change[Profile]) error {
		return keepAdministration(tx.Store(), c.Old.SystemPermissions, c.New.SystemPermissions)
	}),
	record.Follow("permission set: an administrator is left", func(tx *record.Tx, c record.Change[PermissionSet]) error {
		return keepAdministration(tx.Store(), c.Old.SystemPermissions, c.New.SystemPermissions)
	}),
	record.FollowDelete("permission set: an administrator is left when it is deleted", func(tx *record.Tx, p *PermissionSet) error {
		return keepAdministration(tx.Store(), p.SystemPermissions, SystemPermissions{})
	}),
	record.Follow("permission set assignment: an administrator is left", func(tx *record.Tx, c record.Change[PermissionSetAssignment]) error {
		if c.Insert || c.New.ExpirationDate == c.Old.ExpirationDate {
			return nil
		}
		return keepAssigned(tx, c.Old)
	}),
	record.FollowDelete("permission set assignment: an administrator is left when it is taken away", keepAssigned),
}

// guardGrant refuses a permission that is new and that the viewer does not have. Who may change all data and all
// configuration passes: a permission that came with a new version has nobody yet who could grant it otherwise.
func guardGrant(v access.Viewer, old, new SystemPermissions) error {
	if v.May(access.ModifyAllData) && v.May(access.CustomizeApplication) {
		return nil
	}
	was, is := reflect.ValueOf(old), reflect.ValueOf(new)
	_, names := permissionColumns()
	for i, name := range names {
		if is.Field(i).Bool() && !was.Field(i).Bool() && !v.May(name) {
			return schema.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", fmt.Sprintf("you cannot grant the permission %s, because you do not have it", name), "Permissions"+name)
		}
	}
	return nil
}

func guardObjectGrant(tx *record.Tx, c *record.Change[ObjectPermissions]) error {
	o := tx.Catalog().Object(c.New.SobjectType)
	if o == nil || o.ReadOnly {
		return nil
	}
	has := tx.Viewer().Object(o)
	for _, g := range []struct {
		old, new bool
		right    access.Rights
		field    string
	}{
		{c.Old.PermissionsViewAllRecords, c.New.PermissionsViewAllRecords, access.ViewAll, "PermissionsViewAllRecords"},
		{c.Old.PermissionsModifyAllRecords, c.New.PermissionsModifyAllRecords, access.ModifyAll, "PermissionsModifyAllRecords"},
	} {
		if g.new && !g.old && !has.Has(g.right) {
			return schema.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", "you cannot open all records of "+o.Name+", because they are not all open to you", g.field)
		}
	}
	return nil
}

// permissionSet returns which system permissions p holds, by name.
func (p SystemPermissions) permissionSet() map[string]bool {
	held := map[string]bool{}
	v := reflect.ValueOf(p)
	_, names := permissionColumns()
	for i, name := range names {
		held[name] = v.Field(i).Bool()
	}
	return held
}

// keepAdministration refuses a change that takes a permission of administrators away when none is left.
func keepAdministration(tx *store.Tx, old, new SystemPermissions) error {
	was, is := old.permissionSet(), new.permissionSet()
	for _, p := range administers {
		if was[p] && !is[p] {
			return administratorLeft(tx, "Permissions"+p)
		}
	}
	return nil
}

// keepAssigned is [keepAdministration] for a permission set that someone loses.
func keepAssigned(tx *record.Tx, a *PermissionSetAssignment) error {
	p, err := record.Get(tx, a.PermissionSetId)
	if errors.Is(err, record.ErrNotFound) {
		return nil // it is being deleted, which has been looked at
	}
	if err != nil {
		return err
	}
	return keepAdministration(tx.Store(), p.SystemPermissions, SystemPermissions{})
}

// keepAdministrator refuses that an administrator, as old was, goes when no other is left.
func keepAdministrator(tx *store.Tx, old *User, field string) error {
	var id string
	err := tx.QueryRow(`SELECT CAST(? AS TEXT) WHERE `+administersAs(tx, "CAST(? AS TEXT)", "CAST(? AS TEXT)"),
		adminArguments(tx, string(old.Id), string(old.ProfileId))...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // was none
	}
	if err != nil {
		return err
	}
	return administratorLeft(tx, field)
}

func adminArguments(tx *store.Tx, user, profile string) []any {
	args := []any{user}
	for range administers {
		args = append(args, profile, profile, user, tx.DB().Now().UnixMilli())
	}
	return args
}

// administratorLeft refuses when no active user has the permissions of an administrator.
func administratorLeft(tx *store.Tx, field string) error {
	yes, no := tx.Dialect().Bool(true), tx.Dialect().Bool(false)
	var args []any
	for range administers {
		args = append(args, tx.DB().Now().UnixMilli())
	}
	var id string
	err := tx.QueryRow(`SELECT u."Id" FROM "User" u WHERE u."IsActive" = `+yes+` AND u."IsDeleted" = `+no+` AND `+
		administersAs(tx, `u."Id"`, `u."ProfileId"`)+` LIMIT 1`, args...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "nobody would be left who can manage users and permissions; give another active user ManageUsers and CustomizeApplication first", field)
	}
	return err
}

// administersAs is the condition that a user, by profile or permission sets, has every permission of an administrator.
// Its arguments are, for each of [administers], what user and profile have for themselves in the order profile,
// profile, user, and the time.
func administersAs(tx *store.Tx, user, profile string) string {
	yes, no := tx.Dialect().Bool(true), tx.Dialect().Bool(false)
	var terms []string
	for _, p := range administers {
		column := store.Quote("Permissions" + p)
		terms = append(terms, `(EXISTS (SELECT 1 FROM "Profile" p WHERE p."Id" = `+profile+` AND p."IsDeleted" = `+no+` AND p.`+column+` = `+yes+`)
			OR EXISTS (SELECT 1 FROM "PermissionSet" s WHERE s."ProfileId" = `+profile+` AND s."IsDeleted" = `+no+` AND s.`+column+` = `+yes+`)
			OR EXISTS (SELECT 1 FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId" WHERE a."AssigneeId" = `+user+` AND a."IsDeleted" = `+no+`
				AND s."IsDeleted" = `+no+` AND s.`+column+` = `+yes+` AND (a."ExpirationDate" IS NULL OR a."ExpirationDate" > ?)))`)
	}
	return strings.Join(terms, " AND ")
}
