package soql

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// literal reads a value.
func (p *parser) literal() Literal {
	switch at := p.tok.pos; p.tok.kind {
	case tokString:
		return p.stringLiteral("a string")
	case tokNumber:
		return p.number("a number")
	case tokDate:
		return p.date()
	case tokDateTime:
		return p.dateTime()
	case tokTime:
		return p.timeOfDay()
	case tokCurrency:
		return p.currency()
	case tokWord:
		return p.wordLiteral()
	case tokSign:
		switch p.tok.text {
		case "+", "-":
			return p.number("a number")
		case ":":
			p.fail(at, "unexpected token: ':', bind variables exist in Apex only: write the value")
		}
	}
	p.unexpected("a value")
	return nil
}

// wordLiteral reads TRUE, FALSE, NULL, a date literal or an amount of a currency.
func (p *parser) wordLiteral() Literal {
	at := p.tok.pos
	switch p.tok.word {
	case kwTrue, kwFalse:
		b := &Bool{Pos: at, Value: p.tok.word == kwTrue}
		p.advance()
		return b
	case kwNull:
		p.advance()
		return &Null{Pos: at}
	}
	if isCurrency(p.tok.text) {
		return p.currency()
	}
	span := Span(strings.ToUpper(p.tok.text))
	numbered, known := spans[span]
	if !known {
		p.unexpected("a value: text stands in single quotes, and fields are not compared with fields")
	}
	p.advance()
	d := &DateLiteral{Pos: at, Name: span}
	if !numbered {
		return d
	}
	if !p.acceptSign(":") {
		p.unexpected("':' and a number after " + string(span))
	}
	d.N = p.count(string(span) + ":").N
	return d
}

// currency reads an amount such as USD5000 or EUR12.50.
func (p *parser) currency() Literal {
	c := &Currency{Pos: p.tok.pos, Code: strings.ToUpper(p.tok.text[:3]), Amount: p.tok.text[3:]}
	p.advance()
	return c
}

// number reads a number with an optional sign, which space may divide from it.
func (p *parser) number(wanted string) *Number {
	n := &Number{Pos: p.tok.pos}
	sign := ""
	if p.sign("-") || p.sign("+") {
		sign = strings.TrimPrefix(p.tok.text, "+")
		p.advance()
	}
	if p.tok.kind != tokNumber {
		p.unexpected(wanted)
	}
	n.Text = sign + p.tok.text
	if p.tok.text[0] == '.' {
		n.Text = sign + "0" + p.tok.text
	}
	p.advance()
	return n
}

func (p *parser) date() Literal {
	t, err := time.Parse(time.DateOnly, p.tok.text)
	if err != nil {
		p.fail(p.tok.pos, "there is no date %s", p.tok.text)
	}
	d := &Date{Pos: p.tok.pos, Year: t.Year(), Month: t.Month(), Day: t.Day()}
	p.advance()
	return d
}

// dateTime reads a moment; what is finer than a millisecond is cut off.
func (p *parser) dateTime() Literal {
	text := strings.ToUpper(p.tok.text)
	t, err := time.Parse("2006-01-02T15:04:05Z07:00", text)
	if err != nil {
		t, err = time.Parse("2006-01-02T15:04:05Z0700", text)
	}
	if err != nil {
		p.fail(p.tok.pos, "there is no time %s", p.tok.text)
	}
	t = t.UTC().Truncate(time.Millisecond)
	if t.Year() < 0 || t.Year() > 9999 {
		p.fail(p.tok.pos, "the year of %s is outside 0 to 9999", p.tok.text)
	}
	d := &DateTime{Pos: p.tok.pos, Time: t}
	p.advance()
	return d
}

const msPerDay = 24 * 60 * 60 * 1000

// timeOfDay reads a time; an offset other than Z moves it to UTC, within the same day.
func (p *parser) timeOfDay() Literal {
	text := strings.ToUpper(p.tok.text)
	t, err := time.Parse("15:04:05Z07:00", text)
	if err != nil {
		t, err = time.Parse("15:04:05Z0700", text)
	}
	if err != nil {
		p.fail(p.tok.pos, "there is no time of day %s", p.tok.text)
	}
	d := &Time{Pos: p.tok.pos, Ms: int((t.UnixMilli()%msPerDay + msPerDay) % msPerDay)}
	p.advance()
	return d
}

// stringLiteral reads a string.
func (p *parser) stringLiteral(wanted string) *String {
	if p.tok.kind != tokString {
		p.unexpected(wanted)
	}
	s := &String{Pos: p.tok.pos, Value: p.unquote(false)}
	p.advance()
	return s
}

// pattern reads the string of LIKE.
func (p *parser) pattern() *String {
	if p.tok.kind != tokString {
		p.unexpected("a string after LIKE")
	}
	s := &String{Pos: p.tok.pos, Value: p.unquote(true), Pattern: true}
	p.advance()
	return s
}

// unquote resolves the escapes of the current string. In a pattern every backslash that is left stands before %, _ or
// another backslash.
func (p *parser) unquote(pattern bool) string {
	raw := p.tok.text[1 : len(p.tok.text)-1]
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	var b strings.Builder
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			b.WriteByte(raw[i])
			i++
			continue
		}
		if pattern && strings.IndexByte(`%_`, raw[i+1]) >= 0 {
			b.WriteString(raw[i : i+2])
			i += 2
			continue
		}
		r, size := unescape(raw[i:])
		if size == 0 {
			p.fail(p.tok.pos+1+Pos(i), `'\%c' is no escape: known are \n \r \t \b \f \" \' \\ \uXXXX, and in LIKE \%% and \_`, raw[i+1])
		}
		if pattern && r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		i += size
	}
	return b.String()
}

// unescape reads one escape, of which size bytes are consumed; none when it is not an escape.
func unescape(s string) (r rune, size int) {
	if plain, known := escapes[s[1]]; known {
		return plain, 2
	}
	r, ok := unicodeEscape(s)
	if !ok {
		return 0, 0
	}
	if low, ok := unicodeEscape(s[6:]); ok && utf16.IsSurrogate(r) {
		return utf16.DecodeRune(r, low), 12
	}
	return r, 6
}

// unicodeEscape reads \uXXXX.
func unicodeEscape(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1]|0x20 != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}

// escapes gives the character that a letter after the backslash stands for.
var escapes = map[byte]rune{
	'n': '\n', 'N': '\n', 'r': '\r', 'R': '\r', 't': '\t', 'T': '\t', 'b': '\b', 'B': '\b', 'f': '\f', 'F': '\f',
	'"': '"', '\'': '\'', '\\': '\\',
}
