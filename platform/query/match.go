package query

import (
	"unicode/utf8"

	"truckroll/platform/store"
)

// matches reports whether text is like a pattern of SQL's LIKE with \ as its escape, without case. Its time is bounded
// by the product of the lengths.
func matches(text, pattern string) bool {
	text, pattern = store.Fold(text), store.Fold(pattern)
	t, p, star, mark := 0, 0, -1, 0
	for t < len(text) {
		r, n := utf8.DecodeRuneInString(text[t:])
		token, wild, m := next(pattern[p:])
		switch {
		case wild && token == '%':
			star, mark, p = p, t, p+m
		case m > 0 && (wild || token == r):
			t, p = t+n, p+m
		case star >= 0:
			_, n := utf8.DecodeRuneInString(text[mark:])
			mark += n
			t, p = mark, star+1
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '%' {
		p++
	}
	return p == len(pattern)
}

// next reads one sign of a pattern: a character, or a wildcard. Its size is 0 at the end.
func next(p string) (r rune, wild bool, size int) {
	if p == "" {
		return 0, false, 0
	}
	r, size = utf8.DecodeRuneInString(p)
	if r == '\\' && len(p) > size {
		r, n := utf8.DecodeRuneInString(p[size:])
		return r, false, size + n
	}
	return r, r == '%' || r == '_', size
}
