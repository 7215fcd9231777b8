package layout

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/schema"
)

// Design is how a program lays an object out before anybody changes it. Fields are names separated by spaces.
type Design struct {
	Object   string
	Sections []Part
	Header   string // the fields at the top of a page, beside the name
	Columns  string // of lists, the name included
	Found    string // columns of what a search finds; "" is the first of Columns
	Related  []Related
}

// Part is a section of a design.
type Part struct {
	Label  string
	Fields string
	Wide   bool // one column
}

// Book holds the designs of a program.
type Book struct {
	designs map[string]Design
}

// NewBook returns a book, or an error that says which design names what is not there.
func NewBook(catalog *schema.Catalog, designs []Design) (*Book, error) {
	b := &Book{designs: map[string]Design{}}
	for _, d := range designs {
		o := catalog.Object(d.Object)
		if o == nil {
			return nil, fmt.Errorf("the design of %s: there is no such object", d.Object)
		}
		if _, twice := b.designs[o.Name]; twice {
			return nil, fmt.Errorf("the design of %s is there twice", o.Name)
		}
		b.designs[o.Name] = d
		p := b.Page(catalog, o)
		if err := p.check(catalog, o); err != nil {
			return nil, fmt.Errorf("the design of %s: %w", o.Name, err)
		}
		for _, text := range []string{d.Header, d.Columns, d.Found} {
			if _, err := Columns(catalog, o, text, "Columns"); err != nil {
				return nil, fmt.Errorf("the design of %s: %w", o.Name, err)
			}
		}
	}
	return b, nil
}

// design returns what there is for an object; a book that is nil has nothing.
func (b *Book) design(o *schema.Object) Design {
	if b == nil {
		return Design{}
	}
	return b.designs[o.Name]
}

// Page lays an object out: by its design, and what that does not name by kinds.
func (b *Book) Page(catalog *schema.Catalog, o *schema.Object) Page {
	d := b.design(o)
	taken := map[string]bool{}
	p := Page{Sections: []Section{}, Related: b.related(catalog, o)}
	for _, part := range d.Sections {
		names := strings.Fields(part.Fields)
		for _, n := range names {
			taken[n] = true
		}
		p.Sections = append(p.Sections, section(part.Label, part.Wide, names))
	}
	for _, g := range byKind(o, taken, d.Sections) {
		if i := slices.IndexFunc(p.Sections, func(s Section) bool { return s.Label == g.Label }); i >= 0 {
			p.Sections[i] = section(g.Label, p.Sections[i].Style == OneColumn, append(p.Sections[i].names(), g.fields...))
			continue
		}
		p.Sections = append(p.Sections, section(g.Label, g.Wide, g.fields))
	}
	return p
}

func (s Section) names() []string { return Page{Sections: []Section{s}}.Names() }

// related are the lists of the design, then all others by their names in the catalogue.
func (b *Book) related(catalog *schema.Catalog, o *schema.Object) []Related {
	list := []Related{}
	named := map[string]bool{}
	for _, r := range b.design(o).Related {
		named[r.List] = true
		r.Fields = append([]string{}, r.Fields...)
		list = append(list, r)
	}
	for _, c := range o.Children {
		if c.Name != "" && !named[c.Name] && !catalog.Object(c.Object).Setup {
			list = append(list, Related{List: c.Name, Fields: []string{}})
		}
	}
	return list
}

// Header are the fields by which people recognise a record, beside its name.
func (b *Book) Header(o *schema.Object) []string {
	if h := strings.Fields(b.design(o).Header); len(h) > 0 {
		return h
	}
	columns := b.Columns(o)
	if f := o.NameField(); f != nil {
		columns = slices.DeleteFunc(columns, func(c string) bool { return c == f.Name })
	}
	return columns[:min(len(columns), headAtMost)]
}

// What is shown of objects without a design.
const (
	headAtMost    = 6
	columnsOfList = 7
	columnsFound  = 5
)

// Columns are the columns of an object's lists: the name and what else people look for.
func (b *Book) Columns(o *schema.Object) []string {
	if c := strings.Fields(b.design(o).Columns); len(c) > 0 {
		return c
	}
	var names []string
	if f := o.NameField(); f != nil {
		names = append(names, f.Name)
	}
	for _, f := range ranked(o) {
		if len(names) < columnsOfList && !slices.Contains(names, f.Name) && f.Stored() && f.Createable() && !f.Hidden && !dull(f) &&
			f.Kind != schema.KindLongText && f.Kind != schema.KindBlob && f.Parent == nil {
			names = append(names, f.Name)
		}
	}
	if len(names) == 0 {
		return []string{"Id"}
	}
	return names
}

// Found are the columns of what a search finds.
func (b *Book) Found(o *schema.Object) []string {
	if c := strings.Fields(b.design(o).Found); len(c) > 0 {
		return c
	}
	c := b.Columns(o)
	return c[:min(len(c), columnsFound)]
}

// dull fields say nothing to people unless something was set up.
func dull(f *schema.Field) bool { return f.Name == "RecordTypeId" || f.Name == "CurrencyIsoCode" }

// ranked are the fields of an object, required ones first.
func ranked(o *schema.Object) []*schema.Field {
	fields := slices.Clone(o.Fields)
	slices.SortStableFunc(fields, func(a, b *schema.Field) int { return rank(a) - rank(b) })
	return fields
}

func rank(f *schema.Field) int {
	switch {
	case f.NameField:
		return 0
	case f.Required && f.Kind != schema.KindBoolean:
		return 1
	case f.OwnerField:
		return 2
	case f.Createable() || f.Kind.Compound():
		return 3
	}
	return 4
}

// group is fields of one kind.
type group struct {
	Part
	fields []string
}

// byKind sorts the fields that are not taken into groups: what is plain, addresses, when, money, long texts, and what
// the system keeps. Groups too small to stand alone, and without a section of their label to join, are plain.
func byKind(o *schema.Object, taken map[string]bool, sections []Part) []group {
	plain := group{Part: Part{Label: "Details"}}
	if len(sections) > 0 {
		plain.Label = "More"
	}
	where, when, price := group{Part: Part{Label: "Address", Wide: true}}, group{Part: Part{Label: "Dates"}}, group{Part: Part{Label: "Price"}}
	words, system := group{Part: Part{Label: "Description", Wide: true}}, group{Part: Part{Label: "System"}}
	for _, f := range ranked(o) {
		if !Placeable(f) || taken[f.Name] {
			continue
		}
		g := &plain
		switch {
		case kept[f.Name]:
			g = &system
		case f.Kind == schema.KindAddress:
			g = &where
		case f.Kind == schema.KindDate || f.Kind == schema.KindDateTime || f.Kind == schema.KindTime:
			g = &when
		case f.Kind == schema.KindCurrency || f.Name == "CurrencyIsoCode":
			g = &price
		case f.Kind == schema.KindLongText:
			g = &words
		}
		g.fields = append(g.fields, f.Name)
	}
	when.joinUnder(3, &plain, sections)
	price.joinUnder(2, &plain, sections)
	return slices.DeleteFunc([]group{plain, where, when, price, words, system}, func(g group) bool { return len(g.fields) == 0 })
}

// joinUnder moves the fields to another group when there are fewer than least, and no section is there for them.
func (g *group) joinUnder(least int, to *group, sections []Part) {
	if len(g.fields) < least && !slices.ContainsFunc(sections, func(p Part) bool { return p.Label == g.Label }) {
		to.fields = append(to.fields, g.fields...)
		g.fields = nil
	}
}

// kept are the fields that the house keeps of every record.
var kept = map[string]bool{"CreatedById": true, "CreatedDate": true, "LastModifiedById": true, "LastModifiedDate": true, "RecordTypeId": true}
