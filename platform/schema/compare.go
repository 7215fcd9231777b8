package schema

import (
	"maps"
	"reflect"
)

// place returns where the value of f lives in the Go struct of rec; ok is false for a custom field, which lives in
// [Standard.Custom]. The Decimal inside a Currency or Percent is its place.
func (f *Field) place(rec any) (v reflect.Value, ok bool) {
	if f.index == nil {
		return reflect.Value{}, false
	}
	v = reflect.ValueOf(rec).Elem().FieldByIndex(f.index)
	if f.Kind.Store() == StoreDecimal && v.Type() != decimalType {
		v = v.Field(0)
	}
	return v, true
}

// Equal reports whether f has the same value in a and b, two records of f's object.
func (f *Field) Equal(a, b any) bool {
	v, ok := f.place(a)
	if !ok {
		return f.Get(a) == f.Get(b)
	}
	w, _ := f.place(b)
	switch f.Kind.Store() {
	case StoreText:
		return v.String() == w.String()
	case StoreBool:
		return v.Bool() == w.Bool()
	}
	switch p := v.Addr().Interface().(type) {
	case *Decimal:
		return *p == *w.Addr().Interface().(*Decimal)
	case *Int:
		return *p == *w.Addr().Interface().(*Int)
	case *DateTime:
		return *p == *w.Addr().Interface().(*DateTime)
	case *Date:
		return *p == *w.Addr().Interface().(*Date)
	case *Time:
		return *p == *w.Addr().Interface().(*Time)
	}
	return v.Interface() == w.Interface()
}

// Null reports whether f of rec is null. A boolean never is.
func (f *Field) Null(rec any) bool {
	v, ok := f.place(rec)
	if !ok {
		return IsNull(f.Get(rec))
	}
	switch f.Kind.Store() {
	case StoreText:
		return v.Len() == 0
	case StoreBool:
		return false
	}
	return v.IsZero()
}

// Text returns f of rec, a field that is kept as text.
func (f *Field) Text(rec any) string {
	if v, ok := f.place(rec); ok {
		return v.String()
	}
	s, _ := f.Get(rec).(string)
	return s
}

// Copy returns a copy of rec, a pointer to the Go struct of an object, that shares nothing with it.
func Copy(rec any) any {
	v := reflect.ValueOf(rec)
	n := reflect.New(v.Type().Elem())
	n.Elem().Set(v.Elem())
	if s := standardOf(n.Elem()); s.Custom != nil {
		s.Custom = maps.Clone(s.Custom)
	}
	return n.Interface()
}

// Target returns the Go type of the records that a Ref leads to.
func (Ref[T]) Target() reflect.Type { return reflect.TypeFor[T]() }
