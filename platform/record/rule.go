package record

import (
	"reflect"
	"slices"

	"truckroll/platform/schema"
)

// Change is one record that is being saved. On insert Old is an empty record. "Has it changed" is plain Go: compare
// Old and New.
type Change[T any] struct {
	Old, New *T
	Insert   bool
}

// AnyChange is a change of a record of any object. Old and New are pointers to the Go struct of the object.
type AnyChange struct {
	Object   *schema.Object
	Old, New any
	Insert   bool
}

// Changed reports whether the named field differs between Old and New; on insert, whether it has a value.
func (c AnyChange) Changed(field string) bool {
	f := c.Object.Field(field)
	return f != nil && !f.Equal(c.Old, c.New)
}

// phase says when a rule runs, and so what it may do.
type phase uint8

const (
	filling   phase = iota // may set fields of the record that is being saved
	checking               // may refuse it
	following              // may save other records, once it is written
	checkingDelete
	followingDelete
	followingUndelete
	phases // how many there are
)

// Rule is one sentence of the business about the records of one object, or of every object. The zero Rule is none.
type Rule struct {
	Name string

	phase phase
	typ   reflect.Type              // the Go struct of the object; nil for every object
	on    func(*schema.Object) bool // narrows a rule about every object; nil does not
	run   func(*Tx, *row) error
	all   func(*Tx, []*row) error // instead of run, of a rule about a whole batch
}

// Fill returns a rule that may set fields of the record being saved, through Change.New. It may read other records;
// saving them is refused.
func Fill[T any](name string, f func(*Tx, *Change[T]) error) Rule {
	return typed[T](name, filling, func(tx *Tx, r *row) error {
		c := changeOf[T](r)
		return f(tx, &c)
	})
}

// Check returns a rule that can only refuse. It is handed copies, so that it cannot change the record; on insert old
// is an empty record.
func Check[T any](name string, f func(old, new T) error) Rule {
	return typed[T](name, checking, func(_ *Tx, r *row) error { return f(*r.old.(*T), *r.new.(*T)) })
}

// CheckWith returns a rule that may look at other records; still it can only refuse.
func CheckWith[T any](name string, f func(r Reader, old, new T) error) Rule {
	return typed[T](name, checking, func(tx *Tx, r *row) error { return f(tx, *r.old.(*T), *r.new.(*T)) })
}

// Follow returns a rule that runs when the record is written and may save others, in the same transaction. What it
// does to Change.New is not saved.
func Follow[T any](name string, f func(*Tx, Change[T]) error) Rule {
	return typed[T](name, following, func(tx *Tx, r *row) error { return f(tx, changeOf[T](r)) })
}

// CheckDelete returns a rule that may refuse the deletion of a record, on its own account or because of others.
func CheckDelete[T any](name string, f func(r Reader, old T) error) Rule {
	return typed[T](name, checkingDelete, func(tx *Tx, r *row) error { return f(tx, *r.old.(*T)) })
}

// FollowDelete returns a rule that runs when a record is in the recycle bin and may save others.
func FollowDelete[T any](name string, f func(*Tx, *T) error) Rule {
	return typed[T](name, followingDelete, func(tx *Tx, r *row) error { return f(tx, r.old.(*T)) })
}

// FollowUndelete returns a rule that runs when a record is back from the recycle bin and may save others.
func FollowUndelete[T any](name string, f func(*Tx, *T) error) Rule {
	return typed[T](name, followingUndelete, func(tx *Tx, r *row) error { return f(tx, r.new.(*T)) })
}

// FillAny is [Fill] for the records of every object that on selects; a nil on selects all.
func FillAny(name string, on func(*schema.Object) bool, f func(*Tx, AnyChange) error) Rule {
	return Rule{Name: name, phase: filling, on: on, run: func(tx *Tx, r *row) error { return f(tx, r.any()) }}
}

// CheckAny is [CheckWith] for the records of every object that on selects; a nil on selects all.
func CheckAny(name string, on func(*schema.Object) bool, f func(Reader, AnyChange) error) Rule {
	return Rule{Name: name, phase: checking, on: on, run: func(tx *Tx, r *row) error { return f(tx, r.any()) }}
}

// FollowAny is [Follow] for the records of every object that on selects; a nil on selects all.
func FollowAny(name string, on func(*schema.Object) bool, f func(*Tx, AnyChange) error) Rule {
	return Rule{Name: name, phase: following, on: on, run: func(tx *Tx, r *row) error { return f(tx, r.any()) }}
}

func typed[T any](name string, p phase, run func(*Tx, *row) error) Rule {
	return Rule{Name: name, phase: p, typ: reflect.TypeFor[T](), run: run}
}

func changeOf[T any](r *row) Change[T] {
	return Change[T]{Old: r.old.(*T), New: r.new.(*T), Insert: r.verb == inserting}
}

func (r *row) any() AnyChange {
	return AnyChange{Object: r.plan.object, Old: r.old, New: r.new, Insert: r.verb == inserting}
}

// Book is every rule of the house. Its order is the order in which the rules of one phase run.
type Book []Rule

// about returns the rules of phase p for o, in order.
func (b Book) about(o *schema.Object, p phase) []Rule {
	var rules []Rule
	for _, r := range b {
		if r.phase == p && r.concerns(o) {
			rules = append(rules, r)
		}
	}
	return slices.Clip(rules)
}

func (r Rule) concerns(o *schema.Object) bool {
	if r.typ != nil {
		return !o.Custom && r.typ == o.Type
	}
	return r.on == nil || r.on(o)
}
