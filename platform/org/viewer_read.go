package org

import (
	"reflect"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// read reads everything that decides about rights, except what belongs to single users.
func (d *Directory) read(tx *store.Tx, version int64, c *schema.Catalog) (*snapshot, error) {
	s := &snapshot{version: version, catalog: c, viewers: map[schema.Id]seat{}}
	s.sharing = &access.Sharing{Catalog: c, Scopes: d.scopes}
	for _, read := range []func(*store.Tx) error{s.readRoles, s.readGroups, s.readMembers, s.readBosses, s.readSets, s.readObjects, s.readFields, s.readImplied, s.readDefaults, s.readRules, s.readCurrency} {
		if err := read(tx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// each runs f for every row of a query.
func each(tx *store.Tx, f func(*store.Rows) error, query string, args ...any) error {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// living is the condition that a row is not in the recycle bin.
func living(tx *store.Tx) string { return ` WHERE "IsDeleted" = ` + tx.Dialect().Bool(false) }

// permissionColumns are the columns of [SystemPermissions], and their names without the word Permissions.
func permissionColumns() (columns, names []string) {
	t := reflect.TypeFor[SystemPermissions]()
	for i := range t.NumField() {
		n := t.Field(i).Name
		columns = append(columns, store.Quote(n))
		names = append(names, strings.TrimPrefix(n, "Permissions"))
	}
	return columns, names
}

// readSets reads profiles and permission sets, without what they grant on objects and fields. What is granted on a
// profile itself counts as its permission set's.
func (s *snapshot) readSets(tx *store.Tx) error {
	s.sets, s.ofProfile = map[schema.Id]*access.Set{}, map[schema.Id]schema.Id{}
	columns, names := permissionColumns()
	read := func(table, more string, keep func(id, more schema.Id, name string, permissions []string)) error {
		return each(tx, func(r *store.Rows) error {
			var id, other schema.Id
			var name string
			has := make([]bool, len(names))
			dest := []any{&id, &other, &name}
			for i := range has {
				dest = append(dest, &has[i])
			}
			if err := r.Scan(dest...); err != nil {
				return err
			}
			var p []string
			for i, h := range has {
				if h {
					p = append(p, names[i])
				}
			}
			keep(id, other, name, p)
			return nil
		}, `SELECT "Id", COALESCE(`+store.Quote(more)+`, ''), "Name", `+strings.Join(columns, ", ")+` FROM `+store.Quote(table)+living(tx))
	}
	err := read("PermissionSet", "ProfileId", func(id, profile schema.Id, name string, p []string) {
		s.sets[id] = &access.Set{Id: id, Name: name, Permissions: p, Objects: map[string]access.ObjectGrant{}, Fields: map[string]access.FieldGrant{}}
		if profile != "" {
			s.ofProfile[profile] = id
		}
	})
	if err != nil {
		return err
	}
	return read("Profile", "Id", func(id, _ schema.Id, _ string, p []string) {
		if set := s.sets[s.ofProfile[id]]; set != nil {
			set.Permissions = append(set.Permissions, p...)
		}
	})
}

func (s *snapshot) readObjects(tx *store.Tx) error {
	return each(tx, func(r *store.Rows) error {
		var set schema.Id
		var object string
		var g access.ObjectGrant
		var has [6]bool
		if err := r.Scan(&set, &object, &has[0], &has[1], &has[2], &has[3], &has[4], &has[5], &g.ReadFields, &g.EditFields); err != nil {
			return err
		}
		for i, right := range []access.Rights{access.Read, access.Create, access.Edit, access.Delete, access.ViewAll, access.ModifyAll} {
			if has[i] {
				g.Rights |= right
			}
		}
		o := s.catalog.Object(object)
		if set := s.sets[set]; set != nil && o != nil {
			set.Objects[o.Name] = g
		}
		return nil
	}, `SELECT "ParentId", "SobjectType", "PermissionsRead", "PermissionsCreate", "PermissionsEdit", "PermissionsDelete",
		"PermissionsViewAllRecords", "PermissionsModifyAllRecords", "PermissionsViewAllFields", "PermissionsEditAllFields" FROM "ObjectPermissions"`+living(tx))
}

// readFields reads rights on fields. A row about a field that is no longer there says nothing.
func (s *snapshot) readFields(tx *store.Tx) error {
	return each(tx, func(r *store.Rows) error {
		var set schema.Id
		var object, field string
		var g access.FieldGrant
		if err := r.Scan(&set, &object, &field, &g.Read, &g.Edit); err != nil {
			return err
		}
		_, name, _ := strings.Cut(field, ".")
		o := s.catalog.Object(object)
		if o == nil || o.Field(name) == nil || s.sets[set] == nil {
			return nil
		}
		s.sets[set].Fields[o.Name+"."+o.Field(name).Name] = g
		return nil
	}, `SELECT "ParentId", "SobjectType", "Field", "PermissionsRead", "PermissionsEdit" FROM "FieldPermissions"`+living(tx))
}

func (s *snapshot) readDefaults(tx *store.Tx) error {
	s.sharing.Defaults = map[string]access.Default{}
	return each(tx, func(r *store.Rows) error {
		var object string
		var d access.Default
		var hierarchy bool
		if err := r.Scan(&object, &d.Internal, &d.External, &hierarchy); err != nil {
			return err
		}
		d.Flat = !hierarchy
		if o := s.catalog.Object(object); o != nil {
			s.sharing.Defaults[o.Name] = d
		}
		return nil
	}, `SELECT "SobjectType", "InternalSharingModel", "ExternalSharingModel", "GrantsByHierarchy" FROM "SharingDefault"`+living(tx))
}

// levels are the levels that shares and sharing rules open.
var levels = map[AccessLevel]access.Level{AccessRead: access.ReadLevel, AccessEdit: access.EditLevel, AccessAll: access.TransferLevel}

// readRules reads sharing rules. A rule that cannot be understood, which saving it prevents, opens nothing.
func (s *snapshot) readRules(tx *store.Tx) error {
	return each(tx, func(r *store.Rows) error {
		var rule access.Rule
		var kind SharingRuleKind
		var level AccessLevel
		var from, to schema.Id
		var criteria string
		if err := r.Scan(&rule.Name, &rule.Object, &kind, &from, &criteria, &to, &level); err != nil {
			return err
		}
		o := s.catalog.Object(rule.Object)
		if o == nil {
			return nil
		}
		rule.Object, rule.Level, rule.To = o.Name, levels[level], []schema.Id{to}
		if kind == SharingByOwner {
			rule.Owners = s.members(from)
		} else if e, err := soql.ParseCondition(criteria); err == nil {
			rule.Where = e
		} else {
			return nil
		}
		s.sharing.Rules = append(s.sharing.Rules, rule)
		return nil
	}, `SELECT "Label", "SobjectType", "Kind", COALESCE("FromGroupId", ''), COALESCE("Criteria", ''), "ToGroupId", "AccessLevel" FROM "SharingRule"`+
		living(tx)+` AND "IsActive" = `+tx.Dialect().Bool(true)+` ORDER BY "Id"`)
}

func (s *snapshot) readCurrency(tx *store.Tx) error {
	return each(tx, func(r *store.Rows) error { return r.Scan(&s.currency, &s.fiscal) },
		`SELECT COALESCE("DefaultCurrencyIsoCode", 'USD'), COALESCE("FiscalYearStartMonth", 1) FROM "Organization"`+living(tx))
}

// readPerson reads what belongs to one user, and until when it holds.
func (s *snapshot) readPerson(tx *store.Tx, user schema.Id) (p access.Person, until time.Time, err error) {
	u, err := readPerson(tx, store.Quote("Id")+" = ?", string(user))
	if err != nil {
		return p, until, err
	}
	if u == nil || !u.Active {
		return p, until, ErrNoViewer
	}
	p = access.Person{Id: u.Id, Zone: u.Location(), Locale: u.Locale, Language: u.Language, Currency: s.currency, External: u.External()}
	if u.Currency != "" {
		p.Currency = u.Currency
	}
	if set := s.sets[s.ofProfile[u.Profile]]; set != nil {
		p.Sets = append(p.Sets, *set)
	}
	if until, err = s.readAssigned(tx, &p); err != nil {
		return p, until, err
	}
	p.Groups, err = s.groupsOf(tx, u)
	p.Below = s.below(u.Role)
	return p, until, err
}

// readAssigned adds the permission sets that are assigned to p, and returns when the first of them expires.
func (s *snapshot) readAssigned(tx *store.Tx, p *access.Person) (until time.Time, err error) {
	now := tx.DB().Now()
	err = each(tx, func(r *store.Rows) error {
		var id schema.Id
		var expires int64
		if err := r.Scan(&id, &expires); err != nil {
			return err
		}
		if expires != 0 {
			end := time.UnixMilli(expires)
			if !now.Before(end) {
				return nil
			}
			if until.IsZero() || end.Before(until) {
				until = end
			}
		}
		if set := s.sets[id]; set != nil {
			p.Sets = append(p.Sets, *set)
		}
		return nil
	}, `SELECT "PermissionSetId", COALESCE("ExpirationDate", 0) FROM "PermissionSetAssignment"`+living(tx)+` AND "AssigneeId" = ? ORDER BY "Id"`, string(p.Id))
	return until, err
}
