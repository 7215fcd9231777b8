package soql

import (
	"fmt"
	"strings"
)

// Quote writes a value as a string literal, for whoever makes queries of values.
func Quote(s string) string { return quote(s, false) }

// QuotePattern writes a pattern as a string literal that stands after LIKE. In it a backslash before %, _ or another
// backslash takes that character's meaning away; any other backslash stands for itself.
func QuotePattern(s string) string { return quote(s, true) }

// EscapePattern makes a pattern that matches exactly the value.
func EscapePattern(s string) string { return patternEscaper.Replace(s) }

var patternEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func quote(s string, pattern bool) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('\'')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && pattern && i+1 < len(s) && strings.IndexByte(`%_\`, s[i+1]) >= 0:
			b.WriteString(s[i : i+2])
			i++
		case c == '\\' || c == '\'':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c == 0x7f:
			writeControl(&b, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

func writeControl(b *strings.Builder, c byte) {
	switch c {
	case '\n':
		b.WriteString(`\n`)
	case '\r':
		b.WriteString(`\r`)
	case '\t':
		b.WriteString(`\t`)
	default:
		fmt.Fprintf(b, `\u%04x`, c)
	}
}
