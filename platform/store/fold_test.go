package store

import (
	"cmp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFoldOfEveryLetter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		f := foldRune(r)
		if foldRune(f) != f {
			t.Fatalf("folding %U twice gives %U", r, foldRune(f))
		}
		if (f < utf8.RuneSelf) != (r < utf8.RuneSelf) {
			t.Fatalf("%U folds to %U, across the border of ASCII", r, f)
		}
		for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
			if (o < utf8.RuneSelf) == (r < utf8.RuneSelf) && foldRune(o) != f {
				t.Fatalf("%U folds to %U, its other case %U to %U", r, f, o, foldRune(o))
			}
		}
	}
}

func TestFoldAgreesWithEqualFold(t *testing.T) {
	text := rapid.StringOf(rapid.RuneFrom([]rune("aAbBzZäÄßẞσςΣiIİıéÉ京 -ǅǆ")))
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		if (Fold(a) == Fold(b)) != strings.EqualFold(a, b) {
			t.Errorf("%q and %q", a, b)
		}
		if sign(compareFolded(a, b)) != cmp.Compare(Fold(a), Fold(b)) {
			t.Errorf("comparing %q and %q gives %d", a, b, compareFolded(a, b))
		}
	})
}

func sign(n int) int { return cmp.Compare(n, 0) }

func TestNumbered(t *testing.T) {
	for query, want := range map[string]string{
		"a = ? AND b = ?":                "a = $1 AND b = $2",
		"a = '?' AND b = ?":              "a = '?' AND b = $1",
		`"wh?t" = ? AND 'it''s ?' = ?`:   `"wh?t" = $1 AND 'it''s ?' = $2`,
		"? -- really?\n + ?":             "$1 -- really?\n + $2",
		"? /* ? */ + ?":                  "$1 /* ? */ + $2",
		"$body$ ? $body$ ?":              "$body$ ? $body$ $1",
		"$$ ? $$ ?":                      "$$ ? $$ $1",
		"'unclosed ?":                    "'unclosed ?",
		"no arguments":                   "no arguments",
		"ä = ? AND 'ü?' = ? AND $1 <> ?": "ä = $1 AND 'ü?' = $2 AND $1 <> $3",
	} {
		if got := numbered(query); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
}

func FuzzNumbered(f *testing.F) {
	f.Add("a = ? AND 'x?' = $a$ ? $a$")
	f.Fuzz(func(t *testing.T, query string) {
		got := numbered(query)
		if strings.Count(query, "?") == 0 && got != query {
			t.Errorf("%q became %q without an argument", query, got)
		}
	})
}

func TestOlderThan(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"3.51.2", "3.51.3", true}, {"3.51.3", "3.51.3", false}, {"3.9.0", "3.51.3", true}, {"4.0", "3.51.3", false}, {"3.54.1", "3.51.3", false}} {
		if olderThan(c.a, c.b) != c.want {
			t.Errorf("%s older than %s: want %v", c.a, c.b, c.want)
		}
	}
}
