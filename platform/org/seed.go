package org

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// Seed is what an organisation begins with. It is planted once; from then on these are records like others, which
// administrators change.
type Seed struct {
	Name     string // of the organisation
	Zone     string // IANA name
	Currency string
	Defaults []DefaultSeed
	Profiles []ProfileSeed
}

// DefaultSeed is the organisation-wide default of objects.
type DefaultSeed struct {
	Objects  string // names, separated by spaces
	Internal SharingModel
	External SharingModel
}

// ProfileSeed is a profile and what it grants.
type ProfileSeed struct {
	Name        string
	Description string
	UserType    schema.Picklist // "" is Standard
	Permissions string          // system permissions, separated by spaces
	Grants      []GrantSeed
	Hidden      string // fields that it does not show, separated by spaces: Account.Rating
	Fixed       string // fields that it shows and does not let be changed
}

// GrantSeed is what a profile grants on objects, with all their fields.
type GrantSeed struct {
	Objects string // names, separated by spaces; "*" is every object that is not configuration and is not named otherwise
	Rights  access.Rights
}

// Plant fills an organisation that is empty: its record, sharing defaults and profiles. It reports false, and does
// nothing, when there is an organisation.
func Plant(tx *record.Tx, s Seed) (bool, error) {
	if n, err := record.Count[Organization](tx, ""); err != nil || n > 0 {
		return false, err
	}
	home := &Organization{Name: s.Name, OrganizationType: "Self-Hosted", InstanceName: "HOUSE", TimeZoneSidKey: schema.Picklist(s.Zone),
		DefaultLocaleSidKey: "en_US", LanguageLocaleKey: "en_US", DefaultCurrencyIsoCode: schema.Picklist(s.Currency)}
	if err := tx.Save(home); err != nil {
		return false, err
	}
	for _, d := range s.Defaults {
		for name := range strings.FieldsSeq(d.Objects) {
			if err := tx.Save(&SharingDefault{SobjectType: name, InternalSharingModel: d.Internal, ExternalSharingModel: d.External, GrantsByHierarchy: true}); err != nil {
				return false, fmt.Errorf("sharing default of %s: %w", name, err)
			}
		}
	}
	for _, p := range s.Profiles {
		if err := plantProfile(tx, p); err != nil {
			return false, fmt.Errorf("profile %s: %w", p.Name, err)
		}
	}
	return true, notePermissions(tx)
}

func plantProfile(tx *record.Tx, s ProfileSeed) error {
	p := &Profile{Name: s.Name, Description: s.Description, UserType: s.UserType}
	if p.UserType == "" {
		p.UserType = "Standard"
	}
	values := reflect.ValueOf(&p.SystemPermissions).Elem()
	for name := range strings.FieldsSeq(s.Permissions) {
		f := values.FieldByName("Permissions" + name)
		if !f.IsValid() {
			return fmt.Errorf("there is no system permission %s", name)
		}
		f.SetBool(true)
	}
	if err := tx.Save(p); err != nil {
		return err
	}
	sets, err := record.Find[PermissionSet](tx, "ProfileId = ?", string(p.Id))
	if err != nil {
		return err
	}
	if len(sets) != 1 {
		return fmt.Errorf("has %d permission sets of its own, not 1", len(sets))
	}
	return plantGrants(tx, s, schema.Ref[PermissionSet](sets[0].Id))
}

func plantGrants(tx *record.Tx, s ProfileSeed, set schema.Ref[PermissionSet]) error {
	rights := map[string]access.Rights{}
	for _, g := range s.Grants {
		for name := range strings.FieldsSeq(g.Objects) {
			rights[name] = g.Rights
		}
	}
	if most, ok := rights["*"]; ok {
		delete(rights, "*")
		for _, o := range tx.Catalog().Objects {
			if _, named := rights[o.Name]; !named && !o.Setup {
				rights[o.Name] = most
			}
		}
	}
	var recs []any
	for _, o := range tx.Catalog().Objects {
		if r, ok := rights[o.Name]; ok && r != access.NoRights {
			recs = append(recs, grantOf(set, o.Name, r))
		}
		delete(rights, o.Name)
	}
	for name := range rights {
		return fmt.Errorf("there is no object %s", name)
	}
	for name := range strings.FieldsSeq(s.Hidden) {
		recs = append(recs, &FieldPermissions{ParentId: set, SobjectType: name[:max(0, strings.Index(name, "."))], Field: name})
	}
	for name := range strings.FieldsSeq(s.Fixed) {
		recs = append(recs, &FieldPermissions{ParentId: set, SobjectType: name[:max(0, strings.Index(name, "."))], Field: name, PermissionsRead: true})
	}
	for part := range slices.Chunk(recs, 200) {
		if err := tx.Save(part...); err != nil {
			return err
		}
	}
	return nil
}

func grantOf(set schema.Ref[PermissionSet], object string, r access.Rights) *ObjectPermissions {
	changes := r&(access.Create|access.Edit|access.ModifyAll) != 0
	return &ObjectPermissions{ParentId: set, SobjectType: object,
		PermissionsRead: true, PermissionsCreate: r.Has(access.Create), PermissionsEdit: r.Has(access.Edit), PermissionsDelete: r.Has(access.Delete),
		PermissionsViewAllRecords: r.Has(access.ViewAll), PermissionsModifyAllRecords: r.Has(access.ModifyAll),
		PermissionsViewAllFields: true, PermissionsEditAllFields: changes}
}
