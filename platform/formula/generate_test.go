package formula_test

import (
	"fmt"
	"math"
	"strings"

	"pgregory.net/rapid"

	"truckroll/platform/formula"
)

// The generators make rows that reach the bounds of what can be stored, and formulas that apply every function and
// operator to every type it takes.

var resultTypes = []formula.Type{
	formula.TypeText, formula.TypeNumber, formula.TypeBoolean, formula.TypeDate, formula.TypeDateTime, formula.TypeTime,
}

var (
	genUnits  = rapid.OneOf(rapid.Int64Range(-300, 300), rapid.Int64(), rapid.SampledFrom([]int64{0, math.MaxInt64, math.MinInt64, 1e18, 5e17}))
	genDay    = rapid.OneOf(rapid.Int64Range(-719162, 2932896), rapid.Int64Range(19600, 19900), rapid.SampledFrom([]int64{-719162, 2932896, -1, 0, 19782}))
	genMoment = rapid.OneOf(rapid.Int64Range(-719162*86400000, 2932897*86400000-1), rapid.SampledFrom([]int64{-1, 0, -719162 * 86400000, 2932897*86400000 - 1}))
	genText   = rapid.OneOf(
		rapid.SampledFrom([]string{"", "a", "Acme & Søn", " x ", "12.50", "-7", ".5", "ÆØÅ ß ǆ", "a;b", "%_\\'", "日本語", "<b>\"q\"</b>", "?$1"}),
		rapid.StringMatching(`[ -~é]{0,12}`))
)

func genRow(t *rapid.T) values {
	v := values{byPath: map[string]formula.Value{}}
	for _, f := range fields {
		blank := rapid.IntRange(0, 4).Draw(t, f.Path+" is blank") == 0
		value, columns := genValue(t, f.Field)
		if blank {
			value = formula.Blank(f.Type)
			columns = make([]any, len(columns))
		}
		v.byPath[f.Path] = value
		v.columns = append(v.columns, columns...)
	}
	return v
}

// genValue draws a value of a field, and the same as its columns have it.
func genValue(t *rapid.T, f formula.Field) (formula.Value, []any) {
	switch f.Type {
	case formula.TypeNumber:
		n := genUnits.Draw(t, f.Path)
		return formula.Number(n, f.Scale), []any{n}
	case formula.TypeBoolean:
		b := rapid.Bool().Draw(t, f.Path)
		return formula.Boolean(b), []any{b}
	case formula.TypeDate:
		n := genDay.Draw(t, f.Path)
		return formula.Date(n), []any{n}
	case formula.TypeDateTime:
		n := genMoment.Draw(t, f.Path)
		return formula.DateTime(n), []any{n}
	case formula.TypeTime:
		n := rapid.Int64Range(0, 86_399_999).Draw(t, f.Path)
		return formula.Time(n), []any{n}
	case formula.TypePicklist:
		s := rapid.SampledFrom([]string{"New", "Closed"}).Draw(t, f.Path)
		return formula.Picklist(s), []any{s}
	case formula.TypeMultiPicklist:
		s := rapid.SampledFrom([]string{"Hot", "Hot;Cold", "Cold;Hot water"}).Draw(t, f.Path)
		return formula.MultiPicklist(s), []any{s}
	case formula.TypeId:
		s := rapid.SampledFrom([]string{"005000000000001AAA", "005000000000002AAA"}).Draw(t, f.Path)
		return formula.Id(s), []any{s}
	case formula.TypeLocation:
		lat, lng := rapid.Int64Range(-90e6, 90e6).Draw(t, "latitude"), rapid.Int64Range(-180e6, 180e6).Draw(t, "longitude")
		return formula.Location(formula.Number(lat, f.Scale), formula.Number(lng, f.Scale)), []any{lat, lng}
	}
	s := genText.Draw(t, f.Path)
	return formula.Text(s), []any{s}
}

// patterns gives, for each type, formulas of it. A letter in braces stands for a formula of a type: t text, n number,
// b boolean, d date, z moment, h time; c for a small whole number.
var patterns = map[formula.Type][]string{
	formula.TypeText: {
		"T", "U.Name", "I", "TEXT(P)", "TEXT({t})", "{t} & {t}", "{t} + {t}", "TEXT({n})", "TEXT({d})", "TEXT({z})", "TEXT({h})",
		"LEFT({t}, {c})", "RIGHT({t}, {c})", "MID({t}, {c}, {c})", "LEFT({t}, {n})", "UPPER({t})", "LOWER({t})", "TRIM({t})",
		"SUBSTITUTE({t}, {t}, {t})", "LPAD({t}, {c}, {t})", "RPAD({t}, {c}, {t})", "LPAD({t}, {c})", "HYPERLINK({t}, {t})",
		"IMAGE({t}, {t})", "IMAGE({t}, {t}, {n}, {c})", "BR()", "CASESAFEID(I)", "IF({b}, {t}, {t})",
		"CASE({t}, {t}, {t}, {t}, {t}, {t})", "CASE(P, 'New', {t}, {t})", "BLANKVALUE({t}, {t})", "NULLVALUE({t}, {t})", "IF({b}, NULL, {t})",
	},
	formula.TypeNumber: {
		"N", "M", "R", "{n} + {n}", "{n} - {n}", "{n} * {n}", "{n} / {n}", "-{n}", "{n} ^ 2", "{n} ^ 0", "{n} ^ 4", "{d} - {d}", "{z} - {z}", "{h} - {h}",
		"ABS({n})", "ROUND({n}, {c})", "ROUND({n}, {n})", "CEILING({n})", "FLOOR({n})", "MCEILING({n})", "MFLOOR({n})", "MOD({n}, {n})",
		"MAX({n}, {n}, {n})", "MIN({n}, {n})", "SQRT({n})", "EXP({n})", "LN({n})", "LOG({n})", "LEN({t})", "VALUE({t})",
		"FIND({t}, {t})", "FIND({t}, {t}, {c})", "YEAR({d})", "MONTH({d})", "DAY({d})", "WEEKDAY({d})", "HOUR({h})", "MINUTE({h})",
		"SECOND({h})", "MILLISECOND({h})", "IF({b}, {n}, {n})", "CASE({n}, {n}, {n}, {n})", "CASE({d}, {d}, {n}, {n})",
		"BLANKVALUE({n}, {n})", "NULLVALUE(M, {n})", "DISTANCE(L, GEOLOCATION({c}, {c}), 'km')", "DISTANCE(GEOLOCATION(N, M), L, 'mi')", "IF({b}, NULL, {n})",
	},
	formula.TypeBoolean: {
		"B", "{n} = {n}", "{n} <> {n}", "{n} < {n}", "{n} <= {n}", "{n} > {n}", "{n} >= {n}", "M > {c}.25", "N = {c}", "M <= {c}", "R <> 0.5", "M < 0.001",
		"{t} = {t}", "{t} <> {t}", "{b} = {b}", "{d} = {d}", "{d} < {d}", "{z} >= {z}", "{h} <> {h}", "{d} = NULL", "{n} = NULL", "T = I",
		"{b} && {b} && {b}", "{b} || {b}", "!{b}", "AND({b}, {b})", "OR({b}, {b}, {b})", "NOT({b})", "ISBLANK({t})", "ISBLANK({n})", "ISBLANK(M)",
		"ISNULL({d})", "ISBLANK(L)", "ISBLANK(Q)", "ISBLANK(B)", "ISPICKVAL(P, 'New')", "ISPICKVAL(P, '')", "INCLUDES(Q, 'Hot')", "INCLUDES(Q, {t})",
		"CONTAINS({t}, {t})", "BEGINS({t}, {t})", "ISNUMBER({t})", "IF({b}, {b}, {b})", "CASE({b}, TRUE, {b}, {b})",
	},
	formula.TypeDate: {
		"D", "E", "TODAY()", "{d} + {c}", "{d} - {c}", "{d} + {n}", "{d} - {n}", "DATE({c}, {c}, {c})", "DATE(2024, {c}, {c})", "DATE({n}, 2, 29)",
		"DATE(YEAR({d}), MONTH({d}), DAY({d}))", "DATEVALUE({z})", "DATEVALUE({d})", "DATEVALUE('2024-02-29')", "ADDMONTHS({d}, {c})", "ADDMONTHS({d}, {n})",
		"IF({b}, {d}, {d})", "CASE({n}, {c}, {d}, {d})", "BLANKVALUE({d}, {d})",
	},
	formula.TypeDateTime: {
		"Z", "Y", "NOW()", "{z} + {c} / 24", "{z} - {n}", "{z} + {n}", "DATETIMEVALUE({d})", "DATETIMEVALUE({z})", "DATETIMEVALUE('2024-02-29 08:00:00')", "ADDMONTHS({z}, {c})",
		"ADDMONTHS({z}, {n})", "IF({b}, {z}, {z})", "BLANKVALUE({z}, {z})",
	},
	formula.TypeTime: {
		"H", "TIMEVALUE({z})", "TIMEVALUE({h})", "TIMEVALUE('08:30:00.250')", "{h} + {c} * 3600000", "{h} - {n}", "{h} + {n}", "IF({b}, {h}, {h})", "BLANKVALUE({h}, {h})",
	},
}

var slots = map[byte]formula.Type{
	't': formula.TypeText, 'n': formula.TypeNumber, 'b': formula.TypeBoolean, 'd': formula.TypeDate, 'z': formula.TypeDateTime, 'h': formula.TypeTime,
}

// genExpr draws a formula of a type, of patterns within patterns to a depth.
func genExpr(t *rapid.T, typ formula.Type, depth int) string {
	if depth == 0 {
		return genLeaf(t, typ)
	}
	return fillPattern(t, rapid.SampledFrom(patterns[typ]).Draw(t, "pattern"), depth-1)
}

// fillPattern draws the formulas in a pattern's braces.
func fillPattern(t *rapid.T, pattern string, depth int) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '{' {
			b.WriteByte(pattern[i])
			continue
		}
		if slot := pattern[i+1]; slot == 'c' {
			fmt.Fprintf(&b, "%d", rapid.IntRange(0, 40).Draw(t, "count"))
		} else {
			b.WriteString("(" + genExpr(t, slots[slot], depth) + ")")
		}
		i += 2
	}
	return b.String()
}

// genLeaf draws a field or a literal.
func genLeaf(t *rapid.T, typ formula.Type) string {
	switch typ {
	case formula.TypeText:
		if rapid.Bool().Draw(t, "literal") {
			return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(genText.Draw(t, "text")) + `"`
		}
		return rapid.SampledFrom([]string{"T", "U.Name", "I", "TEXT(P)"}).Draw(t, "field")
	case formula.TypeNumber:
		return rapid.SampledFrom([]string{"N", "M", "R", "0", "1", "2.5", "-0.000000000000000001", "1000", "999999999999999999", "0.3333"}).Draw(t, "number")
	case formula.TypeBoolean:
		return rapid.SampledFrom([]string{"B", "TRUE", "FALSE"}).Draw(t, "boolean")
	case formula.TypeDate:
		return rapid.SampledFrom([]string{"D", "E", "TODAY()"}).Draw(t, "date")
	case formula.TypeDateTime:
		return rapid.SampledFrom([]string{"Z", "Y", "NOW()"}).Draw(t, "moment")
	}
	return "H"
}
