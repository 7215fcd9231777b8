package schema

import (
	"reflect"
	"strings"
)

// Object describes one kind of record.
type Object struct {
	Name        string // also the Go type, the table and the API name
	Label       string
	LabelPlural string
	Prefix      string // first three characters of every id; "" when its records have no ids of their own
	Help        string
	Custom      bool // made by an administrator
	Setup       bool // configuration: read by all who sign in, changed by administrators
	Personal    bool // configuration of which everyone of the organisation keeps their own
	ReadOnly    bool // written by the house alone
	Searchable  bool // takes part in full-text search
	Navigation  bool // an administrator put it into the navigation
	Detail      bool // has no owner: shared as its master record is
	Leaf        bool // nothing is attached to its records: no reference to any object leads to it
	Fields      []*Field
	Children    []*Child
	Type        reflect.Type // the Go struct of its records

	byName  map[string]*Field
	byChild map[string]*Child
	name    *Field
}

// Field describes one field of an object.
type Field struct {
	Object string // the API name of its object
	Name   string // also the Go field, the column and the API name
	Label  string
	Help   string
	Kind   Kind

	Length    int // most characters of a text; 0 is unlimited
	Precision int // most digits of a number
	Scale     int // digits after the point

	Required      bool
	CreateOnly    bool // can't change after insert
	ReadOnly      bool // written by the house alone
	Calculated    bool // derived; never stored from outside
	NameField     bool
	OwnerField    bool
	Unique        bool
	ExternalId    bool
	CaseSensitive bool
	Custom        bool
	Restricted    bool // a picklist that refuses values it does not list
	Indexed       bool
	Hidden        bool // never leaves the house: secrets
	Self          bool // a reference that leads a new record to itself when nothing else is said

	Choices    []Choice
	Controller string   // the field that a dependent picklist follows
	Format     string   // of an auto-number: SA-{0000}
	Per        string   // the reference within whose records an auto-number counts from 1; "" counts through the object
	Default    string   // the default value, in the API's text form
	Formula    string   // of a formula field
	Blanks     bool     // its formula leaves a number without value blank instead of counting it as 0
	RollUp     *RollUp  // of a roll-up summary field
	To         []string // objects that a reference may point to
	ToAny      bool     // it may point to all objects but setup and leaf ones; To lists them
	ChildName  string   // the relationship from the target back to this object
	OnDelete   OnDelete // what happens here when the target is deleted
	Parent     *Field   // the compound field that this is a part of
	Parts      []*Field // of a compound field

	index   []int    // in the Go struct; nil for a custom field
	targets []string // what a tag says of To
	typ     reflect.Type
}

// OnDelete says what happens to records that refer to a deleted record.
type OnDelete int

// What happens to records that refer to a deleted record.
const (
	Clear    OnDelete = iota // the reference becomes null
	Cascade                  // they are deleted with it
	Restrict                 // the deletion is refused
	Keep                     // the reference stays as it is, for records of history
)

// Choice is one value of a picklist.
type Choice struct {
	Value    string // as stored and as the API gives it
	Label    string // as people read it; Value when ""
	Category string // what rules may depend on; administrators rename values, never categories
	Color    string // one of Colors; "" is as the word suggests
	Default  bool
	Inactive bool
	ValidFor []string // controlling values under which a dependent choice may be taken; none is all
}

// Colors lists the colours of choices. They are names, since each theme of a page has shades of its own.
var Colors = []string{"gray", "red", "amber", "green", "teal", "blue", "purple"}

// RollUp summarises child records into a field of their parent.
type RollUp struct {
	Child    string // object
	Via      string // its reference to this object
	Function string // COUNT, SUM, MIN, MAX
	Field    string // of the child; "" for COUNT
	Filter   string // a formula on the child; "" for all
}

// Child is a relationship from an object to the records that refer to it.
type Child struct {
	Name   string // "" when it can't be queried by name
	Object string
	Field  string
	Delete OnDelete
}

// Field returns the named field, or nil. Names are matched without case.
func (o *Object) Field(name string) *Field {
	if f := o.byName[name]; f != nil {
		return f
	}
	return o.byName[strings.ToLower(name)]
}

// Child returns the named child relationship, or nil. Names are matched without case.
func (o *Object) Child(name string) *Child { return o.byChild[strings.ToLower(name)] }

// NameField returns the field that people recognise a record by, or nil.
func (o *Object) NameField() *Field { return o.name }

// Owned reports whether records of o have an owner.
func (o *Object) Owned() bool { f := o.byName["OwnerId"]; return f != nil && f.OwnerField }

// Reference returns the reference field whose parent relationship is named, or nil: Account finds AccountId.
func (o *Object) Reference(relationship string) *Field {
	for _, f := range o.Fields {
		if f.Kind == KindReference && strings.EqualFold(f.Relationship(), relationship) {
			return f
		}
	}
	return nil
}

// New returns a new, empty record of o: a pointer to its Go struct.
func (o *Object) New() any { return reflect.New(o.Type).Interface() }

// Relationship returns the name by which queries reach the parent: AccountId leads to Account, Site__c to Site__r.
func (f *Field) Relationship() string {
	switch {
	case f.Kind != KindReference:
		return ""
	case f.Custom:
		return strings.TrimSuffix(f.Name, "__c") + "__r"
	}
	return strings.TrimSuffix(f.Name, "Id")
}

// Polymorphic reports whether f may point to more than one object.
func (f *Field) Polymorphic() bool { return len(f.To) > 1 }

// Choice returns the choice with the given value, or nil. Values are matched without case.
func (f *Field) Choice(value string) *Choice {
	for i := range f.Choices {
		if strings.EqualFold(f.Choices[i].Value, value) {
			return &f.Choices[i]
		}
	}
	return nil
}

// Stored reports whether f has a column.
func (f *Field) Stored() bool { return f.Kind.Store() != StoreNone && f.Formula == "" }

// Createable reports whether a caller may set f on a new record.
func (f *Field) Createable() bool {
	return !f.ReadOnly && !f.Calculated && !f.Kind.Compound() && f.Kind != KindId && f.Format == ""
}

// Updateable reports whether a caller may change f of an existing record.
func (f *Field) Updateable() bool { return f.Createable() && !f.CreateOnly }
