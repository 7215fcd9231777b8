package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"truckroll/platform/formula"
	"truckroll/platform/query"
	"truckroll/platform/schema"
)

// Validation is a rule that an administrator wrote: records for which its condition is true are refused.
type Validation struct {
	Object    string
	Name      string
	Condition string // a formula
	Message   string // for the person who saves
	Field     string // that the message belongs to; "" is the record as a whole
}

// validation is a Validation whose condition has been read.
type validation struct {
	Validation
	condition *formula.Formula
}

// compileValidations reads the conditions of the validations of o.
func compileValidations(c *schema.Catalog, o *schema.Object, all []Validation) ([]validation, error) {
	var compiled []validation
	for _, v := range all {
		if !strings.EqualFold(v.Object, o.Name) {
			continue
		}
		f, err := formula.Parse(v.Condition, names{c, o}, formula.Options{BlankAsZero: true}, formula.TypeBoolean)
		if err != nil {
			return nil, fmt.Errorf("validation rule %s of %s: %w", v.Name, o.Name, err)
		}
		compiled = append(compiled, validation{v, f})
	}
	return compiled, nil
}

// checkValidations refuses the rows that a validation is true of.
func (tx *Tx) checkValidations(p *plan, rows []*row) error {
	for _, v := range p.validations {
		for _, r := range rows {
			rec := &judged{session: &tx.session, plan: p, rec: r.new, old: r.old, insert: r.verb == inserting}
			wrong := v.condition.Eval(rec, tx.zoned()).True()
			if rec.err != nil {
				return fmt.Errorf("validation rule %s of %s: %w", v.Name, p.object.Name, rec.err)
			}
			if wrong {
				r.faults = append(r.faults, broken(v.Validation))
			}
		}
	}
	return nil
}

func broken(v Validation) *Fault {
	f := fault("FIELD_CUSTOM_VALIDATION_EXCEPTION", v.Message)
	if v.Field != "" {
		f.Fields = []string{v.Field}
	}
	return f
}

// names resolves the names in formulas about an object: fields, fields of parents, and $User.Field.
type names struct {
	catalog *schema.Catalog
	object  *schema.Object
}

// route is where a name of a formula leads: references to follow, and then a field.
type route struct {
	ofUser bool // from the viewer's user, not from the record
	steps  []*schema.Field
	field  *schema.Field
}

// Field implements [formula.Fields].
func (n names) Field(path string) (*formula.Field, error) {
	o, r, parts := n.object, route{}, strings.Split(path, ".")
	if strings.EqualFold(parts[0], "$User") && len(parts) > 1 {
		if o = n.catalog.Object("User"); o == nil {
			return nil, errors.New("there is no object User")
		}
		r.ofUser, parts = true, parts[1:]
	}
	canonical := make([]string, 0, len(parts))
	for _, part := range parts[:len(parts)-1] {
		ref := o.Reference(part)
		if ref == nil {
			return nil, fmt.Errorf("%s has no parent %s", o.Name, part)
		}
		if ref.Polymorphic() {
			return nil, fmt.Errorf("%s of %s may lead to %s: a formula can't follow it", part, o.Name, strings.Join(ref.To, " or "))
		}
		r.steps, canonical = append(r.steps, ref), append(canonical, ref.Relationship())
		o = n.catalog.Object(ref.To[0])
	}
	r.field = o.Field(parts[len(parts)-1])
	if r.field == nil || r.field.Hidden {
		return nil, fmt.Errorf("%s has no field %s", o.Name, parts[len(parts)-1])
	}
	if r.ofUser {
		canonical = slices.Insert(canonical, 0, "$User")
	}
	return &formula.Field{Path: strings.Join(append(canonical, r.field.Name), "."), Type: query.FormulaType(r.field), Scale: formulaScale(r.field), Key: r}, nil
}

// formulaScale returns the places of a number in a formula, where 50 per cent is 0.5.
func formulaScale(f *schema.Field) int {
	switch {
	case f.Kind == schema.KindPercent:
		return f.Scale + 2
	case f.Kind.Store() == schema.StoreDecimal:
		return f.Scale
	case f.Kind.Compound():
		return 15
	}
	return 0
}

// judged gives a formula the values of one record. The first failure to read a parent is kept in err.
type judged struct {
	*session
	plan     *plan
	rec, old any
	insert   bool
	depth    int // of formula fields within formula fields
	err      error
}

// IsNew implements [formula.Record].
func (j *judged) IsNew() bool { return j.insert }

// Value implements [formula.Record].
func (j *judged) Value(f *formula.Field) formula.Value { return j.follow(f, j.rec) }

// Prior implements [formula.Record].
func (j *judged) Prior(f *formula.Field) formula.Value { return j.follow(f, j.old) }

func (j *judged) follow(f *formula.Field, rec any) formula.Value {
	r := f.Key.(route)
	p := j.plan
	if r.ofUser {
		p = j.planById(j.user)
		if p == nil {
			return formula.Blank(f.Type)
		}
		if rec = j.parent(p, j.user); rec == nil {
			return formula.Blank(f.Type)
		}
	}
	for _, step := range r.steps {
		id := schema.Id(step.Text(rec))
		p = j.planById(id)
		if id == "" || p == nil {
			return formula.Blank(f.Type)
		}
		if rec = j.parent(p, id); rec == nil {
			return formula.Blank(f.Type)
		}
	}
	return j.value(p, r.field, rec)
}

// parent returns a record for reading only, or nil.
func (j *judged) parent(p *plan, id schema.Id) any {
	c, err := j.fetch(p, id)
	if err != nil && j.err == nil {
		j.err = err
	}
	if c == nil {
		return nil
	}
	return c.rec
}

const maxFormulaDepth = 10

// value returns f of rec as a formula sees it. A formula field is computed.
func (j *judged) value(p *plan, f *schema.Field, rec any) formula.Value {
	if f.Kind.Compound() {
		return place(f, rec)
	}
	if f.Formula == "" {
		return formulaValue(f, f.Get(rec))
	}
	inner := p.formulas[f]
	if inner == nil || j.depth >= maxFormulaDepth {
		if j.err == nil {
			j.err = fmt.Errorf("the formula of %s.%s can't be computed", f.Object, f.Name)
		}
		return formula.Blank(query.FormulaType(f))
	}
	within := &judged{session: j.session, plan: p, rec: rec, old: rec, depth: j.depth + 1}
	v := inner.Eval(within, j.zoned())
	if j.err == nil {
		j.err = within.err
	}
	return v
}

// place returns the point of an address or a location.
func place(f *schema.Field, rec any) formula.Value {
	var lat, lng formula.Value
	for _, part := range f.Parts {
		if strings.HasSuffix(part.Name, "Latitude") || strings.HasSuffix(part.Name, "Latitude__s") {
			lat = formulaValue(part, part.Get(rec))
		}
		if strings.HasSuffix(part.Name, "Longitude") || strings.HasSuffix(part.Name, "Longitude__s") {
			lng = formulaValue(part, part.Get(rec))
		}
	}
	return formula.Location(lat, lng)
}

// formulaValue returns x, a value of f, as a formula sees it.
func formulaValue(f *schema.Field, x any) formula.Value {
	t := query.FormulaType(f)
	if schema.IsNull(x) {
		return formula.Blank(t)
	}
	switch x := x.(type) {
	case bool:
		return formula.Boolean(x)
	case schema.Int:
		return formula.Number(x.Int64(), 0)
	case schema.Decimal:
		units, ok := x.Units(f.Scale)
		if !ok {
			return formula.Blank(t)
		}
		return formula.Number(units, formulaScale(f))
	case schema.Date:
		return formula.Date(x.Days())
	case schema.DateTime:
		return formula.DateTime(x.Milli())
	case schema.Time:
		return formula.Time(x.Milli())
	case string:
		switch t {
		case formula.TypePicklist:
			return formula.Picklist(x)
		case formula.TypeMultiPicklist:
			return formula.MultiPicklist(x)
		case formula.TypeId:
			return formula.Id(x)
		}
		return formula.Text(x)
	}
	return formula.Blank(t)
}

// schemaValue returns what a formula gave in the form in which f keeps it.
func schemaValue(f *schema.Field, v formula.Value) any {
	if v.IsBlank() && f.Kind.Store() != schema.StoreBool {
		return f.Zero()
	}
	n, _ := v.Int()
	switch f.Kind.Store() {
	case schema.StoreBool:
		return v.True()
	case schema.StoreInt:
		units, ok := v.Units(0)
		if !ok {
			return f.Zero()
		}
		return schema.NewInt(units)
	case schema.StoreDecimal:
		units, ok := v.Units(formulaScale(f))
		if !ok {
			return f.Zero()
		}
		return schema.Dec(units, f.Scale)
	case schema.StoreDate:
		return schema.DayNumber(n)
	case schema.StoreInstant:
		return schema.AtMilli(n)
	case schema.StoreTime:
		return schema.ClockMilli(n)
	}
	return v.Text()
}

// compileFormulas reads the formula fields of o.
func compileFormulas(c *schema.Catalog, o *schema.Object) (map[*schema.Field]*formula.Formula, error) {
	var all map[*schema.Field]*formula.Formula
	for _, f := range o.Fields {
		if f.Formula == "" {
			continue
		}
		parsed, err := formula.Parse(f.Formula, names{c, o}, formula.Options{BlankAsZero: !f.Blanks}, query.FormulaType(f))
		if err != nil {
			return nil, fmt.Errorf("the formula of %s.%s: %w", o.Name, f.Name, err)
		}
		if all == nil {
			all = map[*schema.Field]*formula.Formula{}
		}
		all[f] = parsed
	}
	return all, nil
}

// compileDefaults reads the default values of o that are formulas: those that begin with =.
func compileDefaults(c *schema.Catalog, o *schema.Object) (map[*schema.Field]*formula.Formula, error) {
	var all map[*schema.Field]*formula.Formula
	for _, f := range o.Fields {
		text, ok := strings.CutPrefix(f.Default, "=")
		if !ok {
			continue
		}
		wanted := query.FormulaType(f)
		if wanted == formula.TypePicklist || wanted == formula.TypeMultiPicklist || wanted == formula.TypeId {
			wanted = formula.TypeText
		}
		parsed, err := formula.Parse(text, names{c, o}, formula.Options{BlankAsZero: true}, wanted)
		if err != nil {
			return nil, fmt.Errorf("the default value of %s.%s: %w", o.Name, f.Name, err)
		}
		if all == nil {
			all = map[*schema.Field]*formula.Formula{}
		}
		all[f] = parsed
	}
	return all, nil
}

// Compute returns the value of a formula field of rec, in the Go type of the field's [schema.Store].
func Compute(r Reader, rec any, field string) (any, error) {
	s := r.reader()
	p, err := s.planOf(rec)
	if err != nil {
		return nil, err
	}
	f := p.object.Field(field)
	if f == nil || p.formulas[f] == nil {
		return nil, noSuchField(p.object, field)
	}
	j := &judged{session: s, plan: p, rec: rec, old: rec}
	v := j.value(p, f, rec)
	return schemaValue(f, v), j.err
}

// zoned returns the time of the transaction where its user is.
func (s *session) zoned() time.Time { return s.now.In(s.zone) }
