package query

import (
	"strings"

	"truckroll/platform/schema"
)

// Metadata describes the columns of an answer, as the API gives it for columns=true.
type Metadata struct {
	ColumnMetadata []ColumnMetadata `json:"columnMetadata"`
	EntityName     string           `json:"entityName"`
	GroupBy        bool             `json:"groupBy"`
	IdSelected     bool             `json:"idSelected"`
	KeyPrefix      string           `json:"keyPrefix"`
}

// ColumnMetadata describes one column. A parent or a set of children has the columns within it in JoinColumns; a set of
// children is an aggregate.
type ColumnMetadata struct {
	Aggregate      bool             `json:"aggregate"`
	ApexType       string           `json:"apexType"`
	BooleanType    bool             `json:"booleanType"`
	ColumnName     string           `json:"columnName"`
	Custom         bool             `json:"custom"`
	DisplayName    string           `json:"displayName"`
	ForeignKeyName *string          `json:"foreignKeyName"`
	Insertable     bool             `json:"insertable"`
	JoinColumns    []ColumnMetadata `json:"joinColumns"`
	NumberType     bool             `json:"numberType"`
	TextType       bool             `json:"textType"`
	Updatable      bool             `json:"updatable"`
}

// Metadata returns what the columns of the answer are.
func (st *Statement) Metadata() Metadata {
	m := Metadata{EntityName: st.Object.Name, GroupBy: st.grouped, KeyPrefix: st.Object.Prefix, ColumnMetadata: []ColumnMetadata{}}
	if st.counting {
		return m
	}
	known := map[cell]*Column{}
	for _, c := range st.Columns {
		known[c.entry] = c
		m.IdSelected = m.IdSelected || c.Name == "Id"
	}
	m.ColumnMetadata = columnsOf(st.set.shape, known)
	return m
}

func columnsOf(sh *shape, known map[cell]*Column) []ColumnMetadata {
	out := []ColumnMetadata{}
	for _, e := range sh.entries {
		c := ColumnMetadata{ColumnName: e.name, DisplayName: e.name, JoinColumns: []ColumnMetadata{}}
		switch x := e.cell.(type) {
		case *shape:
			c.JoinColumns = columnsOf(x, known)
		case *childSet:
			c.Aggregate, c.JoinColumns = true, columnsOf(x.shape, known)
		default:
			if col := known[e.cell]; col != nil {
				c.describe(col)
			} else if f := fieldOf(e.cell); f != nil {
				c.describe(&Column{Field: f, Label: e.name})
			}
		}
		out = append(out, c)
	}
	return out
}

// fieldOf is the field that a cell shows.
func fieldOf(c cell) *schema.Field {
	switch c := c.(type) {
	case *leaf:
		return c.field
	case *masked:
		return c.field
	case *formatted:
		return c.field
	}
	return nil
}

func (m *ColumnMetadata) describe(c *Column) {
	f := c.Field
	m.Aggregate, m.Custom = c.Aggregate, f.Custom
	if c.Aggregate {
		m.DisplayName = strings.ToLower(c.Label[:strings.IndexByte(c.Label, '(')]) + c.Label[strings.IndexByte(c.Label, '('):]
	}
	if name := f.Relationship(); name != "" {
		m.ForeignKeyName = &name
	}
	m.Insertable, m.Updatable = !c.Aggregate && f.Createable(), !c.Aggregate && f.Updateable()
	store := f.Kind.Store()
	m.BooleanType = store == schema.StoreBool
	m.NumberType = store == schema.StoreInt || store == schema.StoreDecimal
	m.TextType = store == schema.StoreText
	m.ApexType = apexTypes[f.Kind]
	if m.ApexType == "" {
		m.ApexType = "String"
	}
}

// apexTypes names the types of values as Salesforce's language does; all others are String.
var apexTypes = map[schema.Kind]string{
	schema.KindId: "Id", schema.KindReference: "Id", schema.KindBoolean: "Boolean", schema.KindInt: "Integer",
	schema.KindDouble: "Double", schema.KindCurrency: "Decimal", schema.KindPercent: "Double", schema.KindDate: "Date",
	schema.KindDateTime: "Datetime", schema.KindTime: "Time", schema.KindBlob: "Blob", schema.KindAddress: "Address",
	schema.KindLocation: "Location",
}
