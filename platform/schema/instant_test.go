package schema

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDateTime(t *testing.T) {
	for in, want := range map[string]string{
		"2024-01-31T10:00:00Z":             "2024-01-31T10:00:00.000+0000",
		"2024-01-31T10:00:00.123Z":         "2024-01-31T10:00:00.123+0000",
		"2024-01-31T10:00:00.000+0000":     "2024-01-31T10:00:00.000+0000",
		"2024-01-31T10:00:00+02:00":        "2024-01-31T08:00:00.000+0000",
		"2024-01-31T10:00:00-0530":         "2024-01-31T15:30:00.000+0000",
		"2024-01-31T10:00Z":                "2024-01-31T10:00:00.000+0000",
		"2024-01-31":                       "2024-01-31T00:00:00.000+0000",
		"1969-12-31T23:59:59.999Z":         "1969-12-31T23:59:59.999+0000",
		"2024-01-31T10:00:00.123456789Z":   "2024-01-31T10:00:00.123+0000",
		"9999-12-31T23:59:59.999Z":         "9999-12-31T23:59:59.999+0000",
		"0001-01-01T00:00:00Z":             "0001-01-01T00:00:00.000+0000",
		"2024-02-29T23:59:59.999999-01:00": "2024-03-01T00:59:59.999+0000",
	} {
		if got, err := ParseDateTime(in); err != nil || got.String() != want {
			t.Errorf("ParseDateTime(%s) = %s, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", "now", "2024-01-31T10:00:00", "2024-02-30T10:00:00Z", "2024-01-31 10:00:00Z", "2024-01-31T25:00:00Z", "0000-12-31T00:00:00Z", "9999-12-31T23:59:59-01:00", "12024-01-31"} {
		if got, err := ParseDateTime(in); err == nil {
			t.Errorf("ParseDateTime(%q) = %s", in, got)
		}
	}
}

func TestInstantsOfNull(t *testing.T) {
	var null DateTime
	set := AtMilli(0)
	if set.IsNull() || !null.IsNull() || null == set {
		t.Error("1970 is null")
	}
	if null.Before(set) || null.After(set) || set.Before(null) || !null.Add(time.Hour).IsNull() || null.Sub(set) != 0 || null.String() != "" || !null.Time().IsZero() {
		t.Error("null takes part in time")
	}
	if (Date{}).Before(DayNumber(0)) || !(Date{}).AddDays(1).IsNull() || !(Date{}).AddMonths(1).IsNull() || (Date{}).String() != "" || (Time{}).String() != "" {
		t.Error("a null day or time is set")
	}
}

func TestAddMonthsKeepsToTheMonth(t *testing.T) {
	for _, c := range []struct {
		from   Date
		months int
		want   string
	}{
		{Day(2024, 1, 31), 1, "2024-02-29"}, {Day(2023, 1, 31), 1, "2023-02-28"}, {Day(2024, 3, 31), -1, "2024-02-29"},
		{Day(2024, 2, 29), 12, "2025-02-28"}, {Day(2024, 12, 31), 2, "2025-02-28"}, {Day(2024, 5, 15), 0, "2024-05-15"}, {Day(2024, 1, 31), -14, "2022-11-30"},
	} {
		if got := c.from.AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s plus %d months = %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestDaysReadBack(t *testing.T) {
	first, last := Day(1, 1, 1).Days(), Day(9999, 12, 31).Days()
	rapid.Check(t, func(t *rapid.T) {
		d := DayNumber(rapid.Int64Range(first, last).Draw(t, "day"))
		if got, err := ParseDate(d.String()); err != nil || got != d {
			t.Fatalf("%s reads as %s, %v", d, got, err)
		}
		if got := On(d.Time()); got != d {
			t.Fatalf("%s is the day %s", d, got)
		}
	})
}

func TestADayStartsWhereItIs(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no time zones here")
	}
	start := Day(2024, 3, 10).In(zone)
	if got := start.UTC().Format(time.RFC3339); got != "2024-03-10T05:00:00Z" {
		t.Errorf("the day starts at %s", got)
	}
	if On(start.Add(-time.Minute)) != Day(2024, 3, 9) {
		t.Error("a minute before is not the day before")
	}
}

func TestParseDateAndTime(t *testing.T) {
	for in, want := range map[string]string{"2024-01-31": "2024-01-31", "2024-01-31T23:00:00-05:00": "2024-01-31"} {
		if got, err := ParseDate(in); err != nil || got.String() != want {
			t.Errorf("ParseDate(%s) = %s, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "2024-1-31", "2023-02-29", "2024-01-31T", "2024-01-31x", "31.01.2024"} {
		if got, err := ParseDate(in); err == nil {
			t.Errorf("ParseDate(%q) = %s", in, got)
		}
	}
	for in, want := range map[string]string{"08:30": "08:30:00.000Z", "08:30Z": "08:30:00.000Z", "08:30:15": "08:30:15.000Z", "23:59:59.999Z": "23:59:59.999Z"} {
		if got, err := ParseTime(in); err != nil || got.String() != want {
			t.Errorf("ParseTime(%s) = %s, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "8", "24:00", "08:60", "08:30+01:00"} {
		if got, err := ParseTime(in); err == nil {
			t.Errorf("ParseTime(%q) = %s", in, got)
		}
	}
	if Clock(8, 30).Milli() != 30600000 || ClockMilli(1).IsNull() {
		t.Error("a clock shows another time")
	}
}

func FuzzParseDateTime(f *testing.F) {
	for _, s := range []string{"2024-01-31T10:00:00Z", "2024-01-31", "2024-01-31T10:00:00.123+0100", "9999-12-31T23:59:59-01:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := ParseDateTime(s)
		if err != nil {
			return
		}
		if again, err := ParseDateTime(at.String()); err != nil || again != at {
			t.Fatalf("ParseDateTime(%q) = %s, which reads as %s, %v", s, at, again, err)
		}
	})
}
