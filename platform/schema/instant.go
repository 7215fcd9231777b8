package schema

import (
	"errors"
	"time"
)

// DateTime is an instant in UTC to the millisecond. The zero DateTime is null.
type DateTime struct {
	ms  int64
	set bool
}

// Date is a calendar day. The zero Date is null.
type Date struct {
	days int32 // since 1970-01-01
	set  bool
}

// Time is a time of day to the millisecond. The zero Time is null.
type Time struct {
	ms  int32
	set bool
}

// At returns t as a DateTime.
func At(t time.Time) DateTime { return DateTime{t.UnixMilli(), true} }

// AtMilli returns the instant ms milliseconds after 1970-01-01T00:00Z.
func AtMilli(ms int64) DateTime { return DateTime{ms, true} }

// IsNull reports whether t holds no instant.
func (t DateTime) IsNull() bool { return !t.set }

// Milli returns milliseconds since 1970-01-01T00:00Z.
func (t DateTime) Milli() int64 { return t.ms }

// Time returns t as a time.Time in UTC; null is the zero time.
func (t DateTime) Time() time.Time {
	if !t.set {
		return time.Time{}
	}
	return time.UnixMilli(t.ms).UTC()
}

// Before reports whether both are set and t is earlier than u.
func (t DateTime) Before(u DateTime) bool { return t.set && u.set && t.ms < u.ms }

// After reports whether both are set and t is later than u.
func (t DateTime) After(u DateTime) bool { return u.Before(t) }

// Add returns t moved by d; null stays null.
func (t DateTime) Add(d time.Duration) DateTime {
	t.ms += d.Milliseconds()
	if !t.set {
		return DateTime{}
	}
	return t
}

// Sub returns t - u; 0 when either is null.
func (t DateTime) Sub(u DateTime) time.Duration {
	if !t.set || !u.set {
		return 0
	}
	return time.Duration(t.ms-u.ms) * time.Millisecond
}

// WireDateTime is the layout in which the API writes instants.
const WireDateTime = "2006-01-02T15:04:05.000-0700"

// String returns t as the API writes it; null is "".
func (t DateTime) String() string {
	if !t.set {
		return ""
	}
	return t.Time().Format(WireDateTime)
}

// instantLayouts are the forms of ISO 8601 that the API reads.
var instantLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999-0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999-07", "2006-01-02"}

// Errors for text that is not a date, an instant or a time.
var (
	ErrDate     = errors.New("not a date of the form 2024-01-31")
	ErrDateTime = errors.New("not a date and time with zone of the form 2024-01-31T10:00:00Z")
	ErrTime     = errors.New("not a time of the form 10:00:00.000Z")
)

// ParseDateTime reads an instant in ISO 8601 with a zone; a bare date is midnight UTC.
func ParseDateTime(s string) (DateTime, error) {
	for _, layout := range instantLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			if y := t.UTC().Year(); y < 1 || y > 9999 {
				return DateTime{}, ErrDateTime
			}
			return At(t), nil
		}
	}
	return DateTime{}, ErrDateTime
}

// On returns the day that t shows in its location.
func On(t time.Time) Date {
	y, m, d := t.Date()
	return Day(y, m, d)
}

// Day returns a calendar day.
func Day(year int, month time.Month, day int) Date {
	return Date{int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400), true}
}

// DayNumber returns the day n days after 1970-01-01.
func DayNumber(n int64) Date { return Date{int32(n), true} }

// IsNull reports whether d holds no day.
func (d Date) IsNull() bool { return !d.set }

// Days returns days since 1970-01-01.
func (d Date) Days() int64 { return int64(d.days) }

// AddDays returns d moved by n days; null stays null.
func (d Date) AddDays(n int) Date {
	if !d.set {
		return d
	}
	return Date{d.days + int32(n), true}
}

// AddMonths returns d moved by n calendar months, kept to the last day of a shorter month.
func (d Date) AddMonths(n int) Date {
	if !d.set {
		return d
	}
	y, m, day := d.Time().Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return Day(y, m+time.Month(n), min(day, last))
}

// Before reports whether both are set and d is earlier than e.
func (d Date) Before(e Date) bool { return d.set && e.set && d.days < e.days }

// After reports whether both are set and d is later than e.
func (d Date) After(e Date) bool { return e.Before(d) }

// Time returns midnight UTC of d; null is the zero time.
func (d Date) Time() time.Time {
	if !d.set {
		return time.Time{}
	}
	return time.Unix(int64(d.days)*86400, 0).UTC()
}

// In returns the start of d in loc.
func (d Date) In(loc *time.Location) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, loc)
}

// String returns d as the API writes it; null is "".
func (d Date) String() string {
	if !d.set {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// ParseDate reads a day; an instant is read as the day it shows.
func ParseDate(s string) (Date, error) {
	if len(s) > 10 && s[10] == 'T' {
		if _, err := ParseDateTime(s); err != nil {
			return Date{}, ErrDate
		}
		s = s[:10]
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, ErrDate
	}
	return On(t), nil
}

// Clock returns a time of day.
func Clock(hour, minute int) Time { return Time{int32((hour*60 + minute) * 60000), true} }

// ClockMilli returns the time of day ms milliseconds after midnight.
func ClockMilli(ms int64) Time { return Time{int32(ms), true} }

// IsNull reports whether t holds no time.
func (t Time) IsNull() bool { return !t.set }

// Milli returns milliseconds since midnight.
func (t Time) Milli() int64 { return int64(t.ms) }

// String returns t as the API writes it; null is "".
func (t Time) String() string {
	if !t.set {
		return ""
	}
	return time.UnixMilli(int64(t.ms)).UTC().Format("15:04:05.000Z")
}

// ParseTime reads a time of day, with or without seconds and a trailing Z.
func ParseTime(s string) (Time, error) {
	for _, layout := range []string{"15:04:05.999Z", "15:04:05.999", "15:04Z", "15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return Time{int32(t.Hour()*3600000 + t.Minute()*60000 + t.Second()*1000 + t.Nanosecond()/1e6), true}, nil
		}
	}
	return Time{}, ErrTime
}
