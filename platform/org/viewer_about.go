package org

import (
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// FiscalStart returns the first month of the organisation's fiscal year, as of the last viewer that was asked for.
func (d *Directory) FiscalStart() time.Month {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.seen == nil || d.seen.fiscal < 1 || d.seen.fiscal > 12 {
		return time.January
	}
	return time.Month(d.seen.fiscal)
}

// SharingIn returns what decides about records for all users alike, as of a transaction. It is not to be changed.
func (d *Directory) SharingIn(tx *store.Tx) (*access.Sharing, error) {
	s, err := d.snapshot(tx)
	if err != nil {
		return nil, err
	}
	return s.sharing, nil
}

// MembersIn returns who belongs to a group, as owners of records.
func (d *Directory) MembersIn(tx *store.Tx, group schema.Id) (access.Members, error) {
	s, err := d.snapshot(tx)
	if err != nil {
		return access.Members{}, err
	}
	return s.members(group), nil
}

// PeopleIn returns the active users who belong to a group, directly, through other groups or by their roles, in order
// of their names.
func (d *Directory) PeopleIn(tx *store.Tx, group schema.Id) ([]schema.Id, error) {
	s, err := d.snapshot(tx)
	if err != nil {
		return nil, err
	}
	m, yes, no := s.members(group), tx.Dialect().Bool(true), tx.Dialect().Bool(false)
	text, args := `SELECT u."Id" FROM "User" u WHERE u."IsActive" = `+yes+` AND u."IsDeleted" = `+no+` AND COALESCE(u."UserType", 'Standard') IN ('Standard', 'AutomatedProcess')`, []any{}
	if !m.Everyone {
		text += ` AND (u."Id" IN (SELECT "UserOrGroupId" FROM "GroupMember"` + living(tx) + ` AND "GroupId" IN (` + marks(m.Groups) + `))`
		args = append(args, arguments(m.Groups)...)
		if len(m.Roles) > 0 {
			text += ` OR u."UserRoleId" IN (` + marks(m.Roles) + `)`
			args = append(args, arguments(m.Roles)...)
		}
		text += `)`
	}
	var people []schema.Id
	err = each(tx, func(r *store.Rows) error {
		var id schema.Id
		err := r.Scan(&id)
		people = append(people, id)
		return err
	}, text+` ORDER BY u."Name", u."Id"`, args...)
	return people, err
}

// PersonIn is [Directory.Person] as of a transaction.
func (d *Directory) PersonIn(tx *store.Tx, id schema.Id) (*Person, error) {
	return readPerson(tx, store.Quote("Id")+" = ?", string(id))
}

func marks(ids []schema.Id) string { return strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", ") }

func arguments(ids []schema.Id) []any {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	return args
}
