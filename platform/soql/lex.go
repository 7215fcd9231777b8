package soql

import (
	"fmt"
	"strings"
)

// kindOfToken is what a token is, before its words are looked at.
type kindOfToken uint8

const (
	tokEnd      kindOfToken = iota
	tokWord                 // letters, digits and _, beginning with a letter
	tokString               // with its quotes and escapes
	tokNumber               // digits, optional fraction
	tokDate                 // 2026-01-31
	tokDateTime             // 2026-01-31T08:00:00Z
	tokTime                 // 08:00:00.000Z
	tokCurrency             // USD12.50 where no word can stand for it: a word with a fraction
	tokSign                 // punctuation, one or two characters
)

// token is a piece of the text.
type token struct {
	kind kindOfToken
	word keyword // of a tokWord that is a keyword
	pos  Pos
	text string
}

// lexer cuts a text into tokens. It is small, so that looking ahead is working on a copy.
type lexer struct {
	text string
	at   int
}

// next reads one token. It panics with an *Error where the text holds none.
func (l *lexer) next() token {
	for l.at < len(l.text) && isSpace(l.text[l.at]) {
		l.at++
	}
	start := l.at
	if start == len(l.text) {
		return token{kind: tokEnd, pos: Pos(start)}
	}
	switch c := l.text[start]; {
	case isLetter(c):
		return l.word(start)
	case isDigit(c), c == '.' && isDigit(l.byteAt(start+1)):
		return l.number(start)
	case c == '\'':
		return l.quoted(start)
	default:
		return l.sign(start)
	}
}

func (l *lexer) byteAt(i int) byte {
	if i < len(l.text) {
		return l.text[i]
	}
	return 0
}

func (l *lexer) cut(kind kindOfToken, start int) token {
	return token{kind: kind, pos: Pos(start), text: l.text[start:l.at]}
}

func (l *lexer) fail(at int, format string, args ...any) {
	panic(NewError(l.text, Pos(at), fmt.Sprintf(format, args...)))
}

func (l *lexer) word(start int) token {
	for isWord(l.byteAt(l.at)) {
		l.at++
	}
	t := l.cut(tokWord, start)
	t.word = lookup(t.text)
	if t.word == 0 && l.byteAt(l.at) == '.' && isDigit(l.byteAt(l.at+1)) && isCurrency(t.text) {
		l.at++
		l.digits()
		return l.cut(tokCurrency, start)
	}
	return t
}

func (l *lexer) digits() {
	for isDigit(l.byteAt(l.at)) {
		l.at++
	}
}

// number reads a number, a date, a moment or a time of day: all begin with a digit.
func (l *lexer) number(start int) token {
	kind := tokNumber
	switch rest := l.text[start:]; {
	case shaped(rest, "0000-00-00T00:00:00"):
		kind = tokDateTime
		l.at += len("0000-00-00T00:00:00")
		l.fraction()
		l.zone(start)
	case shaped(rest, "0000-00-00"):
		kind = tokDate
		l.at += len("0000-00-00")
	case shaped(rest, "00:00:00"):
		kind = tokTime
		l.at += len("00:00:00")
		l.fraction()
		l.zone(start)
	default:
		l.digits()
		l.fraction()
	}
	if isWord(l.byteAt(l.at)) {
		l.fail(start, "unexpected token: '%s', a number or date ends with a digit and has no exponent or suffix", near(l.text, l.at))
	}
	return l.cut(kind, start)
}

func (l *lexer) fraction() {
	if l.byteAt(l.at) == '.' && isDigit(l.byteAt(l.at+1)) {
		l.at++
		l.digits()
	}
}

// zone reads Z, +02:00 or +0200.
func (l *lexer) zone(start int) {
	rest := l.text[l.at:]
	switch {
	case rest != "" && rest[0]|0x20 == 'z':
		l.at++
	case rest != "" && (rest[0] == '+' || rest[0] == '-') && shaped(rest[1:], "00:00"):
		l.at += len("+00:00")
	case rest != "" && (rest[0] == '+' || rest[0] == '-') && shaped(rest[1:], "0000"):
		l.at += len("+0000")
	default:
		l.fail(start, "the time has no zone: add Z or an offset such as +01:00 after '%s'", l.text[start:l.at])
	}
}

// shaped reports whether text begins like the pattern: 0 is any digit, the letter T stands for itself in either case,
// anything else for itself.
func shaped(text, pattern string) bool {
	if len(text) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		switch p, c := pattern[i], text[i]; {
		case p == '0' && !isDigit(c):
			return false
		case p == 'T' && c|0x20 != 't':
			return false
		case p != '0' && p != 'T' && c != p:
			return false
		}
	}
	return true
}

// quoted reads a string up to its closing quote and leaves the escapes to unquote.
func (l *lexer) quoted(start int) token {
	for l.at++; l.at < len(l.text); l.at++ {
		switch l.text[l.at] {
		case '\\':
			l.at++
		case '\'':
			l.at++
			return l.cut(tokString, start)
		case '\n', '\r':
			l.fail(start, "a string may not hold a line break: write it as \\n")
		}
	}
	l.at = len(l.text)
	l.fail(start, "the string has no closing quote")
	return token{}
}

// signs lists the punctuation, longer ones first. <= and >= are two tokens, because space may divide them.
var signs = []string{"!=", "<>", "(", ")", ",", ".", "=", "<", ">", ":", "+", "-", "{", "}"}

func (l *lexer) sign(start int) token {
	for _, s := range signs {
		if strings.HasPrefix(l.text[start:], s) {
			l.at += len(s)
			return l.cut(tokSign, start)
		}
	}
	switch what := near(l.text, start); what {
	case `"`:
		l.fail(start, "unexpected character: '\"', strings stand in single quotes")
	case "*":
		l.fail(start, "unexpected character: '*', name the fields or write FIELDS(ALL)")
	default:
		l.fail(start, "unexpected character: '%s'", what)
	}
	return token{}
}

func isSpace(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isWord(c byte) bool   { return isLetter(c) || isDigit(c) || c == '_' }

// isCurrency reports whether a word is three letters and then digits.
func isCurrency(s string) bool {
	if len(s) < 4 || !isLetter(s[0]) || !isLetter(s[1]) || !isLetter(s[2]) {
		return false
	}
	for i := 3; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}
