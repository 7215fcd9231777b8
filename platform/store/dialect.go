package store

import (
	"strings"

	"truckroll/platform/schema"
)

// Dialect writes the pieces of SQL that differ between SQLite and PostgreSQL. Its arguments are SQL expressions, ? for
// an argument included; its answers give the same values on both engines. What both understand is not asked of it:
// names are quoted by [Quote], and LIMIT, OFFSET, NULLS FIRST, ON CONFLICT, RETURNING, CASE, COALESCE and window
// functions are written the same way.
type Dialect interface {
	// Name returns "sqlite" or "postgres".
	Name() string

	// Type returns the type of the column that keeps f.
	Type(f *schema.Field) string

	// Bool returns the literal of a boolean column's value.
	Bool(v bool) string

	// Fold makes a text comparable without case. Two folded texts can be compared by = and <, be grouped and sorted;
	// texts equal as [Fold] says are equal, and they sort by code point.
	Fold(text string) string

	// Like returns the condition that text is like pattern without case; \ takes the meaning of % and _ away.
	Like(text, pattern string) string

	// LocalDay returns the day that an instant (a column in epoch milliseconds) shows in a time zone (an IANA name), in
	// days since 1970-01-01.
	LocalDay(instant, zone string) string

	// LocalHour returns the hour of the day, 0 to 23, that an instant shows in a time zone.
	LocalHour(instant, zone string) string

	// DayPart returns a part of a day, which is counted from 1970-01-01.
	DayPart(p Part, day string) string

	// Distance returns the great-circle distance in kilometres between two points given in degrees, on a sphere of
	// 6,371.0088 km radius. Null when one of the four is. Each of them is written several times, so none may hold a ?.
	Distance(lat1, lon1, lat2, lon2 string) string

	// ForUpdate returns the suffix by which a SELECT locks the rows that it returns until the transaction ends.
	ForUpdate() string

	// Settled returns the condition that no transaction still runs which could bring a row before this one into a
	// table that is read in the order of its columns epoch, xid and n (n alone on SQLite).
	Settled(table string) string
}

// Part is a part of a calendar day.
type Part string

// The parts of a day. Quarters, fiscal years and weeks of a month or a year follow from them.
const (
	Year       Part = "year"
	Month      Part = "month"
	DayInMonth Part = "day_in_month"
	DayInYear  Part = "day_in_year"
	DayInWeek  Part = "day_in_week" // 1 is Sunday
)

// Quote returns name as an SQL identifier.
func Quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// distance is the haversine formula; both engines have its functions. The least of 1 and the root guards antipodes
// against rounding.
func distance(least, lat1, lon1, lat2, lon2 string) string {
	square := func(a, b string) string {
		half := "sin(radians((" + b + ") - (" + a + ")) / 2)"
		return half + " * " + half
	}
	along := "cos(radians(" + lat1 + ")) * cos(radians(" + lat2 + "))"
	return "12742.0176 * asin(" + least + "(1.0, sqrt(" + square(lat1, lat2) + " + " + along + " * " + square(lon1, lon2) + ")))"
}

// sqlite is the dialect of SQLite.
type sqlite struct{}

func (sqlite) Name() string { return "sqlite" }

func (sqlite) Type(f *schema.Field) string {
	if f.Kind.Store() == schema.StoreText {
		return "TEXT"
	}
	return "INTEGER"
}

func (sqlite) Bool(v bool) string {
	if v {
		return "1"
	}
	return "0"
}

func (sqlite) Fold(text string) string { return "(" + text + ") COLLATE FOLD" }

// SQLite's own LIKE ignores the case of ASCII, which does no harm to folded texts.
func (sqlite) Like(text, pattern string) string {
	return "fold(" + text + ") LIKE fold(" + pattern + `) ESCAPE '\'`
}

func (sqlite) LocalDay(instant, zone string) string {
	return "local_day(" + instant + ", " + zone + ")"
}

func (sqlite) LocalHour(instant, zone string) string {
	return "local_hour(" + instant + ", " + zone + ")"
}

func (sqlite) DayPart(p Part, day string) string {
	return "day_part('" + string(p) + "', " + day + ")"
}

func (sqlite) Distance(lat1, lon1, lat2, lon2 string) string {
	return "(" + distance("min", lat1, lon1, lat2, lon2) + ")"
}

func (sqlite) ForUpdate() string { return "" }

// One writer at a time commits in the order of n.
func (sqlite) Settled(string) string { return "1 = 1" }

// postgres is the dialect of PostgreSQL.
type postgres struct{}

func (postgres) Name() string { return "postgres" }

func (postgres) Type(f *schema.Field) string {
	switch f.Kind.Store() {
	case schema.StoreText:
		return `TEXT COLLATE "C"`
	case schema.StoreBool:
		return "BOOLEAN"
	}
	return "BIGINT"
}

func (postgres) Bool(v bool) string {
	if v {
		return "TRUE"
	}
	return "FALSE"
}

func (postgres) Fold(text string) string { return "fold(" + text + ")" }

func (postgres) Like(text, pattern string) string {
	return "fold(" + text + ") LIKE fold(" + pattern + `) ESCAPE '\'`
}

// moment returns the local time of day and date of an instant in a zone.
func (postgres) moment(instant, zone string) string {
	return "(to_timestamp((" + instant + ") / 1000.0) AT TIME ZONE " + zone + ")"
}

func (d postgres) LocalDay(instant, zone string) string {
	return "(" + d.moment(instant, zone) + "::date - DATE '1970-01-01')::bigint"
}

func (d postgres) LocalHour(instant, zone string) string {
	return "extract(hour FROM " + d.moment(instant, zone) + ")::bigint"
}

func (postgres) DayPart(p Part, day string) string {
	field := map[Part]string{Year: "year", Month: "month", DayInMonth: "day", DayInYear: "doy", DayInWeek: "dow"}[p]
	s := "extract(" + field + " FROM DATE '1970-01-01' + (" + day + ")::integer)::bigint"
	if p == DayInWeek {
		s = "(" + s + " + 1)"
	}
	return s
}

// Inputs are double precision, as SQLite has no other number with a point. PostgreSQL's least passes over nulls.
func (postgres) Distance(lat1, lon1, lat2, lon2 string) string {
	f := func(x string) string { return "(" + x + ")::float8" }
	return "(CASE WHEN (" + lat1 + ") + (" + lon1 + ") + (" + lat2 + ") + (" + lon2 + ") IS NOT NULL THEN " + distance("least", f(lat1), f(lon1), f(lat2), f(lon2)) + " END)"
}

func (postgres) ForUpdate() string { return " FOR UPDATE" }

// Rows of an epoch that is over are all there.
func (postgres) Settled(table string) string {
	return "(" + table + ".xid < pg_snapshot_xmin(pg_current_snapshot()) OR " + table + ".epoch < (SELECT value::bigint FROM meta WHERE name = 'epoch'))"
}
