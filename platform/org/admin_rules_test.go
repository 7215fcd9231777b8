package org_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// refusedAt reports whether an error is a fault about a field.
func refusedAt(err error, field string) bool {
	var f *schema.Fault
	return errors.As(err, &f) && len(f.Fields) == 1 && f.Fields[0] == field
}

func TestAnAdministratorIsLeft(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.user("root", "Admin", "")
		change := func(f func(tx *record.Tx, u *org.User, p *org.Profile) error) error {
			return h.try(func(tx *record.Tx) error {
				u, err := record.Get(tx, schema.Ref[org.User](h.users["root"]))
				if err != nil {
					return err
				}
				p, err := record.Get(tx, u.ProfileId)
				if err != nil {
					return err
				}
				return f(tx, u, p)
			})
		}
		disable := func(tx *record.Tx, u *org.User, _ *org.Profile) error { u.IsActive = false; return tx.Save(u) }
		weaken := func(tx *record.Tx, _ *org.User, p *org.Profile) error {
			p.PermissionsManageUsers = false
			return tx.Save(p)
		}
		for field, f := range map[string]func(*record.Tx, *org.User, *org.Profile) error{
			"IsActive":               disable,
			"PermissionsManageUsers": weaken,
		} {
			if err := change(f); !refusedAt(err, field) {
				t.Errorf("the last administrator went: %v, want a refusal at %s", err, field)
			}
		}
		if err := change(func(tx *record.Tx, u *org.User, _ *org.Profile) error { return tx.Delete(u.Id) }); !refusedAt(err, "IsActive") {
			t.Errorf("the last administrator was deleted: %v", err)
		}

		// Another administrator, by a permission set, and the first may go.
		set := &org.PermissionSet{Name: "Keys", Label: "Keys", SystemPermissions: org.SystemPermissions{PermissionsManageUsers: true, PermissionsCustomizeApplication: true}}
		h.save(set)
		given := &org.PermissionSetAssignment{AssigneeId: schema.Ref[org.User](h.users["anna"]), PermissionSetId: schema.Ref[org.PermissionSet](set.Id)}
		h.save(given)
		if err := change(disable); err != nil {
			t.Errorf("one of two administrators cannot go: %v", err)
		}
		if err := h.try(func(tx *record.Tx) error { return tx.Delete(given.Id) }); !refusedAt(err, "PermissionsManageUsers") {
			t.Errorf("the permission set was taken from the last who had it: %v", err)
		}
		err := h.try(func(tx *record.Tx) error {
			a, err := record.Get(tx, schema.Ref[org.PermissionSetAssignment](given.Id))
			if err != nil {
				return err
			}
			a.ExpirationDate = schema.At(time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC))
			return tx.Save(a)
		})
		if !refusedAt(err, "PermissionsManageUsers") {
			t.Errorf("the assignment of the last administrator has ended: %v", err)
		}
		if err := h.try(func(tx *record.Tx) error { return tx.Delete(set.Id) }); err == nil {
			t.Error("the permission set of the last administrator was deleted")
		}
		// Who is no administrator goes as before.
		if err := h.try(func(tx *record.Tx) error { return tx.Delete(h.users["bert"]) }); err != nil {
			t.Errorf("someone else cannot go: %v", err)
		}
	})
}

func TestNobodyGrantsWhatTheyLack(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	set := &org.PermissionSet{Name: "Design", Label: "Design", SystemPermissions: org.SystemPermissions{PermissionsCustomizeApplication: true}}
	h.save(set, &org.PermissionSet{Name: "Other", Label: "Other"})
	h.save(&org.PermissionSetAssignment{AssigneeId: schema.Ref[org.User](h.users["anna"]), PermissionSetId: schema.Ref[org.PermissionSet](set.Id)})
	as := func(f func(*record.Tx) error) error {
		return h.Keeper.Do(context.Background(), record.Cause{Viewer: h.viewer("anna"), By: "test"}, f)
	}
	raise := func(f func(*org.PermissionSet)) error {
		return as(func(tx *record.Tx) error {
			p, err := record.First[org.PermissionSet](tx, "Name = ?", "Other")
			if err != nil {
				return err
			}
			f(p)
			return tx.Save(p)
		})
	}
	if err := raise(func(p *org.PermissionSet) { p.PermissionsModifyAllData = true }); !refusedAt(err, "PermissionsModifyAllData") {
		t.Errorf("a designer made a set that changes all data: %v", err)
	}
	if err := raise(func(p *org.PermissionSet) { p.PermissionsCustomizeApplication = true }); err != nil {
		t.Errorf("a designer may not pass on what they have: %v", err)
	}
	err := as(func(tx *record.Tx) error {
		return tx.Save(&org.ObjectPermissions{ParentId: schema.Ref[org.PermissionSet](set.Id), SobjectType: "Visit", PermissionsRead: true, PermissionsViewAllRecords: true})
	})
	if !refusedAt(err, "PermissionsViewAllRecords") {
		t.Errorf("a designer opened all visits to themself: %v", err)
	}
}

// A permission to keep a part of the configuration comes with the rights on its objects.
func TestPermissionsImplyRights(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	set := &org.PermissionSet{Name: "Desk", Label: "Desk", SystemPermissions: org.SystemPermissions{PermissionsManageUsers: true}}
	h.save(set)
	h.save(&org.PermissionSetAssignment{AssigneeId: schema.Ref[org.User](h.users["anna"]), PermissionSetId: schema.Ref[org.PermissionSet](set.Id)})
	c, v := h.Keeper.Catalog(), h.viewer("anna")
	for object, want := range map[string]access.Rights{"User": keepsAll, "Group": keepsAll, "LoginHistory": access.Read | access.ViewAll, "Profile": access.Read, "SharingRule": access.Read, "Visit": workers} {
		if got := v.Object(c.Object(object)); got != want {
			t.Errorf("rights on %s: %b, want %b", object, got, want)
		}
	}
	if user := c.Object("User"); !v.Edits(user, user.Field("Title")) {
		t.Error("who manages users cannot change a title")
	}
}

const (
	keepsAll = access.AllRights
	workers  = access.Read | access.Create | access.Edit | access.Delete
)
