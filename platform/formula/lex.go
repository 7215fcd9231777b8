package formula

import (
	"strings"
	"unicode/utf8"
)

type kindOfToken uint8

const (
	tokEnd kindOfToken = iota
	tokName
	tokNumber
	tokText
	tokSign
)

// token is a piece of the text. For a tokText, text is the value with its escapes resolved.
type token struct {
	kind kindOfToken
	at   int
	text string
}

// space is what divides tokens, and what TRIM and VALUE remove.
const space = " \t\r\n"

// signs lists the operators and punctuation, longer ones first.
var signs = []string{"&&", "||", "==", "!=", "<>", "<=", ">=", "(", ")", ",", "+", "-", "*", "/", "^", "&", "=", "<", ">", "!"}

type lexer struct {
	source string
	at     int
}

// next reads one token. It panics with an *Error where the text holds none.
func (l *lexer) next() token {
	l.skip()
	start := l.at
	if start == len(l.source) {
		return token{kind: tokEnd, at: start}
	}
	switch c := l.source[start]; {
	case isLetter(c) || c == '$':
		return l.name(start)
	case isDigit(c) || c == '.' && start+1 < len(l.source) && isDigit(l.source[start+1]):
		return l.number(start)
	case c == '"' || c == '\'':
		return l.quoted(start, c)
	}
	for _, s := range signs {
		if strings.HasPrefix(l.source[start:], s) {
			l.at += len(s)
			return token{kind: tokSign, at: start, text: s}
		}
	}
	r, _ := utf8.DecodeRuneInString(l.source[start:])
	panic(errorAt(l.source, start, "the character %q has no meaning here; text stands in quotes", r))
}

// skip passes over space and /* comments */.
func (l *lexer) skip() {
	for l.at < len(l.source) {
		switch rest := l.source[l.at:]; {
		case strings.IndexByte(space, rest[0]) >= 0:
			l.at++
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				panic(errorAt(l.source, l.at, "the comment has no end: close it with */"))
			}
			l.at += end + 4
		default:
			return
		}
	}
}

// name reads a name with its dots: LEN, Account.Name, $User.Id.
func (l *lexer) name(start int) token {
	for l.at++; l.at < len(l.source); l.at++ {
		if c := l.source[l.at]; !isLetter(c) && !isDigit(c) && c != '_' && c != '.' && c != '$' {
			break
		}
	}
	return token{kind: tokName, at: start, text: l.source[start:l.at]}
}

func (l *lexer) number(start int) token {
	for l.at < len(l.source) && (isDigit(l.source[l.at]) || l.source[l.at] == '.') {
		l.at++
	}
	if l.at < len(l.source) && (isLetter(l.source[l.at]) || l.source[l.at] == '_') {
		panic(errorAt(l.source, start, "a number is digits with at most one point, without exponent; a name begins with a letter"))
	}
	return token{kind: tokNumber, at: start, text: l.source[start:l.at]}
}

// quoted reads a text. A backslash takes the next character as it is; \n, \r and \t are line break, return and tab.
func (l *lexer) quoted(start int, quote byte) token {
	var b strings.Builder
	for l.at++; l.at < len(l.source); l.at++ {
		c := l.source[l.at]
		switch {
		case c == quote:
			l.at++
			return token{kind: tokText, at: start, text: b.String()}
		case c == 0:
			panic(errorAt(l.source, l.at, "a text may not hold the character of code 0"))
		case c == '\\' && l.at+1 < len(l.source):
			l.at++
			c = l.source[l.at]
			if i := strings.IndexByte("nrt", c); i >= 0 {
				c = "\n\r\t"[i]
			}
		}
		b.WriteByte(c)
	}
	panic(errorAt(l.source, start, "the text has no end: close it with %c", quote))
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
