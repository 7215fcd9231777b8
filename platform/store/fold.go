package store

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold returns s in the form by which texts are compared without case. Two texts have the same fold when
// [strings.EqualFold] says so, save that the Kelvin sign and the long s are letters of their own: a text of ASCII
// letters folds to ASCII letters and equals nothing outside of them. Folds are ordered by code point, on both engines.
func Fold(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.Map(foldRune, s)
		}
	}
	return s
}

// foldRune returns the representative of all letters that differ from r by case alone.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	least := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		if other < utf8.RuneSelf {
			return r // the Kelvin sign and the long s
		}
		least = min(least, other)
	}
	if lower := unicode.ToLower(least); unicode.SimpleFold(least) != least && lower >= utf8.RuneSelf {
		return lower
	}
	return least
}

// compareFolded orders a and b as their folds are ordered, without making them.
func compareFolded(a, b string) int {
	for len(a) > 0 && len(b) > 0 {
		r, n := rune(a[0]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(a)
		}
		s, m := rune(b[0]), 1
		if s >= utf8.RuneSelf {
			s, m = utf8.DecodeRuneInString(b)
		}
		if r != s {
			if r, s = foldRune(r), foldRune(s); r != s {
				return int(r) - int(s)
			}
		}
		a, b = a[n:], b[m:]
	}
	return len(a) - len(b)
}

// foldPairs returns every letter that folding changes, and beside it what it becomes.
func foldPairs() (from, to string) {
	var a, b strings.Builder
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		if f := foldRune(r); f != r {
			a.WriteRune(r)
			b.WriteRune(f)
		}
	}
	return a.String(), b.String()
}
