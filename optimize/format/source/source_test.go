package source

import (
	"testing"
)

func TestJSONFaultsNameThePlace(t *testing.T) {
	type inner struct {
		Count uint8     `json:"count"`
		Size  []float64 `json:"size"`
	}
	for text, want := range map[string]string{
		"{\n\"list\": [{\"count\": \"x\"}]}": `line 2, list.count: is a JSON string, expected a whole number, 0 or more`,
		"{\n\n\"list\": 5}":                  `line 3, list: is a JSON number, expected a list`,
		"{\"list\": [\n{]}":                  `line 2: is not JSON: invalid character ']' looking for beginning of object key string`,
		"{\"list\": [":                       `line 1: the JSON ends before it is complete`,
		"":                                   `line 1: the JSON ends before it is complete`,
		"{}\n{}":                             `line 1: text after the end of the JSON value`,
	} {
		var into struct {
			List []inner `json:"list"`
		}
		if err := JSON([]byte(text), &into); err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
	var ok []int
	if err := JSON([]byte("[1]\n "), &ok); err != nil {
		t.Error(err)
	}
}

func TestLinesNameThePlace(t *testing.T) {
	l := NewLines([]byte("\r\n a  b\r\n\n 3 -1 1.5 x 1e10 NaN"))
	if !l.Next() || l.Text() != "a b" || len(l.Fields()) != 2 {
		t.Fatalf("first line: %q", l.Text())
	}
	if !l.Next() {
		t.Fatal("no second line")
	}
	if v, err := l.Count(0, "n", 5); v != 3 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
	amount := func(field int) error { _, err := l.Amount(field, "size"); return err }
	count := func(field int) error { _, err := l.Count(field, "n", 2); return err }
	for want, err := range map[string]error{
		`line 4, field 2 (size): -1 is not between 0 and 1e8`:            amount(1),
		`line 4, field 4 (size): "x" is not a number`:                    amount(3),
		`line 4, field 5 (size): 1e+10 is not between 0 and 1e8`:         amount(4),
		`line 4, field 6 (size): "NaN" is not a number`:                  amount(5),
		`line 4, field 7 (size): is missing; the line has 6 fields`:      amount(6),
		`line 4, field 1 (n): 3 is not a whole number between 0 and 2`:   count(0),
		`line 4, field 3 (n): 1.5 is not a whole number between 0 and 2`: count(2),
		`line 4: too bad`: l.Faultf("too %s", "bad"),
	} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
	for range 2 {
		if l.Next() {
			t.Error("a line after the last")
		}
	}
}
