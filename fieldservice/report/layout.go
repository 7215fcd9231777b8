package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"truckroll/platform/paper"
	"truckroll/platform/schema"
)

// layout is what reports look like: the document in ServiceReportLayout.Definition. What it does not say is as in
// [standard].
type layout struct {
	Accent string   `json:"accent,omitempty"` // a colour: #0b5c8e
	Logo   string   `json:"logo,omitempty"`   // the id of a ContentVersion
	Sender []string `json:"sender,omitempty"` // lines; none is the organisation's name and address
	Foot   text     `json:"foot,omitempty"`   // on every page
	Paper  string   `json:"paper,omitempty"`  // "A4" or "Letter"; "" is by the country

	// The four templates: of an order, of one of its lines, and of a visit to either.
	WorkOrder          *template `json:"workOrder,omitempty"`
	WorkOrderLine      *template `json:"workOrderLine,omitempty"`
	AppointmentOfOrder *template `json:"appointmentOfOrder,omitempty"`
	AppointmentOfLine  *template `json:"appointmentOfLine,omitempty"`

	accent paper.Color
}

// template is the report of one kind of record.
type template struct {
	Title    text      `json:"title,omitempty"`    // "" is "Service report", in the language
	Subtitle string    `json:"subtitle,omitempty"` // the path of a field
	Sections []section `json:"sections"`
}

// section is a part of a report. One for which there is nothing to show is left out.
type section struct {
	Kind    kind    `json:"kind"`
	Heading text    `json:"heading,omitempty"` // "" is our own
	Fields  []field `json:"fields,omitempty"`  // of kind fields, and the columns of kind related
	Text    text    `json:"text,omitempty"`    // of kind text
	Of      string  `json:"of,omitempty"`      // of kind related: Order, Line or Visit
	Related string  `json:"related,omitempty"` // of kind related: a child relationship, WorkOrderLineItems
	OrderBy string  `json:"orderBy,omitempty"` // of kind related: a field of the children; "" is by id
	Photos  bool    `json:"photos,omitempty"`  // of kind steps
	Prices  bool    `json:"prices,omitempty"`  // of kinds lines, parts and expenses
	Lines   []text  `json:"lines,omitempty"`   // of kind signatures: types to sign for by hand when nobody has
}

// field is one that is shown. Its path begins with Order, Line or Visit and goes over references: Order.Account.Name.
type field struct {
	Path  string `json:"path"`
	Label text   `json:"label,omitempty"` // "" is our own, or the label of the field
}

// kind is what a section shows.
type kind string

// The kinds of sections.
const (
	kindFields     kind = "fields"     // fields with their labels
	kindText       kind = "text"       // a text of the layout
	kindRelated    kind = "related"    // child records as a table
	kindVisits     kind = "visits"     // when who was there
	kindLines      kind = "lines"      // lines of the order; their prices if wanted
	kindSteps      kind = "steps"      // checklists with answers
	kindParts      kind = "parts"      // parts that were used
	kindTime       kind = "time"       // entries of time sheets
	kindExpenses   kind = "expenses"   // what is charged on
	kindSignatures kind = "signatures" // who signed
)

var kinds = []kind{kindFields, kindText, kindRelated, kindVisits, kindLines, kindSteps, kindParts, kindTime, kindExpenses, kindSignatures}

// text is a text of a layout: one for every language, or one by language. In JSON it is a string or an object such as
// {"en": "Customer", "de": "Kunde"}.
type text map[string]string

// every is the key of a text that is the same in every language.
const every = ""

// UnmarshalJSON reads either form.
func (t *text) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*t = text{every: one}
		return nil
	}
	var by map[string]string
	if err := json.Unmarshal(data, &by); err != nil {
		return errors.New(`a text is a string, or an object such as {"en": "Customer", "de": "Kunde"}`)
	}
	*t = by
	return nil
}

// MarshalJSON writes what UnmarshalJSON reads.
func (t text) MarshalJSON() ([]byte, error) {
	if one, ok := t[every]; ok && len(t) == 1 {
		return json.Marshal(one)
	}
	return json.Marshal(map[string]string(t))
}

// in returns the text in a language such as de_AT: exactly that, else the language, else English, else any.
func (t text) in(language string) string {
	base, _, _ := strings.Cut(language, "_")
	for _, k := range []string{language, base, every, "en"} {
		if s, ok := t[k]; ok {
			return s
		}
	}
	var keys []string
	for k := range t {
		keys = append(keys, k)
	}
	if slices.Sort(keys); len(keys) > 0 {
		return t[keys[0]]
	}
	return ""
}

// parseLayout reads a layout and says what is wrong with it. What it leaves out is as in the standard layout.
func parseLayout(definition string, c *schema.Catalog) (*layout, error) {
	l := &layout{}
	if strings.TrimSpace(definition) != "" {
		d := json.NewDecoder(bytes.NewReader([]byte(definition)))
		d.DisallowUnknownFields()
		if err := d.Decode(l); err != nil {
			return nil, fmt.Errorf("not a layout: %w", err)
		}
		if _, err := d.Token(); err != io.EOF {
			return nil, errors.New("not a layout: there is something after its end")
		}
	}
	l.complete()
	return l, l.check(c)
}

// complete fills in what a layout does not say.
func (l *layout) complete() {
	std := standard()
	if l.Accent == "" {
		l.Accent = std.Accent
	}
	for _, t := range []struct{ mine, theirs **template }{{&l.WorkOrder, &std.WorkOrder}, {&l.WorkOrderLine, &std.WorkOrderLine},
		{&l.AppointmentOfOrder, &std.AppointmentOfOrder}, {&l.AppointmentOfLine, &std.AppointmentOfLine}} {
		if *t.mine == nil {
			*t.mine = *t.theirs
		}
	}
}

func (l *layout) check(c *schema.Catalog) (err error) {
	if l.accent, err = paper.ParseColor(l.Accent); err != nil {
		return fmt.Errorf("accent: %w", err)
	}
	if l.Paper != "" && l.Paper != "A4" && l.Paper != "Letter" {
		return fmt.Errorf("paper: %q is neither A4 nor Letter", l.Paper)
	}
	if l.Logo != "" {
		if o := c.ById(schema.Id(l.Logo)); o == nil || o.Name != "ContentVersion" {
			return fmt.Errorf("logo: %q is not the id of a ContentVersion", l.Logo)
		}
	}
	for _, t := range []struct {
		name  string
		t     *template
		roots []string
	}{
		{"workOrder", l.WorkOrder, []string{"Order"}}, {"workOrderLine", l.WorkOrderLine, []string{"Order", "Line"}},
		{"appointmentOfOrder", l.AppointmentOfOrder, []string{"Order", "Visit"}}, {"appointmentOfLine", l.AppointmentOfLine, []string{"Order", "Line", "Visit"}},
	} {
		if err := t.t.check(c, t.roots); err != nil {
			return fmt.Errorf("%s.%w", t.name, err)
		}
	}
	return nil
}

func (t *template) check(c *schema.Catalog, roots []string) error {
	if t.Subtitle != "" {
		if _, err := resolve(c, t.Subtitle, roots); err != nil {
			return fmt.Errorf("subtitle: %w", err)
		}
	}
	for i, s := range t.Sections {
		if err := s.check(c, roots); err != nil {
			return fmt.Errorf("sections[%d]: %w", i, err)
		}
	}
	return nil
}

func (s *section) check(c *schema.Catalog, roots []string) error {
	switch {
	case !slices.Contains(kinds, s.Kind):
		return fmt.Errorf("there is no kind %q; use one of %q", s.Kind, kinds)
	case s.Kind == kindRelated:
		return s.checkRelated(c, roots)
	case s.Kind == kindFields && len(s.Fields) == 0:
		return errors.New("name the fields")
	case s.Kind != kindFields && len(s.Fields) > 0:
		return fmt.Errorf("a section of kind %s has no fields of its own", s.Kind)
	}
	for _, f := range s.Fields {
		if _, err := resolve(c, f.Path, roots); err != nil {
			return err
		}
	}
	return nil
}

func (s *section) checkRelated(c *schema.Catalog, roots []string) error {
	if !slices.Contains(roots, s.Of) {
		return fmt.Errorf("of: say whose records: one of %q", roots)
	}
	child := c.Object(rootObjects[s.Of]).Child(s.Related)
	if child == nil {
		return fmt.Errorf("related: %s has no child relationship %q", rootObjects[s.Of], s.Related)
	}
	o := c.Object(child.Object)
	if s.OrderBy != "" && (o.Field(s.OrderBy) == nil || !o.Field(s.OrderBy).Stored()) {
		return fmt.Errorf("orderBy: %s has no field %q to sort by", o.Name, s.OrderBy)
	}
	if len(s.Fields) == 0 {
		return errors.New("name the fields that are the columns")
	}
	for _, f := range s.Fields {
		if _, err := walk(c, o, f.Path); err != nil {
			return err
		}
	}
	return nil
}
