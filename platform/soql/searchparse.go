package soql

import (
	"strings"
)

// search reads a FIND with all of its clauses.
func (p *parser) search() *Search {
	s := &Search{Pos: p.tok.pos, Text: p.text, In: GroupAll}
	if p.tok.word != kwFind {
		p.unexpected("FIND")
	}
	s.Find = p.find()
	if p.accept(kwIn) {
		s.In = p.group()
	}
	if p.accept(kwReturning) {
		s.Returning = separated(p, p.returned)
	}
	for p.accept(kwWith) {
		s.With = append(s.With, p.searchWith())
	}
	if p.accept(kwLimit) {
		s.Limit = p.count("LIMIT")
	}
	s.Update = p.updates()
	return s
}

// group reads ALL FIELDS and its like.
func (p *parser) group() Group {
	g := Group(strings.ToUpper(p.tok.text))
	switch g {
	case GroupAll, GroupName, GroupEmail, GroupPhone, GroupSidebar:
	default:
		p.unexpected("ALL, NAME, EMAIL, PHONE or SIDEBAR")
	}
	p.advance()
	p.expect(kwFields, "FIELDS")
	return g
}

// returned reads one object of RETURNING: Object(fields WHERE … ORDER BY … LIMIT … OFFSET …).
func (p *parser) returned() Return {
	r := Return{Object: p.name("an object")}
	if !p.acceptSign("(") {
		return r
	}
	p.enter()
	r.Select = separated(p, p.selectItem)
	if p.accept(kwUsing) {
		r.ListView = p.listView()
	}
	if p.accept(kwWhere) {
		r.Where = p.condition()
	}
	r.Order, r.Limit, r.Offset = p.tail()
	p.depth--
	if !p.acceptSign(")") {
		p.unexpected("',', WHERE, ORDER BY, LIMIT, OFFSET or ')'")
	}
	return r
}

// listView reads ListView = Recent after USING.
func (p *parser) listView() Name {
	if !p.tok.is("LISTVIEW") {
		p.unexpected("ListView after USING")
	}
	p.advance()
	p.expectSign("=")
	return p.name("the name of a list view")
}

// searchWith reads one clause after WITH.
func (p *parser) searchWith() SearchWith {
	w := SearchWith{Pos: p.tok.pos, Name: strings.ToUpper(p.tok.text)}
	switch w.Name {
	case "DATA":
		w.Name = string(ModeCategories)
		w.Categories = p.categories()
	case "DIVISION", "NETWORK", "PRICEBOOKID", "METADATA", "SPELL_CORRECTION":
		p.advance()
		w.Args = p.withValues()
	case "SNIPPET":
		p.advance()
		w.Args = p.snippetLength()
	case "HIGHLIGHT":
		p.advance()
	default:
		p.unexpected("DIVISION, NETWORK, PRICEBOOKID, METADATA, SPELL_CORRECTION, SNIPPET, HIGHLIGHT or DATA CATEGORY")
	}
	return w
}

// withValues reads = value or IN (values).
func (p *parser) withValues() []Literal {
	if p.accept(kwIn) {
		return inList(p, p.literal)
	}
	p.expectSign("=")
	return []Literal{p.literal()}
}

// snippetLength reads (target_length = n), which may be absent.
func (p *parser) snippetLength() []Literal {
	if !p.acceptSign("(") {
		return nil
	}
	if !p.tok.is("TARGET_LENGTH") {
		p.unexpected("target_length")
	}
	p.advance()
	p.expectSign("=")
	n := p.number("a number of characters")
	p.expectSign(")")
	return []Literal{n}
}
