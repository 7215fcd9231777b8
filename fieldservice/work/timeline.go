package work

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// about says whose timeline is wanted.
type about struct {
	RecordId schema.Id `field:"required"`
	Limit    int       `help:"how many entries, 200 when 0, at most 1000"`
}

// timeline is what happened to a record and to what belongs to it, the newest first.
type timeline struct {
	Entries []moment
	More    bool // older entries were left out
}

// moment is one entry of a timeline.
type moment struct {
	At         schema.DateTime
	UserId     schema.Id
	User       string
	ObjectName string
	RecordId   schema.Id
	RecordName string
	Text       string // what was done, in words
	Changes    []changed
}

type changed struct {
	Field, Label, OldValue, NewValue string
}

// askTimeline answers from the audit log what the viewer may know of a record and its details: a record that they may
// not see is not there, and neither is a field.
func askTimeline(r *record.View, v access.Viewer, in about) (timeline, error) {
	if err := need(r, v, access.ReadLevel, in.RecordId, "recordId"); err != nil {
		return timeline{}, err
	}
	limit := in.Limit
	if limit <= 0 {
		limit = 200
	}
	t := &teller{View: r, viewer: v, limit: min(limit, 1000)}
	if err := t.tell(in.RecordId, 0); err != nil {
		return timeline{}, err
	}
	slices.SortStableFunc(t.all, func(a, b told) int { return int(b.n - a.n) })
	out := timeline{Entries: []moment{}, More: t.more || len(t.all) > t.limit}
	for _, m := range t.all[:min(len(t.all), t.limit)] {
		out.Entries = append(out.Entries, m.moment)
	}
	return out, nil
}

// How much a timeline looks at: details of one kind of one record, how deep, and records in all.
const (
	maxDetails = 500
	maxDepth   = 3
	maxLooked  = 2000
)

// teller collects the entries of a timeline.
type teller struct {
	*record.View
	viewer access.Viewer
	limit  int
	all    []told
	looked int
	more   bool
}

// told is an entry with its number in the audit log, whose order is that of time.
type told struct {
	moment
	n int64
}

// tell tells of a record, and then of what belongs to it.
func (t *teller) tell(id schema.Id, depth int) error {
	if t.looked++; t.looked > maxLooked {
		t.more = true
		return nil
	}
	o := t.Catalog().ById(id)
	past, err := record.History(t, id, 0, t.limit+1)
	if err != nil {
		return err
	}
	t.more = t.more || len(past) > t.limit
	name, err := t.name(id)
	if err != nil {
		return err
	}
	for _, p := range past[:min(len(past), t.limit)] {
		m, err := t.moment(o, p)
		if err != nil {
			return err
		}
		if m.RecordId, m.RecordName = id, name; m.Text != "" {
			t.all = append(t.all, told{m, p.N})
		}
	}
	if depth == maxDepth {
		return nil
	}
	for _, c := range o.Children {
		if c.Delete != schema.Cascade {
			continue
		}
		ids, err := t.details(c, id)
		if err != nil {
			return err
		}
		for _, d := range ids {
			if !slices.ContainsFunc(t.all, func(m told) bool { return m.RecordId == d }) {
				if err := t.tell(d, depth+1); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// details returns the records, deleted or not, that belong to id by a reference and that the viewer may see.
func (t *teller) details(c *schema.Child, id schema.Id) ([]schema.Id, error) {
	text := fmt.Sprintf("SELECT Id FROM %s WHERE %s = '%s' ORDER BY Id LIMIT %d", c.Object, c.Field, id, maxDetails)
	st, err := query.Compile(text, t.Catalog(), t.viewer, query.Options{Now: t.Now(), Deleted: true})
	if err != nil {
		return nil, nil // the object or the field is not there for the viewer
	}
	var ids []schema.Id
	err = st.Each(t.Store(), func(row query.Row) error {
		ids = append(ids, schema.Id(row.AppendText(nil, 0)))
		return nil
	})
	return ids, err
}

var deed = map[audit.Op]string{audit.Insert: "created", audit.Delete: "deleted", audit.Undelete: "brought back", audit.Purge: "deleted for good"}

// moment tells of one entry. Its text is empty when the viewer may know nothing of it.
func (t *teller) moment(o *schema.Object, p audit.Past) (moment, error) {
	m := moment{At: p.At, UserId: p.Actor.Id, ObjectName: o.Name, Changes: []changed{}}
	var err error
	if m.User, err = t.user(p.Actor); err != nil {
		return m, err
	}
	var words, derived []string
	for _, c := range p.Fields {
		f := o.Field(c.Name)
		if f == nil || !t.viewer.Reads(o, f) {
			continue
		}
		d := changed{Field: f.Name, Label: f.Label}
		if d.OldValue, err = t.words(f, c.Old); err != nil {
			return m, err
		}
		if d.NewValue, err = t.words(f, c.New); err != nil {
			return m, err
		}
		m.Changes = append(m.Changes, d)
		text := fmt.Sprintf("%s from %s to %s", d.Label, orEmpty(d.OldValue), orEmpty(d.NewValue))
		if f.ReadOnly {
			derived = append(derived, text)
		} else {
			words = append(words, text)
		}
	}
	if len(words) == 0 {
		words = derived // what follows from other fields is left out of the words where there is something else to say
	}
	switch {
	case deed[p.Op] != "":
		m.Text = fmt.Sprintf("%s %s this %s", m.User, deed[p.Op], strings.ToLower(o.Label))
	case len(words) > 0:
		m.Text = m.User + " changed " + strings.Join(words, "; ")
	}
	return m, nil
}

func orEmpty(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

func (t *teller) user(a audit.Actor) (string, error) {
	if a.Name != "" || a.Id == "" {
		return orHouse(a.Name), nil
	}
	u, err := record.Get(t, schema.Ref[org.User](a.Id))
	if err != nil {
		return "", err
	}
	return u.Name, nil
}

func orHouse(name string) string {
	if name == "" {
		return "Truckroll"
	}
	return name
}

// words returns a value as people read it: a reference as the name of the record.
func (t *teller) words(f *schema.Field, value []byte) (string, error) {
	if value == nil {
		return "", nil
	}
	var x any
	if err := json.Unmarshal(value, &x); err != nil {
		return "", fmt.Errorf("the audit log's value of %s: %w", f.Name, err)
	}
	text, ok := x.(string)
	switch {
	case !ok:
		return string(value), nil
	case f.Kind == schema.KindReference:
		return t.name(schema.Id(text))
	case f.Kind == schema.KindPicklist && f.Choice(text) != nil && f.Choice(text).Label != "":
		return f.Choice(text).Label, nil
	}
	return text, nil
}

// name returns the name of a record as far as the viewer may know it, else its id.
func (t *teller) name(id schema.Id) (string, error) {
	o := t.Catalog().ById(id)
	if o == nil || o.NameField() == nil || !t.viewer.Reads(o, o.NameField()) {
		return string(id), nil
	}
	if need(t, t.viewer, access.ReadLevel, id, "") != nil {
		return string(id), nil
	}
	rec, err := record.GetAny(t, id)
	if err != nil {
		return string(id), nil
	}
	return o.NameField().Text(rec), nil
}
