package formula

import (
	"math/big"
	"time"
)

// Field is something outside a formula that it reads: a field of the record, of one of its parents, of the user.
type Field struct {
	Path  string // canonical: Account.Name
	Type  Type
	Scale int // of a number or a location: digits after the point of the stored integer
	Key   any // whatever its owner needs to find it again
}

// Fields resolves the names of a formula.
type Fields interface {
	// Field finds a field by its path as written, without case. The error is shown to the formula's author: it says
	// what there is not, and where.
	Field(path string) (*Field, error)
}

// Record gives values to one evaluation. Values have the type of their field.
type Record interface {
	Value(*Field) Value
	Prior(*Field) Value // before the saving that is judged
	IsNew() bool
}

// Options are chosen with each formula.
type Options struct {
	BlankAsZero bool // a number field without value counts as 0, except for ISBLANK and BLANKVALUE
}

// Formula is an expression whose names and types are known. It does not change, and may be used concurrently.
type Formula struct {
	Type    Type
	Fields  []*Field // what it reads, in order of their first mention
	source  string
	root    *node
	options Options
}

// Parse reads a formula that must give a value of one of the wanted types; any type when there are none.
// The error is an *Error.
func Parse(text string, fields Fields, options Options, wanted ...Type) (f *Formula, err error) {
	tree, err := read(text)
	if err != nil {
		return nil, err
	}
	defer catch(&err)
	c := &checker{source: text, fields: fields, used: map[string]*Field{}}
	root := c.result(c.check(tree), wanted)
	return &Formula{Type: root.typ, Fields: c.order, source: text, root: root, options: options}, nil
}

// result holds the whole formula to the wanted types.
func (c *checker) result(root *node, wanted []Type) *node {
	if root.typ == TypeNone && len(wanted) == 0 {
		wanted = []Type{TypeText}
	}
	for _, t := range wanted {
		if fit, ok := root.as(t); ok {
			return fit
		}
	}
	if len(wanted) > 0 {
		to := &Function{overloads: []overload{{takes: wanted}}}
		c.fail(0, "the formula gives %s, but %s is wanted%s", root.typ, wanted[0], mend(to, []*node{root}))
	}
	return root
}

// String is the text that was parsed.
func (f *Formula) String() string { return f.source }

// Eval computes the formula for a record at a moment, whose location is the user's time zone.
func (f *Formula) Eval(r Record, now time.Time) Value {
	e := evaluation{record: r, now: now, zeros: f.options.BlankAsZero}
	v := e.eval(f.root)
	v.Type = f.Type
	return v
}

// evaluation is what the value of a node depends on.
type evaluation struct {
	record Record
	now    time.Time
	zeros  bool
	seen   map[*node]Value // what has been computed, where that is asked for
}

func (e *evaluation) eval(n *node) Value {
	v := e.compute(n)
	if e.seen != nil {
		e.seen[n] = v
	}
	return v
}

func (e *evaluation) compute(n *node) Value {
	switch n.form {
	case formLiteral:
		return n.value
	case formField:
		return e.field(n)
	case formIf:
		if e.eval(n.args[0]).True() {
			return e.eval(n.args[1])
		}
		return e.eval(n.args[2])
	case formCase:
		return e.choose(n)
	case formAnd, formOr:
		return e.all(n)
	case formIsBlank:
		return e.isBlank(n)
	case formBlankValue:
		if v := e.eval(n.args[0]); !v.IsBlank() {
			return v
		}
		return e.eval(n.args[1])
	case formIsChanged:
		return Boolean(!e.record.IsNew() && !same(e.record.Value(n.field), e.record.Prior(n.field)))
	case formPriorValue:
		if e.record.IsNew() {
			return e.zeroed(n, Blank(n.typ))
		}
		return e.zeroed(n, e.record.Prior(n.field))
	case formIsNew:
		return Boolean(e.record.IsNew())
	case formToday:
		return today(e.now)
	case formNow:
		return DateTime(e.now.UnixMilli())
	case formRegex:
		return Boolean(n.pattern.MatchString(e.eval(n.args[0]).text))
	}
	args := make([]Value, len(n.args))
	for i, a := range n.args {
		args[i] = e.eval(a)
	}
	return n.over.eval(args)
}

// today is the calendar date of a moment where it is.
func today(now time.Time) Value {
	return Date(daysOf(time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)))
}

func (e *evaluation) field(n *node) Value {
	v := e.record.Value(n.field)
	switch n.part {
	case partLatitude:
		return ofNumber(v.num)
	case partLongitude:
		return ofNumber(v.lng)
	}
	return e.zeroed(n, v)
}

// zeroed is 0 for a blank number of a field, where blanks count as zeros.
func (e *evaluation) zeroed(n *node, v Value) Value {
	if n.typ == TypeNumber && v.num == nil && e.zeros && !n.raw {
		return ofNumber(new(big.Int))
	}
	return v
}

// choose finds the first match; blank numbers and dates match nothing.
func (e *evaluation) choose(n *node) Value {
	v, last := e.eval(n.args[0]), len(n.args)-1
	for i := 1; i < last; i += 2 {
		match := e.eval(n.args[i])
		match.Type = v.Type
		if (v.Type.textual() || !v.IsBlank()) && same(v, match) {
			return e.eval(n.args[i+1])
		}
	}
	return e.eval(n.args[last])
}

// all computes AND and OR from the left as far as is needed.
func (e *evaluation) all(n *node) Value {
	stop := n.form == formOr
	for _, a := range n.args {
		if e.eval(a).True() == stop {
			return Boolean(stop)
		}
	}
	return Boolean(!stop)
}

// isBlank holds for a place when one of its coordinates is missing.
func (e *evaluation) isBlank(n *node) Value {
	for _, a := range n.args {
		if e.eval(a).IsBlank() {
			return Boolean(true)
		}
	}
	return Boolean(false)
}
