package formula

import "time"

var dateFunctions = []Function{
	{Name: "TODAY", Signature: "TODAY()", Help: "Gives the date of today, in the user's time zone.", form: formToday},
	{Name: "NOW", Signature: "NOW()", Help: "Gives the present moment.", form: formNow},
	{Name: "DATE", Signature: "DATE(year, month, day)", Help: "Makes a date; blank when there is none.", overloads: []overload{
		{takes: []Type{TypeNumber, TypeNumber, TypeNumber}, gives: TypeDate, key: "date",
			pg: pgCalendarDate("{0}", "{1}", "{2}"), eval: calendarDate},
	}},
	{Name: "DATEVALUE", Signature: "DATEVALUE(moment or text)", Help: "Gives the date of a moment, in UTC, or reads YYYY-MM-DD.", overloads: []overload{
		{takes: []Type{TypeDateTime}, gives: TypeDate, key: "date_of_moment", pg: pgDayOfMoment("{0}"),
			eval: func(a []Value) Value {
				if !a[0].set {
					return Blank(TypeDate)
				}
				return Date(floorDiv(a[0].n, msPerDay))
			}},
		{takes: []Type{TypeDate}, gives: TypeDate, key: "date_of_date", lite: "{0}", pg: "{0}",
			eval: func(a []Value) Value { return a[0] }},
		{takes: []Type{TypeText}, gives: TypeDate, key: "date_of_text", eval: readDate},
	}},
	{Name: "DATETIMEVALUE", Signature: "DATETIMEVALUE(date or text)", Help: "Gives the first moment of a date, in UTC, or reads YYYY-MM-DD HH:MM:SS.", overloads: []overload{
		{takes: []Type{TypeDate}, gives: TypeDateTime, key: "moment_of_date", lite: "({0} * 86400000)", pg: "({0} * 86400000)",
			eval: func(a []Value) Value { return within(TypeDateTime, unitsOf(a[0], msPerDay), firstMs, lastMs) }},
		{takes: []Type{TypeDateTime}, gives: TypeDateTime, key: "moment_of_moment", lite: "{0}", pg: "{0}",
			eval: func(a []Value) Value { return a[0] }},
		{takes: []Type{TypeText}, gives: TypeDateTime, key: "moment_of_text", eval: readMoment},
	}},
	{Name: "TIMEVALUE", Signature: "TIMEVALUE(moment or text)", Help: "Gives the time of day of a moment, in UTC, or reads HH:MM:SS.mmm.", overloads: []overload{
		{takes: []Type{TypeDateTime}, gives: TypeTime, key: "time_of_moment", pg: pgTimeOfMoment("{0}"),
			eval: func(a []Value) Value {
				if !a[0].set {
					return Blank(TypeTime)
				}
				return Time(a[0].n - floorDiv(a[0].n, msPerDay)*msPerDay)
			}},
		{takes: []Type{TypeTime}, gives: TypeTime, key: "time_of_time", lite: "{0}", pg: "{0}",
			eval: func(a []Value) Value { return a[0] }},
		{takes: []Type{TypeText}, gives: TypeTime, key: "time_of_text", eval: readTime},
	}},
	{Name: "ADDMONTHS", Signature: "ADDMONTHS(date, months)", Help: "Moves a date or moment by months; the last day of a month stays the last day.", overloads: []overload{
		{takes: []Type{TypeDate, TypeNumber}, gives: TypeDate, key: "add_months",
			pg: pgDays(pgAddMonths("{0}", "{1}")), eval: addMonthsToDate},
		{takes: []Type{TypeDateTime, TypeNumber}, gives: TypeDateTime, key: "add_months_to_moment",
			pg:   pgMoment(pgAddMonths(pgDayOfMoment("{0}"), "{1}") + "::bigint * 86400000 + " + pgTimeOfMoment("{0}")),
			eval: addMonthsToMoment},
	}},
	ofDate("YEAR", "Gives the year.", "year", pgPart("year", "{0}"), func(t time.Time) int { return t.Year() }),
	ofDate("MONTH", "Gives the month, from 1 to 12.", "month", pgPart("month", "{0}"), func(t time.Time) int { return int(t.Month()) }),
	ofDate("DAY", "Gives the day of the month.", "day", pgPart("day", "{0}"), func(t time.Time) int { return t.Day() }),
	ofDate("WEEKDAY", "Gives the day of the week, from 1 for Sunday to 7.", "weekday", "(mod({0} + 4 + 7000000, 7) + 1)::numeric",
		func(t time.Time) int { return int(t.Weekday()) + 1 }),
	ofTime("HOUR", "Gives the hour, from 0 to 23.", "({0} / 3600000)", 3_600_000, 24),
	ofTime("MINUTE", "Gives the minute, from 0 to 59.", "({0} / 60000 % 60)", 60_000, 60),
	ofTime("SECOND", "Gives the second, from 0 to 59.", "({0} / 1000 % 60)", 1000, 60),
	ofTime("MILLISECOND", "Gives the millisecond, from 0 to 999.", "({0} % 1000)", 1, 1000),
}

// ofDate makes a function that gives a part of a date.
func ofDate(name, help, key, pg string, part func(time.Time) int) Function {
	return Function{Name: name, Signature: name + "(date)", Help: help, overloads: []overload{{
		takes: []Type{TypeDate}, gives: TypeNumber, key: key, pg: pg,
		eval: func(a []Value) Value {
			if !a[0].set {
				return Blank(TypeNumber)
			}
			return ofInt(part(dayOf(a[0])))
		},
	}}}
}

// ofTime makes a function that gives a part of a time of day.
func ofTime(name, help, sql string, unit, cycle int64) Function {
	return Function{Name: name, Signature: name + "(time)", Help: help, overloads: []overload{{
		takes: []Type{TypeTime}, gives: TypeNumber, lite: sql, pg: sql + "::numeric",
		eval: func(a []Value) Value {
			if !a[0].set {
				return Blank(TypeNumber)
			}
			return ofNumber(whole(a[0].n / unit % cycle))
		},
	}}}
}
