package schema

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// ratOf returns d as an exact fraction.
func ratOf(d Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		panic("not a number: " + d.String())
	}
	return r
}

// round returns x, half away from zero, to a number of places, in units of 10^-places.
func round(x *big.Rat, places int) *big.Int {
	scaled := new(big.Rat).Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)))
	num := new(big.Int).Abs(scaled.Num())
	num.Lsh(num, 1).Add(num, scaled.Denom())
	num.Quo(num, new(big.Int).Lsh(scaled.Denom(), 1))
	if scaled.Sign() < 0 {
		num.Neg(num)
	}
	return num
}

// nearest returns the Decimal next to x: with 18 places, or as many as fit.
func nearest(x *big.Rat) Decimal {
	for places := 18; places >= 0; places-- {
		if u := round(x, places); u.CmpAbs(big.NewInt(math.MaxInt64)) <= 0 {
			return Dec(u.Int64(), places)
		}
	}
	return Decimal{state: decimalOverflow}
}

func drawDecimal(t *rapid.T, label string) Decimal {
	units := rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64Range(-math.MaxInt64, math.MaxInt64)).Draw(t, label)
	return Dec(units, rapid.IntRange(0, 18).Draw(t, label+" scale"))
}

func TestArithmeticIsExactOrNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := drawDecimal(t, "d"), drawDecimal(t, "e")
		x, y := ratOf(d), ratOf(e)
		for _, op := range []struct {
			name string
			got  Decimal
			want *big.Rat
		}{
			{"+", d.Add(e), new(big.Rat).Add(x, y)},
			{"-", d.Sub(e), new(big.Rat).Sub(x, y)},
			{"*", d.Mul(e), new(big.Rat).Mul(x, y)},
		} {
			if want := nearest(op.want); op.got != want {
				t.Fatalf("%s %s %s = %s %+v, want %s", d, op.name, e, op.got, op.got, want)
			}
		}
		if e.Sign() == 0 {
			if !d.Quo(e).Overflow() {
				t.Fatalf("%s / 0 = %s", d, d.Quo(e))
			}
		} else if got, want := d.Quo(e), nearest(new(big.Rat).Quo(x, y)); got != want {
			t.Fatalf("%s / %s = %s, want %s", d, e, got, want)
		}
		if got, want := d.Cmp(e), x.Cmp(y); got != want {
			t.Fatalf("%s.Cmp(%s) = %d, want %d", d, e, got, want)
		}
	})
}

func TestEqualNumbersAreEqualValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.Int64Range(-1e9, 1e9).Draw(t, "units")
		scale := rapid.IntRange(0, 9).Draw(t, "scale")
		if a, b := Dec(units, scale), Dec(units*1000, scale+3); a != b {
			t.Fatalf("%+v != %+v", a, b)
		}
	})
}

func TestDecimalTextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDecimal(t, "d")
		if got, err := ParseDecimal(d.String()); err != nil || got != d {
			t.Fatalf("%s reads as %s, %v", d, got, err)
		}
	})
}

func TestRoundAndUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDecimal(t, "d")
		places := rapid.IntRange(0, 18).Draw(t, "places")
		want := round(ratOf(d), places)
		units, ok := d.Units(places)
		if ok != want.IsInt64() || ok && units != want.Int64() {
			t.Fatalf("%s.Units(%d) = %d, %v; want %s", d, places, units, ok, want)
		}
		if ok && d.Round(places) != Dec(units, places) {
			t.Fatalf("%s.Round(%d) = %s", d, places, d.Round(places))
		}
	})
}

func TestNullAndOverflowSpread(t *testing.T) {
	null, one, over := Decimal{}, DecInt(1), DecInt(math.MaxInt64).Mul(DecInt(10))
	if !over.Overflow() {
		t.Fatal("MaxInt64 × 10 fits")
	}
	if !one.Add(null).IsNull() || !null.Mul(one).IsNull() || !one.Add(over).Overflow() || !null.Add(over).Overflow() {
		t.Error("null or overflow got lost in an operation")
	}
	if null.Cmp(one) != -1 || null.Cmp(over) != -1 || one.Cmp(over) != -1 || null.Cmp(null) != 0 || one.Cmp(null) != 1 {
		t.Error("null, numbers and overflow are out of order")
	}
	if _, ok := over.Units(0); ok {
		t.Error("an overflow has units")
	}
	if !Dec(math.MinInt64, 0).Neg().Overflow() {
		t.Error("-MinInt64 fits")
	}
	if null.Neg() != null || null.String() != "" || null.Int64() != 0 || null.Or(one) != one {
		t.Error("null is not null")
	}
}

func TestParseDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "1.50": "1.5", "1e3": "1000", "1.25E-2": "0.0125", "+7": "7", ".5": "0.5", "5.": "5",
		"9223372036854775807": "9223372036854775807", "0.0000000000000000004": "0", "0.0000000000000000005": "0.000000000000000001",
		"33.333333333333333333333": "33.33333333333333333", "1e-99999": "0", "0e99999": "0",
	} {
		if d, err := ParseDecimal(in); err != nil || d.String() != want {
			t.Errorf("ParseDecimal(%s) = %s, %v; want %s", in, d, err, want)
		}
	}
	for _, in := range []string{"", " ", "1 ", "x", "NaN", "Infinity", "-Inf", "1,5", "1_000", "0x10", "9223372036854775808", "1e19", "1e999999999999", "--1", "1e"} {
		if d, err := ParseDecimal(in); err == nil {
			t.Errorf("ParseDecimal(%q) = %s", in, d)
		}
	}
}

func TestDecFloat(t *testing.T) {
	if DecFloat(0.1).String() != "0.1" || !DecFloat(math.NaN()).Overflow() || !DecFloat(math.Inf(1)).Overflow() || DecFloat(2.5).Float() != 2.5 {
		t.Error("a floating-point number is not what it shows")
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"1.5", "-1e-3", "33.333333333333333333", "9223372036854775807", "NaN", "1e99999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDecimal(s)
		if err != nil {
			return
		}
		if again, err := ParseDecimal(d.String()); err != nil || again != d {
			t.Fatalf("ParseDecimal(%q) = %s, which reads as %s, %v", s, d, again, err)
		}
	})
}
