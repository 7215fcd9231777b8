package query

import "truckroll/platform/soql"

// cond is a condition, resolved. It is written so that it may be unknown where SOQL says false; negated sees to that.
type cond interface{ write(w *writer) }

type (
	// allOf holds when all terms hold; anyOf when one does. There are at least two.
	allOf struct{ terms []cond }
	anyOf struct{ terms []cond }

	// negated holds when x does not hold, be it false or unknown.
	negated struct{ x cond }

	// never holds for no row, always for each.
	never  struct{}
	always struct{}

	// flagged compares a checkbox.
	flagged struct {
		of   value
		want bool
	}

	// isNull holds where there is no value, or where there is one.
	isNull struct {
		of  value
		not bool
	}

	// compared compares with an argument; both sides are folded or neither.
	compared struct {
		of  value
		op  soql.Op
		arg any
	}

	// within holds for members of a list.
	within struct {
		of   value
		args []any
	}

	// among holds for members of the single column of a SELECT.
	among struct {
		of  value
		sub *selection
	}

	// like compares text with a pattern.
	like struct {
		of      value
		pattern string
	}

	// exists holds when the record that a target is joined to meets a condition that needs joins of its own.
	exists struct {
		sub    *selection
		target *target
		seen   cond
	}
)

// all joins conditions by AND. Nil conditions hold always; nil is returned when there is none.
func all(terms ...cond) cond {
	kept := make([]cond, 0, len(terms))
	for _, t := range terms {
		switch t := t.(type) {
		case nil, always:
		case *allOf:
			kept = append(kept, t.terms...)
		default:
			kept = append(kept, t)
		}
	}
	switch len(kept) {
	case 0:
		return nil
	case 1:
		return kept[0]
	}
	return &allOf{kept}
}

// either joins conditions by OR; of none, it never holds.
func either(terms []cond) cond {
	switch len(terms) {
	case 0:
		return never{}
	case 1:
		return terms[0]
	}
	return &anyOf{terms}
}

func orAlways(c cond) cond {
	if c == nil {
		return always{}
	}
	return c
}

// negate returns the condition that c does not hold.
func negate(c cond) cond {
	switch c := c.(type) {
	case never:
		return always{}
	case always:
		return never{}
	case *isNull:
		return &isNull{c.of, !c.not}
	case *negated:
		return c.x
	}
	return &negated{c}
}

func (a *allOf) write(w *writer) { w.joined(a.terms, " AND ") }
func (a *anyOf) write(w *writer) { w.joined(a.terms, " OR ") }

// chain is how many terms are joined one after the other. More are joined as a tree, since SQLite counts each term of a
// chain as a level of depth, of which it takes 1,000.
const chain = 32

func (w *writer) joined(terms []cond, by string) {
	w.text("(")
	if len(terms) > chain {
		w.joined(terms[:len(terms)/2], by)
		w.text(by)
		w.joined(terms[len(terms)/2:], by)
	} else {
		for i, t := range terms {
			if i > 0 {
				w.text(by)
			}
			t.write(w)
		}
	}
	w.text(")")
}

func (n *negated) write(w *writer) {
	w.text("(")
	n.x.write(w)
	w.text(") IS NOT TRUE")
}

func (never) write(w *writer)  { w.text("1 = 0") }
func (always) write(w *writer) { w.text("1 = 1") }

func (f *flagged) write(w *writer) {
	f.of.write(w)
	w.text(" = " + w.dialect.Bool(f.want))
}

func (n *isNull) write(w *writer) {
	n.of.write(w)
	if n.not {
		w.text(" IS NOT NULL")
		return
	}
	w.text(" IS NULL")
}

func (c *compared) write(w *writer) {
	c.of.write(w)
	if c.op == soql.NotEqual {
		w.text(" IS DISTINCT FROM ")
	} else {
		w.text(" " + string(c.op) + " ")
	}
	w.argument(c.of, c.arg)
}

// argument binds what v is compared with.
func (w *writer) argument(v value, arg any) {
	switch v.(type) {
	case *folded, *groupKey:
		w.args = append(w.args, arg)
		w.text(w.dialect.Fold("?"))
	default:
		w.bind(arg)
	}
}

func (in *within) write(w *writer) {
	in.of.write(w)
	w.text(" IN (")
	for i, arg := range in.args {
		if i > 0 {
			w.text(", ")
		}
		w.argument(in.of, arg)
	}
	w.text(")")
}

func (a *among) write(w *writer) {
	a.of.write(w)
	w.text(" IN (")
	w.selection(a.sub)
	w.text(")")
}

func (l *like) write(w *writer) {
	of := w.expr(l.of)
	w.args = append(w.args, l.pattern)
	w.text(w.dialect.Like(of, "?"))
}

func (e *exists) write(w *writer) {
	w.text("EXISTS (SELECT 1")
	w.from(e.sub, nil)
	w.text(" WHERE ")
	w.column(e.sub.root.alias, "Id")
	w.text(" = ")
	w.column(e.target.alias, "Id")
	if e.seen != nil {
		w.text(" AND ")
		e.seen.write(w)
	}
	w.text(")")
}
