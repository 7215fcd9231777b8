package formula

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Bounds of a formula.
const (
	MaxText  = 10_000 // characters of its text
	MaxDepth = 100    // calls and parentheses within each other
	maxLinks = 200    // operators, each of which may make the tree one deeper
)

// syntax is a formula as written, before names and types are known.
type syntax struct {
	kind kindOfSyntax
	at   int // where mistakes are shown: of an operator, its sign
	from int // the part of the text that it is, without parentheses around it
	to   int
	text string // the value, the name in the path's own spelling, or the function's name in capitals
	args []*syntax
}

type kindOfSyntax uint8

const (
	synNumber kindOfSyntax = iota
	synText
	synName
	synCall // of a function or operator
)

// levels lists the binary operators from the loosest to the tightest, with the function that each stands for.
// All of them group from the left.
var levels = []map[string]string{
	{"||": "OR"},
	{"&&": "AND"},
	{"=": "=", "==": "=", "!=": "<>", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="},
	{"&": "&"},
	{"+": "+", "-": "-"},
	{"*": "*", "/": "/"},
	{"^": "^"},
}

// parser reads one token ahead. A mistake is a panic with an *Error, caught by read.
type parser struct {
	lexer
	tok   token
	last  int // where the token before tok ends
	depth int
	links int
}

// read makes a syntax tree of a text.
func read(text string) (tree *syntax, err error) {
	if len(text) > MaxText && utf8.RuneCountInString(text) > MaxText {
		return nil, errorAt(text, 0, "the formula is longer than %d characters", MaxText)
	}
	if !utf8.ValidString(text) {
		return nil, errorAt(text, 0, "the formula is not valid UTF-8")
	}
	defer catch(&err)
	p := &parser{lexer: lexer{source: text}}
	p.advance()
	tree = p.binary(0)
	if p.tok.kind != tokEnd {
		p.unexpected("an operator or the end")
	}
	return tree, nil
}

// catch turns a panic with an *Error into an error.
func catch(err *error) {
	switch e := recover().(type) {
	case nil:
	case *Error:
		*err = e
	default:
		panic(e)
	}
}

func (p *parser) advance() {
	p.last = p.lexer.at
	p.tok = p.lexer.next()
}

// spans gives a syntax the part of the text from a place to the last token.
func (p *parser) spans(s *syntax, from int) *syntax {
	s.from, s.to = from, p.last
	return s
}

func (p *parser) unexpected(wanted string) {
	what := fmt.Sprintf("%q", p.tok.text)
	switch p.tok.kind {
	case tokEnd:
		what = "the end"
	case tokText:
		what = "the text " + what
	}
	panic(errorAt(p.source, p.tok.at, "%s stands where %s is expected", what, wanted))
}

func (p *parser) acceptSign(s string) bool {
	if p.tok.kind == tokSign && p.tok.text == s {
		p.advance()
		return true
	}
	return false
}

func (p *parser) enter() {
	if p.depth++; p.depth > MaxDepth {
		panic(errorAt(p.source, p.tok.at, "more than %d calls and parentheses within each other", MaxDepth))
	}
}

// binary reads operators of a level and the tighter ones. A chain of one operator that joins any number of terms
// becomes one call, so that long chains make no deep tree.
func (p *parser) binary(level int) *syntax {
	if level == len(levels) {
		return p.unary()
	}
	from := p.tok.at
	left := p.binary(level + 1)
	for p.tok.kind == tokSign && levels[level][p.tok.text] != "" {
		call := &syntax{kind: synCall, at: p.tok.at, text: levels[level][p.tok.text]}
		p.advance()
		right := p.binary(level + 1)
		if level < 2 && left.kind == synCall && left.text == call.text {
			left.args = append(left.args, right)
			p.spans(left, from)
			continue
		}
		call.args = []*syntax{left, right}
		left = p.spans(call, from)
		p.chain()
	}
	return left
}

// chain counts operators: each may make the tree one deeper, without parentheses.
func (p *parser) chain() {
	if p.links++; p.links > maxLinks {
		panic(errorAt(p.source, p.tok.at, "more than %d operators in one formula", maxLinks))
	}
}

// unary reads a sign or NOT before a term. A minus binds tighter than ^.
func (p *parser) unary() *syntax {
	at := p.tok.at
	switch {
	case p.acceptSign("-"):
		return p.operand("NEGATE", at)
	case p.acceptSign("!"):
		return p.operand("NOT", at)
	case p.acceptSign("+"):
		p.enter()
		defer func() { p.depth-- }()
		return p.unary()
	}
	return p.term()
}

func (p *parser) operand(operator string, at int) *syntax {
	p.enter()
	defer func() { p.depth-- }()
	return p.spans(&syntax{kind: synCall, at: at, text: operator, args: []*syntax{p.unary()}}, at)
}

func (p *parser) term() *syntax {
	t := p.tok
	switch {
	case t.kind == tokNumber:
		p.advance()
		return p.spans(&syntax{kind: synNumber, at: t.at, text: t.text}, t.at)
	case t.kind == tokText:
		p.advance()
		return p.spans(&syntax{kind: synText, at: t.at, text: t.text}, t.at)
	case t.kind == tokName:
		p.advance()
		if p.tok.kind == tokSign && p.tok.text == "(" {
			return p.spans(&syntax{kind: synCall, at: t.at, text: strings.ToUpper(t.text), args: p.arguments()}, t.at)
		}
		return p.spans(&syntax{kind: synName, at: t.at, text: t.text}, t.at)
	case p.acceptSign("("):
		p.enter()
		inner := p.binary(0)
		p.depth--
		if !p.acceptSign(")") {
			p.unexpected("an operator or )")
		}
		return inner
	}
	p.unexpected("a value, a field or a function")
	return nil
}

func (p *parser) arguments() []*syntax {
	p.enter()
	defer func() { p.depth-- }()
	p.advance()
	if p.acceptSign(")") {
		return nil
	}
	var args []*syntax
	for {
		args = append(args, p.binary(0))
		if p.acceptSign(")") {
			return args
		}
		if !p.acceptSign(",") {
			p.unexpected(", or )")
		}
	}
}
