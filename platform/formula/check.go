package formula

import (
	"fmt"
	"regexp"
	"strings"
)

// form is how a node is computed: from strict arguments by an overload, or in a way of its own.
type form uint8

const (
	formCall form = iota
	formLiteral
	formField
	formIf
	formCase
	formAnd
	formOr
	formIsBlank
	formBlankValue
	formIsChanged
	formPriorValue
	formIsNew
	formToday
	formNow
	formRegex
	formPower       // a formCall whose SQL depends on the exponent
	formDistance    // becomes a formCall of the degrees
	formGeolocation // only within DISTANCE
)

// node is an expression whose names and types are known.
type node struct {
	form     form
	at       int
	from, to int // the part of the text that it is; both 0 where it is none by itself
	typ      Type
	constant bool // of literals only
	value    Value
	field    *Field
	part     part // of a location
	raw      bool // a number is seen as it is, even if blanks are zeros
	over     *overload
	pattern  *regexp.Regexp
	args     []*node
}

// part is which coordinate of a location a field node gives.
type part uint8

const (
	partLatitude part = iota + 1
	partLongitude
)

// checker gives names and types to a syntax tree. A mistake is a panic with an *Error.
type checker struct {
	source string
	fields Fields
	used   map[string]*Field
	order  []*Field
}

func (c *checker) fail(at int, format string, args ...any) {
	panic(errorAt(c.source, at, format, args...))
}

func (c *checker) check(s *syntax) *node {
	n := c.read(s)
	n.from, n.to = s.from, s.to
	return n
}

func (c *checker) read(s *syntax) *node {
	switch s.kind {
	case synNumber:
		n, ok := parseNumber(s.text)
		if !ok {
			c.fail(s.at, "%s is not a number of at most 18 digits before and %d after the point", s.text, Places)
		}
		return literal(s.at, ofNumber(n))
	case synText:
		return literal(s.at, Text(s.text))
	case synName:
		return c.name(s)
	}
	return c.call(s)
}

func literal(at int, v Value) *node {
	return &node{form: formLiteral, at: at, typ: v.Type, constant: true, value: v}
}

// name reads TRUE, FALSE, NULL or a field.
func (c *checker) name(s *syntax) *node {
	switch strings.ToUpper(s.text) {
	case "TRUE":
		return literal(s.at, Boolean(true))
	case "FALSE":
		return literal(s.at, Boolean(false))
	case "NULL":
		return literal(s.at, Value{})
	}
	f := c.field(s)
	if f.Type == TypeLocation {
		c.fail(s.at, "%s is a place; a place is used in DISTANCE(…) and ISBLANK(…) only", f.Path)
	}
	return &node{form: formField, at: s.at, typ: f.Type, field: f}
}

// field resolves a name, once for each spelling.
func (c *checker) field(s *syntax) *Field {
	if s.kind != synName {
		c.fail(s.at, "a field is expected here, not an expression")
	}
	if strings.HasSuffix(s.text, ".") || strings.Contains(s.text, "..") {
		c.fail(s.at, "%s has an empty part; write the name of a field after the dot", s.text)
	}
	key := strings.ToLower(s.text)
	if f := c.used[key]; f != nil {
		return f
	}
	f, err := c.fields.Field(s.text)
	if err != nil {
		c.fail(s.at, "%v", err)
	}
	if f.Scale < 0 || f.Scale > Places {
		c.fail(s.at, "%s has %d digits after the point, more than the %d of a formula", f.Path, f.Scale, Places)
	}
	c.used[key] = f
	c.order = append(c.order, f)
	return f
}

// call reads a function or operator.
func (c *checker) call(s *syntax) *node {
	f := callable[s.text]
	if f == nil {
		c.fail(s.at, "there is no function %s%s", s.text, similar(s.text))
	}
	switch f.form {
	case formCall, formPower:
		n := c.overloaded(f, s, c.all(s.args))
		n.form = f.form
		return n
	case formAnd, formOr:
		return c.conditions(f, s)
	case formIf:
		return c.conditional(f, s)
	case formCase:
		return c.choice(f, s)
	case formIsBlank:
		return c.isBlank(f, s)
	case formBlankValue:
		return c.blankValue(f, s)
	case formIsChanged, formPriorValue:
		return c.history(f, s)
	case formRegex:
		return c.regex(f, s)
	case formDistance:
		return c.distance(f, s)
	case formGeolocation:
		c.fail(s.at, "GEOLOCATION(…) is used in DISTANCE(…) only")
	}
	c.arity(f, s, 0, 0)
	types := map[form]Type{formIsNew: TypeBoolean, formToday: TypeDate, formNow: TypeDateTime}
	return &node{form: f.form, at: s.at, typ: types[f.form]}
}

func (c *checker) all(args []*syntax) []*node {
	nodes := make([]*node, len(args))
	for i, a := range args {
		nodes[i] = c.check(a)
	}
	return nodes
}

func (c *checker) arity(f *Function, s *syntax, low, high int) {
	if len(s.args) < low || len(s.args) > high {
		c.fail(s.at, "%s: %d arguments are given; write %s", f.Name, len(s.args), f.Signature)
	}
}

// overloaded chooses the first overload that the arguments fit.
func (c *checker) overloaded(f *Function, s *syntax, args []*node) *node {
	for i := range f.overloads {
		o := &f.overloads[i]
		if fitted, ok := o.fit(args); ok {
			n := &node{form: formCall, at: s.at, typ: o.gives, over: o, args: fitted, constant: true}
			for _, a := range fitted {
				n.constant = n.constant && a.constant
			}
			return n
		}
	}
	c.misfit(f, s, args)
	return nil
}

// fit gives the arguments with the omitted ones filled in.
func (o *overload) fit(args []*node) ([]*node, bool) {
	missing := len(o.takes) - len(args)
	if missing > len(o.defaults) || len(args) > len(o.takes) && !o.variadic {
		return nil, false
	}
	fitted := make([]*node, 0, len(o.takes))
	for i, a := range args {
		fit, ok := a.as(o.takes[min(i, len(o.takes)-1)])
		if !ok {
			return nil, false
		}
		fitted = append(fitted, fit)
	}
	for i := max(0, missing); i > 0; i-- {
		fitted = append(fitted, literal(0, o.defaults[len(o.defaults)-i]))
	}
	return fitted, true
}

// as gives the node where a type is wanted: an id is a text, and NULL is a blank of any type.
func (n *node) as(t Type) (*node, bool) {
	switch {
	case n.typ == t, t == TypeText && n.typ == TypeId:
		return n, true
	case n.typ == TypeNone:
		return literal(n.at, Blank(t)), true
	}
	return nil, false
}

// misfit says why arguments fit no overload, and what would mend it.
func (c *checker) misfit(f *Function, s *syntax, args []*node) {
	types := make([]string, len(args))
	for i, a := range args {
		types[i] = a.typ.String()
	}
	given := strings.Join(types, ", ")
	if given == "" {
		given = "nothing"
	}
	c.fail(s.at, "%s does not take %s; write %s%s", label(f), given, f.Signature, mend(f, args))
}

// label is how a message names a function.
func label(f *Function) string {
	if f.operator() {
		return "the operator " + strings.Replace(f.Name, "NEGATE", "-", 1)
	}
	return f.Name
}

// mend proposes a conversion of the first argument that has one.
func mend(f *Function, args []*node) string {
	wanted := map[Type]bool{}
	for _, o := range f.overloads {
		for _, t := range o.takes {
			wanted[t] = true
		}
	}
	for _, a := range args {
		switch {
		case wanted[a.typ]:
		case a.typ == TypePicklist && f.operator():
			return "; a picklist is compared with ISPICKVAL(field, text), or made text with TEXT(field)"
		case a.typ == TypeMultiPicklist:
			return "; a multi-select picklist is asked with INCLUDES(field, text)"
		case wanted[TypeText] && (a.typ == TypeNumber || a.typ == TypePicklist || a.typ == TypeDate || a.typ == TypeDateTime || a.typ == TypeTime):
			return fmt.Sprintf("; make the %s text with TEXT(…)", a.typ)
		case wanted[TypeNumber] && a.typ == TypeText:
			return "; make the Text a number with VALUE(…)"
		case wanted[TypeDate] && (a.typ == TypeDateTime || a.typ == TypeText):
			return fmt.Sprintf("; make the %s a date with DATEVALUE(…)", a.typ)
		case wanted[TypeTime] && a.typ == TypeDateTime:
			return "; take the time of day with TIMEVALUE(…)"
		case a.typ == TypeBoolean:
			return "; choose by a Boolean with IF(…)"
		}
	}
	if f.operator() && len(args) == 2 && args[0].typ != args[1].typ {
		return "; both sides must have one type"
	}
	return ""
}

// similar proposes a function whose name differs in one letter or begins alike.
func similar(name string) string {
	for _, f := range Functions {
		if nearly(name, f.Name) {
			return "; " + f.Name + " is meant, perhaps"
		}
	}
	return ""
}

// nearly reports whether one letter added, left out or changed makes a into b.
func nearly(a, b string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1
}
