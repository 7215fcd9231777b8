package query

import (
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// using resolves USING SCOPE. Scopes only narrow what the viewer may see.
func (s *scope) using(n soql.Name) (cond, error) {
	switch strings.ToLower(strings.ReplaceAll(n.Text, "_", "")) {
	case "", "everything":
		return nil, nil
	case "mine":
		return s.owned(n, nil)
	case "team":
		return s.owned(n, s.teams())
	case "mineandmygroups":
		return s.owned(n, s.groups())
	}
	return nil, s.at(n.Pos, CodeScope, "The scope '%s' is not there. Use everything, mine, mine_and_my_groups or team.", n.Text)
}

// owned holds for records that the viewer owns, or that meet another condition.
func (s *scope) owned(n soql.Name, other soql.Expr) (cond, error) {
	o := s.root.targets[0].object
	if !o.Owned() {
		return nil, s.at(n.Pos, CodeScope, "%s has no owner, so that only the scope everything is there.", o.Name)
	}
	mine := soql.Expr(&soql.Compare{Left: name("OwnerId"), Op: soql.Equal, Right: me(s)})
	if other != nil {
		mine = &soql.Or{Terms: []soql.Expr{mine, other}}
	}
	return s.house().cond(mine)
}

func me(s *scope) soql.Literal { return &soql.String{Value: string(s.viewer.User())} }

func name(n string) *soql.Path { return &soql.Path{Parts: []soql.Name{{Text: n}}} }

// groups holds for records that a group or queue of the viewer owns.
func (s *scope) groups() soql.Expr {
	return s.member("GroupMember", "GroupId", "UserOrGroupId", "OwnerId")
}

// teams holds for records on whose team the viewer is: WorkOrderTeamMember.WorkOrderId and its like.
func (s *scope) teams() soql.Expr {
	o := s.root.targets[0].object
	return s.member(o.Name+"TeamMember", o.Name+"Id", "UserId", "Id")
}

// member holds where a field is among a column of the rows that name the viewer; nil when there is no such object.
func (s *scope) member(object, column, user, field string) soql.Expr {
	o := s.catalog.Object(object)
	if o == nil || !has(o, column) || !has(o, user) {
		return nil
	}
	return &soql.In{Left: name(field), Sub: &soql.Query{
		Select: []soql.SelectItem{&soql.SelectTerm{Term: name(column)}},
		From:   soql.From{Object: name(object)},
		Where:  &soql.Compare{Left: name(user), Op: soql.Equal, Right: me(s)},
	}}
}

func has(o *schema.Object, field string) bool { return o.Field(field) != nil }
