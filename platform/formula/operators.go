package formula

import (
	"math/big"
	"strings"
)

// operators lists what is written between or before its arguments. AND and OR stand among the functions.
var operators = []Function{
	{Name: "+", Signature: "a + b", Help: "Adds numbers, or days to a date, or joins texts.", overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber}, gives: TypeNumber, key: "add", pg: "({0} + {1})",
			eval: numeric(func(x, y number) number { return new(big.Int).Add(x, y) })},
		{takes: []Type{TypeDate, TypeNumber}, gives: TypeDate, key: "date_add", pg: pgDays("{0} + trunc({1})"),
			eval: func(a []Value) Value { return moveDate(a[0], a[1].num) }},
		{takes: []Type{TypeDateTime, TypeNumber}, gives: TypeDateTime, key: "moment_add", pg: pgMoment("{0} + round({1} * 86400000)"),
			eval: func(a []Value) Value { return moveMoment(a[0], a[1].num) }},
		{takes: []Type{TypeTime, TypeNumber}, gives: TypeTime, key: "time_add",
			pg:   "mod(mod({0} + trunc({1}), 86400000) + 86400000, 86400000)::bigint",
			eval: func(a []Value) Value { return moveTime(a[0], a[1].num) }},
		joinTexts,
	}},
	{Name: "-", Signature: "a - b", Help: "Subtracts numbers, days from a date, or dates from each other, which gives days.", overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber}, gives: TypeNumber, key: "subtract", pg: "({0} - {1})",
			eval: numeric(func(x, y number) number { return new(big.Int).Sub(x, y) })},
		{takes: []Type{TypeDate, TypeDate}, gives: TypeNumber, key: "date_difference", lite: "({0} - {1})", pg: "({0} - {1})::numeric",
			eval: func(a []Value) Value { return ofNumber(difference(a[0], a[1])) }},
		{takes: []Type{TypeDateTime, TypeDateTime}, gives: TypeNumber, key: "moment_difference", pg: pgQuotient("({0} - {1})::numeric", "86400000"),
			eval: func(a []Value) Value { return ofNumber(divide(difference(a[0], a[1]), whole(msPerDay))) }},
		{takes: []Type{TypeTime, TypeTime}, gives: TypeNumber, key: "time_difference", lite: "({0} - {1})", pg: "({0} - {1})::numeric",
			eval: func(a []Value) Value { return ofNumber(difference(a[0], a[1])) }},
		{takes: []Type{TypeDate, TypeNumber}, gives: TypeDate, key: "date_subtract", pg: pgDays("{0} - trunc({1})"),
			eval: func(a []Value) Value { return moveDate(a[0], negate(a[1].num)) }},
		{takes: []Type{TypeDateTime, TypeNumber}, gives: TypeDateTime, key: "moment_subtract", pg: pgMoment("{0} - round({1} * 86400000)"),
			eval: func(a []Value) Value { return moveMoment(a[0], negate(a[1].num)) }},
		{takes: []Type{TypeTime, TypeNumber}, gives: TypeTime, key: "time_subtract",
			pg:   "mod(mod({0} - trunc({1}), 86400000) + 86400000, 86400000)::bigint",
			eval: func(a []Value) Value { return moveTime(a[0], negate(a[1].num)) }},
	}},
	{Name: "*", Signature: "a * b", Help: "Multiplies.", overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber}, gives: TypeNumber, key: "multiply", pg: pgBounded(pgRound("{0} * {1}")),
			eval: func(a []Value) Value { return ofNumber(multiply(a[0].num, a[1].num)) }},
	}},
	{Name: "/", Signature: "a / b", Help: "Divides; a division by zero is blank.", overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber}, gives: TypeNumber, key: "divide", pg: pgQuotient("{0}", "{1}"),
			eval: func(a []Value) Value { return ofNumber(divide(a[0].num, a[1].num)) }},
	}},
	{Name: "^", Signature: "a ^ b", Help: "Raises to a power.", form: formPower, overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber}, gives: TypeNumber, key: "power",
			eval: func(a []Value) Value { return ofNumber(raise(a[0].num, a[1].num)) }},
	}},
	{Name: "NEGATE", Signature: "-a", Help: "Changes the sign.", overloads: []overload{
		{takes: []Type{TypeNumber}, gives: TypeNumber, key: "negate", pg: "(-{0})",
			eval: func(a []Value) Value { return ofNumber(negate(a[0].num)) }},
	}},
	{Name: "&", Signature: "a & b", Help: "Joins texts.", overloads: []overload{joinTexts}},
	{Name: "=", Signature: "a = b", Help: "Holds when both are equal, or both blank; text is compared with its case.",
		overloads: equalities("equal", "({0} IS {1})", "({0} IS NOT DISTINCT FROM {1})", false)},
	{Name: "<>", Signature: "a <> b", Help: "Holds when = does not.",
		overloads: equalities("unequal", "({0} IS NOT {1})", "({0} IS DISTINCT FROM {1})", true)},
	{Name: "<", Signature: "a < b", Help: "Holds when a is less or earlier; never when one is blank.",
		overloads: comparisons("less", "<", func(c int) bool { return c < 0 })},
	{Name: "<=", Signature: "a <= b", Help: "Holds when a is not more or later; never when one is blank.",
		overloads: comparisons("at_most", "<=", func(c int) bool { return c <= 0 })},
	{Name: ">", Signature: "a > b", Help: "Holds when a is more or later; never when one is blank.",
		overloads: comparisons("more", ">", func(c int) bool { return c > 0 })},
	{Name: ">=", Signature: "a >= b", Help: "Holds when a is not less or earlier; never when one is blank.",
		overloads: comparisons("at_least", ">=", func(c int) bool { return c >= 0 })},
}

var joinTexts = overload{takes: []Type{TypeText, TypeText}, gives: TypeText, key: "join", lite: "({0} || {1})", pg: "({0} || {1})",
	eval: func(a []Value) Value { return Text(a[0].text + a[1].text) }}

// numeric applies f to two numbers, giving blank when one is.
func numeric(f func(x, y number) number) func(a []Value) Value {
	return func(a []Value) Value {
		if a[0].num == nil || a[1].num == nil {
			return Blank(TypeNumber)
		}
		return ofNumber(f(a[0].num, a[1].num))
	}
}

func negate(x number) number {
	if x == nil {
		return nil
	}
	return new(big.Int).Neg(x)
}

// equalities makes = or <> for every type that has it. In SQLite equal numbers have one representation.
func equalities(key, lite, pg string, unequal bool) []overload {
	var all []overload
	for _, t := range []Type{TypeNumber, TypeText, TypeBoolean, TypeDate, TypeDateTime, TypeTime} {
		all = append(all, overload{
			takes: []Type{t, t}, gives: TypeBoolean, lite: lite, pg: pg,
			key:  key + "_" + strings.ToLower(t.String()),
			eval: func(a []Value) Value { return Boolean(same(a[0], a[1]) != unequal) },
		})
	}
	return all
}

// comparisons makes an ordering operator for every type that has an order.
func comparisons(key, sign string, holds func(c int) bool) []overload {
	var all []overload
	for _, t := range []Type{TypeNumber, TypeDate, TypeDateTime, TypeTime} {
		o := overload{
			takes: []Type{t, t}, gives: TypeBoolean,
			key:  key + "_" + strings.ToLower(t.String()),
			lite: "COALESCE({0} " + sign + " {1}, 0)",
			pg:   "COALESCE({0} " + sign + " {1}, FALSE)",
			eval: func(a []Value) Value {
				c, ok := compare(a[0], a[1])
				return Boolean(ok && holds(c))
			},
		}
		if t == TypeNumber {
			o.lite = "" // fractions are text there
		}
		all = append(all, o)
	}
	return all
}
