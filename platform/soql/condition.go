package soql

import "strings"

// condition reads what follows WHERE or HAVING: one simple condition, or several joined by AND only or by OR only.
// NOT stands at the beginning of a condition and takes all of it.
func (p *parser) condition() Expr {
	p.enter()
	defer func() { p.depth-- }()
	if p.tok.word == kwNot {
		not := &Not{Pos: p.tok.pos}
		p.advance()
		not.X = p.simple()
		return not
	}
	first := p.simple()
	switch p.tok.word {
	case kwAnd:
		return &And{Terms: p.joined(first, kwAnd, kwOr)}
	case kwOr:
		return &Or{Terms: p.joined(first, kwOr, kwAnd)}
	}
	return first
}

// joined reads the further terms of an AND or an OR.
func (p *parser) joined(first Expr, by, other keyword) []Expr {
	terms := append(make([]Expr, 0, 4), first)
	for p.accept(by) {
		terms = append(terms, p.simple())
	}
	if p.tok.word == other {
		p.fail(p.tok.pos, "unexpected token: '%s', AND and OR on one level need parentheses", p.tok.text)
	}
	return terms
}

// simple reads one comparison or a condition in parentheses.
func (p *parser) simple() Expr {
	switch {
	case p.tok.word == kwNot:
		p.fail(p.tok.pos, "unexpected token: '%s', write it within parentheses: (NOT …)", p.tok.text)
	case p.sign("("):
		p.advance()
		e := p.condition()
		if !p.acceptSign(")") {
			if p.tok.word == kwAnd || p.tok.word == kwOr {
				p.end()
			}
			p.unexpected("')'")
		}
		return e
	}
	return p.comparison()
}

func (p *parser) comparison() Expr {
	left := p.term("a field or a function")
	switch p.tok.word {
	case kwIn:
		p.advance()
		return p.in(&In{Left: left})
	case kwNot:
		p.advance()
		p.expect(kwIn, "IN after NOT; LIKE is negated by NOT before the field")
		return p.in(&In{Left: left, Not: true})
	case kwIncludes, kwExcludes:
		i := &Includes{Left: left, Not: p.tok.word == kwExcludes}
		p.advance()
		i.Values = inList(p, func() *String { return p.stringLiteral("a string") })
		return i
	case kwLike:
		p.advance()
		return &Compare{Left: left, Op: Like, Right: p.pattern()}
	}
	return &Compare{Left: left, Op: p.operator(), Right: p.literal()}
}

func (p *parser) in(i *In) Expr {
	if p.sign("(") && p.peek().word == kwSelect {
		p.advance()
		p.enter()
		i.Sub = p.semiJoin()
		p.depth--
		if !p.acceptSign(")") {
			p.unexpected("')': a query within IN has one field, FROM and WHERE only")
		}
		return i
	}
	i.Values = inList(p, p.literal)
	return i
}

// semiJoin reads the query within IN.
func (p *parser) semiJoin() *Query {
	q := &Query{Pos: p.tok.pos}
	p.advance()
	q.Select = []SelectItem{&SelectTerm{Term: p.term("a field")}}
	if p.tok.word != kwFrom {
		p.unexpected("FROM: a query within IN has one field and no alias")
	}
	q.From = p.from()
	if p.accept(kwUsing) {
		p.expect(kwScope, "SCOPE after USING")
		q.Scope = p.name("a scope")
	}
	if p.accept(kwWhere) {
		q.Where = p.condition()
	}
	return q
}

// operator reads a comparison's sign. Space may divide <= and >=.
func (p *parser) operator() Op {
	sign := p.tok.text
	if p.tok.kind != tokSign {
		sign = ""
	}
	switch sign {
	case "=":
		p.advance()
		return Equal
	case "!=", "<>":
		p.advance()
		return NotEqual
	case "<", ">":
		p.advance()
		if p.acceptSign("=") {
			sign += "="
		}
		return Op(sign)
	}
	p.unexpected("a comparison: =, !=, <, <=, >, >=, LIKE, IN, NOT IN, INCLUDES or EXCLUDES")
	return ""
}

// term reads a field or a function.
func (p *parser) term(wanted string) Term {
	if p.tok.kind == tokWord && p.peek().text == "(" {
		return p.call()
	}
	return p.path(wanted)
}

func (p *parser) call() Term {
	if p.tok.is("DISTANCE") {
		return p.distance()
	}
	f, known := functions[strings.ToLower(p.tok.text)]
	if !known {
		p.fail(p.tok.pos, "unexpected token: '%s', it is not a function; a comma may be missing after it", p.tok.text)
	}
	c := &Call{Pos: p.tok.pos, Func: f.Func}
	p.advance()
	p.advance()
	if p.sign(")") {
		if c.Func == Count {
			p.fail(c.Pos, "COUNT() stands alone after SELECT; name a field here, as in COUNT(Id)")
		}
		p.unexpected("a field for " + string(c.Func))
	}
	p.enter()
	c.Arg = p.term("a field for " + string(c.Func))
	p.depth--
	p.expectSign(")")
	return c
}

// distance reads DISTANCE(field, GEOLOCATION(latitude, longitude), 'unit').
func (p *parser) distance() Term {
	d := &Distance{Pos: p.tok.pos}
	p.advance()
	p.advance()
	d.Field = p.path("a location field for DISTANCE")
	p.expectSign(",")
	d.From = p.geolocation()
	p.expectSign(",")
	unit := p.stringLiteral("the unit 'km' or 'mi'")
	switch d.Unit = Unit(strings.ToLower(unit.Value)); d.Unit {
	case Kilometres, Miles:
	default:
		p.fail(unit.Pos, "the unit of DISTANCE is 'km' or 'mi', not '%s'", unit.Value)
	}
	p.expectSign(")")
	return d
}

func (p *parser) geolocation() Geolocation {
	g := Geolocation{Pos: p.tok.pos}
	if !p.tok.is("GEOLOCATION") {
		p.unexpected("GEOLOCATION(latitude, longitude)")
	}
	p.advance()
	p.expectSign("(")
	g.Latitude = p.number("a latitude in degrees")
	p.expectSign(",")
	g.Longitude = p.number("a longitude in degrees")
	p.expectSign(")")
	return g
}
