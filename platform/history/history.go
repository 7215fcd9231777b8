// Package history answers queries about what happened to records from the audit log, in the form of history objects:
// InvoiceHistory tells of Invoice, Thing__History of Thing__c.
//
//	SELECT Field, OldValue, NewValue, CreatedDate, CreatedBy.Name FROM InvoiceHistory WHERE InvoiceId = '…'
//
// A query names the records that it is about, by = or IN, since the log's values are sealed and are opened for those
// records alone. What the asker may not see is not there: a record out of reach has no history, and a field that can't
// be read has no rows. A new record has one row, whose Field is "created"; a deleted one that came back has rows
// "deleted" and "undeleted".
//
// It does not know which objects there are, or what their fields mean.
package history

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// Histories answers for every object of a catalogue.
type Histories struct {
	DB  *store.DB
	Log *audit.Log
}

const (
	maxRecords = 200  // in one query
	maxEntries = 2000 // of the log, in one query
	maxRows    = 4000 // that they become, since each value is an argument of the statement
	prefix     = "017"
)

// Virtual knows no object by itself: which records a query is about is known once it has been prepared.
func (h *Histories) Virtual(string) *schema.Object { return nil }

// Source implements [query.Virtual].
func (h *Histories) Source(*schema.Object, access.Viewer) (string, []any, bool) {
	return "", nil, false
}

// Prepare reads what a query about a history object needs. Other queries are left as they are.
func (h *Histories) Prepare(ctx context.Context, a query.Ask) (query.Ask, query.Virtual, error) {
	q, err := soql.Parse(a.Text)
	if err != nil {
		return a, h, nil // told when it is resolved
	}
	name := q.From.Object.Last().Text
	base := baseOf(a.Catalog, name)
	if base == nil || !a.Viewer.Object(base).Has(access.Read) {
		return a, h, nil
	}
	o := declare(base)
	link := o.Fields[1].Name
	ids := recordIds(q.Where, link)
	if len(ids) == 0 || len(ids) > maxRecords {
		return a, h, schema.Refuse("MALFORMED_QUERY", fmt.Sprintf("%s: say which records, by WHERE %s = '…' or IN, at most %d", o.Name, link, maxRecords), link)
	}
	answer := &prepared{object: o}
	err = h.DB.View(ctx, func(tx *store.Tx) error { return h.load(tx, a, base, ids, answer) })
	a.Viewer = viewer{a.Viewer, o}
	return a, answer, err
}

// Relationship is the name by which records lead to their history.
const Relationship = "Histories"

// Object returns the named history object, for descriptions, and v as it sees it; nil when there is none or v may not
// know of it. The second of the object's fields is the reference to the record.
func Object(c *schema.Catalog, v access.Viewer, name string) (*schema.Object, access.Viewer) {
	base := baseOf(c, name)
	if base == nil || !v.Object(base).Has(access.Read) {
		return nil, v
	}
	o := declare(base)
	return o, viewer{v, o}
}

// Of returns the name of the history object of base.
func Of(base *schema.Object) string {
	if base.Custom {
		return strings.TrimSuffix(base.Name, "c") + "History"
	}
	return base.Name + "History"
}

// baseOf returns the object that a history object tells of, or nil.
func baseOf(c *schema.Catalog, name string) *schema.Object {
	if c.Object(name) != nil || len(name) <= len("History") || !strings.EqualFold(name[len(name)-len("History"):], "History") {
		return nil
	}
	stem := name[:len(name)-len("History")]
	if strings.HasSuffix(stem, "__") {
		return c.Object(stem + "c")
	}
	return c.Object(stem)
}

// declare makes the history object of base. Its second field is the reference to the record.
func declare(base *schema.Object) *schema.Object {
	name, link := Of(base), base.Name+"Id"
	if base.Custom {
		link = "ParentId"
	}
	text := func(n string) *schema.Field {
		return &schema.Field{Object: name, Name: n, Label: n, Kind: schema.KindText, Length: 255, ReadOnly: true}
	}
	o := &schema.Object{Name: name, Label: base.Label + " History", LabelPlural: base.Label + " History", Prefix: prefix, ReadOnly: true, Detail: true, Fields: []*schema.Field{
		{Object: name, Name: "Id", Label: "Record ID", Kind: schema.KindId, Length: 18, ReadOnly: true},
		{Object: name, Name: link, Label: base.Label, Kind: schema.KindReference, Length: 18, To: []string{base.Name}, ReadOnly: true},
		text("Field"), text("DataType"), text("OldValue"), text("NewValue"),
		{Object: name, Name: "CreatedById", Label: "Created By", Kind: schema.KindReference, Length: 18, To: []string{"User"}, ReadOnly: true},
		{Object: name, Name: "CreatedDate", Label: "Created Date", Kind: schema.KindDateTime, ReadOnly: true},
	}}
	return o.Clone()
}

// recordIds returns the ids that a condition holds the named field to: that of the whole condition, or of one of the terms
// that must all hold.
func recordIds(e soql.Expr, field string) []schema.Id {
	switch e := e.(type) {
	case *soql.And:
		for _, t := range e.Terms {
			if ids := recordIds(t, field); len(ids) > 0 {
				return ids
			}
		}
	case *soql.Compare:
		if e.Op == soql.Equal && names(e.Left, field) {
			return asIds(e.Right)
		}
	case *soql.In:
		if !e.Not && e.Sub == nil && names(e.Left, field) {
			return asIds(e.Values...)
		}
	}
	return nil
}

func names(t soql.Term, field string) bool {
	p, ok := t.(*soql.Path)
	return ok && strings.EqualFold(p.Last().Text, field)
}

func asIds(values ...soql.Literal) []schema.Id {
	var ids []schema.Id
	for _, v := range values {
		s, ok := v.(*soql.String)
		if !ok {
			continue
		}
		if id, err := schema.ParseId(s.Value); err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// load reads the entries of those of the records that the asker may see.
func (h *Histories) load(tx *store.Tx, a query.Ask, base *schema.Object, ids []schema.Id, into *prepared) error {
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = soql.Quote(string(id))
	}
	st, err := query.Compile("SELECT Id FROM "+base.Name+" WHERE Id IN ("+strings.Join(quoted, ", ")+")", a.Catalog, a.Viewer, query.Options{Deleted: a.Deleted})
	if err != nil {
		return err
	}
	var seen []schema.Id
	if err := st.Each(tx, func(r query.Row) error {
		seen = append(seen, schema.Id(r.AppendText(nil, 0)))
		return nil
	}); err != nil {
		return err
	}
	left := maxEntries
	for _, id := range seen {
		past, err := h.Log.History(tx, id, 0, left+1)
		if err != nil {
			return err
		}
		if left -= len(past); left < 0 {
			return tooMany(into.object)
		}
		for i := range past {
			into.add(a.Viewer, base, &past[i])
		}
		if len(into.rows) > maxRows {
			return tooMany(into.object)
		}
	}
	return nil
}

func tooMany(o *schema.Object) error {
	return schema.Refuse("EXCEEDED_ID_LIMIT", fmt.Sprintf("%s: there are more than %d changes; ask about fewer records", o.Name, maxEntries))
}

// prepared is the answer to one query about a history object.
type prepared struct {
	object *schema.Object
	rows   [][]any // as the object's fields
}

var deeds = map[audit.Op]string{audit.Insert: "created", audit.Delete: "deleted", audit.Undelete: "undeleted", audit.Purge: "deleted"}

func (p *prepared) add(v access.Viewer, base *schema.Object, e *audit.Past) {
	row := func(field, kind string, from, to any) {
		id := schema.MakeId(prefix, uint64(e.N)*4096+uint64(len(p.rows)%4096))
		p.rows = append(p.rows, []any{string(id), string(e.Record), field, kind, from, to, orNil(string(e.Actor.Id)), e.At.Milli()})
	}
	if deed := deeds[e.Op]; deed != "" {
		row(deed, "Text", nil, nil)
		return
	}
	for _, f := range e.Fields {
		if d := base.Field(f.Name); d != nil && v.Reads(base, d) {
			row(d.Name, string(d.Kind), plain(f.Old), plain(f.New))
		}
	}
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// plain is a JSON value as text; nil for null.
func plain(value []byte) any {
	var s string
	switch {
	case value == nil || string(value) == "null":
		return nil
	case json.Unmarshal(value, &s) == nil:
		return s
	}
	return string(value)
}

// Virtual implements [query.Virtual].
func (p *prepared) Virtual(name string) *schema.Object {
	if strings.EqualFold(name, p.object.Name) {
		return p.object
	}
	return nil
}

// Source implements [query.Virtual].
func (p *prepared) Source(o *schema.Object, _ access.Viewer) (string, []any, bool) {
	if o != p.object {
		return "", nil, false
	}
	rows, where := p.rows, ""
	if len(rows) == 0 {
		rows, where = [][]any{make([]any, len(o.Fields))}, " WHERE 1 = 0"
	}
	var columns, cells []string
	for i, f := range o.Fields {
		columns = append(columns, fmt.Sprintf("column%d AS %s", i+1, store.Quote(f.Name)))
		kind := "TEXT"
		if f.Kind == schema.KindDateTime {
			kind = "BIGINT"
		}
		cells = append(cells, "CAST(? AS "+kind+")")
	}
	tuple := "(" + strings.Join(cells, ", ") + ")"
	values := strings.TrimSuffix(strings.Repeat(tuple+", ", len(rows)), ", ")
	return "SELECT " + strings.Join(columns, ", ") + " FROM (VALUES " + values + ") AS v" + where, slices.Concat(rows...), true
}

// viewer sees a history object whose rows were chosen for it.
type viewer struct {
	access.Viewer
	object *schema.Object
}

func (v viewer) Object(o *schema.Object) access.Rights {
	if o == v.object {
		return access.Read
	}
	return v.Viewer.Object(o)
}

func (v viewer) Reads(o *schema.Object, f *schema.Field) bool {
	return o == v.object || v.Viewer.Reads(o, f)
}

func (v viewer) Scope(o *schema.Object, l access.Level) soql.Expr {
	if o == v.object {
		return nil
	}
	return v.Viewer.Scope(o, l)
}
