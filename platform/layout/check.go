package layout

import (
	"encoding/json"
	"fmt"
	"strings"

	"truckroll/platform/schema"
)

// What a page may have at most: more can't be overlooked, and no screen has been measured with it.
const (
	sectionsAtMost = 50
	fieldsAtMost   = 500
	relatedAtMost  = 100
	namedAtMost    = 15 // columns of a related list
)

// refused is a layout that can't be kept, with the place that is wrong.
func refused(format string, args ...any) error {
	return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(format, args...), "Metadata")
}

// Read reads a page as the Metadata API writes it. Names come out as the catalogue spells them.
func Read(catalog *schema.Catalog, o *schema.Object, text []byte) (Page, error) {
	var p Page
	d := json.NewDecoder(strings.NewReader(string(text)))
	if err := d.Decode(&p); err != nil {
		return p, refused("The layout can't be read: %s", err)
	}
	return p, p.check(catalog, o)
}

// check refuses a page that does not fit its object, and spells its names as the catalogue does.
func (p *Page) check(catalog *schema.Catalog, o *schema.Object) error {
	if len(p.Sections) > sectionsAtMost || len(p.Related) > relatedAtMost {
		return refused("A layout has at most %d sections and %d related lists", sectionsAtMost, relatedAtMost)
	}
	seen := map[string]bool{}
	for i := range p.Sections {
		if err := p.Sections[i].check(o, fmt.Sprintf("layoutSections[%d]", i), seen); err != nil {
			return err
		}
	}
	if len(seen) > fieldsAtMost {
		return refused("A layout has at most %d fields; this has %d", fieldsAtMost, len(seen))
	}
	lists := map[string]bool{}
	for i := range p.Related {
		r := &p.Related[i]
		if err := r.check(catalog, o, fmt.Sprintf("relatedLists[%d]", i)); err != nil {
			return err
		}
		if lists[r.List] {
			return refused("relatedLists[%d]: the list %s is there twice", i, r.List)
		}
		lists[r.List] = true
	}
	return nil
}

func (s *Section) check(o *schema.Object, at string, seen map[string]bool) error {
	switch {
	case strings.TrimSpace(s.Label) == "" || len(s.Label) > 80:
		return refused("%s: a section needs a label of 80 characters at most", at)
	case s.Style.columns() == 0:
		return refused("%s: %q is no style; one of OneColumn, TwoColumnsLeftToRight, TwoColumnsTopToBottom", at, s.Style)
	case len(s.Columns) != s.Style.columns():
		return refused("%s: a section of the style %s has %d columns, not %d", at, s.Style, s.Style.columns(), len(s.Columns))
	}
	for c := range s.Columns {
		for i := range s.Columns[c].Items {
			if err := s.Columns[c].Items[i].check(o, fmt.Sprintf("%s.layoutColumns[%d].layoutItems[%d]", at, c, i), seen); err != nil {
				return err
			}
		}
	}
	return nil
}

func (i *Item) check(o *schema.Object, at string, seen map[string]bool) error {
	if i.Empty != (i.Field == "") {
		return refused("%s: a place holds a field or is emptySpace, not both and not neither", at)
	}
	if i.Empty {
		return nil
	}
	f := o.Field(i.Field)
	switch {
	case f == nil || !Placeable(f):
		return refused("%s: %s has no field %s that can be laid out", at, o.Name, i.Field)
	case seen[f.Name]:
		return refused("%s: the field %s is there already; a field stands once on a page", at, f.Name)
	case i.Behavior != "" && i.Behavior != Edit && i.Behavior != Required && i.Behavior != Readonly:
		return refused("%s: %q is no behavior; one of Edit, Required, Readonly", at, i.Behavior)
	case i.Behavior == Required && !f.Createable() && !f.Kind.Compound():
		return refused("%s: nobody fills %s in, so it can't be Required", at, f.Name)
	}
	seen[f.Name] = true
	i.Field = f.Name
	return nil
}

func (r *Related) check(catalog *schema.Catalog, o *schema.Object, at string) error {
	c := o.Child(r.List)
	if c == nil || c.Name == "" {
		return refused("%s: nothing belongs to %s under the name %s", at, o.Name, r.List)
	}
	r.List = c.Name
	child := catalog.Object(c.Object)
	if len(r.Fields) > namedAtMost {
		return refused("%s: a list has at most %d columns", at, namedAtMost)
	}
	if err := spell(catalog, child, r.Fields, at+".fields"); err != nil {
		return err
	}
	if r.SortOrder != "" && r.SortOrder != "Asc" && r.SortOrder != "Desc" {
		return refused("%s: %q is no sortOrder; Asc or Desc", at, r.SortOrder)
	}
	if r.SortField == "" {
		return nil
	}
	f := child.Field(r.SortField)
	if f == nil || !f.Stored() || f.Hidden {
		return refused("%s: %s can't be sorted by %s", at, child.Name, r.SortField)
	}
	r.SortField = f.Name
	return nil
}

// Columns reads names of fields separated by commas or spaces, as the catalogue spells them. at names the place in a
// refusal.
func Columns(catalog *schema.Catalog, o *schema.Object, text, at string) ([]string, error) {
	names := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' })
	if len(names) > namedAtMost {
		return nil, schema.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s: at most %d fields", at, namedAtMost), at)
	}
	if err := spell(catalog, o, names, at); err != nil {
		err.(*schema.Fault).Fields = []string{at}
		return nil, err
	}
	return names, nil
}

// spell spells names of fields, or of fields of parents such as Account.Name, as the catalogue does; none may be there
// twice.
func spell(catalog *schema.Catalog, o *schema.Object, names []string, at string) error {
	seen := map[string]bool{}
	for i, name := range names {
		full := follow(catalog, o, name)
		if full == "" {
			return refused("%s: %s has no field %s for a column", at, o.Name, name)
		}
		if seen[full] {
			return refused("%s: the field %s is there twice", at, full)
		}
		seen[full], names[i] = true, full
	}
	return nil
}

// follow finds a field, through parents where dots say so, and returns its whole name; "" is none.
func follow(catalog *schema.Catalog, o *schema.Object, name string) string {
	first, rest, deeper := strings.Cut(name, ".")
	if !deeper {
		if f := o.Field(name); f != nil && !f.Hidden && f.Kind != schema.KindBlob {
			return f.Name
		}
		return ""
	}
	ref := o.Reference(first)
	if ref == nil || len(ref.To) == 0 {
		return ""
	}
	if end := follow(catalog, catalog.Object(ref.To[0]), rest); end != "" {
		return ref.Relationship() + "." + end
	}
	return ""
}

// Placeable reports whether a field has a place on pages: parts of an address stand within it, and what the house
// alone needs stands nowhere.
func Placeable(f *schema.Field) bool {
	return !f.Hidden && f.Parent == nil && f.Kind != schema.KindId && f.Kind != schema.KindBlob && f.Name != "IsDeleted" && f.Name != "SystemModstamp"
}
