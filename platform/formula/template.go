package formula

import "fmt"

// Pieces of PostgreSQL templates. None of them repeats its argument, so that nested calls do not grow exponentially.
// Numbers are numeric; dates, moments and times are bigint; texts are never NULL and booleans neither.

// pgBetween is x, or NULL unless low < x < high.
func pgBetween(x, low, high string) string {
	return fmt.Sprintf("NULLIF(NULLIF(LEAST(GREATEST(%s, %s), %s), %s), %s)", x, low, high, low, high)
}

// pgBounded is the number x, or NULL when it is 10^18 or more in size.
func pgBounded(x string) string {
	return pgBetween(x, "-1000000000000000000", "1000000000000000000")
}

// pgRound rounds a number to Places.
func pgRound(x string) string { return fmt.Sprintf("round(%s, %d)", x, Places) }

// pgQuotient divides exactly to Places: the quotient cut one digit later rounds as the true quotient does.
func pgQuotient(x, y string) string {
	return pgBounded(pgRound(fmt.Sprintf("div(%s * 10000000000000000000, NULLIF(%s, 0)) * 0.0000000000000000001", x, y)))
}

// pgCount is a number as an int within low and high, NULL as 0.
func pgCount(x string, low, high int) string {
	return fmt.Sprintf("LEAST(GREATEST(trunc(COALESCE(%s, 0)), %d), %d)::int", x, low, high)
}

// pgDays and pgMoment make a number of days or milliseconds a date or a moment, NULL when out of range.
func pgDays(x string) string {
	return pgBetween(x, fmt.Sprint(firstDay-1), fmt.Sprint(lastDay+1)) + "::bigint"
}

func pgMoment(x string) string {
	return pgBetween(x, fmt.Sprint(int64(firstMs-1)), fmt.Sprint(int64(lastMs+1))) + "::bigint"
}

// pgDate is the database's own date of a number of days.
func pgDate(days string) string { return fmt.Sprintf("(date '1970-01-01' + (%s)::int)", days) }

// A moment is moved by a million days before it is divided, so that the division never cuts a negative number.
func pgDayOfMoment(ms string) string {
	return fmt.Sprintf("((%s + 86400000000000) / 86400000 - 1000000)", ms)
}

func pgTimeOfMoment(ms string) string { return fmt.Sprintf("mod(%s + 86400000000000, 86400000)", ms) }

func pgText(x string) string { return "COALESCE(" + x + ", '')" }

func pgPart(part, days string) string {
	return fmt.Sprintf("extract(%s from %s)::numeric", part, pgDate(days))
}

// pgAddMonths moves the days x by n months, giving days: the last day of a month to the last day of a month.
func pgAddMonths(days, months string) string {
	d := pgDate(days)
	n := pgBetween("trunc("+months+")", fmt.Sprint(-maxMonths-1), fmt.Sprint(maxMonths+1)) + "::int"
	moved := fmt.Sprintf("CASE WHEN extract(day from %[1]s + 1) = 1 "+
		"THEN %[1]s + 1 + make_interval(months => %[2]s) - interval '1 day' "+
		"ELSE %[1]s + make_interval(months => %[2]s) END", d, n)
	return fmt.Sprintf("((%s)::date - date '1970-01-01')", moved)
}

// pgCalendarDate makes days of year, month and day, NULL when there is no such date.
func pgCalendarDate(y, m, d string) string {
	y, m, d = "trunc("+y+")", "trunc("+m+")", "trunc("+d+")"
	first := fmt.Sprintf("make_date((%s)::int, (%s)::int, 1)", y, m)
	return fmt.Sprintf("(CASE WHEN %[1]s BETWEEN 1 AND 9999 AND %[2]s BETWEEN 1 AND 12 AND %[3]s BETWEEN 1 AND 31 THEN "+
		"CASE WHEN %[3]s <= extract(day from %[4]s + interval '1 month' - interval '1 day') "+
		"THEN %[4]s - date '1970-01-01' + (%[3]s)::int - 1 END END)::bigint", y, m, d, first)
}

// pgHTML escapes as escapeHTML does.
func pgHTML(x string) string {
	return fmt.Sprintf(`replace(replace(replace(replace(%s, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;')`, x)
}

// pgDistance is the great-circle distance of pairs of degrees, by the haversine formula, in the unit that radius is in.
const pgDistance = "CASE WHEN {0} BETWEEN -90 AND 90 AND {1} BETWEEN -180 AND 180 AND {2} BETWEEN -90 AND 90 AND {3} BETWEEN -180 AND 180 THEN " +
	"round((2 * (CASE WHEN {4} = 'mi' THEN 3958.7613 ELSE 6371.0088 END)::float8 * asin(LEAST(1, sqrt(GREATEST(0, " +
	"sin(radians(({2} - {0})::float8) / 2) * sin(radians(({2} - {0})::float8) / 2) + " +
	"cos(radians({0}::float8)) * cos(radians({2}::float8)) * " +
	"sin(radians(({3} - {1})::float8) / 2) * sin(radians(({3} - {1})::float8) / 2))))))::numeric, 3) END"
