package query

import (
	"errors"
	"fmt"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/formula"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// maxFormulas is how deep formula fields may stand within formula fields.
const maxFormulas = 10

// computed is the value of a formula field. A formula sees every field and every parent that is not deleted, whoever
// asks for its result. Of a parent that is not there it is null.
type computed struct {
	target  *target
	formula *formula.Formula
	field   *schema.Field
	options Options
	viewer  access.Viewer
}

func (c *computed) kind() *schema.Field { return c.field }

func (c *computed) write(w *writer) {
	t := formula.Target{Dialect: formula.SQLite, Now: c.options.Now.In(c.viewer.Location())}
	if w.dialect.Name() == "postgres" {
		t.Dialect = formula.PostgreSQL
	}
	t.Column = func(f *formula.Field) formula.Column { return f.Key.(formulaKey).column(w) }
	text, err := c.formula.SQL(t, formulaScale(c.field))
	if err != nil {
		text = "NULL" // it was held to SQL when it was resolved
	}
	if c.target.join == nil {
		w.text("(" + text + ")")
		return
	}
	w.text("CASE WHEN ")
	w.column(c.target.alias, "Id")
	w.text(" IS NOT NULL THEN " + text + " END")
}

// formulaKey is where a formula finds a field: a value, or the two of a location.
type formulaKey struct{ value, longitude value }

func (k formulaKey) column(w *writer) formula.Column {
	c := formula.Column{SQL: w.expr(k.value)}
	if k.longitude != nil {
		c.Longitude = w.expr(k.longitude)
	}
	return c
}

// formula resolves a formula field. One that cannot be computed by the database is not there for queries.
func (r *resolver) formula(c *column) value {
	if r.formulas++; r.formulas > maxFormulas {
		r.fail(schema.Refuse(CodeComplicated, "Formula fields stand more than "+fmt.Sprint(maxFormulas)+" deep in formula fields: "+c.field.Object+"."+c.field.Name+"."))
		return c
	}
	defer func() { r.formulas-- }()
	r.use(c.target)
	f, err := formula.Parse(c.field.Formula, formulaNames{r, r.within(c.target)}, formula.Options{BlankAsZero: !c.field.Blanks})
	if err == nil {
		err = f.InSQL()
	}
	if err != nil {
		r.fail(schema.Refuse(CodeField, fmt.Sprintf("The formula of %s.%s cannot be computed by a query: %v", c.field.Object, c.field.Name, err)))
		return c
	}
	return &computed{c.target, f, c.field, r.options, r.viewer}
}

// within is the place of a target as the house sees it, from which formulas look around.
func (r *resolver) within(t *target) *place {
	if p := r.houses[t]; p != nil {
		return p
	}
	if r.houses == nil {
		r.houses = map[*target]*place{}
	}
	p := &place{sel: t.place.sel, viewer: access.Everything{}, targets: []*target{t}, parents: map[string]*place{}}
	r.houses[t] = p
	return p
}

// formulaNames resolves the names in the formulas of one target.
type formulaNames struct {
	*resolver
	place *place
}

// Field implements [formula.Fields].
func (n formulaNames) Field(path string) (*formula.Field, error) {
	parts := strings.Split(path, ".")
	if strings.EqualFold(parts[0], "$User") && len(parts) == 2 {
		return n.ofUser(parts[1])
	}
	p := n.place
	for _, part := range parts[:len(parts)-1] {
		q, err := n.parent(p, soql.Name{Text: part})
		if err != nil || q.poly() {
			return nil, fmt.Errorf("there is no one parent %s of %s", part, p.entity())
		}
		p = q
	}
	f := p.targets[0].object.Field(parts[len(parts)-1])
	if f == nil || f.Hidden {
		return nil, fmt.Errorf("%s has no field %s", p.entity(), parts[len(parts)-1])
	}
	v := n.field(p, f.Name)
	out := &formula.Field{Path: path, Type: FormulaType(f), Scale: formulaScale(f), Key: formulaKey{value: v}}
	if out.Type != formula.TypeLocation {
		return out, nil
	}
	lat, lng := coordinates(&column{p.targets[0], f})
	if lat == nil || lng == nil {
		return nil, errors.New(path + " has no coordinates")
	}
	out.Scale, out.Key = lat.field.Scale, formulaKey{lat, lng}
	return out, nil
}

// ofUser is a field of the user who asks.
func (n formulaNames) ofUser(name string) (*formula.Field, error) {
	o := n.catalog.Object("User")
	if o == nil || o.Field(name) == nil || o.Field(name).Hidden || !o.Field(name).Stored() {
		return nil, fmt.Errorf("the user has no field %s", name)
	}
	f := o.Field(name)
	key := formulaKey{value: &userField{f, n.viewer.User()}}
	return &formula.Field{Path: "$User." + f.Name, Type: FormulaType(f), Scale: formulaScale(f), Key: key}, nil
}

// userField is a field of one user.
type userField struct {
	field *schema.Field
	user  schema.Id
}

func (u *userField) kind() *schema.Field { return u.field }

func (u *userField) write(w *writer) {
	w.text("(SELECT " + store.Quote(u.field.Name) + " FROM " + store.Quote("User") + ` WHERE "Id" = ` + quoted(string(u.user)) + ")")
}

// FormulaType returns what a formula sees in f.
func FormulaType(f *schema.Field) formula.Type {
	switch f.Kind {
	case schema.KindPicklist:
		return formula.TypePicklist
	case schema.KindMultiPicklist:
		return formula.TypeMultiPicklist
	case schema.KindId, schema.KindReference:
		return formula.TypeId
	case schema.KindLocation, schema.KindAddress:
		return formula.TypeLocation
	}
	switch f.Kind.Store() {
	case schema.StoreBool:
		return formula.TypeBoolean
	case schema.StoreInt, schema.StoreDecimal:
		return formula.TypeNumber
	case schema.StoreDate:
		return formula.TypeDate
	case schema.StoreInstant:
		return formula.TypeDateTime
	case schema.StoreTime:
		return formula.TypeTime
	}
	return formula.TypeText
}

// formulaScale is the places of a number in a formula, where 50 per cent is 0.5.
func formulaScale(f *schema.Field) int {
	switch {
	case f.Kind == schema.KindPercent:
		return f.Scale + 2
	case f.Kind.Store() == schema.StoreDecimal:
		return f.Scale
	}
	return 0
}
