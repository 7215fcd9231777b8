package soql

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestCanonicalText gives the canonical text of queries, which shows how they were understood.
func TestCanonicalText(t *testing.T) {
	for text, want := range map[string]string{
		"select id from a":                                                                         "SELECT id FROM a",
		"SELECT Id FROM A AS b, b.C c":                                                             "SELECT Id FROM A b, b.C c",
		"SELECT Id FROM Order ORDER BY Id":                                                         "SELECT Id FROM Order ORDER BY Id",
		"SELECT Id FROM A group WHERE group.x = 1":                                                 "SELECT Id FROM A group WHERE group.x = 1",
		"SELECT COUNT ( ) FROM A":                                                                  "SELECT COUNT() FROM A",
		"SELECT count(id) n, tolabel(x) FROM A":                                                    "SELECT COUNT(id) n, toLabel(x) FROM A",
		"SELECT fields(all) FROM A LIMIT 5":                                                        "SELECT FIELDS(ALL) FROM A LIMIT 5",
		"SELECT typeof, end FROM A":                                                                "SELECT typeof, end FROM A",
		"SELECT TYPEOF o WHEN B THEN c, d WHEN E THEN f ELSE g END FROM A":                         "SELECT TYPEOF o WHEN B THEN c, d WHEN E THEN f ELSE g END FROM A",
		"SELECT Id FROM A WHERE ((x <> 1)) AND (y > = +.5)":                                        "SELECT Id FROM A WHERE x != 1 AND y >= 0.5",
		"SELECT Id FROM A WHERE x = - 5 OR (y = 1 AND z = 2)":                                      "SELECT Id FROM A WHERE x = -5 OR (y = 1 AND z = 2)",
		"SELECT Id FROM A WHERE (a = 1 AND b = 2) AND c = 3":                                       "SELECT Id FROM A WHERE (a = 1 AND b = 2) AND c = 3",
		"SELECT Id FROM A WHERE not (not x = null)":                                                "SELECT Id FROM A WHERE NOT (NOT x = NULL)",
		"SELECT Id FROM A WHERE x NOT IN ('a',TODAY,usd5.50)":                                      "SELECT Id FROM A WHERE x NOT IN ('a', TODAY, USD5.50)",
		"SELECT Id FROM A WHERE x excludes ('a;b')":                                                "SELECT Id FROM A WHERE x EXCLUDES ('a;b')",
		"SELECT Id FROM A WHERE x = 2026-01-31t01:30:00.5+02:00":                                   "SELECT Id FROM A WHERE x = 2026-01-30T23:30:00.500Z",
		"SELECT Id FROM A WHERE x = 08:30:00-0100":                                                 "SELECT Id FROM A WHERE x = 09:30:00.000Z",
		"SELECT Id FROM A WHERE x = last_n_days : 030":                                             "SELECT Id FROM A WHERE x = LAST_N_DAYS:30",
		`SELECT Id FROM A WHERE x = 'it\'s \u00e9\ud83d\ude00\\'`:                                  `SELECT Id FROM A WHERE x = 'it\'s é😀\\'`,
		`SELECT Id FROM A WHERE x LIKE '50\% \_ \\ _'`:                                             `SELECT Id FROM A WHERE x LIKE '50\% \_ \\ _'`,
		"SELECT a FROM A GROUP BY cube(a,b) having count(id)>1 order by a asc nulls first, b desc": "SELECT a FROM A GROUP BY CUBE(a, b) HAVING COUNT(id) > 1 ORDER BY a, b DESC",
		"SELECT Id FROM A for view for reference update viewstat":                                  "SELECT Id FROM A FOR VIEW FOR REFERENCE UPDATE VIEWSTAT",
		"SELECT Id FROM A WITH DATA CATEGORY g at c":                                               "SELECT Id FROM A WITH DATA CATEGORY g AT (c)",
	} {
		q, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if q.String() != want {
			t.Errorf("%s\n got %s\nwant %s", text, q, want)
		}
	}
}

// TestTree holds a tree to what the text says, positions included.
func TestTree(t *testing.T) {
	const text = "SELECT Account.Name n, COUNT(Id) FROM WorkOrder w WHERE w.X IN ('a') AND Y LIKE 'b\\%' GROUP BY Account.Name LIMIT 7"
	at := func(s string) Pos { return Pos(strings.Index(text, s)) }
	account := func(from Pos) *Path {
		return &Path{Parts: []Name{{Pos: from, Text: "Account"}, {Pos: from + 8, Text: "Name"}}}
	}
	want := &Query{
		Text: text,
		Select: []SelectItem{
			&SelectTerm{Term: account(7), Alias: Name{Pos: at("n, "), Text: "n"}},
			&SelectTerm{Term: &Call{Pos: at("COUNT"), Func: Count, Arg: &Path{Parts: []Name{{Pos: at("Id)"), Text: "Id"}}}}},
		},
		From: From{
			Object: &Path{Parts: []Name{{Pos: at("WorkOrder"), Text: "WorkOrder"}}},
			Alias:  Name{Pos: at("w WHERE"), Text: "w"},
		},
		Where: &And{Terms: []Expr{
			&In{
				Left:   &Path{Parts: []Name{{Pos: at("w.X"), Text: "w"}, {Pos: at("X IN"), Text: "X"}}},
				Values: []Literal{&String{Pos: at("'a'"), Value: "a"}},
			},
			&Compare{
				Left:  &Path{Parts: []Name{{Pos: at("Y LIKE"), Text: "Y"}}},
				Op:    Like,
				Right: &String{Pos: at("'b"), Value: `b\%`, Pattern: true},
			},
		}},
		Group: &GroupBy{Pos: at("GROUP"), Terms: []Term{account(at("Account.Name LIMIT"))}},
		Limit: &RowCount{Pos: at("7"), N: 7},
	}
	got, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestLiterals gives the values that literals have.
func TestLiterals(t *testing.T) {
	for text, want := range map[string]Literal{
		"'a\\tb'":                   &String{Value: "a\tb"},
		"-12.50":                    &Number{Text: "-12.50"},
		"tRuE":                      &Bool{Value: true},
		"null":                      &Null{},
		"2024-02-29":                &Date{Year: 2024, Month: time.February, Day: 29},
		"2026-01-31T23:59:59.9999Z": &DateTime{Time: time.Date(2026, 1, 31, 23, 59, 59, 999e6, time.UTC)},
		"23:59:59.001Z":             &Time{Ms: 86_399_001},
		"next_90_days":              &DateLiteral{Name: Next90Days},
		"N_FISCAL_QUARTERS_AGO:2":   &DateLiteral{Name: NFiscalQuartersAgo, N: 2},
		"eur12":                     &Currency{Code: "EUR", Amount: "12"},
	} {
		e, err := ParseCondition("x=" + text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if diff := diffTrees(want, e.(*Compare).Right); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// TestFunctions: what is called in a query is told apart by kind.
func TestFunctions(t *testing.T) {
	if !Count.Aggregate() || CalendarYear.Aggregate() || !DayOnly.DatePart() || ToLabel.DatePart() || Grouping.Aggregate() {
		t.Error("a function is of the wrong kind")
	}
}

// TestPositions: every node says where it begins.
func TestPositions(t *testing.T) {
	for text, begins := range map[string]string{
		"a = 1 AND b = 2":                           "a",
		"(a = 1 AND b = 2) OR c = 3":                "a",
		"(NOT a = 1)":                               "NOT",
		" COUNT(a) IN (1)":                          "COUNT",
		" DISTANCE(a, GEOLOCATION(1, 2), 'km') < 3": "DISTANCE",
		" b.c INCLUDES ('x')":                       "b.c",
	} {
		e, err := ParseCondition(text)
		if err != nil || !strings.HasPrefix(text[e.At():], begins) {
			t.Errorf("%s: %v %v", text, e, err)
		}
	}
	for _, text := range []string{"'x'", "5", "-5", "TRUE", "NULL", "2024-01-01", "2024-01-01T00:00:00Z", "01:00:00Z", "TODAY", "USD5"} {
		e, err := ParseCondition("a = " + text)
		if err != nil || e.(*Compare).Right.At() != 4 {
			t.Errorf("%s: %v", text, err)
		}
	}
	const query = "SELECT (SELECT x FROM y), FIELDS(ALL), TYPEOF o WHEN p THEN q END, r FROM s"
	q, err := Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	for i, begins := range []string{"(SELECT", "FIELDS", "TYPEOF", "r FROM"} {
		if !strings.HasPrefix(query[q.Select[i].At():], begins) {
			t.Errorf("item %d begins at %d", i, q.Select[i].At())
		}
	}
	for text, at := range map[string]Pos{"a b": 0, " a OR b": 1, " (a) NOT b": 2, ` "a b"`: 1} {
		f, err := ParseFind(text)
		if err != nil || f.At() != at {
			t.Errorf("%s: %v %v", text, f, err)
		}
	}
}
