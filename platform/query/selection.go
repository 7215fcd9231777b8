package query

import (
	"math/bits"
	"strconv"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// selection is one SELECT.
type selection struct {
	root   *target
	joins  []*join
	cols   []value
	where  cond // nil is all
	group  *groups
	having cond
	order  []orderTerm
	limit  int // -1 is none
	offset int
}

// source is what a virtual object is read from.
type source struct {
	sql  string
	args []any
}

type orderTerm struct {
	by        value
	desc      bool
	nullsLast bool
	full      bool // never null
}

// col returns the place of v among the columns, adding it if need be.
func (s *selection) col(v value) int {
	for i, c := range s.cols {
		if same(c, v) {
			return i
		}
	}
	s.cols = append(s.cols, v)
	return len(s.cols) - 1
}

// same reports whether two values are the same column.
func same(a, b value) bool {
	x, ok := a.(*column)
	y, also := b.(*column)
	return a == b || ok && also && *x == *y
}

// selection writes s without a keyset.
func (w *writer) selection(s *selection) {
	if s.group != nil {
		w.grouped(s)
	} else {
		w.text("SELECT ")
		w.values(s.cols)
		w.from(s, nil)
		w.where(s.where)
		w.order(s.order)
	}
	w.limit(s)
}

func (w *writer) limit(s *selection) {
	switch {
	case s.limit >= 0:
		w.text(" LIMIT " + strconv.Itoa(s.limit))
	case s.offset > 0:
		w.text(" LIMIT 9223372036854775807")
	}
	if s.offset > 0 {
		w.text(" OFFSET " + strconv.Itoa(s.offset))
	}
}

func (w *writer) values(vs []value) {
	for i, v := range vs {
		if i > 0 {
			w.text(", ")
		}
		v.write(w)
	}
}

// from writes the tables of s; with keep, only the joins that it wants.
func (w *writer) from(s *selection, keep func(*join) bool) {
	w.text(" FROM ")
	w.table(s.root)
	for _, j := range s.joins {
		if keep != nil && !keep(j) {
			continue
		}
		w.text(" LEFT JOIN ")
		w.table(j.target)
		w.text(" ON ")
		w.column(j.target.alias, "Id")
		w.text(" = ")
		j.key.write(w)
		if j.guard != nil {
			w.text(" AND ")
			j.guard.write(w)
		}
	}
}

func (w *writer) table(t *target) {
	if t.source != nil {
		w.text("(" + t.source.sql + ")")
		w.args = append(w.args, t.source.args...)
	} else {
		w.text(store.Quote(t.object.Name))
	}
	w.text(" " + t.alias)
}

func (w *writer) where(c cond) {
	if c != nil {
		w.text(" WHERE ")
		c.write(w)
	}
}

func (w *writer) order(terms []orderTerm) {
	for i, t := range terms {
		if i == 0 {
			w.text(" ORDER BY ")
		} else {
			w.text(", ")
		}
		t.by.write(w)
		w.direction(t)
	}
}

// direction says where nulls go, because the engines differ in what they do without. Where there are none it says
// nothing, so that both can use an index.
func (w *writer) direction(t orderTerm) {
	if t.desc {
		w.text(" DESC")
	}
	switch {
	case t.full:
	case t.nullsLast:
		w.text(" NULLS LAST")
	default:
		w.text(" NULLS FIRST")
	}
}

// grouped writes a SELECT of groups. Sub-totals are further SELECTs, each with some terms masked.
func (w *writer) grouped(s *selection) {
	masks := s.group.masks()
	if len(masks) == 1 {
		w.groupBranch(s)
		w.order(s.order)
		return
	}
	w.text("SELECT * FROM (")
	for i, mask := range masks {
		if i > 0 {
			w.text(" UNION ALL ")
		}
		w.mask = mask
		w.groupBranch(s)
	}
	w.mask = 0
	w.text(") totals")
	for i, t := range s.order {
		w.text(map[bool]string{true: " ORDER BY ", false: ", "}[i == 0])
		w.sortedBy(s, t)
	}
}

// sortedBy sorts sub-totals by a column, of which there is one for each term of ORDER BY.
func (w *writer) sortedBy(s *selection, t orderTerm) {
	name := "c" + strconv.Itoa(s.col(t.by))
	if _, ok := t.by.(*groupKey); ok && t.by.kind().Kind.Store() == schema.StoreText {
		name = w.dialect.Fold(name)
	}
	w.text(name)
	w.direction(t)
}

func (w *writer) groupBranch(s *selection) {
	w.text("SELECT ")
	for i, v := range s.cols {
		if i > 0 {
			w.text(", ")
		}
		v.write(w)
		w.text(" AS c" + strconv.Itoa(i))
	}
	w.from(s, nil)
	w.where(s.where)
	by := " GROUP BY "
	for _, t := range s.group.terms {
		if w.masked(t.n) {
			continue
		}
		w.text(by)
		fold(t.of).write(w)
		by = ", "
	}
	if s.having != nil {
		w.text(" HAVING ")
		s.having.write(w)
	}
}

// masks lists which terms each SELECT of the groups leaves out, as bits; the first leaves out none.
func (g *groups) masks() []uint {
	n := len(g.terms)
	switch g.kind {
	case soql.GroupRollup:
		out := make([]uint, 0, n+1)
		for kept := n; kept >= 0; kept-- {
			out = append(out, (1<<n-1)&^(1<<kept-1))
		}
		return out
	case soql.GroupCube:
		out := make([]uint, 0, 1<<n)
		for masked := 0; masked <= n; masked++ {
			for m := uint(0); m < 1<<n; m++ {
				if bits.OnesCount(m) == masked {
					out = append(out, m)
				}
			}
		}
		return out
	}
	return []uint{0}
}
