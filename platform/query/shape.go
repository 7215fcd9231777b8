package query

import (
	"errors"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// shape is how a row becomes a JSON object: the record itself, a parent in it, or a group.
type shape struct {
	place     *place // nil for groups
	ids       []idCell
	entries   []entry
	branches  map[string]*shape // of TYPEOF, by object
	otherwise *shape            // of TYPEOF; nil is nothing
}

// idCell is the column that holds the id of a place when it is of one object.
type idCell struct {
	col    int
	object *schema.Object // nil when the id's prefix tells
}

type entry struct {
	name string
	key  string // ,"Name":
	cell cell
}

// cell is a value of the answer.
type cell interface {
	// json appends the value in a row.
	json(e *encoder, b []byte, row []any) []byte
}

// flat is a cell that can stand in a line of text.
type flat interface {
	// plain is the value in a row, as the Go type of its field's store; nil is null.
	plain(row []any) any
	// text appends the value as CSV has it; nothing for null.
	text(b []byte, row []any) []byte
}

func newEntry(name string, c cell) entry { return entry{name, `,"` + name + `":`, c} }

var errTwice = errors.New("selected twice")

func (sh *shape) add(name string, c cell) error {
	for _, e := range sh.entries {
		if strings.EqualFold(e.name, name) {
			return errTwice
		}
	}
	sh.entries = append(sh.entries, newEntry(name, c))
	return nil
}

// which tells what a place is in a row; the id is "" when it is not there.
func (sh *shape) which(row []any) (*schema.Object, string) {
	for _, id := range sh.ids {
		if s, ok := row[id.col].(string); ok {
			if id.object == nil {
				return sh.place.byPrefix(schema.Id(s).Prefix()), s
			}
			return id.object, s
		}
	}
	return nil, ""
}

// byPrefix is the object at p whose ids begin so.
func (p *place) byPrefix(prefix string) *schema.Object {
	for _, t := range p.targets {
		if t.object.Prefix == prefix {
			return t.object
		}
	}
	return nil
}

// leaf is the value of a column.
type leaf struct {
	col   int
	field *schema.Field
}

// compound is an address or a location.
type compound struct {
	names []string
	parts []leaf
}

// blob is the address of a file's content.
type blob struct {
	ids  *shape
	name string
}

// masked is a secret that is shown as far as that it is there.
type masked struct{ leaf }

// formatted is a value as people read it.
type formatted struct {
	leaf
	show func(x any) string // of a value as leaf.plain gives it
}

// cell makes the cell that shows v, which is a field at p or a value of its own.
func (l *list) cell(v value, p *place, shown []soql.Func, viewer access.Viewer) (cell, error) {
	f := v.kind()
	if c, ok := v.(*column); ok && f.Kind.Compound() {
		return l.compound(c, p), nil
	}
	out := leaf{l.sel.col(v), f}
	switch f.Kind {
	case schema.KindBlob:
		sh := &shape{place: p}
		l.identify(sh)
		return &blob{sh, f.Name}, nil
	case schema.KindEncrypted:
		return &masked{out}, nil
	}
	if show := showing(f, shown, viewer); show != nil {
		return &formatted{out, show}, nil
	}
	return &out, nil
}

// compound makes the cell of a compound field from the parts that the viewer may read.
func (l *list) compound(c *column, p *place) cell {
	out := &compound{}
	for _, part := range c.field.Parts {
		name := partName(part)
		if !p.viewer.Reads(c.target.object, part) {
			continue
		}
		out.names = append(out.names, `"`+name+`":`)
		out.parts = append(out.parts, leaf{l.sel.col(&column{c.target, part}), part})
	}
	return out
}

// partNames are the parts of compound fields in the API's spelling.
var partNames = []string{"street", "city", "stateCode", "state", "postalCode", "countryCode", "country", "latitude", "longitude", "geocodeAccuracy"}

// partName is the name of a part within its compound: BillingStreet is street.
func partName(f *schema.Field) string {
	low := strings.ToLower(strings.TrimSuffix(f.Name, "__s"))
	for _, name := range partNames {
		if strings.HasSuffix(low, strings.ToLower(name)) {
			return name
		}
	}
	return f.Name
}
