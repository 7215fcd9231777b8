package schema

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawValue draws a value of f in the Go type of its store; sometimes null.
func drawValue(t *rapid.T, f *Field) any {
	if f.Kind != KindBoolean && rapid.IntRange(0, 4).Draw(t, "null") == 0 {
		return f.Zero()
	}
	switch f.Kind.Store() {
	case StoreBool:
		return rapid.Bool().Draw(t, f.Name)
	case StoreInt:
		return NewInt(int64(rapid.Int32().Draw(t, f.Name)))
	case StoreDecimal:
		return Dec(rapid.Int64Range(-1e17, 1e17).Draw(t, f.Name), f.Scale)
	case StoreDate:
		return DayNumber(rapid.Int64Range(-719162, 2932896).Draw(t, f.Name))
	case StoreInstant:
		return AtMilli(rapid.Int64Range(-62135596800000, 253402300799999).Draw(t, f.Name))
	case StoreTime:
		return ClockMilli(rapid.Int64Range(0, 86399999).Draw(t, f.Name))
	}
	if f.Kind == KindReference || f.Kind == KindId {
		return string(MakeId("005", uint64(rapid.Uint32().Draw(t, f.Name))))
	}
	return rapid.StringMatching(`[a-zé"<&\\]{1,20}`).Draw(t, f.Name)
}

// TestValuesSurvive holds that a value is the same after a record, a column, the API's JSON and a CSV cell.
func TestValuesSurvive(t *testing.T) {
	c := testCatalog(t)
	n, err := c.Extend(withCustom(c.Object("Shop")))
	if err != nil {
		t.Fatal(err)
	}
	shop := n.Object("Shop")
	rapid.Check(t, func(t *rapid.T) {
		rec := shop.New()
		for _, f := range shop.Fields {
			if !f.Stored() {
				continue
			}
			x := drawValue(t, f)
			f.Set(rec, x)
			if got := f.Get(rec); got != x {
				t.Fatalf("%s: set %v, got %v", f.Name, x, got)
			}
			checkColumn(t, f, rec, x)
			checkWire(t, f, x)
		}
	})
}

func withCustom(o *Object) *Object {
	o = o.Clone()
	for name, k := range map[string]Kind{"A__c": KindText, "B__c": KindBoolean, "C__c": KindInt, "D__c": KindDouble, "E__c": KindDate, "F__c": KindDateTime, "G__c": KindTime} {
		o.Add(Field{Name: name, Kind: k, Scale: 2})
	}
	return o
}

func checkColumn(t *rapid.T, f *Field, rec, x any) {
	column, err := f.Column(x)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := f.FromColumn(column); err != nil || back != x {
		t.Fatalf("%s: %v is kept as %v and read as %v, %v", f.Name, x, column, back, err)
	}
	f.Set(rec, f.Zero())
	if err := f.Scanner(rec).(interface{ Scan(any) error }).Scan(column); err != nil || f.Get(rec) != x {
		t.Fatalf("%s: %v scanned as %v, %v", f.Name, column, f.Get(rec), err)
	}
}

func checkWire(t *rapid.T, f *Field, x any) {
	text := f.Append(nil, x)
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %s is not JSON: %v", f.Name, text, err)
	}
	if back, err := f.Parse(v); err != nil || back != x {
		t.Fatalf("%s: %s reads as %v, %v; want %v", f.Name, text, back, err, x)
	}
	if s, ok := x.(interface{ String() string }); ok {
		if back, err := f.ParseText(s.String()); err != nil || back != x {
			t.Fatalf("%s: %q reads as %v, %v; want %v", f.Name, s, back, err, x)
		}
	}
}

func TestParseRefusesTheWrongKind(t *testing.T) {
	shop := testCatalog(t).Object("Shop")
	for _, c := range []struct {
		field string
		value any
	}{
		{"Seats", "many"}, {"Seats", json.Number("1.5")}, {"Seats", json.Number("3000000000")}, {"Seats", true}, {"Open", "maybe"}, {"Open", json.Number("1")},
		{"Price", "x"}, {"Price", map[string]any{}}, {"Since", "yesterday"}, {"Seen", json.Number("1")}, {"Opens", "noon"}, {"Name", json.Number("1")},
		{"Name", "a\x00b"}, {"Name", "\xff"}, {"Parent", "not an id"}, {"Name", []any{}},
	} {
		if got, err := shop.Field(c.field).Parse(c.value); err == nil {
			t.Errorf("%s reads %v as %v", c.field, c.value, got)
		}
	}
	for _, s := range []string{"TRUE", "1", "yes"} {
		if got, err := shop.Field("Open").ParseText(s); err != nil || got != true {
			t.Errorf("a boolean reads %s as %v, %v", s, got, err)
		}
	}
	if got, err := shop.Field("Seats").Parse(json.Number("1e2")); err != nil || got != NewInt(100) {
		t.Errorf("1e2 reads as %v, %v", got, err)
	}
	if got, err := shop.Field("Price").Parse(2.5); err != nil || got != Dec(25, 1) {
		t.Errorf("2.5 reads as %v, %v", got, err)
	}
}

func TestColumnRefusesWhatDoesNotFit(t *testing.T) {
	price := testCatalog(t).Object("Shop").Field("Price")
	for _, d := range []Decimal{DecInt(math.MaxInt64), {state: decimalOverflow}} {
		if got, err := price.Column(d); err == nil {
			t.Errorf("%s is kept as %v", d, got)
		}
	}
	if got, err := price.Column(Dec(123456, 5)); err != nil || got != int64(12346) {
		t.Errorf("1.23456 is kept as %v, %v", got, err)
	}
	for _, src := range []any{"x", 1.5, []byte("x")} {
		if got, err := price.FromColumn(src); err == nil {
			t.Errorf("a column of %v reads as %v", src, got)
		}
	}
}

func TestWireForms(t *testing.T) {
	shop := testCatalog(t).Object("Shop")
	for _, c := range []struct {
		field string
		value any
		want  string
	}{
		{"Price", DecInt(2), "2.0"}, {"Price", Dec(-25, 1), "-2.5"}, {"Price", Decimal{}, "null"}, {"Seats", NewInt(3), "3"}, {"Seats", Int{}, "null"},
		{"Open", false, "false"}, {"Name", "", "null"}, {"Name", "a\"b\\c\n\r\t\x01<é>", `"a\"b\\c\n\r\t\u0001\u003cé\u003e"`}, {"Name", "a\xffb", `"a\ufffdb"`},
		{"Since", Day(2024, 1, 31), `"2024-01-31"`}, {"Seen", AtMilli(1), `"1970-01-01T00:00:00.001+0000"`}, {"Opens", Clock(8, 30), `"08:30:00.000Z"`},
	} {
		if got := string(shop.Field(c.field).Append(nil, c.value)); got != c.want {
			t.Errorf("%s of %v is %s, want %s", c.field, c.value, got, c.want)
		}
	}
}

func FuzzParseText(f *testing.F) {
	shop := testCatalog(f).Object("Shop")
	for _, s := range []string{"true", "1.5", "2024-01-31", "2024-01-31T10:00:00Z", "08:30", "001A0000006Vm9rIAC"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, field := range shop.Fields {
			x, err := field.ParseText(s)
			if err != nil || !field.Stored() {
				continue
			}
			column, err := field.Column(x)
			if err != nil {
				continue // a number out of the range of this field
			}
			if _, err := field.FromColumn(column); err != nil {
				t.Fatalf("%s: %q is kept as %v, which is refused: %v", field.Name, s, column, err)
			}
			if text := field.Append(nil, x); !json.Valid(text) {
				t.Fatalf("%s: %q is written as %s", field.Name, s, text)
			}
		}
	})
}
