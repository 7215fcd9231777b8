package soql

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Bounds of what is read.
const (
	MaxText  = 100_000 // characters of a text
	MaxDepth = 100     // parentheses, sub-queries and calls within each other
)

// Parse reads a SELECT. The error is an *Error.
func Parse(text string) (*Query, error) {
	return parse(text, func(p *parser) *Query {
		p.advance()
		q := p.query()
		q.Text = text
		return q
	})
}

// ParseSearch reads a FIND. The error is an *Error.
func ParseSearch(text string) (*Search, error) {
	return parse(text, func(p *parser) *Search {
		p.advance()
		return p.search()
	})
}

// ParseCondition reads what may stand after WHERE, for filters that are kept without their query.
// The error is an *Error.
func ParseCondition(text string) (Expr, error) {
	return parse(text, func(p *parser) Expr {
		p.advance()
		return p.condition()
	})
}

func parse[T any](text string, rule func(*parser) T) (tree T, err error) {
	if len(text) > MaxText && utf8.RuneCountInString(text) > MaxText {
		return tree, NewError(text[:MaxText], 0, fmt.Sprintf("the text is longer than %d characters", MaxText))
	}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Error:
			var none T
			tree, err = none, e
		default:
			panic(e)
		}
	}()
	p := &parser{lexer: lexer{text: text}}
	tree = rule(p)
	p.end()
	return tree, nil
}

// parser reads one token ahead. A mistake is a panic with an *Error, caught by parse.
type parser struct {
	lexer
	tok   token // not yet consumed
	depth int
}

func (p *parser) advance() { p.tok = p.lexer.next() }

// peek is the token after tok.
func (p *parser) peek() token {
	l := p.lexer
	return l.next()
}

// unexpected refuses the current token.
func (p *parser) unexpected(wanted string) {
	if p.tok.kind == tokEnd {
		p.lexer.fail(int(p.tok.pos), "unexpected end of the text, expecting %s", wanted)
	}
	p.lexer.fail(int(p.tok.pos), "unexpected token: '%s', expecting %s", p.tok.text, wanted)
}

// fail refuses what is at a place.
func (p *parser) fail(at Pos, format string, args ...any) {
	p.lexer.fail(int(at), format, args...)
}

func (p *parser) sign(s string) bool { return p.tok.kind == tokSign && p.tok.text == s }

func (p *parser) acceptSign(s string) bool {
	if p.sign(s) {
		p.advance()
		return true
	}
	return false
}

func (p *parser) expectSign(s string) {
	if !p.acceptSign(s) {
		p.unexpected("'" + s + "'")
	}
}

func (p *parser) accept(k keyword) bool {
	if p.tok.word == k {
		p.advance()
		return true
	}
	return false
}

func (p *parser) expect(k keyword, text string) {
	if !p.accept(k) {
		p.unexpected(text)
	}
}

// enter counts one level of nesting; the caller leaves with p.depth--.
func (p *parser) enter() {
	if p.depth++; p.depth > MaxDepth {
		p.fail(p.tok.pos, "more than %d levels of nesting", MaxDepth)
	}
}

// end refuses what follows a complete tree, with a mend for the mistakes that are made most.
func (p *parser) end() {
	switch {
	case p.tok.kind == tokEnd:
	case p.tok.word == kwAll && p.peek().word == kwRows:
		p.fail(p.tok.pos, "unexpected token: 'ALL', deleted rows are asked for with the queryAll resource")
	case p.tok.word == kwLimit:
		p.fail(p.tok.pos, "unexpected token: 'LIMIT', it stands once, after ORDER BY and before OFFSET")
	case p.tok.word == kwAnd || p.tok.word == kwOr:
		p.fail(p.tok.pos, "unexpected token: '%s', put parentheses around the condition before it: AND, OR and NOT do not mix on one level", p.tok.text)
	default:
		p.fail(p.tok.pos, "unexpected token: '%s'", near(p.text, int(p.tok.pos)))
	}
}

// name reads a name that stands alone.
func (p *parser) name(wanted string) Name {
	if p.tok.kind != tokWord || p.tok.word.reserved() {
		p.unexpected(wanted)
	}
	n := Name{Pos: p.tok.pos, Text: p.tok.text}
	p.advance()
	return n
}

// path reads names joined by dots. A reserved word may be part of it.
func (p *parser) path(wanted string) *Path {
	if p.tok.kind != tokWord || p.tok.word.reserved() && p.peek().text != "." {
		p.unexpected(wanted)
	}
	path := &Path{Parts: make([]Name, 0, 2)}
	for {
		if p.tok.kind != tokWord {
			p.unexpected("a name after the dot")
		}
		path.Parts = append(path.Parts, Name{Pos: p.tok.pos, Text: p.tok.text})
		p.advance()
		if !p.acceptSign(".") {
			return path
		}
	}
}

// count reads the number of LIMIT and OFFSET.
func (p *parser) count(of string) *RowCount {
	c := &RowCount{Pos: p.tok.pos}
	n, err := strconv.Atoi(p.tok.text)
	switch {
	case p.sign(":"):
		p.fail(p.tok.pos, "unexpected token: ':', bind variables exist in Apex only: write the value")
	case p.tok.kind != tokNumber || err != nil:
		p.unexpected("a whole number after " + of)
	}
	c.N = n
	p.advance()
	return c
}

// separated reads one or more items with commas between them.
func separated[T any](p *parser, item func() T) []T {
	items := make([]T, 0, 4)
	for {
		items = append(items, item())
		if !p.acceptSign(",") {
			return items
		}
	}
}

// inList reads one or more items with commas between them, in parentheses.
func inList[T any](p *parser, item func() T) []T {
	p.expectSign("(")
	p.enter()
	items := separated(p, item)
	p.depth--
	p.expectSign(")")
	return items
}
