package org

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/merge"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// Letter is an e-mail template that has been filled.
type Letter struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"` // "" when the template has none
	// Empty are the merge fields that came out empty: without a value, or not for the viewer to see.
	Empty []string `json:"empty"`
}

// Lettered are the parts of a template that are filled.
type Lettered struct {
	Object  string // whose records it is about; "" is none
	Subject string
	Text    string
	HTML    string
}

// letterParts are the texts of a template by the fields that hold them.
func (l Lettered) parts() []struct{ field, text string } {
	return []struct{ field, text string }{{"Subject", l.Subject}, {"Body", l.Text}, {"HtmlValue", l.HTML}}
}

// CheckLetter refuses a template whose merge fields cannot be read or lead nowhere, and names the first that is wrong.
func CheckLetter(c *schema.Catalog, l Lettered, now time.Time) error {
	if l.Object != "" && c.Object(l.Object) == nil {
		return schema.Refuse("INVALID_TYPE", fmt.Sprintf("there is no object named %q", l.Object), "RelatedEntityType")
	}
	for _, p := range l.parts() {
		t, err := merge.Parse(p.text)
		var m *merge.Mistake
		if errors.As(err, &m) {
			return schema.Refuse("INVALID_FIELD", m.Error(), p.field)
		}
		for _, f := range t.Fields() {
			if what := l.wrong(c, f, now); what != "" {
				return schema.Refuse("INVALID_FIELD", fmt.Sprintf("%s: {!%s} %s", t.At(f), f, what), p.field)
			}
		}
	}
	return nil
}

// wrong says what is wrong with a merge field; "" is nothing.
func (l Lettered) wrong(c *schema.Catalog, field string, now time.Time) string {
	root, path, _ := strings.Cut(field, ".")
	o := l.root(c, root)
	if o == nil {
		roots := "User, Organization"
		if l.Object != "" {
			roots = l.Object + ", " + roots
		}
		return "begins with none of " + roots
	}
	st, err := query.Compile("SELECT "+path+" FROM "+o.Name, c, access.Everything{}, query.Options{Now: now})
	switch {
	case err != nil:
		return "leads nowhere: " + o.Name + " has no such field"
	case st.Columns[0].Field == nil || st.Columns[0].Field.Hidden || st.Columns[0].Field.Kind.Compound() || st.Columns[0].Field.Kind == schema.KindBlob:
		return "is not a field with one value"
	}
	return ""
}

// root is the object that a merge field begins with: the template's, the user who sends, or the organisation.
func (l Lettered) root(c *schema.Catalog, name string) *schema.Object {
	if strings.EqualFold(name, l.Object) || strings.EqualFold(name, "User") || strings.EqualFold(name, "Organization") {
		return c.Object(name)
	}
	return nil
}

// WriteLetter fills a template with the values of a record, of the user who sends it and of the organisation, as far as
// the viewer may see them. The record may be "" when the template is about none.
func WriteLetter(tx *store.Tx, c *schema.Catalog, v access.Viewer, l Lettered, rec schema.Id, now time.Time) (Letter, error) {
	if err := CheckLetter(c, l, now); err != nil {
		return Letter{}, err
	}
	w := letterWriter{tx: tx, catalog: c, viewer: v, of: l, record: rec, now: now, values: map[string]string{}}
	var texts [3]*merge.Template
	for i, p := range l.parts() {
		texts[i], _ = merge.Parse(p.text) // was read before
		for _, f := range texts[i].Fields() {
			if err := w.look(f); err != nil {
				return Letter{}, err
			}
		}
	}
	value := func(f string) string { return w.values[f] }
	subject := strings.Join(strings.Fields(texts[0].Text(value)), " ") // it has one line
	return Letter{Subject: subject, Text: texts[1].Text(value), HTML: texts[2].HTML(value), Empty: w.empty}, nil
}

// letterWriter looks up the values of merge fields.
type letterWriter struct {
	tx      *store.Tx
	catalog *schema.Catalog
	viewer  access.Viewer
	of      Lettered
	record  schema.Id
	now     time.Time
	values  map[string]string
	empty   []string
}

// look finds the value of a merge field, unless it is known.
func (w *letterWriter) look(field string) error {
	if _, known := w.values[field]; known {
		return nil
	}
	root, path, _ := strings.Cut(field, ".")
	o, where := w.of.root(w.catalog, root), ""
	switch {
	case strings.EqualFold(root, w.of.Object) && w.record != "":
		where = " WHERE Id = " + soql.Quote(string(w.record))
	case strings.EqualFold(root, "User"):
		where = " WHERE Id = " + soql.Quote(string(w.viewer.User()))
	case !strings.EqualFold(root, "Organization"):
		where = " WHERE Id = null"
	}
	w.values[field] = ""
	st, err := query.Compile("SELECT "+path+" FROM "+o.Name+where+" LIMIT 1", w.catalog, w.viewer, query.Options{Now: w.now})
	var hidden *schema.Fault
	if errors.As(err, &hidden) || err != nil && st == nil {
		w.empty = append(w.empty, field) // not for the viewer to see
		return nil
	}
	err = st.Each(w.tx, func(r query.Row) error {
		if !r.IsNull(0) {
			w.values[field] = w.shown(st.Columns[0].Field, r)
		}
		return nil
	})
	if w.values[field] == "" {
		w.empty = append(w.empty, field)
	}
	return err
}

// shown writes a value as people read it: days and times in words and by the viewer's clock, choices by their labels.
func (w *letterWriter) shown(f *schema.Field, r query.Row) string {
	text := string(r.AppendText(nil, 0))
	switch f.Kind {
	case schema.KindDateTime:
		if at, ok := r.Value(0).(schema.DateTime); ok {
			return at.Time().In(w.viewer.Location()).Format("2 January 2006, 15:04")
		}
	case schema.KindDate:
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return day.Format("2 January 2006")
		}
	case schema.KindBoolean:
		if text == "true" {
			return "Yes"
		}
		return "No"
	case schema.KindPicklist:
		if c := f.Choice(text); c != nil && c.Label != "" {
			return c.Label
		}
	}
	return text
}

// fillTemplate gives a template a name for programs, and refuses one whose merge fields are wrong.
func fillTemplate(tx *record.Tx, c *record.Change[EmailTemplate]) error {
	n := c.New
	if o := tx.Catalog().Object(n.RelatedEntityType); o != nil {
		n.RelatedEntityType = o.Name
	}
	n.TemplateType = "text"
	if n.HtmlValue != "" {
		n.TemplateType = "custom"
	}
	if n.DeveloperName == "" {
		n.DeveloperName = nameOf(n.Name)
		for i := 2; ; i++ {
			taken, err := record.Count[EmailTemplate](tx, "DeveloperName = ?", n.DeveloperName)
			if err != nil {
				return err
			}
			if taken == 0 {
				break
			}
			n.DeveloperName = fmt.Sprintf("%s_%d", nameOf(n.Name), i)
		}
	}
	if n.Body == "" && n.HtmlValue == "" {
		return schema.Refuse("REQUIRED_FIELD_MISSING", "a letter needs a text", "Body")
	}
	return CheckLetter(tx.Catalog(), Lettered{n.RelatedEntityType, n.Subject, string(n.Body), string(n.HtmlValue)}, tx.Now())
}
