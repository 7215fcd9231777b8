package formula

import (
	"fmt"
	"testing"
	"time"
)

func TestTrace(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	for text, want := range map[string][]string{
		`10 > 3`:                              {"0 10 > 3 = true"},
		`(1 + 2) * LEN("abc")`:                {`0 (1 + 2) * LEN("abc") = 9`, `1 1 + 2 = 3`, `1 LEN("abc") = 3`},
		`IF(1 = 2, LEN("a"), LEN("ab")) - -1`: {`0 IF(1 = 2, LEN("a"), LEN("ab")) - -1 = 3`, `1 IF(1 = 2, LEN("a"), LEN("ab")) = 2`, `2 1 = 2 = false`, `2 LEN("a") ?`, `2 LEN("ab") = 2`, `1 -1 = -1`},
		`1 = 2 && 2 = 2 && TODAY() > NULL`:    {`0 1 = 2 && 2 = 2 && TODAY() > NULL = false`, `1 1 = 2 = false`, `1 2 = 2 ?`, `1 TODAY() > NULL ?`, `2 TODAY() ?`},
		` /* c */ NOT( TRUE ) `:               {`0 NOT( TRUE ) = false`},
	} {
		f, err := Parse(text, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		v, steps := f.Trace(nil, now)
		if v != f.Eval(nil, now) && v.String() != f.Eval(nil, now).String() {
			t.Errorf("%s: %v", text, v)
		}
		var got []string
		for _, s := range steps {
			line := fmt.Sprintf("%d %s ?", s.Depth, text[s.At:s.End])
			if s.Computed {
				line = fmt.Sprintf("%d %s = %s", s.Depth, s.Text, s.Value)
			}
			got = append(got, line)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s:\n got %q\nwant %q", text, got, want)
		}
	}
}
