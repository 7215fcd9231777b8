package query

import (
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// cond resolves a condition.
func (s *scope) cond(x soql.Expr) (cond, error) {
	switch x := x.(type) {
	case *soql.And:
		terms, err := s.conds(x.Terms)
		return orAlways(all(terms...)), err
	case *soql.Or:
		terms, err := s.conds(x.Terms)
		return &anyOf{terms}, err
	case *soql.Not:
		c, err := s.cond(x.X)
		if err != nil {
			return nil, err
		}
		return negate(c), nil
	case *soql.Compare:
		return s.compare(x)
	case *soql.In:
		return s.in(x)
	case *soql.Includes:
		return s.includes(x)
	}
	return nil, s.at(x.At(), CodeMalformed, "This condition is not understood.")
}

func (s *scope) conds(xs []soql.Expr) ([]cond, error) {
	terms := make([]cond, 0, len(xs))
	for _, x := range xs {
		c, err := s.cond(x)
		if err != nil {
			return nil, err
		}
		terms = append(terms, c)
	}
	return terms, nil
}

// compare resolves a comparison with a literal.
func (s *scope) compare(x *soql.Compare) (cond, error) {
	if c, err := s.labelled(x.Left, x.Op, x.Right); c != nil || err != nil {
		return c, err
	}
	v, err := s.filterable(x.Left)
	if err != nil {
		return nil, err
	}
	if err := s.count(1); err != nil {
		return nil, err
	}
	if x.Op == soql.Like {
		return s.like(v, x)
	}
	return s.against(v, x.Left, x.Op, x.Right)
}

func (s *scope) count(values int) error {
	if s.values += values; s.values > maxValues {
		return tooComplicated("values in its conditions", maxValues)
	}
	return nil
}

// like resolves LIKE. A pattern without wildcards is an equality.
func (s *scope) like(v value, x *soql.Compare) (cond, error) {
	text, ok := x.Right.(*soql.String)
	if !ok {
		return nil, s.mistyped(v, x.Left, x.Right.At())
	}
	if v.kind().Kind.Store() != schema.StoreText || isId(v.kind()) {
		return nil, s.at(x.At(), CodeOperator, "Invalid operator: LIKE compares text, and %s is not.", x.Left)
	}
	return &like{v, pattern(text.Value)}, nil
}

// pattern writes a pattern of SOQL for SQL's LIKE with \ as its escape.
func pattern(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && (i+1 == len(s) || s[i+1] != '%' && s[i+1] != '_') {
			b.WriteByte('\\')
		} else if s[i] == '\\' {
			b.WriteByte('\\')
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// in resolves a membership. A null in the list stands for rows without a value.
func (s *scope) in(x *soql.In) (cond, error) {
	var c cond
	var err error
	if x.Sub != nil {
		c, err = s.inQuery(x)
	} else {
		c, err = s.inList(x)
	}
	if err != nil {
		return nil, err
	}
	if x.Not {
		return negate(c), nil
	}
	return c, nil
}

func (s *scope) inList(x *soql.In) (cond, error) {
	if call, ok := x.Left.(*soql.Call); ok && call.Func == soql.ToLabel {
		return s.inLabels(x)
	}
	v, err := s.filterable(x.Left)
	if err != nil {
		return nil, err
	}
	if err := s.count(len(x.Values)); err != nil {
		return nil, err
	}
	list := &within{of: fold(v)}
	var others []cond
	for _, l := range x.Values {
		c, err := s.against(v, x.Left, soql.Equal, l)
		if err != nil {
			return nil, err
		}
		if cmp, ok := c.(*compared); ok && cmp.op == soql.Equal {
			list.args = append(list.args, cmp.arg)
		} else {
			others = append(others, c)
		}
	}
	if len(list.args) > 0 {
		others = append(others, list)
	}
	return either(others), nil
}

// inQuery resolves a semi-join: both sides are ids.
func (s *scope) inQuery(x *soql.In) (cond, error) {
	v, err := s.filterable(x.Left)
	if err != nil {
		return nil, err
	}
	if s.subs++; s.subs > maxSubSelects {
		return nil, tooComplicated("sub-selects", maxSubSelects)
	}
	sub, got, err := s.subSelect(x.Sub)
	if err != nil {
		return nil, err
	}
	if !isId(v.kind()) || !isId(got.kind()) {
		return nil, s.at(x.At(), CodeField, "A semi-join compares an id or a reference with one, which %s and the selected field must be.", x.Left)
	}
	return &among{v, sub}, nil
}

// subSelect resolves the query within a semi-join.
func (s *scope) subSelect(q *soql.Query) (*selection, value, error) {
	in, err := s.from(q.From, s.root.viewer)
	if err != nil {
		return nil, nil, err
	}
	var item *soql.SelectTerm
	if len(q.Select) == 1 {
		item, _ = q.Select[0].(*soql.SelectTerm)
	}
	if item == nil || q.Group != nil || q.Having != nil {
		return nil, nil, s.at(q.Pos, CodeMalformed, "The query of a semi-join selects exactly one field and has no groups.")
	}
	path, ok := item.Term.(*soql.Path)
	if !ok {
		return nil, nil, s.at(item.At(), CodeMalformed, "The query of a semi-join selects a field, not a function.")
	}
	if err := in.where(q, s.root.viewer, 0); err != nil {
		return nil, nil, err
	}
	v, _, err := in.column(path)
	if err != nil {
		return nil, nil, err
	}
	in.sel.cols = []value{v}
	in.sel.where = all(in.sel.where, &isNull{v, true})
	if q.Limit != nil {
		in.sel.limit = q.Limit.N
		if err := in.order(q.Order); err != nil {
			return nil, nil, err
		}
	}
	return in.sel, v, s.fault
}

// includes resolves INCLUDES and EXCLUDES on values that are kept joined by semicolons.
func (s *scope) includes(x *soql.Includes) (cond, error) {
	v, err := s.filterable(x.Left)
	if err != nil {
		return nil, err
	}
	if v.kind().Kind != schema.KindMultiPicklist {
		return nil, s.at(x.At(), CodeOperator, "INCLUDES and EXCLUDES are for multi-select picklists, which %s is not.", x.Left)
	}
	if err := s.count(len(x.Values)); err != nil {
		return nil, err
	}
	var any []cond
	for _, l := range x.Values {
		var chosen []cond
		for one := range strings.SplitSeq(l.Value, ";") {
			chosen = append(chosen, &like{&delimited{v}, "%;" + soql.EscapePattern(strings.TrimSpace(one)) + ";%"})
		}
		any = append(any, all(chosen...))
	}
	if x.Not {
		return negate(either(any)), nil
	}
	return either(any), nil
}

// delimited is a list of choices with a semicolon before and after each.
type delimited struct{ value }

func (d *delimited) write(w *writer) {
	w.text("(';' || ")
	d.value.write(w)
	w.text(" || ';')")
}
