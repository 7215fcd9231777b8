package org

import (
	"fmt"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// ManagePublicListViews is the permission to share lists with others, and to change those that are shared.
const ManagePublicListViews = "ManagePublicListViews"

// listsShared opens the lists that are shared with everybody, and with the groups that the viewer is a member of.
func listsShared(v access.Viewer) soql.Expr {
	to := []soql.Expr{none("SharedToId")}
	if g, ok := v.(*access.Grants); ok && len(g.Groups()) > 0 {
		to = append(to, access.OneOf("SharedToId", g.Groups()...))
	}
	return access.All(none("OwnerId"), access.Any(to...))
}

// listsKept opens every shared list to whoever keeps them.
func listsKept(v access.Viewer) soql.Expr {
	if !v.May(ManagePublicListViews) {
		return access.Nothing()
	}
	return none("OwnerId")
}

// none is the condition that a field is empty.
func none(field string) soql.Expr {
	return &soql.Compare{Left: access.Path(field), Op: soql.Equal, Right: &soql.Null{}}
}

// fillListView names a list for programs by its label, where nobody did.
func fillListView(tx *record.Tx, c *record.Change[ListView]) error {
	if c.New.DeveloperName != "" || c.New.Name == "" {
		return nil
	}
	base := nameOf(c.New.Name)
	for n := 1; ; n++ {
		name := base
		if n > 1 {
			name = fmt.Sprintf("%s_%d", base, n)
		}
		taken, err := record.Count[ListView](tx, "SobjectType = ? AND DeveloperName = ?", c.New.SobjectType, name)
		if err != nil || taken == 0 {
			c.New.DeveloperName = name
			return err
		}
	}
}

// nameOf makes a name of letters, digits and single underscores that begins with a letter.
func nameOf(label string) string {
	words := strings.FieldsFunc(label, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	name := strings.Join(words, "_")
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "List_" + name
	}
	return strings.TrimRight(name[:min(len(name), 70)], "_")
}

// checkListView refuses a list that its maker may not share so, and one that could not be answered.
func checkListView(tx *record.Tx, c *record.Change[ListView]) error {
	l, v := c.New, tx.Viewer()
	o, err := objectNamed(tx, l.SobjectType)
	if err != nil {
		return err
	}
	l.SobjectType = o.Name
	switch {
	case l.OwnerId != "" && l.SharedToId != "":
		return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "a list is either private to its owner or shared with a group", "SharedToId")
	case l.OwnerId != schema.Ref[User](v.User()) && !v.May(ManagePublicListViews) && !v.May(access.CustomizeApplication):
		return schema.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", "sharing lists needs the permission Manage Public List Views; keep the list to yourself by naming yourself as its owner", "OwnerId")
	}
	return answers(tx, o, l)
}

// answers holds the parts of a list to what its maker may ask for, so that a mistake is told of the part that has it.
func answers(tx *record.Tx, o *schema.Object, l *ListView) error {
	if columns := strings.Trim(string(l.Columns), ", \n"); columns != "" {
		if err := answersWith(tx, "Columns", "SELECT "+columns+" FROM "+o.Name); err != nil {
			return err
		}
	}
	if l.Condition != "" {
		if err := answersWith(tx, "Condition", "SELECT Id FROM "+o.Name+" WHERE "+string(l.Condition)); err != nil {
			return err
		}
	}
	if l.OrderBy == "" {
		return nil
	}
	return answersWith(tx, "OrderBy", "SELECT Id FROM "+o.Name+" ORDER BY "+l.OrderBy)
}

// answersWith refuses a query that can't be answered, or that goes on where the named part should end.
func answersWith(tx *record.Tx, field, text string) error {
	_, err := query.Compile(text, tx.Catalog(), tx.Viewer(), query.Options{Now: tx.Now()})
	if f, refused := record.FaultsOf(err); refused {
		return schema.Refuse(f[0].Code, f[0].Message, field)
	} else if err != nil {
		return err
	}
	q, err := soql.Parse(text)
	if err != nil {
		return err
	}
	more := q.Limit != nil || q.Offset != nil || q.Group != nil || q.With != nil || q.For != nil || q.Update != nil
	if more || field == "Condition" && q.Order != nil || field == "Columns" && q.Where != nil {
		return schema.Refuse("MALFORMED_QUERY", field+" holds more than its own part of a query", field)
	}
	return nil
}
