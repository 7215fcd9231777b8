package org_test

import (
	"context"
	"slices"
	"testing"

	"truckroll/platform/audit"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestProfilesGetNewPermissions: an organisation from before two permissions gets them on the profiles that are to have
// them, once and on the record, and what its administrators changed stays.
func TestProfilesGetNewPermissions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, later := newHouse(t, db), seed
		later.Profiles = slices.Clone(seed.Profiles)
		later.Profiles[0].Permissions += " ExportReport ViewAsUser"
		later.Profiles[2].Permissions += " ManagePublicListViews"
		later.Profiles = append(later.Profiles, org.ProfileSeed{Name: "Renamed", Permissions: "ViewAsUser"})
		grows := func(want ...string) {
			t.Helper()
			h.do(func(tx *record.Tx) error {
				given, err := org.Grow(tx, later)
				if !slices.Equal(given, want) {
					t.Errorf("given %v, want %v", given, want)
				}
				return err
			})
		}
		grows() // it was planted by a program that knows all of them
		h.do(func(tx *record.Tx) error {
			_, err := tx.Store().Exec("DELETE FROM meta WHERE name = 'permissions'")
			return err
		})
		grows("Admin: ViewAsUser", "Auditor: ManagePublicListViews") // not ExportReport, which it could have had

		admin := h.profileNamed("Admin")
		if !admin.PermissionsViewAsUser || admin.PermissionsExportReport {
			t.Errorf("the administrator's permissions: %+v", admin.SystemPermissions)
		}
		if n := h.changes(db, admin, "PermissionsViewAsUser"); n != 1 {
			t.Errorf("%d entries of the audit log tell of it, want 1", n)
		}
		grows()
		admin.PermissionsViewAsUser = false
		h.save(admin)
		grows() // taken away stays away
		if h.profileNamed("Admin").PermissionsViewAsUser {
			t.Error("what was taken away came back")
		}
	})
}

func (h *house) profileNamed(name string) (p *org.Profile) {
	h.t.Helper()
	h.do(func(tx *record.Tx) (err error) { p, err = record.First[org.Profile](tx, "Name = ?", name); return err })
	return p
}

// changes counts the entries of the audit log in which a field of a profile changed.
func (h *house) changes(db *store.DB, p *org.Profile, field string) (n int) {
	h.t.Helper()
	log, err := audit.Open(db, audit.Options{Name: "test", Node: "n2"})
	if err != nil {
		h.t.Fatal(err)
	}
	err = db.View(context.Background(), func(tx *store.Tx) error {
		all, err := log.History(tx, p.Id, 0, 100)
		for _, e := range all {
			for _, f := range e.Fields {
				if f.Name == field && e.Op == audit.Update {
					n++
				}
			}
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}
