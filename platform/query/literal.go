package query

import (
	"math"
	"strconv"
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// filterable resolves a term that a condition may be about.
func (s *scope) filterable(t soql.Term) (value, error) {
	v, p, err := s.term(t)
	if err != nil {
		return nil, err
	}
	f := v.kind()
	switch {
	case f.Kind.Compound(), f.Kind == schema.KindEncrypted, f.Kind == schema.KindBlob, f.Kind == schema.KindLongText && isLong(f):
		return nil, s.at(t.At(), CodeField, "field '%s' can not be filtered in a query call", last(t))
	case f.Kind == schema.KindBoolean && p != nil && p.depth > 0:
		return &parentFlag{v}, nil
	}
	return v, nil
}

// isLong reports whether a text is too long to sort, group or filter by.
func isLong(f *schema.Field) bool { return f.Length == 0 || f.Length > 255 }

// last is the name of the field that a term is about.
func last(t soql.Term) string {
	switch t := t.(type) {
	case *soql.Path:
		return t.Last().Text
	case *soql.Call:
		if t.Arg != nil {
			return last(t.Arg)
		}
	}
	return t.String()
}

// against resolves the comparison of v with a literal by any operator but LIKE.
func (s *scope) against(v value, t soql.Term, op soql.Op, l soql.Literal) (cond, error) {
	if _, ok := l.(*soql.Null); ok {
		return s.againstNull(v, op, l)
	}
	f := v.kind()
	switch {
	case isFloat(f):
		return s.againstFloat(v, t, op, l)
	case isId(f):
		return s.againstId(v, op, l)
	}
	switch f.Kind.Store() {
	case schema.StoreText:
		return s.againstText(v, t, op, l)
	case schema.StoreBool:
		return s.againstBool(v, t, op, l)
	case schema.StoreInt, schema.StoreDecimal:
		return s.againstNumber(v, t, op, l)
	}
	return s.againstTime(v, t, op, l)
}

// againstNull resolves a comparison with null: a checkbox is never null, and nothing is less or greater.
func (s *scope) againstNull(v value, op soql.Op, l soql.Literal) (cond, error) {
	null := cond(&isNull{v, false})
	if v.kind().Kind == schema.KindBoolean {
		null = never{}
	}
	switch op {
	case soql.Equal:
		return null, nil
	case soql.NotEqual:
		return negate(null), nil
	}
	return nil, s.at(l.At(), CodeOperator, "Null is compared by = and != only.")
}

func (s *scope) againstText(v value, t soql.Term, op soql.Op, l soql.Literal) (cond, error) {
	text, ok := l.(*soql.String)
	if !ok {
		return nil, s.mistyped(v, t, l.At())
	}
	if text.Value == "" {
		return s.againstNull(v, op, l)
	}
	arg := unescape.Replace(text.Value)
	if c := v.kind().Choice(arg); c != nil {
		arg = c.Value
	}
	return &compared{fold(v), op, arg}, nil
}

// unescape undoes the escapes that the parser leaves for LIKE.
var unescape = strings.NewReplacer(`\%`, "%", `\_`, "_")

func (s *scope) againstId(v value, op soql.Op, l soql.Literal) (cond, error) {
	text, ok := l.(*soql.String)
	if !ok {
		return nil, s.at(l.At(), CodeOperator, "invalid ID field: %s", l)
	}
	if text.Value == "" {
		return s.againstNull(v, op, l)
	}
	id, err := schema.ParseId(text.Value)
	if err != nil {
		return nil, s.at(l.At(), CodeOperator, "invalid ID field: %s", text.Value)
	}
	return &compared{v, op, string(id)}, nil
}

func (s *scope) againstBool(v value, t soql.Term, op soql.Op, l soql.Literal) (cond, error) {
	b, ok := l.(*soql.Bool)
	switch {
	case !ok:
		return nil, s.mistyped(v, t, l.At())
	case op == soql.Equal:
		return &flagged{v, b.Value}, nil
	case op == soql.NotEqual:
		return &flagged{v, !b.Value}, nil
	}
	return nil, s.at(t.At(), CodeOperator, "A checkbox is compared by = and != only.")
}

// numberOf is the text of a number, in any currency: there is only one.
func numberOf(l soql.Literal) (string, bool) {
	switch l := l.(type) {
	case *soql.Number:
		return l.Text, true
	case *soql.Currency:
		return l.Amount, true
	}
	return "", false
}

func (s *scope) againstFloat(v value, t soql.Term, op soql.Op, l soql.Literal) (cond, error) {
	text, ok := numberOf(l)
	x, err := strconv.ParseFloat(text, 64)
	if !ok || err != nil || math.IsInf(x, 0) {
		return nil, s.mistyped(v, t, l.At())
	}
	return &compared{v, op, x}, nil
}

// againstNumber compares units of the field's scale. Where the literal lies between two units, what is below it is at
// most the lower of them.
func (s *scope) againstNumber(v value, t soql.Term, op soql.Op, l soql.Literal) (cond, error) {
	text, ok := numberOf(l)
	if !ok {
		return nil, s.mistyped(v, t, l.At())
	}
	d, err := schema.ParseDecimal(text)
	if err != nil {
		return nil, s.at(l.At(), CodeRange, "The number %s is out of range.", text)
	}
	units, ok := d.Units(v.kind().Scale)
	if !ok {
		return s.beyond(v, op, d.Sign()), nil
	}
	rest := d.Cmp(schema.Dec(units, v.kind().Scale))
	if rest == 0 {
		return &compared{v, op, units}, nil
	}
	if rest < 0 {
		units-- // rounded up
	}
	switch op {
	case soql.Equal:
		return never{}, nil
	case soql.NotEqual:
		return always{}, nil
	case soql.Less, soql.LessEqual:
		return &compared{v, soql.LessEqual, units}, nil
	}
	return &compared{v, soql.Greater, units}, nil
}

// beyond compares with a number that no value of v can reach.
func (s *scope) beyond(v value, op soql.Op, sign int) cond {
	switch {
	case op == soql.NotEqual:
		return always{}
	case sign > 0 && (op == soql.Less || op == soql.LessEqual), sign < 0 && (op == soql.Greater || op == soql.GreaterEqual):
		return &isNull{v, true}
	}
	return never{}
}

// againstTime resolves comparisons of days, instants and times of day.
func (s *scope) againstTime(v value, t soql.Term, op soql.Op, l soql.Literal) (cond, error) {
	kind := v.kind().Kind
	switch l := l.(type) {
	case *soql.DateLiteral:
		if kind == schema.KindDate || kind == schema.KindDateTime {
			return s.againstSpan(v, op, l)
		}
	case *soql.Date:
		if kind == schema.KindDate {
			return &compared{v, op, schema.Day(l.Year, l.Month, l.Day).Days()}, nil
		}
	case *soql.DateTime:
		if kind == schema.KindDateTime {
			return &compared{v, op, l.Time.UnixMilli()}, nil
		}
	case *soql.Time:
		if kind == schema.KindTime {
			return &compared{v, op, int64(l.Ms)}, nil
		}
	}
	return nil, s.mistyped(v, t, l.At())
}

// mistyped is the fault of a literal of the wrong kind.
func (s *scope) mistyped(v value, t soql.Term, at soql.Pos) error {
	f := v.kind()
	quotes := "should not be enclosed in quotes"
	if f.Kind.Store() == schema.StoreText {
		quotes = "should be enclosed in quotes"
	}
	kind := f.Kind
	if kind == schema.KindDateTime {
		kind = "dateTime"
	}
	return s.at(at, CodeField, "value of filter criterion for field '%s' must be of type %s and %s", last(t), kind, quotes)
}

// labelled resolves a comparison of toLabel(field), which is about the label that people read; nil when it is none.
func (s *scope) labelled(t soql.Term, op soql.Op, l soql.Literal) (cond, error) {
	call, ok := t.(*soql.Call)
	if !ok || call.Func != soql.ToLabel {
		return nil, nil
	}
	v, err := s.filterable(call.Arg)
	text, ok := l.(*soql.String)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return s.against(v, call.Arg, op, l)
	case op == soql.Like:
		p := pattern(text.Value)
		return s.ofLabel(v, func(label string) bool { return matches(label, p) }), nil
	case op == soql.Equal, op == soql.NotEqual:
		c := s.ofLabel(v, func(label string) bool { return strings.EqualFold(label, text.Value) })
		if op == soql.NotEqual {
			return negate(c), nil
		}
		return c, nil
	}
	return nil, s.at(t.At(), CodeOperator, "A label is compared by =, !=, LIKE and IN only.")
}

// inLabels resolves toLabel(field) IN (…).
func (s *scope) inLabels(x *soql.In) (cond, error) {
	var any []cond
	for _, l := range x.Values {
		c, err := s.labelled(x.Left, soql.Equal, l)
		if err != nil {
			return nil, err
		}
		any = append(any, c)
	}
	return either(any), s.count(len(x.Values))
}

// ofLabel holds where the choice that v holds has a label that fits.
func (s *scope) ofLabel(v value, fits func(label string) bool) cond {
	list := &within{of: fold(v)}
	for _, c := range v.kind().Choices {
		if fits(labelOf(&c)) {
			list.args = append(list.args, c.Value)
		}
	}
	if len(list.args) == 0 {
		return never{}
	}
	return list
}

func labelOf(c *schema.Choice) string {
	if c.Label != "" {
		return c.Label
	}
	return c.Value
}
