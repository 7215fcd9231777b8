package formula

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// Places is how many digits after the point a number keeps. Products, quotients and the results of functions are
// rounded to it, half away from zero, as PostgreSQL's round does.
const Places = 18

// A number is a count of 10^-Places; nil is blank. Numbers are never changed in place.
type number = *big.Int

const oneInt = 1_000_000_000_000_000_000 // 10^Places

var (
	one       = big.NewInt(oneInt)
	ten       = big.NewInt(10)
	magnitude = new(big.Int).Mul(one, one) // 10^18 as a number: the bound of products, quotients and functions
)

func whole(n int64) number { return new(big.Int).Mul(big.NewInt(n), one) }

// scaled makes a number of n units of 10^-scale.
func scaled(n int64, scale int) number {
	return new(big.Int).Mul(big.NewInt(n), power10(Places-scale))
}

// powers holds 10^0 to 10^(5*Places), more than any shift of a number.
var powers = func() (all [5*Places + 1]*big.Int) {
	for i := range all {
		all[i] = new(big.Int).Exp(ten, big.NewInt(int64(i)), nil)
	}
	return all
}()

// power10 is 10^n. The result is not to be changed.
func power10(n int) *big.Int {
	if n < len(powers) {
		return powers[n]
	}
	return new(big.Int).Exp(ten, big.NewInt(int64(n)), nil)
}

// bounded is x, or blank when it is 10^18 or more in size.
func bounded(x number) number {
	if x != nil && x.CmpAbs(magnitude) >= 0 {
		return nil
	}
	return x
}

// roundQuotient divides and rounds half away from zero.
func roundQuotient(x, y *big.Int) *big.Int {
	q, r := new(big.Int).QuoRem(x, y, new(big.Int))
	if r.Lsh(r, 1).CmpAbs(y) >= 0 {
		q.Add(q, big.NewInt(int64(x.Sign()*y.Sign())))
	}
	return q
}

func multiply(x, y number) number {
	if x == nil || y == nil {
		return nil
	}
	return bounded(roundQuotient(new(big.Int).Mul(x, y), one))
}

// divide is blank for a division by zero.
func divide(x, y number) number {
	if x == nil || y == nil || y.Sign() == 0 {
		return nil
	}
	return bounded(roundQuotient(new(big.Int).Mul(x, one), y))
}

// remainder has the sign of x, and is blank for a division by zero.
func remainder(x, y number) number {
	if x == nil || y == nil || y.Sign() == 0 {
		return nil
	}
	return new(big.Int).Rem(x, y)
}

// roundTo rounds to a number of digits after the point, or before it when negative, half away from zero.
func roundTo(x number, digits int) number {
	if x == nil || digits >= Places {
		return x
	}
	unit := power10(Places - digits)
	return new(big.Int).Mul(roundQuotient(x, unit), unit)
}

// truncate cuts the fraction off.
func truncate(x number) number {
	return new(big.Int).Mul(new(big.Int).Quo(x, one), one)
}

// floor and ceil are the mathematical ones: towards minus and plus infinity.
func floor(x number) number {
	return new(big.Int).Mul(new(big.Int).Div(x, one), one) // Div is Euclidean, and one is positive
}

func ceil(x number) number { return new(big.Int).Neg(floor(new(big.Int).Neg(x))) }

// count is a number as a small integer: its fraction cut off, blank as 0, kept within low and high.
func count(x number, low, high int) int {
	if x == nil {
		return min(max(0, low), high)
	}
	q := new(big.Int).Quo(x, one)
	switch {
	case q.Cmp(big.NewInt(int64(low))) < 0:
		return low
	case q.Cmp(big.NewInt(int64(high))) > 0:
		return high
	}
	return int(q.Int64())
}

// squareRoot is blank for negative numbers.
func squareRoot(x number) number {
	if x == nil || x.Sign() < 0 {
		return nil
	}
	// With one digit more than is kept, the cut root rounds as the true one does.
	root := new(big.Int).Mul(x, one)
	root.Mul(root, big.NewInt(100))
	return roundQuotient(root.Sqrt(root), ten)
}

// precise is the context of transcendental functions: enough digits that rounding to Places hides their errors.
var precise = apd.Context{Precision: 80, MaxExponent: 10000, MinExponent: -10000, Rounding: apd.RoundHalfUp}

// transcendental applies one of apd's functions.
func transcendental(x number, f func(d, x *apd.Decimal) (apd.Condition, error)) number {
	var r apd.Decimal
	if _, err := f(&r, toDecimal(x)); err != nil || r.Form != apd.Finite {
		return nil
	}
	return fromDecimal(&r)
}

func toDecimal(x number) *apd.Decimal {
	return apd.NewWithBigInt(new(apd.BigInt).SetMathBigInt(x), -Places)
}

func fromDecimal(d *apd.Decimal) number {
	coefficient := d.Coeff.MathBigInt()
	if d.Negative {
		coefficient.Neg(coefficient)
	}
	switch shift := int(d.Exponent) + Places; {
	case shift > 4*Places:
		return nil
	case shift >= 0:
		return bounded(coefficient.Mul(coefficient, power10(shift)))
	default:
		return bounded(roundQuotient(coefficient, power10(-shift)))
	}
}

// exponential is blank when the result is out of bounds.
func exponential(x number) number {
	switch {
	case x == nil || x.Cmp(whole(42)) >= 0:
		return nil
	case x.Cmp(whole(-100)) < 0:
		return new(big.Int)
	}
	return transcendental(x, precise.Exp)
}

// logarithm applies a logarithm; it is blank for numbers that have none.
func logarithm(x number, f func(d, x *apd.Decimal) (apd.Condition, error)) number {
	if x == nil || x.Sign() <= 0 {
		return nil
	}
	return transcendental(x, f)
}

// largestRepeated is the largest exponent for which raise multiplies, and for which SQL can follow.
const largestRepeated = 4

// raise is x to the power of y: by multiplication for the exponents 0 to largestRepeated, otherwise by logarithms.
// It is blank where there is no real result.
func raise(x, y number) number {
	if x == nil || y == nil {
		return nil
	}
	if n := new(big.Int).Quo(y, one); y.Sign() >= 0 && n.Cmp(big.NewInt(largestRepeated)) <= 0 && whole(n.Int64()).Cmp(y) == 0 {
		result := whole(1)
		for range n.Int64() {
			result = multiply(result, x)
		}
		return result
	}
	if new(big.Int).Abs(y).Cmp(whole(1000)) > 0 || x.Sign() == 0 {
		return nil
	}
	return transcendental(x, func(d, x *apd.Decimal) (apd.Condition, error) { return precise.Pow(d, x, toDecimal(y)) })
}

// parseNumber reads plain decimal notation of up to 18 digits before and Places after the point.
func parseNumber(s string) (number, bool) {
	s = strings.Trim(s, space)
	sign := int64(1)
	switch {
	case strings.HasPrefix(s, "-"):
		sign, s = -1, s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	before, after, _ := strings.Cut(s, ".")
	if before == "" && after == "" || len(before) > 18 || len(after) > Places || !digitsOnly(before) || !digitsOnly(after) {
		return nil, false
	}
	n := whole(sign * digits(before))
	return n.Add(n, scaled(sign*digits(after), len(after))), true
}

// digits reads at most 18 digits.
func digits(s string) (n int64) {
	for i := range len(s) {
		n = n*10 + int64(s[i]-'0')
	}
	return n
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// formatNumber writes plain decimal notation without needless zeros.
func formatNumber(x number) string {
	if x == nil {
		return ""
	}
	q, r := new(big.Int).QuoRem(x, one, new(big.Int))
	text := make([]byte, 0, 40)
	if x.Sign() < 0 {
		text = append(text, '-')
	}
	text = q.Abs(q).Append(text, 10)
	if r.Sign() == 0 {
		return string(text)
	}
	fraction := strconv.AppendInt(nil, r.Abs(r).Int64()+oneInt, 10) // oneInt keeps the leading zeros
	fraction[0] = '.'
	return string(append(text, bytes.TrimRight(fraction, "0")...))
}

// inUnits is x as a count of 10^-scale, rounded half away from zero; false when blank or beyond an int64.
func inUnits(x number, scale int) (int64, bool) {
	if x == nil {
		return 0, false
	}
	u := roundQuotient(x, power10(Places-scale))
	if !u.IsInt64() || u.CmpAbs(maxUnits) >= 0 {
		return 0, false
	}
	return u.Int64(), true
}

// maxUnits is the largest int64, which stands for out of bounds in SQL.
var maxUnits = big.NewInt(1<<63 - 1)
