package formula

import (
	"fmt"
	"math/big"
	"strings"
)

var numberFunctions = []Function{
	of1("ABS", "Gives the size without the sign.", "abs", "abs({0})",
		func(x number) number { return new(big.Int).Abs(x) }),
	{Name: "ROUND", Signature: "ROUND(number, digits)", Help: "Rounds to digits after the point, half away from zero.", overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber}, gives: TypeNumber, key: "round",
			pg:   "round({0}, " + pgCount("{1}", -Places, Places) + ")",
			eval: func(a []Value) Value { return ofNumber(roundTo(a[0].num, count(a[1].num, -Places, Places))) }},
	}},
	of1("CEILING", "Rounds to a whole number, away from zero.", "ceiling", "(sign({0}) * ceil(abs({0})))",
		func(x number) number {
			if x.Sign() < 0 {
				return floor(x)
			}
			return ceil(x)
		}),
	of1("FLOOR", "Rounds to a whole number, towards zero.", "floor", "trunc({0})", truncate),
	of1("MCEILING", "Rounds up to a whole number.", "mceiling", "ceil({0})", ceil),
	of1("MFLOOR", "Rounds down to a whole number.", "mfloor", "floor({0})", floor),
	{Name: "MOD", Signature: "MOD(number, divisor)", Help: "Gives the rest of a division, with the sign of the number.", overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber}, gives: TypeNumber, key: "mod", pg: "mod({0}, NULLIF({1}, 0))",
			eval: func(a []Value) Value { return ofNumber(remainder(a[0].num, a[1].num)) }},
	}},
	extreme("MAX", "largest", "GREATEST({*})", 1),
	extreme("MIN", "smallest", "LEAST({*})", -1),
	of1("SQRT", "Gives the square root; blank for negative numbers.", "sqrt",
		"CASE WHEN {0} >= 0 THEN "+pgRound("sqrt(round({0}, 48))")+" END", squareRoot),
	of1("EXP", "Gives e to the power of a number.", "exp",
		"CASE WHEN {0} < 42 THEN "+pgBounded(pgRound("exp(round(GREATEST({0}, -100), 48))"))+" END", exponential),
	of1("LN", "Gives the natural logarithm; blank unless the number is above zero.", "ln",
		"CASE WHEN {0} > 0 THEN "+pgRound("ln(round({0}, 48))")+" END",
		func(x number) number { return logarithm(x, precise.Ln) }),
	of1("LOG", "Gives the logarithm to base 10; blank unless the number is above zero.", "log",
		"CASE WHEN {0} > 0 THEN "+pgRound("log(round({0}, 48))")+" END",
		func(x number) number { return logarithm(x, precise.Log10) }),
}

// of1 makes a function of one number.
func of1(name, help, key, pg string, f func(number) number) Function {
	return Function{Name: name, Signature: name + "(number)", Help: help, overloads: []overload{{
		takes: []Type{TypeNumber}, gives: TypeNumber, key: key, pg: pg,
		eval: func(a []Value) Value {
			if a[0].num == nil {
				return Blank(TypeNumber)
			}
			return ofNumber(f(a[0].num))
		},
	}}}
}

// extreme makes MAX or MIN. Blanks are passed over.
func extreme(name, which, pg string, sign int) Function {
	return Function{Name: name, Signature: name + "(number, …)", Help: fmt.Sprintf("Gives the %s number, passing over blanks.", which),
		overloads: []overload{{
			takes: []Type{TypeNumber}, variadic: true, gives: TypeNumber, key: strings.ToLower(name), pg: pg,
			eval: func(a []Value) Value {
				var best number
				for _, v := range a {
					if v.num != nil && (best == nil || v.num.Cmp(best) == sign) {
						best = v.num
					}
				}
				return ofNumber(best)
			},
		}}}
}
