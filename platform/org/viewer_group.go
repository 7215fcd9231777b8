package org

import (
	"maps"
	"slices"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// hierarchy is the roles and groups of an organisation.
type hierarchy struct {
	above   map[schema.Id]schema.Id         // from a role to the one that it reports to
	reports map[schema.Id][]schema.Id       // from a role to those that report to it
	groups  map[schema.Id]plainGroup        // every group
	within  map[schema.Id][]schema.Id       // from a group to the groups that it is a member of
	holds   map[schema.Id][]schema.Id       // from a group to the groups that are members of it
	byRole  map[schema.Id]map[schema.Id]any // from a role to the groups that a user with this role is a member of
}

// plainGroup is what decides about a group.
type plainGroup struct {
	kind   GroupType
	role   schema.Id
	bosses bool
}

func (h *hierarchy) readRoles(tx *store.Tx) error {
	h.above, h.reports = map[schema.Id]schema.Id{}, map[schema.Id][]schema.Id{}
	return each(tx, func(r *store.Rows) error {
		var role, above schema.Id
		err := r.Scan(&role, &above)
		h.above[role] = above
		if above != "" {
			h.reports[above] = append(h.reports[above], role)
		}
		return err
	}, `SELECT "Id", COALESCE("ParentRoleId", '') FROM "UserRole"`+living(tx)+` ORDER BY "Id"`)
}

func (h *hierarchy) readGroups(tx *store.Tx) error {
	h.groups = map[schema.Id]plainGroup{}
	return each(tx, func(r *store.Rows) error {
		var id schema.Id
		var g plainGroup
		err := r.Scan(&id, &g.kind, &g.role, &g.bosses)
		h.groups[id] = g
		return err
	}, `SELECT "Id", "Type", COALESCE("RelatedId", ''), "DoesIncludeBosses" FROM "Group"`+living(tx))
}

// readMembers reads which groups are members of which.
func (h *hierarchy) readMembers(tx *store.Tx) error {
	h.within, h.holds = map[schema.Id][]schema.Id{}, map[schema.Id][]schema.Id{}
	return each(tx, func(r *store.Rows) error {
		var group, member schema.Id
		err := r.Scan(&group, &member)
		h.within[member] = append(h.within[member], group)
		h.holds[group] = append(h.holds[group], member)
		return err
	}, `SELECT "GroupId", "UserOrGroupId" FROM "GroupMember"`+living(tx)+` AND "UserOrGroupId" LIKE '00G%' ORDER BY "Id"`)
}

// readBosses reads the groups by the roles of their members, for those who stand above.
func (h *hierarchy) readBosses(tx *store.Tx) error {
	h.byRole = map[schema.Id]map[schema.Id]any{}
	no := tx.Dialect().Bool(false)
	return each(tx, func(r *store.Rows) error {
		var group, role schema.Id
		err := r.Scan(&group, &role)
		if h.byRole[role] == nil {
			h.byRole[role] = map[schema.Id]any{}
		}
		h.byRole[role][group] = nil
		return err
	}, `SELECT DISTINCT m."GroupId", u."UserRoleId" FROM "GroupMember" m JOIN "User" u ON u."Id" = m."UserOrGroupId"
		WHERE u."UserRoleId" IS NOT NULL AND m."IsDeleted" = `+no+` AND u."IsDeleted" = `+no)
}

// groupsOf returns the groups that a user is a member of: by name, by role, as everybody is, and through other groups.
func (h *hierarchy) groupsOf(tx *store.Tx, u *Person) ([]schema.Id, error) {
	var direct []schema.Id
	err := each(tx, func(r *store.Rows) error {
		var id schema.Id
		err := r.Scan(&id)
		direct = append(direct, id)
		return err
	}, `SELECT "GroupId" FROM "GroupMember"`+living(tx)+` AND "UserOrGroupId" = ?`, string(u.Id))
	if err != nil {
		return nil, err
	}
	direct = append(direct, h.groupsOfRole(u.Role)...)
	for id, g := range h.groups {
		if g.kind == GroupOrganization && !u.External() {
			direct = append(direct, id)
		}
	}
	return closure(direct, h.within), nil
}

// groupsOfRole returns the groups that stand for a role, or for a role that it is below.
func (h *hierarchy) groupsOfRole(role schema.Id) []schema.Id {
	var found []schema.Id
	chain := h.chain(role)
	for id, g := range h.groups {
		if g.kind == GroupRole && g.role == role && role != "" || g.kind == GroupRoleAndSubordinates && slices.Contains(chain, g.role) {
			found = append(found, id)
		}
	}
	return found
}

// chain returns a role and those above it, up to the top. A circle, which saving prevents, ends.
func (h *hierarchy) chain(role schema.Id) []schema.Id {
	var chain []schema.Id
	for role != "" && !slices.Contains(chain, role) {
		chain = append(chain, role)
		role = h.above[role]
	}
	return chain
}

// below returns whom a role is above: the roles, and the groups that people with these roles are members of.
func (h *hierarchy) below(role schema.Id) access.Members {
	if role == "" {
		return access.Members{}
	}
	roles := closure(h.reports[role], h.reports)
	var direct []schema.Id
	for _, r := range roles {
		direct = append(direct, slices.Collect(maps.Keys(h.byRole[r]))...)
		direct = append(direct, h.groupsOfRole(r)...)
	}
	groups := slices.DeleteFunc(closure(direct, h.within), func(id schema.Id) bool { return !h.groups[id].bosses })
	return access.Members{Roles: roles, Groups: groups}
}

// members returns who belongs to a group, as owners of records: the group itself and those in it, and their people.
func (h *hierarchy) members(group schema.Id) access.Members {
	m := access.Members{Groups: closure([]schema.Id{group}, h.holds), Expand: true}
	for _, id := range m.Groups {
		switch g := h.groups[id]; g.kind {
		case GroupOrganization:
			m.Everyone = true
		case GroupRole:
			m.Roles = append(m.Roles, g.role)
		case GroupRoleAndSubordinates:
			m.Roles = append(append(m.Roles, g.role), closure(h.reports[g.role], h.reports)...)
		}
	}
	return m
}

// closure returns the ids and all that can be reached from them, in alphabetical order.
func closure(from []schema.Id, next map[schema.Id][]schema.Id) []schema.Id {
	seen := map[schema.Id]any{}
	for len(from) > 0 {
		id := from[len(from)-1]
		from = from[:len(from)-1]
		if _, ok := seen[id]; ok {
			continue
		}
		seen[id] = nil
		from = append(slices.Clip(from), next[id]...)
	}
	return slices.Sorted(maps.Keys(seen))
}
