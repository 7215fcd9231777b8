package query

import (
	"slices"
	"strconv"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// Statement is a query whose every name is resolved and allowed. It does not change and may be run any number of times.
type Statement struct {
	Object  *schema.Object // that the query is from
	Columns []*Column      // of the field list, in order, without sets of children

	ForView, ForReference, ForUpdate bool // what the rows are read for

	set      *rowSet
	counting bool // COUNT() alone: the answer is a number
	grouped  bool
	options  Options
	text     string
}

// rowSet is the SELECT of one level of a query, and how its rows become records.
type rowSet struct {
	sel      *selection
	shape    *shape
	children []*childSet
	id       int   // the column of the record's id; -1 in groups
	asked    bool  // it has a WHERE
	keys     []int // the columns that hold what rows are sorted by, the id last
}

// childSet is the children of each row, read for a page of parents at once.
type childSet struct {
	*rowSet
	name string
	ref  *column // that holds the parent's id
	by   int     // its column
	of   int     // the column of the parent's own id, among the parent's
	path []int   // its place among the sets of each level
}

// Column is one value of each row.
type Column struct {
	Name      string // as the answer names it: Subject, Account.Name, expr0
	Label     string // as the query words it
	Field     *schema.Field
	Aggregate bool
	Path      []string // the relationships and the name
	entry     cell
}

// statement resolves an outermost query.
func (r *resolver) statement(q *soql.Query) (*Statement, error) {
	s, err := r.from(q.From, r.viewer)
	if err != nil {
		return nil, err
	}
	st := &Statement{Object: s.root.targets[0].object, options: r.options, text: q.Text}
	if st.text == "" {
		st.text = q.String()
	}
	if err := r.purposes(st, q); err != nil {
		return nil, err
	}
	if err := s.where(q, r.viewer, r.options.Level); err != nil {
		return nil, err
	}
	l := &list{scope: s, set: &rowSet{sel: s.sel, shape: &shape{}, id: -1}}
	st.set, st.grouped = l.set, aggregates(q)
	if st.counting = isCount(q); st.counting {
		return st, l.window(q)
	}
	if st.grouped {
		err = l.groups(q)
	} else {
		err = l.rows(q, 0)
	}
	st.Columns = l.columns
	if err == nil {
		err = r.fault
	}
	return st, err
}

// purposes reads FOR, UPDATE and WITH. Every query is checked against the viewer's rights whatever WITH says: what is
// out of reach is reported as not there, and SYSTEM_MODE lifts nothing.
func (r *resolver) purposes(st *Statement, q *soql.Query) error {
	for _, p := range q.For {
		st.ForView = st.ForView || p == soql.ForView
		st.ForReference = st.ForReference || p == soql.ForReference
		st.ForUpdate = st.ForUpdate || p == soql.ForUpdate
	}
	if st.ForUpdate && (q.Order != nil || aggregates(q)) {
		return r.at(q.Pos, CodeMalformed, "FOR UPDATE goes with neither ORDER BY nor aggregates.")
	}
	if q.With != nil && q.With.Mode == soql.ModeCategories {
		return r.at(q.With.Pos, CodeField, "Data categories are not kept here: leave out WITH DATA CATEGORY.")
	}
	return nil
}

// isCount reports whether q is SELECT COUNT(), which answers with a number and no rows.
func isCount(q *soql.Query) bool {
	if len(q.Select) != 1 || q.Group != nil {
		return false
	}
	t, ok := q.Select[0].(*soql.SelectTerm)
	if !ok {
		return false
	}
	c, ok := t.Term.(*soql.Call)
	return ok && c.Func == soql.Count && c.Arg == nil
}

// aggregates reports whether the rows of q are groups.
func aggregates(q *soql.Query) bool {
	return q.Group != nil || q.Having != nil || slices.ContainsFunc(q.Select, func(i soql.SelectItem) bool {
		t, ok := i.(*soql.SelectTerm)
		return ok && isAggregate(t.Term)
	})
}

// isAggregate reports whether a term is an aggregate, be it within FORMAT.
func isAggregate(t soql.Term) bool {
	c, ok := t.(*soql.Call)
	return ok && (c.Func.Aggregate() || c.Func == soql.Grouping || c.Arg != nil && !c.Func.DatePart() && isAggregate(c.Arg))
}

// window resolves LIMIT and OFFSET.
func (l *list) window(q *soql.Query) error {
	if q.Limit != nil {
		l.set.sel.limit = q.Limit.N
	}
	if q.Offset != nil {
		if q.Offset.N > maxOffset {
			return l.at(q.Offset.Pos, CodeRange, "Maximum SOQL offset allowed is %d. Page by the last Id or by locators instead.", maxOffset)
		}
		l.set.sel.offset = q.Offset.N
	}
	return l.fault
}

// rows resolves the field list, the order and the window of a query for records.
func (l *list) rows(q *soql.Query, depth int) error {
	l.set.shape.place, l.set.asked = l.root, q.Where != nil
	l.shapes = map[*place]*shape{l.root: l.set.shape}
	l.set.id = l.idOf(l.root.targets[0])
	l.set.shape.ids = []idCell{{l.set.id, l.root.targets[0].object}}
	for _, item := range q.Select {
		if err := l.item(item, q, depth); err != nil {
			return err
		}
	}
	if err := l.scope.order(q.Order); err != nil {
		return err
	}
	for _, t := range l.sel.order {
		l.set.keys = append(l.set.keys, l.sel.col(unfold(t.by)))
	}
	l.set.keys = append(l.set.keys, l.set.id)
	return l.window(q)
}

// unfold returns the text that a folded text is made of: a key is folded anew where it is compared.
func unfold(v value) value {
	if f, ok := v.(*folded); ok {
		return f.value
	}
	return v
}

// groups resolves the field list, the groups, the order and the window of a query of aggregates.
func (l *list) groups(q *soql.Query) error {
	if err := l.group(q.Group); err != nil {
		return err
	}
	for _, item := range q.Select {
		t, ok := item.(*soql.SelectTerm)
		if !ok {
			return l.at(item.At(), CodeMalformed, "A query with aggregates selects fields and functions only.")
		}
		if err := l.groupItem(t); err != nil {
			return err
		}
	}
	if q.Having != nil {
		c, err := l.cond(q.Having)
		if err != nil {
			return err
		}
		l.sel.having = c
	}
	if err := l.scope.order(q.Order); err != nil {
		return err
	}
	if l.sel.group.kind != soql.GroupPlain {
		for _, t := range l.sel.order {
			l.sel.col(t.by)
		}
	}
	return l.window(q)
}

// childSet resolves a sub-query of the field list.
func (l *list) childSet(q *soql.Query, depth int) error {
	if depth >= maxChildDepth {
		return tooComplicated("levels of sub-queries", maxChildDepth)
	}
	if len(l.set.children) == maxChildSets {
		return tooComplicated("sub-queries", maxChildSets)
	}
	s, ref, name, err := l.children(q.From)
	if err != nil {
		return err
	}
	if aggregates(q) || q.With != nil || len(q.For) > 0 {
		return l.at(q.Pos, CodeMalformed, "A sub-query selects records: it has no aggregates, WITH or FOR.")
	}
	if err := s.names(soql.From{Alias: q.From.Alias, More: q.From.More}); err != nil {
		return err
	}
	if err := s.where(q, s.viewer, access.ReadLevel); err != nil {
		return err
	}
	path := append(slices.Clone(l.path), len(l.set.children))
	child := &list{scope: s, set: &rowSet{sel: s.sel, shape: &shape{}}, path: path}
	if err := child.rows(q, depth+1); err != nil {
		return err
	}
	set := &childSet{child.set, name, ref, s.sel.col(ref), l.set.id, path}
	l.set.children = append(l.set.children, set)
	if err := l.set.shape.add(name, set); err != nil {
		return l.at(q.Pos, CodeField, "duplicate sub-query: %s", name)
	}
	return nil
}

// children finds the objects that refer to the root by a relationship, and begins a SELECT from them.
func (l *list) children(f soql.From) (s *scope, ref *column, name string, err error) {
	parts := f.Object.Parts
	if len(parts) == 2 && l.named[strings.ToLower(parts[0].Text)] == l.root {
		parts = parts[1:]
	}
	o := l.root.targets[0].object
	c := o.Child(parts[0].Text)
	if c == nil || len(parts) > 1 {
		return nil, nil, "", l.noChild(f.Object.Parts[0])
	}
	child := l.object(c.Object, l.root.viewer)
	if child == nil || !l.root.viewer.Reads(child, child.Field(c.Field)) {
		return nil, nil, "", l.noChild(f.Object.Parts[0])
	}
	s = l.selection(child, l.root.viewer, nil)
	return s, &column{s.root.targets[0], child.Field(c.Field)}, c.Name, nil
}

// SQL is the statement that reads the first n rows, for explanation, and for callers within the house who want ids: of
// a query for records the first column is the id. Further columns are those of the field list and the sort keys.
func (st *Statement) SQL(d store.Dialect, n int) (string, []any) {
	w := &writer{dialect: d}
	switch {
	case st.counting:
		w.count(st.set.sel)
	case st.grouped:
		w.selection(st.set.sel)
	default:
		w.page(st.set, pageOf{rows: n})
	}
	return w.b.String(), w.args
}

func exprName(n int) string { return "expr" + strconv.Itoa(n) }
