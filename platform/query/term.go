package query

import (
	"strconv"
	"strings"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// term resolves what has a value. Within a query with groups only what is grouped or aggregated has one. The place is
// that of a plain field, else nil.
func (s *scope) term(t soql.Term) (value, *place, error) {
	if s.sel.group != nil {
		v, err := s.groupedTerm(t)
		return v, nil, err
	}
	switch t := t.(type) {
	case *soql.Path:
		if len(t.Parts) == 1 {
			if v := s.given[strings.ToLower(t.Parts[0].Text)]; v != nil {
				return v, nil, nil
			}
		}
		return s.column(t)
	case *soql.Call:
		v, err := s.call(t)
		return v, nil, err
	case *soql.Distance:
		v, err := s.distance(t)
		return v, nil, err
	}
	return nil, nil, s.at(t.At(), CodeMalformed, "This expression is not understood.")
}

// call resolves a function that is no aggregate.
func (s *scope) call(c *soql.Call) (value, error) {
	switch {
	case c.Func.DatePart():
		return s.datePart(c)
	case c.Func == soql.ConvertCurrency:
		v, _, err := s.term(c.Arg)
		if err == nil && v.kind().Kind != schema.KindCurrency {
			err = s.at(c.Pos, CodeField, "convertCurrency() takes a currency field, which %s is not.", c.Arg)
		}
		return v, err
	case c.Func == soql.ConvertTimezone:
		return nil, s.at(c.Pos, CodeMalformed, "convertTimezone() stands within a date function only.")
	case c.Func.Aggregate(), c.Func == soql.Grouping:
		return nil, s.at(c.Pos, CodeMalformed, "%s() is not allowed here: this clause is about single records.", c.Func)
	}
	return nil, s.at(c.Pos, CodeMalformed, "%s() stands in the field list only.", c.Func)
}

// datePart resolves a date function. Instants are seen in UTC, within convertTimezone in the viewer's zone.
func (s *scope) datePart(c *soql.Call) (value, error) {
	arg, zone := c.Arg, time.UTC
	if inner, ok := arg.(*soql.Call); ok && inner.Func == soql.ConvertTimezone {
		arg, zone = inner.Arg, s.viewer.Location()
	}
	path, ok := arg.(*soql.Path)
	if !ok {
		return nil, s.at(c.Pos, CodeMalformed, "%s() takes a field.", c.Func)
	}
	v, _, err := s.column(path)
	if err != nil {
		return nil, err
	}
	switch kind := v.kind().Kind; {
	case kind == schema.KindDateTime:
	case kind == schema.KindDate && c.Func != soql.HourInDay && c.Func != soql.DayOnly && zone == time.UTC:
	default:
		return nil, s.at(c.Pos, CodeField, "%s() cannot be applied to the field %s of type %s.", c.Func, path, kind)
	}
	return &datePart{of: v, part: c.Func, zone: zone, months: max(0, int(s.options.FiscalStart)-1)}, nil
}

// distance resolves DISTANCE on a location or an address.
func (s *scope) distance(d *soql.Distance) (value, error) {
	v, _, err := s.column(d.Field)
	if err != nil {
		return nil, err
	}
	c, ok := v.(*column)
	if !ok || !c.field.Kind.Compound() {
		return nil, s.at(d.Pos, CodeField, "DISTANCE() takes a location or an address, which %s is not.", d.Field)
	}
	out := &distance{miles: d.Unit == soql.Miles}
	if out.lat, out.lng = coordinates(c); out.lat == nil || out.lng == nil {
		return nil, s.at(d.Pos, CodeField, "%s has no coordinates.", d.Field)
	}
	out.fromLat, err = s.degrees(d.From.Latitude, 90)
	if err == nil {
		out.fromLng, err = s.degrees(d.From.Longitude, 180)
	}
	return out, err
}

// coordinates are the columns of a location or an address that tell where it is.
func coordinates(c *column) (lat, lng *column) {
	for _, p := range c.field.Parts {
		switch partName(p) {
		case "latitude":
			lat = &column{c.target, p}
		case "longitude":
			lng = &column{c.target, p}
		}
	}
	return lat, lng
}

func (s *scope) degrees(n *soql.Number, most float64) (float64, error) {
	x, err := strconv.ParseFloat(n.Text, 64)
	if err != nil || x < -most || x > most {
		return 0, s.at(n.Pos, CodeRange, "A coordinate must lie between -%g and %g degrees.", most, most)
	}
	return x, nil
}

// order resolves ORDER BY.
func (s *scope) order(terms []soql.OrderTerm) error {
	for _, t := range terms {
		v, p, err := s.term(t.Term)
		if err != nil {
			return err
		}
		if !sortable(v) {
			return s.at(t.Term.At(), CodeField, "field '%s' can not be sorted in a query call", last(t.Term))
		}
		full := p != nil && p.depth == 0 && neverNull(v.kind())
		s.sel.order = append(s.sel.order, orderTerm{sortKey(v), t.Desc, t.NullsLast, full})
	}
	return nil
}

// neverNull reports whether a field has a value in every row of its table.
func neverNull(f *schema.Field) bool {
	switch f.Name {
	case "Id", "CreatedDate", "LastModifiedDate", "SystemModstamp":
		return true
	}
	return f.Kind == schema.KindBoolean || f.Format != "" || f.Required && !f.Custom
}

func sortable(v value) bool {
	f := v.kind()
	switch f.Kind {
	case schema.KindMultiPicklist, schema.KindEncrypted, schema.KindBlob:
		return false
	case schema.KindLongText:
		return !isLong(f)
	}
	return !f.Kind.Compound()
}

// sortKey is what v sorts by: a picklist by the order of its choices, text without case.
func sortKey(v value) value {
	if f := v.kind(); f.Kind == schema.KindPicklist && f.Restricted && len(f.Choices) > 0 {
		return &rank{v}
	}
	return fold(v)
}

// rank is the place of a picklist's value among its choices.
type rank struct{ of value }

var rankType = &schema.Field{Kind: schema.KindInt}

func (*rank) kind() *schema.Field { return rankType }

func (r *rank) write(w *writer) {
	w.text("CASE WHEN ")
	r.of.write(w)
	w.text(" IS NULL THEN NULL ELSE CASE ")
	fold(r.of).write(w)
	for i, c := range r.of.kind().Choices {
		w.text(" WHEN " + w.dialect.Fold(quoted(c.Value)) + " THEN " + strconv.Itoa(i))
	}
	w.text(" ELSE " + strconv.Itoa(len(r.of.kind().Choices)) + " END END")
}
