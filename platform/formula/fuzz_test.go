package formula

import (
	"errors"
	"testing"
)

// FuzzParse: no text brings the parser down, and what it lets through can be computed and compiled.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"IF(AND(Quantity * UnitPrice > 1000, !ISBLANK(EndDate)), \"a\" & TEXT(Visits ^ 2), CASE(Status, 'New', Subject, NULL))",
		"ADDMONTHS(StartDate, 3) - TODAY() >= -0.5 || REGEX(Subject, 'a+') /* c */", "DISTANCE(Place, GEOLOCATION(1, -2), 'km')",
		"DATE(2024, 2, 29) + MOD(-7, 3)", "LPAD(UPPER('é'), 3, '0') = $User.Id", "PRIORVALUE(Quantity) <> 1 && ISCHANGED(Status)",
		"BLANKVALUE(Rate, 1) / 0", "INCLUDES(Tags, 'Hot')", "Opens + 1.5 < TIMEVALUE(NOW())",
	} {
		f.Add(text)
	}
	columns := func(*Field) Column { return Column{SQL: "c", Longitude: "d"} }
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := Parse(text, job, Options{})
		var e *Error
		if err != nil {
			if !errors.As(err, &e) || e.Row < 1 || e.Column < 1 || e.Offset > len(text) {
				t.Fatalf("%q: %#v", text, err)
			}
			return
		}
		if v := parsed.Eval(example, noon); v.Type != parsed.Type {
			t.Fatalf("%q gives %s instead of %s", text, v.Type, parsed.Type)
		}
		for _, d := range []Dialect{SQLite, PostgreSQL} {
			sql, err := parsed.SQL(Target{Dialect: d, Column: columns, Now: noon}, 2)
			if err != nil && (!errors.As(err, &e) || !e.MemoryOnly) || err == nil && sql == "" {
				t.Fatalf("%q: %q, %v", text, sql, err)
			}
		}
	})
}

// BenchmarkEval computes a usual validation rule in memory.
func BenchmarkEval(b *testing.B) {
	f, err := Parse("AND(ISPICKVAL(Status, 'New'), Quantity * UnitPrice > 1000, NOT(ISBLANK(StartDate)))", job, Options{}, TypeBoolean)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		f.Eval(example, noon)
	}
}

// BenchmarkParse reads the same rule.
func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("AND(ISPICKVAL(Status, 'New'), Quantity * UnitPrice > 1000, NOT(ISBLANK(StartDate)))", job, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
