package store

import (
	"strconv"
	"strings"
)

// numbered rewrites each ? that stands for an argument to $1, $2, …. Those in strings, quoted names and comments
// stay, as do dollar-quoted bodies.
func numbered(query string) string {
	if strings.IndexByte(query, '?') < 0 {
		return query
	}
	b := make([]byte, 0, len(query)+16)
	n := 0
	for i := 0; i < len(query); {
		if query[i] == '?' {
			n++
			b = strconv.AppendInt(append(b, '$'), int64(n), 10)
			i++
			continue
		}
		end := i + opaque(query[i:])
		b = append(b, query[i:end]...)
		i = end
	}
	return string(b)
}

// opaque returns the length of what stands at the beginning of s and is copied as it is.
func opaque(s string) int {
	switch {
	case s[0] == '\'' || s[0] == '"':
		return span(s, 1, s[:1])
	case strings.HasPrefix(s, "--"):
		return span(s, 2, "\n")
	case strings.HasPrefix(s, "/*"):
		return span(s, 2, "*/")
	case s[0] == '$':
		if tag := strings.IndexByte(s[1:], '$'); tag >= 0 && word(s[1:1+tag]) {
			return span(s, tag+2, s[:tag+2])
		}
	}
	return 1
}

// span returns the length of s up to the end of the first close that begins at from or later.
func span(s string, from int, close string) int {
	if i := strings.Index(s[from:], close); i >= 0 {
		return from + i + len(close)
	}
	return len(s)
}

func word(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }) < 0
}
