package schema

import "strconv"

// Int is a whole number with a null state, which is its zero value.
type Int struct {
	n   int64
	set bool
}

// NewInt returns n as an Int.
func NewInt(n int64) Int { return Int{n, true} }

// IsNull reports whether i holds no number.
func (i Int) IsNull() bool { return !i.set }

// Int64 returns the number; null is 0.
func (i Int) Int64() int64 { return i.n }

// Or returns the number, or n when i is null.
func (i Int) Or(n int64) int64 {
	if i.set {
		return i.n
	}
	return n
}

// Decimal returns i as a Decimal.
func (i Int) Decimal() Decimal {
	if !i.set {
		return Decimal{}
	}
	return DecInt(i.n)
}

// String returns the number; null is "".
func (i Int) String() string {
	if !i.set {
		return ""
	}
	return strconv.FormatInt(i.n, 10)
}
