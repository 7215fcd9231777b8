package formula

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// table is the fields of the tests: a record whose values are in a map.
type table map[string]Field

func (t table) Field(path string) (*Field, error) {
	for name, f := range t {
		if strings.EqualFold(name, path) {
			f.Path = name
			return &f, nil
		}
	}
	return nil, fmt.Errorf("there is no field %s on Job", path)
}

// job is the fields that the tests know.
var job = table{
	"Subject":      {Type: TypeText},
	"Account.Name": {Type: TypeText},
	"Quantity":     {Type: TypeNumber, Scale: 2},
	"UnitPrice":    {Type: TypeNumber, Scale: 4},
	"Visits":       {Type: TypeNumber},
	"Rate":         {Type: TypeNumber, Scale: 18},
	"IsClosed":     {Type: TypeBoolean},
	"StartDate":    {Type: TypeDate},
	"EndDate":      {Type: TypeDate},
	"CreatedDate":  {Type: TypeDateTime},
	"ClosedDate":   {Type: TypeDateTime},
	"Opens":        {Type: TypeTime},
	"Closes":       {Type: TypeTime},
	"Status":       {Type: TypePicklist},
	"Tags":         {Type: TypeMultiPicklist},
	"OwnerId":      {Type: TypeId},
	"$User.Id":     {Type: TypeId},
	"Place":        {Type: TypeLocation, Scale: 6},
}

// row is a record of job.
type row struct {
	now, before map[string]Value
	isNew       bool
}

func (r row) Value(f *Field) Value { return valueOf(r.now, f) }
func (r row) Prior(f *Field) Value { return valueOf(r.before, f) }
func (r row) IsNew() bool          { return r.isNew }

func valueOf(values map[string]Value, f *Field) Value {
	if v, ok := values[f.Path]; ok {
		return v
	}
	return Blank(f.Type)
}

// noon is the present of the tests: in Auckland it is the 2nd of March, in UTC still the 1st.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).In(time.FixedZone("NZDT", 13*3600))

func day(s string) Value {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return Date(t.Unix() / 86400)
}

func moment(s string) Value {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return DateTime(t.UnixMilli())
}

var example = row{
	now: map[string]Value{
		"Subject": Text("Pump é "), "Account.Name": Text("Acme & Søn"), "Quantity": Number(250, 2), "UnitPrice": Number(199999, 4),
		"Visits": Number(-7, 0), "StartDate": day("2024-02-29"), "CreatedDate": moment("1969-12-31T23:59:59Z"),
		"Opens": Time(8*3_600_000 + 30*60_000 + 1), "Status": Picklist("New"), "Tags": MultiPicklist("Hot;Cold water"),
		"OwnerId": Id("005000000000001AAA"), "Place": Location(Number(59913900, 6), Number(10752200, 6)),
	},
	before: map[string]Value{"Quantity": Number(25, 1), "Status": Picklist("Closed"), "Visits": Number(3, 0)},
}

// TestEval gives the value of formulas for the example record, as text.
func TestEval(t *testing.T) {
	for text, want := range map[string]string{
		"1 + 2 * 3 ^ 2":                     "19",
		"-2 ^ 2":                            "4",
		"2 ^ 3 ^ 2":                         "64",
		"2 ^ -1":                            "0.5",
		"2 ^ 0.5":                           "1.414213562373095049",
		"10 - 4 - 3":                        "3",
		"0.1 + 0.2 = 0.3":                   "true",
		"1 / 3":                             "0.333333333333333333",
		"-2 / 3":                            "-0.666666666666666667",
		"1 / 0":                             "",
		"Quantity * UnitPrice":              "49.99975",
		"999999999999999999 * 10":           "",
		"Visits + EndDate - EndDate":        "error",
		"Quantity + Rate":                   "",
		"ISBLANK(Rate)":                     "true",
		"BLANKVALUE(Rate, 5)":               "5",
		"Rate = NULL":                       "true",
		"Rate <> 1":                         "true",
		"Rate < 1 || Rate >= 1":             "false",
		"!(Rate < 1)":                       "true",
		"ROUND(2.5, 0) & ''":                "error",
		"TEXT(ROUND(-2.5, 0)) & '!'":        "-3!",
		"ROUND(1250, -2)":                   "1300",
		"CEILING(-2.1)":                     "-3",
		"FLOOR(-2.9)":                       "-2",
		"MCEILING(-2.1)":                    "-2",
		"MFLOOR(-2.9)":                      "-3",
		"MOD(Visits, 4)":                    "-3",
		"MOD(5, 0)":                         "",
		"MAX(1, Rate, 3)":                   "3",
		"MIN(Rate)":                         "",
		"SQRT(2)":                           "1.414213562373095049",
		"SQRT(-1)":                          "",
		"EXP(1)":                            "2.718281828459045235",
		"LN(EXP(0))":                        "0",
		"LOG(1000)":                         "3",
		"EXP(50)":                           "",
		"LEN(Subject)":                      "7",
		"UPPER(Account.Name)":               "ACME & SØN",
		"LOWER('ÀÉÎ ΩЖ ß')":                 "àéî ωж ß",
		"TRIM(Subject) & '|'":               "Pump é|",
		"LEFT(Subject, 6)":                  "Pump é",
		"RIGHT('abc', 2)":                   "bc",
		"MID('abcdef', 2, 3)":               "bcd",
		"MID('abc', 0, 2)":                  "ab",
		"FIND('é', Subject)":                "6",
		"FIND('p', 'pump', 2)":              "4",
		"FIND('', 'x')":                     "0",
		"CONTAINS(Account.Name, 'Sø')":      "true",
		"BEGINS(Subject, 'pump')":           "false",
		"SUBSTITUTE('a-b-c', '-', '+')":     "a+b+c",
		"SUBSTITUTE('abc', '', 'x')":        "abc",
		"LPAD('7', 3, '0')":                 "007",
		"LPAD('abcdef', 3)":                 "abc",
		"RPAD('ab', 5, 'xy')":               "abxyx",
		"VALUE(' -12.50 ')":                 "-12.5",
		"VALUE('1e3')":                      "",
		"ISNUMBER('.5')":                    "true",
		"ISNUMBER('.')":                     "false",
		"REGEX('AB-12', '[A-Z]{2}-\\\\d+')": "true",
		"REGEX('xAB-12', 'AB-12')":          "false",
		"TODAY()":                           "2026-03-02",
		"NOW()":                             "2026-03-01 12:00:00Z",
		"DATE(2024, 2, 30)":                 "",
		"DATE(2024, 2, 29) = StartDate":     "true",
		"StartDate + 1.9":                   "2024-03-01",
		"StartDate - DATE(2024, 1, 1)":      "59",
		"DATE(9999, 12, 31) + 1":            "",
		"ADDMONTHS(StartDate, 12)":          "2025-02-28",
		"ADDMONTHS(DATE(2025, 2, 28), 1)":   "2025-03-31",
		"ADDMONTHS(DATE(2025, 1, 30), 1)":   "2025-02-28",
		"ADDMONTHS(CreatedDate, 2)":         "1970-02-28 23:59:59Z",
		"DATEVALUE(CreatedDate)":            "1969-12-31",
		"DATEVALUE('2024-02-29')":           "2024-02-29",
		"DATETIMEVALUE('2024-02-29 08:00:00') - DATETIMEVALUE(StartDate)": "0.333333333333333333",
		"CreatedDate + 0.5":                    "1970-01-01 11:59:59Z",
		"TIMEVALUE(CreatedDate)":               "23:59:59.000",
		"TIMEVALUE('08:30:00.500') + 86400000": "08:30:00.500",
		"YEAR(StartDate) * 10000 + MONTH(StartDate) * 100 + DAY(StartDate)": "20240229",
		"WEEKDAY(DATE(1969, 12, 28))":                                       "1",
		"HOUR(Opens) * 60 + MINUTE(Opens)":                                  "510",
		"MILLISECOND(Opens)":                                                "1",
		"Opens - TIMEVALUE('08:00:00.000')":                                 "1800001",
		"ISPICKVAL(Status, 'New')":                                          "true",
		"TEXT(Status) & '?'":                                                "New?",
		"CASE(Status, 'Old', 1, 'New', 2, 3)":                               "2",
		"CASE(Rate, 1, 'one', NULL, 'none', 'else')":                        "else",
		"CASE(Quantity, 2.5, 'a', 'b')":                                     "a",
		"INCLUDES(Tags, 'Cold water')":                                      "true",
		"INCLUDES(Tags, 'Cold')":                                            "false",
		"IF(IsClosed, 'yes', 'no')":                                         "no",
		"IF(TRUE, NULL, 5)":                                                 "",
		"AND(TRUE, NOT(IsClosed), 1 < 2)":                                   "true",
		"OR(FALSE, IsClosed)":                                               "false",
		"OwnerId = $User.Id":                                                "false",
		"CASESAFEID('001a000000BcDeF')":                                     "001a000000BcDeFAAV",
		"DISTANCE(Place, GEOLOCATION(60.3913, 5.3221), 'km')":               "305.067",
		"DISTANCE(Place, Place, 'mi')":                                      "0",
		"ISBLANK(Place)":                                                    "false",
		"ISCHANGED(Quantity)":                                               "false",
		"ISCHANGED(Status)":                                                 "true",
		"PRIORVALUE(Visits) - Visits":                                       "10",
		"ISNEW()":                                                           "false",
		"HYPERLINK('/x?a=\"b', '<Go>')":                                     `<a href="/x?a=&quot;b" target="_blank">&lt;Go&gt;</a>`,
		"IMAGE('/x.png', 'X', 20, 30.7)":                                    `<img src="/x.png" alt="X" style="height:20px; width:30px">`,
		"'a' + \"b\" & BR() /* done */":                                     "ab<br>",
		"+5 - +2":                                                           "3",
		"DATEVALUE('soon')":                                                 "",
		"DATETIMEVALUE('2024-02-29')":                                       "",
		"TIMEVALUE('25:00:00.000')":                                         "",
		"MIN(TIMEVALUE('08:00:00.000') - Opens, 2.5) * VALUE('999999999999999999')": "",
		"subject = ACCOUNT.name": "false",
	} {
		f, err := Parse(text, job, Options{})
		if err != nil {
			if want != "error" {
				t.Errorf("%s: %v", text, err)
			}
			continue
		}
		if got := f.Eval(example, noon).String(); got != want {
			t.Errorf("%s = %s, want %s", text, got, want)
		}
	}
}

func TestBlankAsZero(t *testing.T) {
	for text, want := range map[string]string{
		"Rate + 1": "1", "Rate = 0": "true", "ISBLANK(Rate)": "true", "BLANKVALUE(Rate, 7)": "7",
		"PRIORVALUE(UnitPrice) = 0": "true", "EndDate = NULL": "true",
	} {
		f, err := Parse(text, job, Options{BlankAsZero: true})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := f.Eval(example, noon).String(); got != want {
			t.Errorf("%s = %s, want %s", text, got, want)
		}
	}
}

func TestNewRecord(t *testing.T) {
	r := row{now: example.now, isNew: true}
	for text, want := range map[string]string{"ISNEW()": "true", "ISCHANGED(Status)": "false", "ISBLANK(PRIORVALUE(Visits))": "true"} {
		f, err := Parse(text, job, Options{})
		if err != nil || f.Eval(r, noon).String() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestErrors gives the place, and a part of the reason, of mistakes.
func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "1:1 the end stands where a value",
		"1 +\n  Foo":                             "2:3 there is no field Foo on Job",
		"1 + 'a'":                                "1:3 both sides must have one type",
		"Status = 'New'":                         "1:8 ISPICKVAL(field, text)",
		"CONTAINS(Status, 'x')":                  "1:1 TEXT(",
		"Tags & 'x'":                             "1:6 INCLUDES(field, text)",
		"LEN(5)":                                 "1:1 LEN does not take Number; write LEN(text); make the Number text with TEXT(",
		"ROUND('5', 0)":                          "1:1 VALUE(",
		"YEAR(CreatedDate)":                      "1:1 DATEVALUE(",
		"HOUR(CreatedDate)":                      "1:1 TIMEVALUE(",
		"IsClosed + 1":                           "1:10 IF(",
		"LEFT('x')":                              "1:1 LEFT does not take Text; write LEFT(text, count)",
		"ROUD(5, 1)":                             "1:1 there is no function ROUD; ROUND is meant, perhaps",
		"IF(1, 2, 3)":                            "1:4 IF takes a condition here, not Number",
		"IF(TRUE, 2, 'x')":                       "1:13 IF gives Text here and Number elsewhere",
		"IF(TRUE, 2)":                            "1:1 2 arguments are given; write IF(condition, then, else)",
		"AND()":                                  "1:1 at least one condition",
		"CASE(Status, 'a', 1)":                   "1:1 CASE takes a value, pairs",
		"CASE(Status, 5, 1, 2)":                  "1:14 CASE compares Text with Number",
		"BLANKVALUE(Status, 'x')":                "1:12 BLANKVALUE gives no picklist",
		"ISCHANGED(1)":                           "1:11 a field is expected",
		"ISCHANGED(Account.Name)":                "1:11 a field of the record itself",
		"DISTANCE(1, Place, 'km')":               "1:10 DISTANCE takes places",
		"DISTANCE(Place, Place, 'm')":            "1:24 'km' or 'mi'",
		"Place = Place":                          "1:1 a place is used in DISTANCE",
		"GEOLOCATION(1, 2)":                      "1:1 in DISTANCE(…) only",
		"REGEX(Subject, Subject)":                "1:1 a pattern in quotes",
		"REGEX(Subject, '(')":                    "1:16 the pattern cannot be used",
		"'abc":                                   "1:1 the text has no end",
		"1 /* x":                                 "1:3 the comment has no end",
		"1 # 2":                                  "1:3 has no meaning here",
		"1.2.3":                                  "1:1 is not a number",
		"1e5":                                    "1:1 without exponent",
		"(1":                                     "1:3 the end stands where an operator or ) is expected",
		"LEN('é' 5)":                             `1:9 "5" stands where , or ) is expected`,
		"1 2":                                    `1:3 "2" stands where an operator or the end`,
		"Account..Name":                          "1:1 empty part",
		strings.Repeat("(", 200):                 "levels|calls and parentheses within each other",
		strings.Repeat("-", 200) + "1":           "calls and parentheses within each other",
		"1" + strings.Repeat("+1", 300):          "operators in one formula",
		"'" + strings.Repeat("x", MaxText) + "'": "longer than",
	} {
		_, err := Parse(text, job, Options{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%.40s: %v", text, err)
			continue
		}
		place, says, found := strings.Cut(want, " ")
		if !found || !strings.Contains(place, ":") {
			place, says = "", want[strings.Index(want, "|")+1:]
		}
		if got := fmt.Sprintf("%d:%d", e.Row, e.Column); place != "" && got != place || !strings.Contains(e.Message, says) {
			t.Errorf("%.40s: %s %s, want %s", text, got, e.Message, want)
		}
	}
}

func TestWantedType(t *testing.T) {
	if _, err := Parse("Quantity > 1", job, Options{}, TypeBoolean); err != nil {
		t.Error(err)
	}
	_, err := Parse("Quantity", job, Options{}, TypeText)
	if err == nil || !strings.Contains(err.Error(), "gives Number, but Text is wanted; make the Number text with TEXT(…)") {
		t.Error(err)
	}
	f, err := Parse("OwnerId", job, Options{}, TypeText)
	if err != nil || f.Eval(example, noon).Text() != "005000000000001AAA" {
		t.Error(err)
	}
	if f, err := Parse("NULL", job, Options{}, TypeNumber); err != nil || !f.Eval(example, noon).IsBlank() || f.Type != TypeNumber {
		t.Error(err)
	}
}

// TestFields lists each field once, in order, whatever its spelling.
func TestFields(t *testing.T) {
	f, err := Parse("Quantity + quantity * UnitPrice + IF(ISCHANGED(Visits), 1, QUANTITY)", job, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, field := range f.Fields {
		got = append(got, field.Path)
	}
	if strings.Join(got, " ") != "Quantity UnitPrice Visits" {
		t.Error(got)
	}
}

// TestFunctionsAreDescribed: the editor shows a signature and a sentence for each, and every function can be called.
func TestFunctionsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range append(append([]Function{}, Functions...), operators...) {
		if seen[f.Name] || !strings.HasSuffix(f.Help, ".") || !strings.Contains(f.Signature, strings.Replace(f.Name, "NEGATE", "-", 1)) {
			t.Errorf("%s: %q %q", f.Name, f.Signature, f.Help)
		}
		seen[f.Name] = true
		for _, o := range f.overloads {
			if o.eval == nil || o.lite == "" && o.key == "" {
				t.Errorf("%s is not computed", f.Name)
			}
		}
	}
}

func TestMemoryOnly(t *testing.T) {
	for text, names := range map[string]string{
		"ISNEW()": "ISNEW", "1 + IF(ISCHANGED(Status), 1, 2)": "ISCHANGED", "PRIORVALUE(Visits)": "PRIORVALUE",
		"REGEX(Subject, 'a')": "REGEX", "Visits ^ 5": "a power", "Visits ^ Visits": "a power", "2 ^ Visits": "a power",
		"DATEVALUE(Subject)": "DATEVALUE", "CASESAFEID(Subject)": "CASESAFEID",
	} {
		f, err := Parse(text, job, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var e *Error
		if err := f.InSQL(); !errors.As(err, &e) || !e.MemoryOnly || !strings.Contains(e.Message, names) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestResultOfAnotherType(t *testing.T) {
	for text, want := range map[string]string{
		"1 + 1":       "line 1, column 1: the formula gives Number, but Text is wanted; make the Number text with TEXT(…)",
		"TRUE":        "line 1, column 1: the formula gives Boolean, but Text is wanted; choose by a Boolean with IF(…)",
		"GEOLOCATION": "line 1, column 1: there is no GEOLOCATION",
	} {
		if _, err := Parse(text, nothing{}, Options{}, TypeText); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// nothing has no fields.
type nothing struct{}

func (nothing) Field(path string) (*Field, error) {
	return nil, fmt.Errorf("there is no %s", path)
}
