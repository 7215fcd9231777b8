package formula

import (
	"regexp"
	"strings"
)

// The functions whose types depend on each other, or that look at fields rather than values.

// condition reads an argument that must be a boolean.
func (c *checker) condition(f *Function, s *syntax) *node {
	n := c.check(s)
	fit, ok := n.as(TypeBoolean)
	if !ok {
		c.fail(s.at, "%s takes a condition here, not %s; compare it with something", f.Name, n.typ)
	}
	return fit
}

func (c *checker) conditions(f *Function, s *syntax) *node {
	if len(s.args) == 0 {
		c.fail(s.at, "%s takes at least one condition; write %s", f.Name, f.Signature)
	}
	n := &node{form: f.form, at: s.at, typ: TypeBoolean}
	for _, a := range s.args {
		n.args = append(n.args, c.condition(f, a))
	}
	return n
}

func (c *checker) conditional(f *Function, s *syntax) *node {
	c.arity(f, s, 3, 3)
	n := &node{form: formIf, at: s.at, args: []*node{c.condition(f, s.args[0]), c.check(s.args[1]), c.check(s.args[2])}}
	n.typ = c.unify(f, n.args[1:])
	return n
}

// unify makes all nodes of one type, in place, and gives that type.
func (c *checker) unify(f *Function, nodes []*node) Type {
	t := TypeNone
	for _, n := range nodes {
		if t == TypeNone || t == TypeId && n.typ == TypeText {
			t = n.typ
		}
	}
	switch t {
	case TypeNone:
		t = TypeText
	case TypePicklist, TypeMultiPicklist:
		c.fail(nodes[0].at, "%s gives no picklist; make it text with TEXT(…)", f.Name)
	}
	for i, n := range nodes {
		fit, ok := n.as(t)
		if !ok {
			wanted := &Function{overloads: []overload{{takes: []Type{t}}}}
			c.fail(n.at, "%s gives %s here and %s elsewhere; make them one type%s", f.Name, n.typ, t, mend(wanted, []*node{n}))
		}
		nodes[i] = fit
	}
	return t
}

// choice reads CASE: args become the value, then matches and results by turns, then the last.
func (c *checker) choice(f *Function, s *syntax) *node {
	if len(s.args) < 4 || len(s.args)%2 != 0 {
		c.fail(s.at, "CASE takes a value, pairs of a match and a result, and a last result; %d arguments are given", len(s.args))
	}
	n := &node{form: formCase, at: s.at, args: c.all(s.args)}
	value, results := n.args[0], []*node{}
	t := value.typ
	switch t {
	case TypePicklist, TypeId:
		t = TypeText
	case TypeNone, TypeMultiPicklist:
		c.fail(value.at, "CASE does not choose by %s", t)
	}
	for i := 1; i+1 < len(n.args); i += 2 {
		fit, ok := n.args[i].as(t)
		if !ok {
			c.fail(n.args[i].at, "CASE compares %s with %s; make them one type", t, n.args[i].typ)
		}
		n.args[i] = fit
		results = append(results, n.args[i+1])
	}
	results = append(results, n.args[len(n.args)-1])
	n.typ = c.unify(f, results)
	for i := range len(results) - 1 {
		n.args[2*i+2] = results[i]
	}
	n.args[len(n.args)-1] = results[len(results)-1]
	return n
}

// seen reads the argument of ISBLANK and BLANKVALUE: a field is seen as it is, even where blanks count as zeros.
func (c *checker) seen(s *syntax) *node {
	n := c.check(s)
	if n.form == formField || n.form == formPriorValue {
		n.raw = true
	}
	return n
}

func (c *checker) isBlank(f *Function, s *syntax) *node {
	c.arity(f, s, 1, 1)
	n := &node{form: formIsBlank, at: s.at, typ: TypeBoolean}
	if a := s.args[0]; a.kind == synName {
		if latitude, longitude, ok := c.place(a); ok {
			n.args = []*node{latitude, longitude}
			return n
		}
	}
	n.args = []*node{c.seen(s.args[0])}
	return n
}

func (c *checker) blankValue(f *Function, s *syntax) *node {
	c.arity(f, s, 2, 2)
	n := &node{form: formBlankValue, at: s.at, args: []*node{c.seen(s.args[0]), c.check(s.args[1])}}
	n.typ = c.unify(f, n.args)
	return n
}

// history reads ISCHANGED and PRIORVALUE.
func (c *checker) history(f *Function, s *syntax) *node {
	c.arity(f, s, 1, 1)
	field := c.field(s.args[0])
	if strings.Contains(field.Path, ".") {
		c.fail(s.args[0].at, "%s takes a field of the record itself, not of a parent or user", f.Name)
	}
	n := &node{form: f.form, at: s.at, typ: TypeBoolean, field: field}
	if f.form == formPriorValue {
		n.typ = field.Type
		if field.Type == TypeLocation {
			c.fail(s.args[0].at, "PRIORVALUE takes no place")
		}
	}
	return n
}

func (c *checker) regex(f *Function, s *syntax) *node {
	c.arity(f, s, 2, 2)
	n := &node{form: formRegex, at: s.at, typ: TypeBoolean}
	text, ok := c.check(s.args[0]).as(TypeText)
	if !ok || s.args[1].kind != synText {
		c.fail(s.at, "REGEX takes a text, and a pattern in quotes; write %s", f.Signature)
	}
	n.args = []*node{text}
	if _, err := regexp.Compile(s.args[1].text); err != nil {
		c.fail(s.args[1].at, "the pattern cannot be used: %v", err)
	}
	n.pattern = wholePattern(s.args[1].text)
	return n
}

// distance reads DISTANCE and makes it a call of the four coordinates and the unit.
func (c *checker) distance(f *Function, s *syntax) *node {
	c.arity(f, s, 3, 3)
	unit := s.args[2]
	if unit.kind != synText || unit.text != "km" && unit.text != "mi" {
		c.fail(unit.at, "the unit of DISTANCE is 'km' or 'mi'")
	}
	var args []*node
	for _, a := range s.args[:2] {
		latitude, longitude, ok := c.place(a)
		if !ok {
			c.fail(a.at, "DISTANCE takes places: fields of that type, or GEOLOCATION(latitude, longitude)")
		}
		args = append(args, latitude, longitude)
	}
	return c.overloaded(f, s, append(args, literal(unit.at, Text(unit.text))))
}

// place gives the coordinates of a location field or of GEOLOCATION(…); false when it is neither.
func (c *checker) place(s *syntax) (latitude, longitude *node, ok bool) {
	switch {
	case s.kind == synCall && s.text == "GEOLOCATION":
		c.arity(callable[s.text], s, 2, 2)
		return c.check(s.args[0]), c.check(s.args[1]), true
	case s.kind != synName || isWordLiteral(s.text):
		return nil, nil, false
	}
	field := c.field(s)
	if field.Type != TypeLocation {
		return nil, nil, false
	}
	degrees := func(p part) *node {
		return &node{form: formField, at: s.at, typ: TypeNumber, field: field, part: p, raw: true}
	}
	return degrees(partLatitude), degrees(partLongitude), true
}

func isWordLiteral(s string) bool {
	return strings.EqualFold(s, "TRUE") || strings.EqualFold(s, "FALSE") || strings.EqualFold(s, "NULL")
}
