package query

import (
	"slices"
	"strconv"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// pageOf says which rows of a set are read.
type pageOf struct {
	after []any // the sort keys and the id of the last row before them; nil begins at the beginning
	rows  int   // at most
}

// page writes the SELECT of one page: rows in order, found by their keys. Parents that decide neither which rows there
// are nor their order are joined to the rows of the page only: sorting comes before joining.
func (w *writer) page(set *rowSet, p pageOf) {
	sel := set.sel
	w.text("SELECT ")
	w.values(sel.cols)
	w.from(sel, nil)
	if deciding := w.deciding(set); len(deciding) < len(sel.joins) && !set.unordered(p) && !set.walks() {
		id := sel.cols[set.id]
		w.text(" WHERE ")
		id.write(w)
		w.text(" IN (SELECT ")
		id.write(w)
		w.from(sel, func(j *join) bool { return deciding[j] })
		w.window(set, p)
		w.text(")")
		w.order(set.order())
		return
	}
	w.window(set, p)
}

// window writes which rows a page has.
func (w *writer) window(set *rowSet, p pageOf) {
	where := set.sel.where
	if p.after != nil {
		where = all(where, set.follows(p.after))
	}
	w.where(where)
	if !set.unordered(p) {
		w.order(set.order())
	}
	w.text(" LIMIT " + strconv.Itoa(p.rows))
	if set.sel.offset > 0 && p.after == nil {
		w.text(" OFFSET " + strconv.Itoa(set.sel.offset))
	}
}

// walks reports whether the database is likely to go through an index in order and stop when it has a page, so that
// no more rows are joined than are shown.
func (s *rowSet) walks() bool {
	c, ok := unfold(s.order()[0].by).(*column)
	if !ok || c.target.join != nil || len(s.sel.order) == 0 && s.asked {
		return false
	}
	return c.field.Kind == schema.KindId || c.field.Name == "SystemModstamp" || c.field.NameField || c.field.Indexed || c.field.ExternalId
}

// deciding are the joins that conditions and order depend on, and the joins that these depend on.
func (w *writer) deciding(set *rowSet) map[*join]bool {
	probe := &writer{dialect: w.dialect, used: map[string]bool{}}
	probe.order(set.order())
	needed := map[*join]bool{}
	for _, j := range slices.Backward(set.sel.joins) {
		if !j.filtered && !probe.used[j.target.alias] {
			continue
		}
		needed[j] = true
		j.key.write(probe)
		if j.guard != nil {
			j.guard.write(probe)
		}
	}
	return needed
}

// unordered reports whether the rows of a page may come in any order: there is no other page.
func (s *rowSet) unordered(p pageOf) bool { return s.small() && p.rows > s.sel.limit }

// smallLimit is a LIMIT up to which rows without ORDER BY come in any order, since they are never paged.
const smallLimit = 200

func (s *rowSet) small() bool {
	return len(s.sel.order) == 0 && s.sel.limit >= 0 && s.sel.limit <= smallLimit && len(s.children) == 0
}

// order is what was asked for, and then the id, so that no two rows are alike. Ids go in the direction of the last
// term, as they do in an index that is walked backwards.
func (s *rowSet) order() []orderTerm {
	terms := s.sel.order
	down := len(terms) > 0 && terms[len(terms)-1].desc
	return append(terms[:len(terms):len(terms)], orderTerm{by: s.sel.cols[s.id], full: true, desc: down})
}

// follows is the condition that a row comes after one with the given keys.
func (s *rowSet) follows(keys []any) cond {
	order := s.order()
	var any []cond
	for i, t := range order {
		later := t.after(keys[i])
		if _, ok := later.(never); ok {
			continue
		}
		var terms []cond
		for j, before := range order[:i] {
			terms = append(terms, before.equals(keys[j]))
		}
		any = append(any, all(append(terms, later)...))
	}
	return all(order[0].bound(keys[0]), either(any))
}

// after is the condition that a row comes after one with the given key, by this term alone.
func (t orderTerm) after(key any) cond {
	nullsLast := t.nullsLast && !t.full
	if key == nil {
		if nullsLast {
			return never{}
		}
		return &isNull{t.by, true}
	}
	op := soql.Greater
	if t.desc {
		op = soql.Less
	}
	c := cond(&compared{t.by, op, key})
	if nullsLast {
		return &anyOf{[]cond{c, &isNull{t.by, false}}}
	}
	return c
}

func (t orderTerm) equals(key any) cond {
	if key == nil {
		return &isNull{t.by, false}
	}
	return &compared{t.by, soql.Equal, key}
}

// bound follows from the rest of the keyset, and lets the engines begin in the middle of an index.
func (t orderTerm) bound(key any) cond {
	switch {
	case key == nil, t.nullsLast && !t.full:
		return nil
	case t.desc:
		return &compared{t.by, soql.LessEqual, key}
	}
	return &compared{t.by, soql.GreaterEqual, key}
}

// count writes the SELECT that counts the rows of s, within its LIMIT and OFFSET.
func (w *writer) count(s *selection) {
	if s.limit < 0 && s.offset == 0 {
		w.text("SELECT COUNT(*)")
		w.counted(s)
		return
	}
	w.text("SELECT COUNT(*) FROM (SELECT 1")
	w.counted(s)
	w.limit(s)
	w.text(") counted")
}

// counted writes what is counted. Joins to parents make no rows, so that only those in conditions are needed.
func (w *writer) counted(s *selection) {
	w.from(s, func(j *join) bool { return j.filtered })
	w.where(s.where)
}

// childPage writes the SELECT of the first children of several parents, each with its number among its siblings and
// the number of these.
func (w *writer) childPage(c *childSet, parents []any, most int) {
	w.text("SELECT * FROM (SELECT ")
	for i, v := range c.sel.cols {
		v.write(w)
		w.text(" AS c" + strconv.Itoa(i) + ", ")
	}
	w.text("ROW_NUMBER() OVER (PARTITION BY ")
	c.ref.write(w)
	w.order(c.order())
	w.text(") AS nth, COUNT(*) OVER (PARTITION BY ")
	c.ref.write(w)
	w.text(") AS siblings")
	w.from(c.sel, nil)
	w.where(all(&within{c.ref, parents}, c.sel.where))
	from, to := c.sel.offset, c.sel.offset+most
	if c.sel.limit >= 0 {
		to = min(to, from+c.sel.limit)
	}
	w.text(") children WHERE nth > " + strconv.Itoa(from) + " AND nth <= " + strconv.Itoa(to) + " ORDER BY nth")
}
