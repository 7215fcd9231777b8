package soql

import (
	"strings"
	"testing"
)

// TestSearch gives the canonical text of searches, which shows how they were understood.
func TestSearch(t *testing.T) {
	for text, want := range map[string]string{
		"FIND {pump}": "FIND {pump} IN ALL FIELDS",
		"find {a b} in name fields returning WorkOrder": "FIND {a AND b} IN NAME FIELDS RETURNING WorkOrder",
		"FIND {a OR b AND c} LIMIT 5":                   "FIND {a OR (b AND c)} IN ALL FIELDS LIMIT 5",
		"FIND {(a or b) and c}":                         "FIND {(a OR b) AND c} IN ALL FIELDS",
		"FIND {a AND NOT b c}":                          "FIND {(a AND c) AND NOT b} IN ALL FIELDS",
		"FIND {a NOT b NOT c}":                          "FIND {a AND NOT (b OR c)} IN ALL FIELDS",
		`FIND {"heat  pump" val*e?}`:                    `FIND {"heat pump" AND val*e?} IN ALL FIELDS`,
		`FIND {"and" \*x\}}`:                            `FIND {"and" AND \*x\}} IN ALL FIELDS`,
		"FIND {joe.o'neil@x-y.com}":                     "FIND {joe.o'neil@x-y.com} IN ALL FIELDS",
		"FIND {a} RETURNING Account(Id, Name ORDER BY Name), Lead(Id OFFSET 2)":                              "FIND {a} IN ALL FIELDS RETURNING Account(Id, Name ORDER BY Name), Lead(Id OFFSET 2)",
		"FIND {a} RETURNING Account(Id, Name WHERE Name LIKE 'A%' ORDER BY Name LIMIT 5 OFFSET 2), Lead(Id)": "FIND {a} IN ALL FIELDS RETURNING Account(Id, Name WHERE Name LIKE 'A%' ORDER BY Name LIMIT 5 OFFSET 2), Lead(Id)",
		"FIND {a} RETURNING Account(Id USING ListView=Recent)":                                               "FIND {a} IN ALL FIELDS RETURNING Account(Id USING ListView = Recent)",
		"FIND {a} RETURNING X WITH SNIPPET(target_length=120) WITH HIGHLIGHT LIMIT 3":                        "FIND {a} IN ALL FIELDS RETURNING X WITH SNIPPET(target_length = 120) WITH HIGHLIGHT LIMIT 3",
		"FIND {a} WITH NETWORK IN ('x','y') WITH division = 'z' UPDATE TRACKING":                             "FIND {a} IN ALL FIELDS WITH NETWORK IN ('x', 'y') WITH DIVISION = 'z' UPDATE TRACKING",
		"FIND {a} RETURNING KA(Id) WITH DATA CATEGORY G AT (b, c) AND H BELOW d":                             "FIND {a} IN ALL FIELDS RETURNING KA(Id) WITH DATA CATEGORY G AT (b, c) AND H BELOW (d)",
	} {
		s, err := ParseSearch(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if s.String() != want {
			t.Errorf("%s\n got %s\nwant %s", text, s, want)
		}
		checkSearch(t, text, s)
	}
}

func checkSearch(t testing.TB, text string, s *Search) {
	t.Helper()
	again, err := ParseSearch(s.String())
	if err != nil {
		t.Errorf("%s\nis printed as\n%s\nwhich is refused: %v", text, s, err)
		return
	}
	if diff := diffTrees(s, again); diff != "" {
		t.Errorf("%s\nis printed as\n%s\nwhich differs: %s", text, s, diff)
	}
}

func TestSearchErrors(t *testing.T) {
	for text, says := range map[string]string{
		"FIND pump":               "expecting '{'",
		"FIND {}":                 "a word to search for",
		"FIND {pump":              "'}' after the words",
		"FIND {a AND}":            "a word to search for",
		"FIND {a OR NOT b}":       "a word before NOT",
		"FIND {NOT a}":            "a word before NOT",
		"FIND {(a}":               "expecting ')'",
		"FIND {a)}":               "an operator or '}'",
		"FIND {*}":                "matches everything",
		`FIND {""}`:               "phrase is empty",
		`FIND {"a}`:               "no closing",
		"FIND {a{b}":              "backslash",
		"FIND {a} IN SOME FIELDS": "ALL, NAME",
		"FIND {a} RETURNING":      "an object",
		"FIND {a} RETURNING X(Id": "or ')'",
		"FIND {a} WITH NOTHING":   "DIVISION",
		"FIND {a} LIMIT many":     "a whole number",
		"FIND {a} RETURNING X Y":  "unexpected token: 'Y'",
		"FIND {a} RETURNING X() ": "a field",
		"SELECT Id FROM X":        "expecting FIND",
	} {
		_, err := ParseSearch(text)
		if _, ok := err.(*Error); !ok || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestParseFind(t *testing.T) {
	f, err := ParseFind(`heat pump OR "boiler"`)
	if err != nil || f.String() != "(heat AND pump) OR boiler" {
		t.Errorf("%v %v", f, err)
	}
	for _, text := range []string{"", "a }", `"a`, "(a"} {
		if f, err := ParseFind(text); err == nil {
			t.Errorf("%q is read as %s", text, f)
		}
	}
}
