package report

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"truckroll/platform/file"
	"truckroll/platform/org"
	"truckroll/platform/paper"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// composer makes the document of a subject.
type composer struct {
	*subject
	files  *file.Dir // nil has no pictures
	number string    // of the report; "" when none is kept
	signed []signature
	read   pictures // that were read already; nil remembers none
}

// pictures are stored pictures that were read, by their content; one that can't be printed is nil.
type pictures map[pictureKey]*paper.Picture

type pictureKey struct {
	content schema.Blob
	drawing bool
}

// compose returns the document.
func (c *composer) compose() (*paper.Document, error) {
	title := c.template.Title.in(c.language)
	if title == "" {
		title = c.word("report")
	}
	d := &paper.Document{
		Title: title, Number: c.number, Language: c.bcp47(), Accent: c.layout.accent, From: c.sender(), Made: c.now,
		Letter: c.layout.Paper == "Letter" || c.layout.Paper == "" && c.letter(),
		Words:  paper.Words{PageOf: c.word("pageOf"), Unprintable: c.word("unprintable")},
	}
	if d.Number == "" {
		d.Number = string(c.order.WorkOrderNumber)
	}
	d.Foot = strings.Trim(c.layout.Foot.in(c.language)+"\n"+fmt.Sprintf(c.word("made"), c.moment(schema.At(c.now)), c.zone.String()), "\n")
	var err error
	if d.Logo, err = c.logo(); err != nil {
		return nil, err
	}
	if c.template.Subtitle != "" {
		if _, d.Subtitle, err = c.at(c.template.Subtitle); err != nil {
			return nil, err
		}
	}
	for _, s := range c.template.Sections {
		part, err := c.section(s)
		if err != nil {
			return nil, err
		}
		if part.Block != nil {
			d.Sections = append(d.Sections, part)
		}
	}
	return d, nil
}

// sender is whom the report is from.
func (c *composer) sender() []string {
	if len(c.layout.Sender) > 0 {
		return c.layout.Sender
	}
	lines := []string{c.company.Name}
	if a := address(c.company.Address, c.home); a != "" {
		lines = append(lines, strings.Split(a, "\n")...)
	}
	if c.company.Phone != "" {
		lines = append(lines, string(c.company.Phone))
	}
	return lines
}

// logo returns the logo of the layout, or else of the company; nil when there is none.
func (c *composer) logo() (*paper.Picture, error) {
	id := cmp.Or(schema.Ref[org.ContentVersion](c.layout.Logo), c.company.LogoId)
	if id == "" {
		return nil, nil
	}
	v, err := record.Get(c.Reader, id)
	if errors.Is(err, record.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return c.picture(v.VersionData, true)
}

// picture reads a stored photo or drawing; nil when it is neither, so that a broken file does not keep a report from
// being made.
func (c *composer) picture(content schema.Blob, drawing bool) (*paper.Picture, error) {
	if c.files == nil || content == "" {
		return nil, nil
	}
	key := pictureKey{content, drawing}
	if p, known := c.read[key]; known {
		return p, nil
	}
	in, err := c.files.Get(string(content))
	if err != nil {
		return nil, fmt.Errorf("a picture: %w", err)
	}
	defer in.Close()
	read := paper.ReadPicture
	if drawing {
		read = paper.ReadDrawing
	}
	p, err := read(in)
	if err != nil && !errors.Is(err, paper.ErrPicture) {
		return nil, err
	}
	if c.read != nil {
		c.read[key] = p
	}
	return p, nil
}

// section makes one section; without a block when there is nothing to show.
func (c *composer) section(s section) (part paper.Section, err error) {
	switch s.Kind {
	case kindFields:
		part, err = c.fields(s)
	case kindText:
		part.Block = paper.Text(s.Text.in(c.language))
	case kindRelated:
		part, err = c.related(s)
	case kindVisits:
		part, err = c.visits()
	case kindLines:
		part, err = c.lines(s.Prices)
	case kindSteps:
		part, err = c.steps(s.Photos)
	case kindParts:
		part, err = c.parts(s.Prices)
	case kindTime:
		part, err = c.time()
	case kindExpenses:
		part, err = c.expenses()
	case kindSignatures:
		part, err = c.signatures(s.Lines)
	}
	if err != nil {
		return part, fmt.Errorf("section %s: %w", s.Kind, err)
	}
	if h := s.Heading.in(c.language); h != "" {
		part.Heading = h
	}
	return part, nil
}

// fields makes values with their labels; empty ones are left out.
func (c *composer) fields(s section) (paper.Section, error) {
	var facts paper.Facts
	for _, f := range s.Fields {
		label, value, err := c.at(f.Path)
		if err != nil {
			return paper.Section{}, err
		}
		if own := f.Label.in(c.language); own != "" {
			label = own
		}
		if value != "" {
			facts = append(facts, paper.Fact{Label: label, Value: value})
		}
	}
	if len(facts) == 0 {
		return paper.Section{}, nil
	}
	if len(s.Fields) == 1 && len(s.Fields[0].Label) == 0 {
		return paper.Section{Heading: c.headingOf(s.Fields), Block: paper.Text(facts[0].Value)}, nil // the heading says it
	}
	return paper.Section{Heading: c.headingOf(s.Fields), Block: facts}, nil
}

// headingOf is our own heading of fields, by what most of them are about.
func (c *composer) headingOf(fields []field) string {
	switch first := fields[0].Path; {
	case strings.HasPrefix(first, "Order.Account.") || strings.HasPrefix(first, "Order.Contact."):
		return c.word("customer")
	case first == "Order.PostWorkSummary":
		return c.word("summary")
	case strings.HasPrefix(first, "Visit."):
		return c.word("visit")
	}
	return c.word("work")
}

// related makes a table of child records.
func (c *composer) related(s section) (part paper.Section, err error) {
	of := c.root(s.Of)
	child := c.catalog.Object(rootObjects[s.Of]).Child(s.Related)
	if of == nil || !c.open(child.Object) {
		return part, nil
	}
	order := s.OrderBy
	if order == "" {
		order = "Id"
	}
	o := c.catalog.Object(child.Object)
	recs, err := record.FindAny(c.Reader, o, child.Field+" = ? ORDER BY "+order, schema.StandardOf(of).Id)
	if err != nil || len(recs) == 0 {
		return part, err
	}
	t := paper.Table{Columns: make([]paper.Column, len(s.Fields))}
	for i, f := range s.Fields {
		last, err := walk(c.catalog, o, f.Path)
		if err != nil {
			return part, err
		}
		t.Columns[i] = paper.Column{Title: f.Label.in(c.language), Weight: 1, Right: last.Kind.Store() == schema.StoreDecimal || last.Kind.Store() == schema.StoreInt}
		if t.Columns[i].Title == "" {
			t.Columns[i].Title = c.label(last.Object, strings.TrimSuffix(last.Name, "Id"), last.Label)
		}
	}
	for _, rec := range recs {
		row := make([]string, len(s.Fields))
		for i, f := range s.Fields {
			if _, row[i], err = c.value(c.locale, c.currency, rec, f.Path); err != nil {
				return part, err
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return paper.Section{Heading: o.LabelPlural, Block: t}, nil
}
