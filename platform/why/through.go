package why

import (
	"database/sql"
	"errors"
	"slices"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// enrich says of each reason through whom it reaches the user.
func (a *Asker) enrich(v *access.Grants, o *schema.Object, id schema.Id, ans *Answer, depth int) error {
	for i := range ans.Reasons {
		r := &ans.Reasons[i]
		var err error
		switch r.Kind {
		case access.ByModifyAll:
			r.Via = fromSets(v, func(s *access.Set) bool { return s.On(o).Rights.Has(access.ModifyAll) })
		case access.ByViewAll:
			r.Via = fromSets(v, func(s *access.Set) bool { return s.On(o).Rights.Has(access.ViewAll) })
		case access.ByDefault:
			r.Via = []Link{{Object: "SharingDefault", Name: string(v.Model(o))}}
		case access.ByOwner, access.ByOwnerBelow:
			r.Via, err = a.owner(o, id)
		case access.ByShare:
			r.Via, err = a.shares(v, id)
		case access.ByMaster:
			err = a.master(v, o, id, r, depth)
		}
		if err != nil {
			return err
		}
	}
	for i := range ans.Reasons {
		if err := a.name(ans.Reasons[i].Via); err != nil {
			return err
		}
	}
	for i := range ans.Closed {
		if err := a.name(ans.Closed[i].Via); err != nil {
			return err
		}
	}
	return nil
}

// fromSets are the user's sets that something holds for.
func fromSets(v *access.Grants, holds func(*access.Set) bool) []Link {
	list := []Link{}
	sets := v.Sets()
	for i := range sets {
		if holds(&sets[i]) {
			list = append(list, Link{Id: sets[i].Id, Object: "PermissionSet"})
		}
	}
	return list
}

// owner is who owns the record: the user, someone else, or a queue.
func (a *Asker) owner(o *schema.Object, id schema.Id) ([]Link, error) {
	var owner schema.Id
	err := a.tx.QueryRow(`SELECT COALESCE("OwnerId", '') FROM `+store.Quote(o.Name)+` WHERE "Id" = ?`, string(id)).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) || err == nil && owner == "" {
		return []Link{}, nil
	}
	return []Link{{Id: owner, Object: a.objectOf(owner)}}, err
}

func (a *Asker) objectOf(id schema.Id) string {
	if o := a.catalog.ById(id); o != nil {
		return o.Name
	}
	return ""
}

// shares are the shares of the record that reach the user: given to them, to a group of theirs, or to someone below.
func (a *Asker) shares(v *access.Grants, id schema.Id) ([]Link, error) {
	type share struct{ with, role, level string }
	var all []share
	rows, err := a.tx.Query(`SELECT s."UserOrGroupId", COALESCE(u."UserRoleId", ''), s."AccessLevel" FROM "RecordShare" s LEFT JOIN "User" u ON u."Id" = s."UserOrGroupId"
		WHERE s."ParentId" = ? AND s."IsDeleted" = `+a.tx.Dialect().Bool(false)+` ORDER BY s."Id"`, string(id))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s share
		if err := rows.Scan(&s.with, &s.role, &s.level); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	links, below := []Link{}, v.Below()
	for _, s := range all {
		with := schema.Id(s.with)
		if with == v.User() || slices.Contains(v.Groups(), with) || below.Holds(with) || s.role != "" && slices.Contains(below.Roles, schema.Id(s.role)) {
			links = append(links, Link{Id: with, Object: a.objectOf(with), Note: s.level})
		}
	}
	return links, rows.Err()
}

// master explains the record that this one is a part of.
func (a *Asker) master(v *access.Grants, o *schema.Object, id schema.Id, r *Reason, depth int) error {
	f := access.Master(o, v.Sharing().Default(o).Via)
	if f == nil || depth == deepest {
		return nil
	}
	var to schema.Id
	err := a.tx.QueryRow(`SELECT COALESCE(`+store.Quote(f.Name)+`, '') FROM `+store.Quote(o.Name)+` WHERE "Id" = ?`, string(id)).Scan(&to)
	if err != nil || to == "" {
		return err
	}
	above := a.catalog.ById(to)
	if above == nil {
		return nil
	}
	link := []Link{{Id: to, Object: above.Name}}
	if err := a.name(link); err != nil {
		return err
	}
	r.Master = &link[0]
	ans, err := a.explain(v, above, to, depth+1)
	r.Of = ans.Reasons
	return err
}
