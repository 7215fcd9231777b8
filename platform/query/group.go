package query

import (
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// groups is a resolved GROUP BY. A query of aggregates without one is a single group of no terms.
type groups struct {
	kind  soql.GroupKind
	terms []*groupTerm
	texts []string // of the terms as written, lower case
}

// group resolves GROUP BY.
func (s *scope) group(g *soql.GroupBy) error {
	out := &groups{}
	if g != nil {
		out.kind = g.Kind
		if g.Kind != soql.GroupPlain && len(g.Terms) > maxCubeTerms {
			return s.at(g.Pos, CodeMalformed, "%s takes at most %d terms.", g.Kind, maxCubeTerms)
		}
		for i, t := range g.Terms {
			v, _, err := s.term(t)
			if err != nil {
				return err
			}
			if !sortable(v) || isFloat(v.kind()) {
				return s.at(t.At(), CodeField, "field '%s' can not be grouped in a query call", last(t))
			}
			out.terms = append(out.terms, &groupTerm{i, v})
			out.texts = append(out.texts, s.canonical(t))
		}
	}
	s.sel.group = out
	return nil
}

// canonical is a term as text that tells whether two terms are the same.
func (s *scope) canonical(t soql.Term) string {
	text := strings.ToLower(t.String())
	if p, ok := t.(*soql.Path); ok && len(p.Parts) > 1 && s.named[strings.ToLower(p.Parts[0].Text)] == s.root {
		return text[len(p.Parts[0].Text)+1:]
	}
	return text
}

// groupedTerm resolves a term within a query with groups.
func (s *scope) groupedTerm(t soql.Term) (value, error) {
	text := s.canonical(t)
	for i, g := range s.sel.group.texts {
		if g == text {
			return s.sel.group.terms[i], nil
		}
	}
	switch t := t.(type) {
	case *soql.Path:
		if v := s.given[text]; v != nil {
			return v, nil
		}
		// What does not exist is told first, so that hidden and missing look alike.
		if _, _, err := s.column(t); err != nil {
			return nil, err
		}
	case *soql.Call:
		if t.Func == soql.Grouping {
			return s.grouping(t)
		}
		if t.Func.Aggregate() {
			return s.aggregate(t)
		}
		if t.Func == soql.ConvertCurrency {
			return s.groupedTerm(t.Arg)
		}
	}
	return nil, s.at(t.At(), CodeMalformed, "Field must be grouped or aggregated: %s", last(t))
}

func (s *scope) grouping(c *soql.Call) (value, error) {
	text := ""
	if c.Arg != nil {
		text = s.canonical(c.Arg)
	}
	for i, g := range s.sel.group.texts {
		if g == text && s.sel.group.kind != soql.GroupPlain {
			return &grouping{i}, nil
		}
	}
	return nil, s.at(c.Pos, CodeMalformed, "GROUPING() takes a term of GROUP BY ROLLUP or CUBE.")
}

// aggregate resolves an aggregate of single records' values.
func (s *scope) aggregate(c *soql.Call) (value, error) {
	if c.Arg == nil {
		return &aggregate{nil, c.Func}, nil
	}
	of, err := s.single(c.Arg)
	if err != nil {
		return nil, err
	}
	f, ok := of.kind(), false
	switch store := f.Kind.Store(); c.Func {
	case soql.Count, soql.CountDistinct:
		ok = sortable(of)
	case soql.Sum, soql.Avg:
		ok = (store == schema.StoreInt || store == schema.StoreDecimal) && !isFloat(f)
	case soql.Min, soql.Max:
		ok = sortable(of) && store != schema.StoreBool && !isId(f)
	}
	if !ok {
		return nil, s.at(c.Pos, CodeField, "%s() cannot be applied to the field %s of type %s.", c.Func, c.Arg, f.Kind)
	}
	return &aggregate{of, c.Func}, nil
}

// single resolves a term about single records within a query with groups.
func (s *scope) single(t soql.Term) (value, error) {
	g := s.sel.group
	s.sel.group = nil
	v, _, err := s.term(t)
	s.sel.group = g
	return v, err
}
