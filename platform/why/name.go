package why

import (
	"cmp"
	"database/sql"
	"errors"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// name fills in the names of links. One that leads nowhere keeps its id.
func (a *Asker) name(links []Link) error {
	for i := range links {
		l := &links[i]
		if l.Name != "" || l.Id == "" {
			continue
		}
		n, ok := a.known[l.Id]
		if !ok {
			var err error
			if n.name, n.note, err = a.nameOf(l.Object, l.Id); err != nil {
				return err
			}
			a.known[l.Id] = n
		}
		l.Name, l.Note = n.name, cmp.Or(l.Note, n.note)
	}
	return nil
}

// nameOf returns how people call a record, and what else they know it by.
func (a *Asker) nameOf(object string, id schema.Id) (name, note string, err error) {
	text := ""
	switch object {
	case "User":
		text = `SELECT COALESCE(u."Name", ''), COALESCE(r."Name", '') FROM "User" u LEFT JOIN "UserRole" r ON r."Id" = u."UserRoleId" WHERE u."Id" = ?`
	case "Group":
		text = `SELECT "Name", "Type" FROM "Group" WHERE "Id" = ?`
	case "PermissionSet":
		text = `SELECT COALESCE(p."Name", s."Label"), CASE WHEN p."Id" IS NULL THEN 'PermissionSet' ELSE 'Profile' END
			FROM "PermissionSet" s LEFT JOIN "Profile" p ON p."Id" = s."ProfileId" WHERE s."Id" = ?`
	default:
		o := a.catalog.Object(object)
		if o == nil || o.NameField() == nil {
			return string(id), "", nil
		}
		f := store.Quote(o.NameField().Name)
		text = `SELECT COALESCE(` + f + `, ''), '' FROM ` + store.Quote(o.Name) + ` WHERE "Id" = ?`
	}
	err = a.tx.QueryRow(text, string(id)).Scan(&name, &note)
	if errors.Is(err, sql.ErrNoRows) || err == nil && name == "" {
		return string(id), note, nil
	}
	return name, note, err
}

// Named fills in the names of links that have none.
func (a *Asker) Named(links []Link) ([]Link, error) { return links, a.name(links) }
