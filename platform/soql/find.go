package soql

import "strings"

// ParseFind reads a search expression without its braces, as the text a person typed into a search box.
// The error is an *Error.
func ParseFind(text string) (Find, error) {
	return parse(text, func(p *parser) Find {
		f := (&finder{parser: p, bare: true}).expression()
		p.advance()
		return f
	})
}

// find reads the expression in braces. The current token is FIND, and the braces have a lexer of their own.
func (p *parser) find() Find {
	if brace := p.lexer.next(); brace.text != "{" {
		p.tok = brace
		p.unexpected("'{' and the words to search for")
	}
	f := (&finder{parser: p}).expression()
	p.at++ // the closing brace
	p.advance()
	return f
}

// finder reads a search expression:
//
//	any     = all { OR all }
//	all     = one { [ AND ] one | [ AND ] NOT one }
//	one     = "(" any ")" | phrase in double quotes | word
//
// Words side by side are all wanted. AND, OR and NOT are operators in any case.
type finder struct {
	*parser
	bare  bool   // without braces, to the end of the text
	word  string // the current word or phrase; empty for signs
	sign  byte   // ( ) or } for the end, " for a phrase, 0 for a word
	start int
}

func (f *finder) expression() Find {
	f.advance()
	found := f.any()
	if f.sign != '}' {
		f.refuse("an operator or '}'")
	}
	return found
}

func (f *finder) refuse(wanted string) {
	switch {
	case f.start >= len(f.text):
		f.fail(f.start, "unexpected end of the text, expecting %s", wanted)
	case f.sign != 0:
		f.fail(f.start, "unexpected token: '%c', expecting %s", f.text[f.start], wanted)
	}
	f.fail(f.start, "unexpected token: '%s', expecting %s", f.word, wanted)
}

func (f *finder) fail(at int, format string, args ...any) { f.lexer.fail(at, format, args...) }

// operator reports whether the current word is the operator.
func (f *finder) operator(o string) bool { return f.sign == 0 && strings.EqualFold(f.word, o) }

func (f *finder) any() Find {
	f.enter()
	defer func() { f.depth-- }()
	terms := []Find{f.all()}
	for f.operator("OR") {
		f.advance()
		terms = append(terms, f.all())
	}
	return anyOf(terms)
}

func (f *finder) all() Find {
	keep, drop := []Find{f.one()}, []Find(nil)
	for f.sign != '}' && f.sign != ')' && !f.operator("OR") {
		if f.operator("AND") {
			f.advance()
		}
		if f.operator("NOT") {
			f.advance()
			drop = append(drop, f.one())
		} else {
			keep = append(keep, f.one())
		}
	}
	kept := keep[0]
	if len(keep) > 1 {
		kept = &FindAll{Terms: keep}
	}
	if drop == nil {
		return kept
	}
	return &FindNot{Keep: kept, Drop: anyOf(drop)}
}

func anyOf(terms []Find) Find {
	if len(terms) == 1 {
		return terms[0]
	}
	return &FindAny{Terms: terms}
}

func (f *finder) one() Find {
	switch {
	case f.sign == '(':
		f.advance()
		inner := f.any()
		if f.sign != ')' {
			f.refuse("')'")
		}
		f.advance()
		return inner
	case f.sign == '"':
		return f.phrase()
	case f.operator("NOT"):
		f.refuse("a word before NOT: it takes records away from others")
	case f.sign != 0 || f.operator("AND") || f.operator("OR"):
		f.refuse("a word to search for")
	}
	w := &FindWord{Pos: Pos(f.start), Pattern: f.word}
	if strings.Trim(w.Pattern, "*?") == "" {
		f.fail(f.start, "'%s' matches everything, name a part of the word", f.word)
	}
	f.advance()
	return w
}

func (f *finder) phrase() Find {
	p := &FindPhrase{Pos: Pos(f.start), Words: strings.Fields(f.word)}
	switch len(p.Words) {
	case 0:
		f.fail(f.start, "the phrase is empty")
	case 1:
		word := &FindWord{Pos: p.Pos, Pattern: p.Words[0]}
		f.advance()
		return word
	}
	f.advance()
	return p
}

// advance reads the next word, phrase or sign.
func (f *finder) advance() {
	for f.at < len(f.text) && isSpace(f.text[f.at]) {
		f.at++
	}
	f.start, f.word, f.sign = f.at, "", 0
	if f.at == len(f.text) {
		if !f.bare {
			f.refuse("'}' after the words to search for")
		}
		f.sign = '}'
		return
	}
	switch c := f.text[f.at]; c {
	case '(', ')':
		f.sign = c
		f.at++
	case '{', '}':
		if c == '{' || f.bare {
			f.fail(f.at, "unexpected character: '%c', a backslash before it makes it part of a word", c)
		}
		f.sign = c // stays, for the parser
	case '"':
		f.sign = c
		f.at++
		f.word = f.until(func(c byte) bool { return c == '"' })
		if f.at == len(f.text) {
			f.fail(f.start, "the phrase has no closing '\"'")
		}
		f.at++
	default:
		f.word = f.until(func(c byte) bool { return isSpace(c) || strings.IndexByte(`(){}"`, c) >= 0 })
	}
}

// until reads up to a byte that ends a word or a phrase and is not escaped. It keeps the escapes that mean something
// in a pattern and resolves the others.
func (f *finder) until(ends func(byte) bool) string {
	var b strings.Builder
	for ; f.at < len(f.text) && !ends(f.text[f.at]); f.at++ {
		c := f.text[f.at]
		if c == '\\' && f.at+1 < len(f.text) {
			f.at++
			if isSpace(f.text[f.at]) {
				f.at-- // space divides words, escaped or not
				continue
			}
			c = f.text[f.at]
			if strings.IndexByte(`*?\`, c) >= 0 {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}
