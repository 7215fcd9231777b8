package formula

import (
	"cmp"
	"fmt"
)

// Type is what kind of value an expression has.
type Type uint8

// The types. TypeNone is the type of the word NULL alone, which fits wherever a value may be blank.
const (
	TypeNone Type = iota
	TypeText
	TypeNumber
	TypeBoolean
	TypeDate
	TypeDateTime
	TypeTime
	TypePicklist      // one choice; its text by TEXT()
	TypeMultiPicklist // choices joined by semicolons
	TypeId            // an 18-character id; usable as text
	TypeLocation      // latitude and longitude in degrees
)

var typeNames = [...]string{"NULL", "Text", "Number", "Boolean", "Date", "DateTime", "Time", "Picklist", "MultiPicklist", "Id", "Location"}

// String is the type's name.
func (t Type) String() string { return typeNames[t] }

// textual reports whether values are kept as text; for these blank is the empty text.
func (t Type) textual() bool {
	return t == TypeText || t == TypePicklist || t == TypeMultiPicklist || t == TypeId
}

// Value is a value of one of the types. The zero Value is blank.
//
// Only numbers, dates, times and locations can be without value; a blank text is the empty text, and a blank boolean
// is false.
type Value struct {
	Type Type
	text string
	num  number // of a number; the latitude of a location
	lng  number
	n    int64 // days, milliseconds, or 1 for true
	set  bool  // of dates and times
}

// Text makes a text.
func Text(s string) Value { return Value{Type: TypeText, text: s} }

// Picklist makes the choice of a picklist; "" is none.
func Picklist(s string) Value { return Value{Type: TypePicklist, text: s} }

// MultiPicklist makes choices joined by semicolons; "" is none.
func MultiPicklist(s string) Value { return Value{Type: TypeMultiPicklist, text: s} }

// Id makes an id; "" is none.
func Id(s string) Value { return Value{Type: TypeId, text: s} }

// Number makes units/10^scale; scale is at most Places.
func Number(units int64, scale int) Value {
	return Value{Type: TypeNumber, num: scaled(units, scale)}
}

// Boolean makes a boolean.
func Boolean(b bool) Value {
	if b {
		return Value{Type: TypeBoolean, n: 1}
	}
	return Value{Type: TypeBoolean}
}

// Date makes a date of days since 1970-01-01.
func Date(days int64) Value { return Value{Type: TypeDate, n: days, set: true} }

// DateTime makes a moment of milliseconds since 1970-01-01T00:00:00Z.
func DateTime(ms int64) Value { return Value{Type: TypeDateTime, n: ms, set: true} }

// Time makes a time of day of milliseconds since midnight.
func Time(ms int64) Value { return Value{Type: TypeTime, n: ms, set: true} }

// Location makes a point of two numbers of degrees.
func Location(latitude, longitude Value) Value {
	return Value{Type: TypeLocation, num: latitude.num, lng: longitude.num}
}

// Blank makes the value that stands for none.
func Blank(t Type) Value { return Value{Type: t} }

func ofNumber(x number) Value { return Value{Type: TypeNumber, num: x} }

func ofInt(n int) Value { return ofNumber(whole(int64(n))) }

// IsBlank reports whether there is no value. A boolean is never blank.
func (v Value) IsBlank() bool {
	switch {
	case v.Type.textual():
		return v.text == ""
	case v.Type == TypeNumber:
		return v.num == nil
	case v.Type == TypeLocation:
		return v.num == nil || v.lng == nil
	case v.Type == TypeBoolean:
		return false
	}
	return !v.set
}

// Text is the text of a text, picklist or id.
func (v Value) Text() string { return v.text }

// True reports whether a boolean is true.
func (v Value) True() bool { return v.n != 0 }

// Int is the days of a date and the milliseconds of a time or moment; false when blank.
func (v Value) Int() (int64, bool) { return v.n, v.set }

// Units is a number as a count of 10^-scale, rounded half away from zero; false when it is blank or does not fit.
func (v Value) Units(scale int) (int64, bool) { return inUnits(v.num, scale) }

// String is for people: numbers and texts as TEXT() writes them.
func (v Value) String() string {
	switch v.Type {
	case TypeBoolean:
		return fmt.Sprint(v.True())
	case TypeNumber:
		return formatNumber(v.num)
	case TypeDate:
		return formatDate(v)
	case TypeDateTime:
		return formatDateTime(v)
	case TypeTime:
		return formatTime(v)
	case TypeLocation:
		return formatNumber(v.num) + "," + formatNumber(v.lng)
	}
	return v.text
}

// same reports whether two values of one type are equal; blank equals blank.
func same(a, b Value) bool {
	switch {
	case a.Type == TypeNumber:
		return sameNumber(a.num, b.num)
	case a.Type == TypeLocation:
		return sameNumber(a.num, b.num) && sameNumber(a.lng, b.lng)
	case a.Type.textual():
		return a.text == b.text
	}
	return a.set == b.set && a.n == b.n
}

func sameNumber(a, b number) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Cmp(b) == 0
}

// compare orders two numbers, dates, times or moments; false when one is blank.
func compare(a, b Value) (int, bool) {
	if a.IsBlank() || b.IsBlank() {
		return 0, false
	}
	if a.Type == TypeNumber {
		return a.num.Cmp(b.num), true
	}
	return cmp.Compare(a.n, b.n), true
}
