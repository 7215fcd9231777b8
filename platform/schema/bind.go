package schema

import (
	"fmt"
	"math"
	"reflect"
)

// Get reads f from rec, a pointer to the Go struct of f's object. The value has the Go type of f's [Store]: string,
// bool, Int, Decimal, Date, DateTime or Time. A null is the zero value of that type.
func (f *Field) Get(rec any) any {
	v := reflect.ValueOf(rec).Elem()
	if f.index == nil {
		if x, ok := standardOf(v).Custom[f.Name]; ok {
			return x
		}
		return f.Zero()
	}
	v = v.FieldByIndex(f.index)
	switch f.Kind.Store() {
	case StoreText:
		return v.String()
	case StoreBool:
		return v.Bool()
	case StoreDecimal:
		if v.Type() != decimalType {
			v = v.Field(0) // Currency and Percent embed their Decimal
		}
	}
	return v.Interface()
}

// Set writes x, of the Go type of f's [Store], to f of rec. A nil x is null.
func (f *Field) Set(rec, x any) {
	if x == nil {
		x = f.Zero()
	}
	v := reflect.ValueOf(rec).Elem()
	if f.index == nil {
		s := standardOf(v)
		if s.Custom == nil {
			s.Custom = Values{}
		}
		s.Custom[f.Name] = x
		return
	}
	v = v.FieldByIndex(f.index)
	switch f.Kind.Store() {
	case StoreText:
		v.SetString(x.(string))
	case StoreBool:
		v.SetBool(x.(bool))
	case StoreDecimal:
		if v.Type() != decimalType {
			v = v.Field(0)
		}
		v.Set(reflect.ValueOf(x))
	default:
		v.Set(reflect.ValueOf(x))
	}
}

var decimalType = reflect.TypeFor[Decimal]()

// StandardOf returns the embedded Standard of rec, a pointer to the Go struct of an object.
func StandardOf(rec any) *Standard { return standardOf(reflect.ValueOf(rec).Elem()) }

func standardOf(v reflect.Value) *Standard {
	return v.FieldByName("Standard").Addr().Interface().(*Standard)
}

// Zero returns the null of f.
func (f *Field) Zero() any {
	switch f.Kind.Store() {
	case StoreBool:
		return false
	case StoreInt:
		return Int{}
	case StoreDecimal:
		return Decimal{}
	case StoreDate:
		return Date{}
	case StoreInstant:
		return DateTime{}
	case StoreTime:
		return Time{}
	}
	return ""
}

// IsNull reports whether x, as [Field.Get] returns it, is null. A boolean never is.
func IsNull(x any) bool {
	switch x := x.(type) {
	case nil:
		return true
	case string:
		return x == ""
	case Int:
		return x.IsNull()
	case Decimal:
		return x.IsNull()
	case Date:
		return x.IsNull()
	case DateTime:
		return x.IsNull()
	case Time:
		return x.IsNull()
	}
	return false
}

// Column returns x as the database keeps it: nil, string, bool or int64.
func (f *Field) Column(x any) (any, error) {
	if IsNull(x) {
		return nil, nil
	}
	switch x := x.(type) {
	case string, bool:
		return x, nil
	case Int:
		return x.n, nil
	case Decimal:
		units, ok := x.Units(f.Scale)
		if !ok {
			return nil, fmt.Errorf("%s: the number is out of range", f.Name)
		}
		return units, nil
	case Date:
		return x.Days(), nil
	case DateTime:
		return x.ms, nil
	case Time:
		return x.Milli(), nil
	}
	return nil, fmt.Errorf("%s: cannot keep a %T", f.Name, x)
}

// FromColumn returns what the database gave for f, in the Go type of f's [Store].
func (f *Field) FromColumn(src any) (any, error) {
	if src == nil {
		return f.Zero(), nil
	}
	if s, ok := src.(string); ok && f.Kind.Store() == StoreText {
		return s, nil
	}
	if b, ok := src.([]byte); ok && f.Kind.Store() == StoreText {
		return string(b), nil
	}
	if b, ok := src.(bool); ok && f.Kind.Store() == StoreBool {
		return b, nil
	}
	n, ok := src.(int64)
	if !ok {
		return nil, fmt.Errorf("%s.%s: the database holds a %T", f.Object, f.Name, src)
	}
	switch f.Kind.Store() {
	case StoreBool:
		return n != 0, nil
	case StoreInt:
		return NewInt(n), nil
	case StoreDecimal:
		return Dec(n, f.Scale), nil
	case StoreDate:
		if n < math.MinInt32 || n > math.MaxInt32 {
			return nil, fmt.Errorf("%s.%s: day %d is out of range", f.Object, f.Name, n)
		}
		return DayNumber(n), nil
	case StoreInstant:
		return AtMilli(n), nil
	case StoreTime:
		return ClockMilli(n), nil
	}
	return nil, fmt.Errorf("%s.%s: the database holds a number", f.Object, f.Name)
}

// Scanner returns a destination for sql.Rows.Scan that fills f of rec.
func (f *Field) Scanner(rec any) any { return &scanner{f, rec} }

type scanner struct {
	field *Field
	rec   any
}

func (s *scanner) Scan(src any) error {
	if src == nil && s.field.index == nil {
		return nil
	}
	x, err := s.field.FromColumn(src)
	if err == nil {
		s.field.Set(s.rec, x)
	}
	return err
}
