package query

import (
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// value is what has a value in each row or group, resolved.
type value interface {
	write(w *writer)
	// kind is a field that holds such values: the object's own, or one made up for what is computed.
	kind() *schema.Field
}

// The kinds of what is computed.
var (
	nameType  = &schema.Field{Name: "Name", Kind: schema.KindText, Length: 255}
	typeType  = &schema.Field{Name: "Type", Kind: schema.KindText, Length: 80}
	countType = &schema.Field{Kind: schema.KindInt}
	partType  = &schema.Field{Kind: schema.KindInt}
	dayType   = &schema.Field{Kind: schema.KindDate}
	floatType = &schema.Field{Kind: schema.KindDouble, Scale: floatScale}
	idType    = &schema.Field{Name: "Id", Kind: schema.KindId, Length: 18}
)

// floatScale marks a number that the database keeps as floating point: averages and distances.
const floatScale = -1

type (
	// column is a field of a table.
	column struct {
		target *target
		field  *schema.Field
	}

	// firstOf is the first of several columns that has a value: at most one of them does.
	firstOf struct {
		columns []*column
		as      *schema.Field
	}

	// typeName is the name of the object that a polymorphic reference points to.
	typeName struct{ place *place }

	// datePart is a part of a date or of an instant in a zone.
	datePart struct {
		of     value
		part   soql.Func
		zone   *time.Location
		months int // that the fiscal year begins after January
	}

	// aggregate is one value of many rows. Of is nil for COUNT().
	aggregate struct {
		of value
		f  soql.Func
	}

	// groupTerm is the n-th term of GROUP BY; in a sub-total over it, it is null.
	groupTerm struct {
		n  int
		of value
	}

	// groupKey is what a groupTerm is compared and sorted by.
	groupKey struct{ *groupTerm }

	// grouping is 1 in a sub-total over the n-th term of GROUP BY, else 0.
	grouping struct{ n int }

	// distance is the length of the great circle from a point to a location.
	distance struct {
		lat, lng         *column
		fromLat, fromLng float64
		miles            bool
	}

	// parentFlag is a checkbox of a parent: false when there is no parent.
	parentFlag struct{ value }

	// folded is a text as it compares without case.
	folded struct{ value }
)

func (c *column) kind() *schema.Field    { return c.field }
func (f *firstOf) kind() *schema.Field   { return f.as }
func (*typeName) kind() *schema.Field    { return typeType }
func (*grouping) kind() *schema.Field    { return countType }
func (*distance) kind() *schema.Field    { return floatType }
func (g *groupTerm) kind() *schema.Field { return g.of.kind() }

func (d *datePart) kind() *schema.Field {
	if d.part == soql.DayOnly {
		return dayType
	}
	return partType
}

func (a *aggregate) kind() *schema.Field {
	switch a.f {
	case soql.Count, soql.CountDistinct:
		return countType
	case soql.Avg:
		return floatType
	}
	return a.of.kind()
}

func (c *column) write(w *writer) { w.column(c.target.alias, c.field.Name) }

func (f *firstOf) write(w *writer) {
	w.text("COALESCE(")
	for i, c := range f.columns {
		if i > 0 {
			w.text(", ")
		}
		c.write(w)
	}
	w.text(")")
}

func (t *typeName) write(w *writer) {
	w.text("CASE substr(")
	t.place.key.write(w)
	w.text(", 1, 3)")
	for _, to := range t.place.targets {
		w.text(" WHEN ")
		w.quoted(to.object.Prefix)
		w.text(" THEN ")
		w.quoted(t.place.typeOf(to.object))
	}
	w.text(" END")
}

// typeOf is what the field Type holds for a record of o. Among owners a group is a queue.
func (p *place) typeOf(o *schema.Object) string {
	if p.owner && o.Name == "Group" {
		return "Queue"
	}
	return o.Name
}

func (a *aggregate) write(w *writer) {
	switch {
	case a.of == nil:
		w.text("COUNT(*)")
	case a.f == soql.CountDistinct:
		w.text("COUNT(DISTINCT ")
		fold(a.of).write(w)
		w.text(")")
	case a.f == soql.Avg:
		w.average(a.of)
	case a.f == soql.Sum:
		w.sum(a.of)
	default:
		w.text(string(a.f) + "(")
		a.of.write(w)
		w.text(")")
	}
}

// write gives the value that a group shows: of texts that differ by case alone, the least.
func (g *groupTerm) write(w *writer) {
	_, caseless := fold(g.of).(*folded)
	switch {
	case w.masked(g.n):
		w.text("NULL")
	case caseless:
		w.text("MIN(")
		g.of.write(w)
		w.text(")")
	default:
		g.of.write(w)
	}
}

func (g *groupKey) write(w *writer) {
	if w.masked(g.n) {
		w.text("NULL")
		return
	}
	fold(g.of).write(w)
}

func (g *grouping) write(w *writer) {
	if w.masked(g.n) {
		w.text("1")
		return
	}
	w.text("0")
}

// fold returns v as it is compared and sorted: text without case unless its field minds it.
func fold(v value) value {
	f := v.kind()
	if f.Kind.Store() != schema.StoreText || f.CaseSensitive || isId(f) {
		return v
	}
	if g, ok := v.(*groupTerm); ok {
		return &groupKey{g}
	}
	return &folded{v}
}

func isId(f *schema.Field) bool { return f.Kind == schema.KindId || f.Kind == schema.KindReference }

func isFloat(f *schema.Field) bool { return f.Scale == floatScale }
