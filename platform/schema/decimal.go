package schema

import (
	"cmp"
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// Decimal is an exact decimal number with a null state, which is its zero value. Two Decimals of the same number
// are equal under ==. A result that does not fit is marked, and the corridor refuses to store it.
type Decimal struct {
	units int64 // the number is units / 10^scale, with no trailing zero
	scale int8
	state decimalState
}

type decimalState uint8

const (
	decimalNull decimalState = iota
	decimalValid
	decimalOverflow
)

// decimals is the context of every operation: enough digits for the product of two int64.
var decimals = apd.Context{Precision: 40, MaxExponent: apd.MaxExponent, MinExponent: apd.MinExponent, Rounding: apd.RoundHalfUp}

// Dec returns units / 10^scale: Dec(1250, 2) is 12.5.
func Dec(units int64, scale int) Decimal {
	return Decimal{units: units, scale: int8(scale), state: decimalValid}.strip()
}

// DecInt returns n as a Decimal.
func DecInt(n int64) Decimal { return Dec(n, 0) }

// DecFloat returns the shortest decimal that reads as f.
func DecFloat(f float64) Decimal {
	d, err := ParseDecimal(strconv.FormatFloat(f, 'g', -1, 64))
	if err != nil {
		return Decimal{state: decimalOverflow}
	}
	return d
}

// ErrDecimal is returned for text that is not a number, or is one beyond the range of a Decimal.
var ErrDecimal = errors.New("not a decimal number in range")

// ParseDecimal reads a number in plain or exponent notation. Digits beyond what a Decimal holds, which is 18 at least,
// are rounded half away from zero.
func ParseDecimal(s string) (Decimal, error) {
	if len(s) > 400 {
		return Decimal{}, ErrDecimal
	}
	a, _, err := apd.NewFromString(s)
	if err != nil || a.Form != apd.Finite {
		return Decimal{}, ErrDecimal
	}
	d := fromAPD(a)
	if d.state != decimalValid {
		return Decimal{}, ErrDecimal
	}
	return d, nil
}

// strip removes trailing zeros so that equal numbers are equal values.
func (d Decimal) strip() Decimal {
	if d.units == 0 {
		d.scale = 0
		return d
	}
	for d.scale > 0 && d.units%10 == 0 {
		d.units /= 10
		d.scale--
	}
	for d.scale < 0 {
		if d.units > math.MaxInt64/10 || d.units < math.MinInt64/10 {
			return Decimal{state: decimalOverflow}
		}
		d.units *= 10
		d.scale++
	}
	return d
}

func (d Decimal) apd() *apd.Decimal { return apd.New(d.units, -int32(d.scale)) }

// fromAPD rounds a to at most 18 places, and to fewer if the number has no room for them.
func fromAPD(a *apd.Decimal) Decimal {
	if a.Form != apd.Finite {
		return Decimal{state: decimalOverflow}
	}
	if a.IsZero() {
		return DecInt(0)
	}
	var r apd.Decimal
	r.Reduce(a)
	if !r.Coeff.IsInt64() || r.Exponent < -18 {
		whole := max(int(r.NumDigits())+int(r.Exponent), 1)
		places := min(18, 19-whole) // 19 digits fit if they are not above those of the largest int64
		if !quantize(&r, a, places) && !quantize(&r, a, places-1) {
			return Decimal{state: decimalOverflow}
		}
	}
	if r.Exponent > 18 {
		return Decimal{state: decimalOverflow}
	}
	units := r.Coeff.Int64()
	if r.Negative {
		units = -units
	}
	return Decimal{units: units, scale: int8(-r.Exponent), state: decimalValid}.strip()
}

// quantize sets r to a rounded to a number of places, and reports whether its digits fit in an int64.
func quantize(r, a *apd.Decimal, places int) bool {
	if places < 0 {
		return false
	}
	if _, err := decimals.Quantize(r, a, -int32(places)); err != nil {
		return false
	}
	r.Reduce(r)
	return r.Coeff.IsInt64()
}

func (d Decimal) with(e Decimal, op func(r, x, y *apd.Decimal) (apd.Condition, error)) Decimal {
	switch {
	case d.state == decimalOverflow || e.state == decimalOverflow:
		return Decimal{state: decimalOverflow}
	case d.IsNull() || e.IsNull():
		return Decimal{}
	}
	var r apd.Decimal
	if _, err := op(&r, d.apd(), e.apd()); err != nil {
		return Decimal{state: decimalOverflow}
	}
	return fromAPD(&r)
}

// Add returns d + e; null if either is null.
func (d Decimal) Add(e Decimal) Decimal { return d.with(e, decimals.Add) }

// Sub returns d - e; null if either is null.
func (d Decimal) Sub(e Decimal) Decimal { return d.with(e, decimals.Sub) }

// Mul returns d × e; null if either is null.
func (d Decimal) Mul(e Decimal) Decimal { return d.with(e, decimals.Mul) }

// Quo returns d / e to 18 places, or as many as fit, rounded half away from zero; dividing by zero overflows.
func (d Decimal) Quo(e Decimal) Decimal { return d.with(e, decimals.Quo) }

// Neg returns -d.
func (d Decimal) Neg() Decimal {
	if d.units == math.MinInt64 {
		return Decimal{state: decimalOverflow}
	}
	d.units = -d.units
	return d
}

// Round returns d to the given number of places, half away from zero.
func (d Decimal) Round(places int) Decimal {
	if d.state != decimalValid || int(d.scale) <= places {
		return d
	}
	var r apd.Decimal
	if _, err := decimals.Quantize(&r, d.apd(), -int32(places)); err != nil {
		return Decimal{state: decimalOverflow}
	}
	return fromAPD(&r)
}

// Or returns d, or e when d is null.
func (d Decimal) Or(e Decimal) Decimal {
	if d.IsNull() {
		return e
	}
	return d
}

// Cmp compares two numbers: -1, 0 or 1. Null comes before every number, and what does not fit after.
func (d Decimal) Cmp(e Decimal) int {
	if d.state != decimalValid || e.state != decimalValid {
		return cmp.Compare(d.state, e.state)
	}
	return d.apd().Cmp(e.apd())
}

// IsNull reports whether d holds no number.
func (d Decimal) IsNull() bool { return d.state == decimalNull }

// Overflow reports whether d is the result of an operation that did not fit.
func (d Decimal) Overflow() bool { return d.state == decimalOverflow }

// Sign returns -1, 0 or 1; null is 0.
func (d Decimal) Sign() int {
	switch {
	case d.units < 0:
		return -1
	case d.units > 0:
		return 1
	}
	return 0
}

// Int64 returns the whole part of d; null is 0.
func (d Decimal) Int64() int64 {
	n := d.units
	for range d.scale {
		n /= 10
	}
	return n
}

// Float returns d as a floating-point number, for geometry and statistics only.
func (d Decimal) Float() float64 { return float64(d.units) / math.Pow10(int(d.scale)) }

// Units returns d as units of 10^-scale, rounded half away from zero; ok is false when they do not fit.
func (d Decimal) Units(scale int) (units int64, ok bool) {
	r := d.Round(scale)
	if r.state != decimalValid {
		return 0, false
	}
	units = r.units
	for range scale - int(r.scale) {
		if units > math.MaxInt64/10 || units < math.MinInt64/10 {
			return 0, false
		}
		units *= 10
	}
	return units, true
}

// String returns d in plain notation; null is "".
func (d Decimal) String() string { return string(d.Append(nil)) }

// Append appends the text of d to b.
func (d Decimal) Append(b []byte) []byte {
	if d.state != decimalValid {
		return b
	}
	if d.scale == 0 {
		return strconv.AppendInt(b, d.units, 10)
	}
	units := d.units
	if units < 0 {
		b = append(b, '-')
	}
	digits := strings.TrimPrefix(strconv.FormatInt(units, 10), "-")
	if pad := int(d.scale) + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	point := len(digits) - int(d.scale)
	b = append(b, digits[:point]...)
	b = append(b, '.')
	return append(b, digits[point:]...)
}
