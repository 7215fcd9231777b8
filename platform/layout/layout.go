// Package layout says what of a record stands where: the sections of its page, the lists of what belongs to it, the
// fields of its header and the columns of its lists.
//
// A [Page] is written as the Metadata API writes layouts, and checked against the catalogue. A [Book] holds the designs
// that a program brings for its objects; for what a design leaves open, and for objects without one, it lays fields out
// by their kinds.
//
// It does not know who looks: what a viewer may not read is left out by whoever shows a page. It does not know where
// layouts are kept either.
package layout

// Page is the layout of an object's record page.
type Page struct {
	Sections []Section `json:"layoutSections"`
	Related  []Related `json:"relatedLists"`
}

// Section is a group of fields under a heading.
type Section struct {
	Label   string   `json:"label"`
	Heading bool     `json:"detailHeading"` // the label is shown
	Style   Style    `json:"style"`
	Columns []Column `json:"layoutColumns"`
}

// Style says how many columns a section has and in which order people step through them.
type Style string

// The styles of sections.
const (
	OneColumn     Style = "OneColumn"
	TwoByRows     Style = "TwoColumnsLeftToRight"
	TwoByColumns  Style = "TwoColumnsTopToBottom"
	columnsAtMost       = 2
)

// columns is how many columns a section of this style has; 0 for a style that is none.
func (s Style) columns() int {
	switch s {
	case OneColumn:
		return 1
	case TwoByRows, TwoByColumns:
		return columnsAtMost
	}
	return 0
}

// Column is one column of a section.
type Column struct {
	Items []Item `json:"layoutItems"`
}

// Item is a place in a column: a field, or room that is left empty.
type Item struct {
	Field    string   `json:"field,omitempty"`
	Behavior Behavior `json:"behavior,omitempty"`
	Empty    bool     `json:"emptySpace,omitempty"`
}

// Behavior is what a layout lets people do with a field. It never lets them do more than their rights do.
type Behavior string

// The behaviours of fields; none is Edit.
const (
	Edit     Behavior = "Edit"
	Required Behavior = "Required"
	Readonly Behavior = "Readonly"
)

// Related is a list of the records that belong to the one that is shown.
type Related struct {
	List      string   `json:"relatedList"` // the child relationship
	Fields    []string `json:"fields"`      // of the child; none are its list's
	SortField string   `json:"sortField,omitempty"`
	SortOrder string   `json:"sortOrder,omitempty"` // Asc or Desc
}

// Rows are the items of a section row by row; what a shorter column has no item for is empty room.
func (s Section) Rows() [][]Item {
	var rows [][]Item
	for i := 0; ; i++ {
		row := make([]Item, len(s.Columns))
		filled := false
		for k, c := range s.Columns {
			row[k] = Item{Empty: true}
			if i < len(c.Items) {
				row[k], filled = c.Items[i], true
			}
		}
		if !filled {
			return rows
		}
		rows = append(rows, row)
	}
}

// Names are the fields of a page in the order of its sections.
func (p Page) Names() []string {
	var names []string
	for _, s := range p.Sections {
		for _, row := range s.Rows() {
			for _, i := range row {
				if i.Field != "" {
					names = append(names, i.Field)
				}
			}
		}
	}
	return names
}

// section lays fields out: by rows in two columns, or below each other in one.
func section(label string, one bool, fields []string) Section {
	s := Section{Label: label, Heading: true, Style: TwoByRows, Columns: make([]Column, columnsAtMost)}
	if one {
		s.Style, s.Columns = OneColumn, make([]Column, 1)
	}
	for i, f := range fields {
		c := &s.Columns[i%len(s.Columns)]
		c.Items = append(c.Items, Item{Field: f, Behavior: Edit})
	}
	return s
}

// Append puts a field at the end of the shortest column of a section.
func (s *Section) Append(field string) {
	short := &s.Columns[0]
	for i := range s.Columns {
		if len(s.Columns[i].Items) < len(short.Items) {
			short = &s.Columns[i]
		}
	}
	short.Items = append(short.Items, Item{Field: field, Behavior: Edit})
}
