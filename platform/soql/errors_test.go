package soql

import (
	"strings"
	"testing"
)

func TestErrorLayout(t *testing.T) {
	_, err := Parse("SELECT FROM Account")
	want := "\nSELECT FROM Account\n       ^\nERROR at Row:1:Column:8\n" +
		"unexpected token: 'FROM', expecting a field, a function or a sub-query"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

// TestErrors names the place and the reason of each mistake, in the form row:column:part of the message.
func TestErrors(t *testing.T) {
	for text, want := range map[string]struct {
		row, column int
		near, says  string
	}{
		"": {1, 1, "", "unexpected end of the text, expecting SELECT"},
		"SELECT Id\nFROM WorkOrder\n\tWHERE Id = foo":       {3, 13, "foo", "text stands in single quotes"},
		"SELECT Id FROM A WHERE x = 'é' AND y":              {1, 37, "", "expecting a comparison"},
		"SELECT Id FROM A WHERE x = \"New\"":                {1, 28, `"`, "single quotes"},
		"SELECT * FROM A":                                   {1, 8, "*", "FIELDS(ALL)"},
		"SELECT Id FROM A LIMIT 1 ALL ROWS":                 {1, 26, "ALL", "queryAll"},
		"SELECT Id FROM A OFFSET 5 LIMIT 5":                 {1, 27, "LIMIT", "before OFFSET"},
		"SELECT Id FROM A WHERE a=1 AND b=2 OR c=3":         {1, 36, "OR", "parentheses"},
		"SELECT Id FROM A WHERE NOT (a=1) AND b=2":          {1, 34, "AND", "parentheses"},
		"SELECT Id FROM A WHERE a = :x":                     {1, 28, ":", "bind variables"},
		"SELECT Id FROM A WHERE a = 'x":                     {1, 28, "'", "no closing quote"},
		"SELECT Id FROM A WHERE a = 1.5e3":                  {1, 28, "1", "no exponent"},
		"SELECT Id FROM A WHERE a > 2026-01-01T00:00:00":    {1, 28, "2026", "add Z"},
		"SELECT Id FROM A WHERE a = 2026-02-30":             {1, 28, "2026", "no date 2026-02-30"},
		"SELECT Id FROM A WHERE a = 'x\\q'":                 {1, 30, "\\", `'\q' is no escape`},
		"SELECT COUNT() c FROM A":                           {1, 16, "c", "COUNT() stands alone"},
		"SELECT Name (SELECT Id FROM B) FROM A":             {1, 8, "Name", "comma may be missing"},
		"SELECT Id FROM A HAVING COUNT(Id) > 1":             {1, 18, "HAVING", "GROUP BY"},
		"SELECT Id FROM A WHERE a NOT LIKE 'x'":             {1, 30, "LIKE", "NOT before the field"},
		"SELECT Id FROM A WHERE Id IN (SELECT B, C FROM D)": {1, 39, ",", "one field"},
	} {
		_, err := Parse(text)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("%s: no *Error: %v", text, err)
			continue
		}
		if e.Row != want.row || e.Column != want.column || e.Near != want.near || !strings.Contains(e.Message, want.says) {
			t.Errorf("%s: got %d:%d %q %s", text, e.Row, e.Column, e.Near, e.Message)
		}
	}
}

func TestErrorShowsPartOfALongLine(t *testing.T) {
	text := "SELECT " + strings.Repeat("é, ", 5000) + "Id FROM A"
	e := NewError(text, Pos(strings.Index(text, "Id")), "wrong")
	lines := strings.Split(e.Error(), "\n")
	if e.Column != 7+15000+1 || len([]rune(lines[1])) > 2*excerpt || []rune(lines[1])[len(lines[2])-1] != 'I' {
		t.Errorf("column %d, %q", e.Column, e.Error())
	}
}

func TestBounds(t *testing.T) {
	deep := func(n int) string {
		return "SELECT Id FROM A WHERE " + strings.Repeat("(", n) + "a = 1" + strings.Repeat(")", n)
	}
	if _, err := Parse(deep(MaxDepth - 1)); err != nil {
		t.Error(err)
	}
	for name, text := range map[string]string{
		"parentheses": deep(MaxDepth),
		"open only":   "SELECT Id FROM A WHERE " + strings.Repeat("(", 50_000),
		"sub-queries": strings.Repeat("SELECT (", 10_000),
		"semi-joins":  strings.Repeat("SELECT Id FROM A WHERE a IN (", 3_000),
		"functions":   "SELECT " + strings.Repeat("MAX(", 20_000) + "a",
		"not":         "SELECT Id FROM A WHERE " + strings.Repeat("(NOT ", 15_000),
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), "levels of nesting") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ParseSearch("FIND {" + strings.Repeat("(", 50_000)); err == nil || !strings.Contains(err.Error(), "levels of nesting") {
		t.Error(err)
	}
	if _, err := Parse("SELECT " + strings.Repeat("Id, ", MaxText/4) + "Id FROM A"); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Error(err)
	}
}
