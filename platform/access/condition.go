package access

import (
	"fmt"
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Nothing returns the condition that no record meets.
func Nothing() soql.Expr {
	return &soql.Compare{Left: Path("Id"), Op: soql.Equal, Right: &soql.Null{}}
}

// Path returns the term for a field reached by its name, through parents if it has dots: "Account.OwnerId".
func Path(name string) *soql.Path {
	p := &soql.Path{}
	for part := range strings.SplitSeq(name, ".") {
		p.Parts = append(p.Parts, soql.Name{Text: part})
	}
	return p
}

// Is returns the condition that a field has a value.
func Is(field, value string) soql.Expr {
	return &soql.Compare{Left: Path(field), Op: soql.Equal, Right: &soql.String{Value: value}}
}

// OneOf returns the condition that a field has one of the values; of no values, [Nothing].
func OneOf[T ~string](field string, values ...T) soql.Expr {
	if len(values) == 0 {
		return Nothing()
	}
	in := &soql.In{Left: Path(field)}
	for _, v := range values {
		in.Values = append(in.Values, &soql.String{Value: string(v)})
	}
	return in
}

// Within returns the condition that a field is among what a column of the records of an object holds: the records that
// meet where, or all when it is nil.
func Within(field, column, object string, where soql.Expr) soql.Expr {
	return &soql.In{Left: Path(field), Sub: &soql.Query{
		Select: []soql.SelectItem{&soql.SelectTerm{Term: Path(column)}},
		From:   soql.From{Object: Path(object)},
		Where:  where,
	}}
}

// Any returns the condition that one of the conditions holds; of no conditions, [Nothing]. Nil holds always.
func Any(conditions ...soql.Expr) soql.Expr {
	for _, c := range conditions {
		if c == nil {
			return nil
		}
	}
	switch len(conditions) {
	case 0:
		return Nothing()
	case 1:
		return conditions[0]
	}
	return &soql.Or{Terms: conditions}
}

// All returns the condition that every one of the conditions holds. Nil holds always.
func All(conditions ...soql.Expr) soql.Expr {
	var terms []soql.Expr
	for _, c := range conditions {
		if c != nil {
			terms = append(terms, c)
		}
	}
	switch len(terms) {
	case 0:
		return nil
	case 1:
		return terms[0]
	}
	return &soql.And{Terms: terms}
}

// Where returns the [Scope.Condition] of a text in which :user stands for the viewer's id. Scopes are declared when the
// program starts, and a text that is not a condition is a mistake in it: Where panics.
func Where(text string) func(Viewer) soql.Expr {
	with := func(user schema.Id) (soql.Expr, error) {
		return soql.ParseCondition(strings.ReplaceAll(text, ":user", soql.Quote(string(user))))
	}
	if _, err := with(""); err != nil {
		panic(fmt.Sprintf("the scope %s: %v", text, err))
	}
	return func(v Viewer) soql.Expr {
		e, err := with(v.User())
		if err != nil {
			return Nothing() // not reached: only the id differs from what was parsed before
		}
		return e
	}
}

// people returns the condition that a field names one of a set of people or groups.
func (m Members) people(field string) []soql.Expr {
	if m.Everyone {
		return []soql.Expr{&soql.Compare{Left: Path(field), Op: soql.NotEqual, Right: &soql.Null{}}}
	}
	var terms []soql.Expr
	if ids := append(append([]schema.Id{}, m.Users...), m.Groups...); len(ids) > 0 {
		terms = append(terms, OneOf(field, ids...))
	}
	if len(m.Roles) > 0 {
		terms = append(terms, Within(field, "Id", "User", OneOf("UserRoleId", m.Roles...)))
	}
	if len(m.Groups) > 0 && m.Expand {
		terms = append(terms, Within(field, "UserOrGroupId", "GroupMember", OneOf("GroupId", m.Groups...)))
	}
	return terms
}
