package soql

import "strings"

// query reads a SELECT with all of its clauses, in their order.
func (p *parser) query() *Query {
	q := &Query{Pos: p.tok.pos}
	p.expect(kwSelect, "SELECT")
	q.Select = p.selectList()
	q.From = p.from()
	if p.accept(kwUsing) {
		p.expect(kwScope, "SCOPE after USING")
		q.Scope = p.name("a scope, such as mine or everything")
	}
	if p.accept(kwWhere) {
		q.Where = p.condition()
	}
	if p.tok.word == kwWith {
		q.With = p.with()
	}
	p.grouping(q)
	q.Order, q.Limit, q.Offset = p.tail()
	p.purposes(q)
	return q
}

func (p *parser) selectList() []SelectItem {
	if p.tok.is("COUNT") && p.countsRows() {
		call := &Call{Pos: p.tok.pos, Func: Count}
		p.advance()
		p.advance()
		p.advance()
		if p.tok.word != kwFrom {
			p.unexpected("FROM: COUNT() stands alone and has no alias; COUNT(Id) may stand among others")
		}
		return []SelectItem{&SelectTerm{Term: call}}
	}
	items := separated(p, p.selectItem)
	if p.tok.word != kwFrom {
		p.unexpected("',' or FROM")
	}
	return items
}

// countsRows reports whether () follows.
func (p *parser) countsRows() bool {
	l := p.lexer
	return l.next().text == "(" && l.next().text == ")"
}

func (p *parser) selectItem() SelectItem {
	switch {
	case p.sign("("):
		return p.subQuery()
	case p.tok.word == kwTypeof && p.opensTypeOf():
		return p.typeOf()
	case p.tok.word == kwFields && p.peek().text == "(":
		return p.fieldSet()
	}
	item := &SelectTerm{Term: p.term("a field, a function or a sub-query")}
	if p.tok.kind == tokWord && !p.tok.word.reserved() && !p.opensTail() {
		item.Alias = p.name("an alias")
	}
	return item
}

// opensTail reports whether ORDER BY or OFFSET with a number follows, as it may in the RETURNING of a search.
func (p *parser) opensTail() bool {
	switch p.tok.word {
	case kwOrder:
		return strings.EqualFold(p.peek().text, "BY")
	case kwOffset:
		return p.peek().kind == tokNumber
	}
	return false
}

func (p *parser) subQuery() SelectItem {
	sub := &SubQuery{Pos: p.tok.pos}
	p.expectSign("(")
	p.enter()
	sub.Query = p.query()
	p.depth--
	p.expectSign(")")
	return sub
}

// opensTypeOf tells the word that opens a TYPEOF from a field of that name, which may have an alias.
func (p *parser) opensTypeOf() bool {
	l := p.lexer
	next, after := l.next(), l.next()
	if next.kind != tokWord || next.word == kwFrom {
		return false
	}
	return after.word != kwFrom && after.text != ","
}

func (p *parser) typeOf() SelectItem {
	t := &TypeOf{Pos: p.tok.pos}
	p.advance()
	t.Reference = p.path("a reference after TYPEOF")
	for p.accept(kwWhen) {
		w := When{Object: p.name("an object after WHEN")}
		p.expect(kwThen, "THEN")
		w.Fields = separated(p, p.field)
		t.When = append(t.When, w)
	}
	if t.When == nil {
		p.unexpected("WHEN")
	}
	if p.accept(kwElse) {
		t.Else = separated(p, p.field)
	}
	p.expect(kwEnd, "WHEN, ELSE or END")
	return t
}

func (p *parser) field() *Path { return p.path("a field") }

func (p *parser) fieldSet() SelectItem {
	f := &FieldSet{Pos: p.tok.pos}
	p.advance()
	p.advance()
	switch set := Set(strings.ToUpper(p.tok.text)); set {
	case SetAll, SetStandard, SetCustom:
		f.Set = set
	default:
		p.unexpected("ALL, STANDARD or CUSTOM")
	}
	p.advance()
	p.expectSign(")")
	return f
}

func (p *parser) from() From {
	p.expect(kwFrom, "FROM")
	f := From{Object: p.path("an object after FROM"), Alias: p.fromAlias()}
	for p.acceptSign(",") {
		f.More = append(f.More, Related{Path: p.path("a relationship"), Alias: p.fromAlias()})
	}
	return f
}

// fromAlias reads an alias if there is one. GROUP, ORDER and OFFSET may be aliases too, where they open no clause.
func (p *parser) fromAlias() Name {
	if p.accept(kwAs) {
		return p.name("an alias after AS")
	}
	switch {
	case p.tok.kind != tokWord, p.tok.word.reserved():
		return Name{}
	case p.tok.word == kwGroup || p.tok.word == kwOrder || p.tok.word == kwOffset:
		if !p.endsFrom(p.peek()) {
			return Name{}
		}
	}
	return p.name("an alias")
}

// endsFrom reports whether a token can follow the last alias of FROM.
func (p *parser) endsFrom(t token) bool {
	switch t.word {
	case kwUsing, kwWhere, kwWith, kwHaving, kwGroup, kwOrder, kwLimit, kwOffset, kwFor, kwUpdate:
		return true
	}
	return t.kind == tokEnd || t.text == "," || t.text == ")"
}

func (p *parser) with() *With {
	w := &With{Pos: p.tok.pos}
	p.advance()
	switch mode := Mode(strings.ToUpper(p.tok.text)); mode {
	case ModeSecurityEnforced, ModeUser, ModeSystem:
		w.Mode = mode
		p.advance()
	case "DATA":
		w.Mode = ModeCategories
		w.Categories = p.categories()
	default:
		p.unexpected("SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE or DATA CATEGORY")
	}
	return w
}

// categories reads DATA CATEGORY group AT category AND ….
func (p *parser) categories() []Category {
	p.advance()
	if !p.tok.is("CATEGORY") {
		p.unexpected("CATEGORY after DATA")
	}
	p.advance()
	var all []Category
	for {
		all = append(all, p.category())
		if !p.accept(kwAnd) {
			return all
		}
	}
}

func (p *parser) category() Category {
	c := Category{Group: p.name("a category group")}
	switch where := strings.ToUpper(p.tok.text); where {
	case "AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW":
		c.Where = where
		p.advance()
	default:
		p.unexpected("AT, ABOVE, BELOW or ABOVE_OR_BELOW")
	}
	one := func() Name { return p.name("a category") }
	if p.sign("(") {
		c.Names = inList(p, one)
	} else {
		c.Names = []Name{one()}
	}
	return c
}

// grouping reads GROUP BY and HAVING.
func (p *parser) grouping(q *Query) {
	if p.tok.word == kwGroup {
		q.Group = p.groupBy()
	}
	if p.tok.word != kwHaving {
		return
	}
	if q.Group == nil {
		p.fail(p.tok.pos, "unexpected token: 'HAVING', it needs a GROUP BY before it")
	}
	p.advance()
	q.Having = p.condition()
}

func (p *parser) groupBy() *GroupBy {
	g := &GroupBy{Pos: p.tok.pos}
	p.advance()
	p.expect(kwBy, "BY after GROUP")
	term := func() Term { return p.term("a field or a date function to group by") }
	switch p.tok.word {
	case kwRollup:
		g.Kind = GroupRollup
	case kwCube:
		g.Kind = GroupCube
	default:
		g.Terms = separated(p, term)
		return g
	}
	p.advance()
	g.Terms = inList(p, term)
	return g
}

// tail reads ORDER BY, LIMIT and OFFSET.
func (p *parser) tail() (order []OrderTerm, limit, offset *RowCount) {
	if p.accept(kwOrder) {
		p.expect(kwBy, "BY after ORDER")
		order = separated(p, p.orderTerm)
	}
	if p.accept(kwLimit) {
		limit = p.count("LIMIT")
	}
	if p.accept(kwOffset) {
		offset = p.count("OFFSET")
	}
	return order, limit, offset
}

func (p *parser) orderTerm() OrderTerm {
	o := OrderTerm{Term: p.term("a field or function to order by")}
	if !p.accept(kwAsc) {
		o.Desc = p.accept(kwDesc)
	}
	if p.accept(kwNulls) {
		if !p.accept(kwFirst) {
			p.expect(kwLast, "FIRST or LAST after NULLS")
			o.NullsLast = true
		}
	}
	return o
}

// purposes reads FOR and UPDATE.
func (p *parser) purposes(q *Query) {
	for p.accept(kwFor) {
		q.For = append(q.For, p.purpose(q.For, ForView, ForReference, ForUpdate))
	}
	q.Update = p.updates()
}

func (p *parser) updates() []Purpose {
	var all []Purpose
	if !p.accept(kwUpdate) {
		return nil
	}
	for {
		all = append(all, p.purpose(all, UpdateTracking, UpdateViewstat))
		if !p.acceptSign(",") {
			return all
		}
	}
}

// purpose reads one of the choices that was not yet seen.
func (p *parser) purpose(seen []Purpose, choices ...Purpose) Purpose {
	found := Purpose(strings.ToUpper(p.tok.text))
	texts := make([]string, len(choices))
	for i, c := range choices {
		texts[i] = string(c)
		if c == found && p.tok.kind == tokWord && !has(seen, c) {
			p.advance()
			return c
		}
	}
	p.unexpected("one of " + strings.Join(texts, ", ") + ", each at most once")
	return ""
}

func has(all []Purpose, one Purpose) bool {
	for _, p := range all {
		if p == one {
			return true
		}
	}
	return false
}
