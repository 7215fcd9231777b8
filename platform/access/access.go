package access

import (
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Viewer is someone who reads and writes: the rights of one user as they are at one moment. It does not change and may
// be asked from several goroutines.
type Viewer interface {
	User() schema.Id          // who; the house itself has no user and answers ""
	Location() *time.Location // the zone of dates and days; never nil
	Locale() string           // how numbers and dates are written: en_US
	Language() string         // the language of labels: en_US
	Currency() string         // three letters: EUR

	// Object returns what the viewer may do with records of o in general. [Viewer.Scope] narrows it to records.
	Object(o *schema.Object) Rights
	// Reads reports whether f of o is there for the viewer. A field that is not must be answered like one that does
	// not exist.
	Reads(o *schema.Object, f *schema.Field) bool
	// Edits reports whether the viewer may set f of o, were f writable at all.
	Edits(o *schema.Object, f *schema.Field) bool
	// Scope returns the condition that a record of o must meet to be open to the viewer at level l, written on o.
	// Nil is every record. The condition is complete: it is read with the eyes of [Everything], so no rights are
	// checked and no further scope is added within it. The tree may nest freely: it was not written by a person, and
	// the limits of the language for texts from outside do not hold for it.
	//
	// Whoever inserts a record of an object without owner must find it within Scope(o, EditLevel) afterwards: adding
	// a detail is a change of its master.
	Scope(o *schema.Object, l Level) soql.Expr
	// May reports whether the viewer has a system permission: "ModifyAllData", "ViewSetup".
	May(permission string) bool
}

// Rights is a set of what may be done with the records of an object.
type Rights uint8

// The rights on an object.
const (
	Read Rights = 1 << iota
	Create
	Edit
	Delete
	ViewAll   // read every record, shared or not
	ModifyAll // change every record, shared or not, and delete it where Delete is held as well

	NoRights  Rights = 0
	AllRights        = Read | Create | Edit | Delete | ViewAll | ModifyAll
)

// Has reports whether r holds all of the rights want.
func (r Rights) Has(want Rights) bool { return r&want == want }

// Level is what a viewer wants to do with a record that exists.
type Level uint8

// The levels, each including those before it.
const (
	ReadLevel     Level = iota // see it
	EditLevel                  // change it
	DeleteLevel                // delete it
	TransferLevel              // give it another owner, share it by hand
)

// Everything is the house itself: it may do all, except that it is nobody.
type Everything struct{}

// User returns "": the house is no user.
func (Everything) User() schema.Id { return "" }

// Location returns UTC.
func (Everything) Location() *time.Location { return time.UTC }

// Locale returns en_US.
func (Everything) Locale() string { return "en_US" }

// Language returns en_US.
func (Everything) Language() string { return "en_US" }

// Currency returns USD.
func (Everything) Currency() string { return "USD" }

// Object returns all rights.
func (Everything) Object(*schema.Object) Rights { return AllRights }

// Reads reports true, for hidden fields too.
func (Everything) Reads(*schema.Object, *schema.Field) bool { return true }

// Edits reports true.
func (Everything) Edits(*schema.Object, *schema.Field) bool { return true }

// Scope returns nil: every record.
func (Everything) Scope(*schema.Object, Level) soql.Expr { return nil }

// May reports true.
func (Everything) May(string) bool { return true }
