package audit

import (
	"truckroll/platform/schema"
)

// Op says what was done.
type Op string

// What is done to records. Other operations, such as a sign-in, have names of their own.
const (
	Insert   Op = "insert"
	Update   Op = "update"
	Delete   Op = "delete"
	Undelete Op = "undelete"
	Purge    Op = "purge"
	Erase    Op = "erase" // of the values of a person
)

// Entry is one thing that was done.
type Entry struct {
	At       schema.DateTime // by the server's clock
	Request  string
	Actor    Actor
	OnBehalf schema.Id // for whom, when the actor is not acting for itself
	Device   *Device   // that a change was made on, when it came with a batch of a device
	Op       Op
	Object   string
	Record   schema.Id
	Revision int64 // the version of the record that the change made, 1 for its first; 0 when no record changed
	Fields   []Field
	Reason   Reason
	Subject  string // whose key seals the values; "" is the house's key of the month

	erased []int64 // the keys that an erasure destroyed
}

// Actor is who did it, as known then.
type Actor struct {
	Id   schema.Id
	Name string
	Role string
	Auth string // how it signed in
}

// Device is where a change was made without the server, and what the device's clock showed.
type Device struct {
	Id         string
	App        string
	ClientTime schema.DateTime
	Offset     int64 // of the device's clock from the server's, in milliseconds
	Mutation   string
	Offline    bool
}

// Field is a changed value: its JSON before and after, nil for null.
type Field struct {
	Name     string
	Old, New []byte
}

// Reason is why it was done. The text is sealed like a value.
type Reason struct {
	Code string
	Text string
}

// Change returns the change of f from one value to another, as [schema.Field.Get] returns them. Values of hidden and
// encrypted fields are not written out: the entry says that they changed, not to what.
func Change(f *schema.Field, from, to any) Field {
	c := Field{Name: f.Name}
	if f.Hidden || f.Kind == schema.KindEncrypted {
		c.New = []byte(`"changed"`)
		return c
	}
	if !schema.IsNull(from) {
		c.Old = f.Append(nil, from)
	}
	if !schema.IsNull(to) {
		c.New = f.Append(nil, to)
	}
	return c
}
