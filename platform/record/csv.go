package record

import (
	"strings"

	"truckroll/platform/schema"
)

// Columns is the header of a CSV file, matched to the fields of an object.
type Columns struct {
	reader *PatchReader
	cols   []csvColumn
}

// csvColumn is a field, or a reference whose parent is named by an external id.
type csvColumn struct {
	name  string
	field *schema.Field
	to    *schema.Object // of a link
	by    *schema.Field  // of a link
}

// CSV matches a header: field names, Relationship.ExternalId, and Object:Relationship.ExternalId where a reference
// leads to several objects. Names are matched without case.
func (r *PatchReader) CSV(header []string) (*Columns, error) {
	c := &Columns{reader: r}
	seen := map[string]bool{}
	for _, name := range header {
		name = strings.TrimSpace(name)
		if seen[strings.ToLower(name)] {
			return nil, fault("INVALID_FIELD", "Duplicate column '"+name+"'", name)
		}
		seen[strings.ToLower(name)] = true
		col, err := r.column(name)
		if err != nil {
			return nil, err
		}
		c.cols = append(c.cols, col)
	}
	return c, nil
}

// column matches one name of a header.
func (r *PatchReader) column(name string) (csvColumn, error) {
	relation, key, dotted := strings.Cut(name, ".")
	if !dotted {
		f := r.object.Field(name)
		if f == nil || !r.viewer.Reads(r.object, f) {
			return csvColumn{}, noSuchField(r.object, name)
		}
		if f.Kind == schema.KindId {
			return csvColumn{name: name, field: f}, nil
		}
		return csvColumn{name: name, field: f}, r.writable(f)
	}
	of, relation, typed := cutObject(relation)
	f := r.object.Reference(relation)
	if f == nil || !r.viewer.Reads(r.object, f) {
		return csvColumn{}, noSuchField(r.object, name)
	}
	to := r.catalog.Object(f.To[0])
	if typed {
		to = r.catalog.Object(of)
	}
	by, err := r.linkKey(f, to, key)
	if err != nil {
		return csvColumn{}, err
	}
	return csvColumn{name: name, field: f, to: to, by: by}, r.writable(f)
}

// cutObject cuts Account:What into its object and relationship.
func cutObject(s string) (object, relation string, ok bool) {
	if object, relation, ok = strings.Cut(s, ":"); ok {
		return object, relation, true
	}
	return "", s, false
}

// csvNull is the cell that empties a field; an empty cell leaves it as it is.
const csvNull = "#N/A"

// Patch reads the cells of one row. A row that is shorter or longer than the header is refused.
func (c *Columns) Patch(cells []string) (Patch, error) {
	var p Patch
	if len(cells) != len(c.cols) {
		return p, fault("INVALID_FIELD", "The row has a different number of cells than the header")
	}
	var wrong Faults
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		if f, ok := FaultsOf(c.cell(&p, c.cols[i], cell)); ok {
			wrong = append(wrong, f...)
		}
	}
	return p, gather(wrong).err()
}

func (c *Columns) cell(p *Patch, col csvColumn, cell string) error {
	switch {
	case cell == csvNull && col.field.Kind != schema.KindId:
		p.Set(col.field, col.field.Zero())
		return nil
	case col.by != nil:
		return c.reader.addLink(p, col.field, col.to, col.by.Name, cell)
	}
	return c.reader.put(p, col.field.Name, cell)
}
