package formula

import (
	"math/big"
	"time"
)

// Dates reach from 0001-01-01 to 9999-12-31; what would lie beyond is blank.
const (
	firstDay  = -719162
	lastDay   = 2932896
	msPerDay  = 24 * 60 * 60 * 1000
	firstMs   = firstDay * msPerDay
	lastMs    = (lastDay+1)*msPerDay - 1
	maxMonths = 48_000 // by which ADDMONTHS moves at most
)

func dayOf(v Value) time.Time { return time.Unix(v.n*86400, 0).UTC() }

func momentOf(v Value) time.Time { return time.UnixMilli(v.n).UTC() }

func daysOf(t time.Time) int64 { return floorDiv(t.Unix(), 86400) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func formatDate(v Value) string {
	if !v.set {
		return ""
	}
	return dayOf(v).Format(time.DateOnly)
}

func formatDateTime(v Value) string {
	if !v.set {
		return ""
	}
	return momentOf(v).Format("2006-01-02 15:04:05Z")
}

func formatTime(v Value) string {
	if !v.set {
		return ""
	}
	return momentOf(v).Format("15:04:05.000")
}

// within makes a date, moment or time of n units, blank when n is nil or out of range.
func within(t Type, n *big.Int, first, last int64) Value {
	if n == nil || !n.IsInt64() || n.Int64() < first || n.Int64() > last {
		return Blank(t)
	}
	return Value{Type: t, n: n.Int64(), set: true}
}

// moveDate adds days; their fraction is cut off.
func moveDate(d Value, days number) Value {
	if !d.set || days == nil {
		return Blank(TypeDate)
	}
	n := new(big.Int).Quo(days, one)
	return within(TypeDate, n.Add(n, big.NewInt(d.n)), firstDay, lastDay)
}

// moveMoment adds days, to the nearest millisecond.
func moveMoment(d Value, days number) Value {
	if !d.set || days == nil {
		return Blank(TypeDateTime)
	}
	n := roundQuotient(new(big.Int).Mul(days, big.NewInt(msPerDay)), one)
	return within(TypeDateTime, n.Add(n, big.NewInt(d.n)), firstMs, lastMs)
}

// moveTime adds milliseconds, their fraction cut off, around the clock.
func moveTime(t Value, ms number) Value {
	if !t.set || ms == nil {
		return Blank(TypeTime)
	}
	n := new(big.Int).Quo(ms, one)
	n.Add(n, big.NewInt(t.n))
	return Time(n.Mod(n, big.NewInt(msPerDay)).Int64())
}

// difference is a minus b in their own units, blank when one is.
func difference(a, b Value) number {
	if !a.set || !b.set {
		return nil
	}
	return whole(a.n - b.n)
}

// addMonths moves a day by calendar months. The last day of a month goes to the last day of a month.
func addMonths(days int64, months int) int64 {
	t := time.Unix(days*86400, 0).UTC()
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	length := first.AddDate(0, 1, -1).Day()
	day := min(t.Day(), length)
	if t.AddDate(0, 0, 1).Day() == 1 {
		day = length
	}
	return daysOf(first) + int64(day) - 1
}

// monthsOf is the second argument of ADDMONTHS: whole months, false when blank or too many.
func monthsOf(x number) (int, bool) {
	if x == nil {
		return 0, false
	}
	m := count(x, -maxMonths-1, maxMonths+1)
	return m, -maxMonths <= m && m <= maxMonths
}

func addMonthsToDate(a []Value) Value {
	months, ok := monthsOf(a[1].num)
	if !ok || !a[0].set {
		return Blank(TypeDate)
	}
	return within(TypeDate, big.NewInt(addMonths(a[0].n, months)), firstDay, lastDay)
}

func addMonthsToMoment(a []Value) Value {
	months, ok := monthsOf(a[1].num)
	if !ok || !a[0].set {
		return Blank(TypeDateTime)
	}
	day := floorDiv(a[0].n, msPerDay)
	return within(TypeDateTime, big.NewInt(addMonths(day, months)*msPerDay+a[0].n-day*msPerDay), firstMs, lastMs)
}

// calendarDate makes a date of year, month and day, blank when there is none; fractions are cut off.
func calendarDate(a []Value) Value {
	if a[0].num == nil || a[1].num == nil || a[2].num == nil {
		return Blank(TypeDate)
	}
	y, m, d := count(a[0].num, 0, 10000), count(a[1].num, 0, 13), count(a[2].num, 0, 32)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1 || y > 9999 || m < 1 || m > 12 || t.Day() != d {
		return Blank(TypeDate)
	}
	return Date(daysOf(t))
}

// readDate reads YYYY-MM-DD, readMoment YYYY-MM-DD HH:MM:SS and readTime HH:MM:SS.mmm; anything else is blank.
func readDate(a []Value) Value {
	t, err := time.Parse(time.DateOnly, a[0].text)
	if err != nil {
		return Blank(TypeDate)
	}
	return within(TypeDate, big.NewInt(daysOf(t)), firstDay, lastDay)
}

func readMoment(a []Value) Value {
	t, err := time.Parse("2006-01-02 15:04:05", a[0].text)
	if err != nil {
		return Blank(TypeDateTime)
	}
	return within(TypeDateTime, big.NewInt(t.UnixMilli()), firstMs, lastMs)
}

func readTime(a []Value) Value {
	t, err := time.Parse("15:04:05.000", a[0].text)
	if err != nil {
		return Blank(TypeTime)
	}
	return Time(int64(t.Hour()*3600+t.Minute()*60+t.Second())*1000 + int64(t.Nanosecond()/1e6))
}

// unitsOf is the value in smaller units, nil when blank.
func unitsOf(v Value, per int64) *big.Int {
	if !v.set {
		return nil
	}
	return new(big.Int).Mul(big.NewInt(v.n), big.NewInt(per))
}
