package query

import (
	"encoding/json"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// naive answers queries by looking at every record of a world, slowly and obviously. It knows nothing of SQL.
type naive struct {
	world  *world
	viewer access.Viewer
}

// visible reports whether a record is there for the viewer.
func (n naive) visible(o *schema.Object, rec record) bool {
	if rec["IsDeleted"] == true {
		return false
	}
	scope := n.viewer.Scope(o, access.ReadLevel)
	house := naive{n.world, access.Everything{}}
	return scope == nil || house.holds(o, rec, scope)
}

// follow returns the parent that a relationship leads to, nil when there is none to see.
func (n naive) follow(o *schema.Object, rec record, relationship string) (record, *schema.Object) {
	f := o.Reference(relationship)
	id, _ := rec[f.Name].(string)
	to := n.world.catalog.Object(f.To[0])
	if id == "" {
		return nil, to
	}
	to = n.world.catalog.ById(schema.Id(id))
	if parent := n.world.byId[id]; n.visible(to, parent) {
		return parent, to
	}
	return nil, to
}

// get returns the value of a path and the field that it is of.
func (n naive) get(o *schema.Object, rec record, parts []soql.Name) (any, *schema.Field) {
	if len(parts) == 1 {
		f := o.Field(parts[0].Text)
		if rec == nil {
			return nil, f
		}
		return rec[f.Name], f
	}
	parent, to := n.follow(o, rec, parts[0].Text)
	return n.get(to, parent, parts[1:])
}

// filtered is what conditions see: a checkbox of a parent that is not there is false.
func (n naive) filtered(o *schema.Object, rec record, t soql.Term) (any, *schema.Field) {
	v, f := n.get(o, rec, t.(*soql.Path).Parts)
	if f.Kind == schema.KindBoolean && v == nil {
		v = false
	}
	return v, f
}

// holds evaluates a condition in two-valued logic.
func (n naive) holds(o *schema.Object, rec record, x soql.Expr) bool {
	switch x := x.(type) {
	case *soql.And:
		return !slices.ContainsFunc(x.Terms, func(t soql.Expr) bool { return !n.holds(o, rec, t) })
	case *soql.Or:
		return slices.ContainsFunc(x.Terms, func(t soql.Expr) bool { return n.holds(o, rec, t) })
	case *soql.Not:
		return !n.holds(o, rec, x.X)
	case *soql.Compare:
		v, f := n.filtered(o, rec, x.Left)
		return compares(v, f, x.Op, x.Right)
	case *soql.In:
		v, f := n.filtered(o, rec, x.Left)
		return n.member(v, f, x) != x.Not
	case *soql.Includes:
		v, _ := n.filtered(o, rec, x.Left)
		return includes(v, x.Values) != x.Not
	}
	panic("unknown condition")
}

func (n naive) member(v any, f *schema.Field, x *soql.In) bool {
	if x.Sub == nil {
		return slices.ContainsFunc(x.Values, func(l soql.Literal) bool { return compares(v, f, soql.Equal, l) })
	}
	o := n.world.catalog.Object(x.Sub.From.Object.Last().Text)
	for _, rec := range n.world.records[o.Name] {
		if !n.visible(o, rec) || x.Sub.Where != nil && !n.holds(o, rec, x.Sub.Where) {
			continue
		}
		got, _ := n.get(o, rec, x.Sub.Select[0].(*soql.SelectTerm).Term.(*soql.Path).Parts)
		if got != nil && got == v {
			return true
		}
	}
	return false
}

func includes(v any, values []*soql.String) bool {
	s, _ := v.(string)
	have := strings.Split(s, ";")
	return slices.ContainsFunc(values, func(l *soql.String) bool {
		return !slices.ContainsFunc(strings.Split(l.Value, ";"), func(one string) bool {
			return !slices.ContainsFunc(have, func(h string) bool { return strings.EqualFold(h, one) })
		})
	})
}

// compares compares a value with a literal.
func compares(v any, f *schema.Field, op soql.Op, l soql.Literal) bool {
	if s, ok := l.(*soql.String); ok && s.Value == "" || isNullLiteral(l) {
		return (v == nil) == (op == soql.Equal)
	}
	if span, ok := l.(*soql.DateLiteral); ok {
		return inSpan(v, f, op, span)
	}
	if v == nil {
		return op == soql.NotEqual
	}
	if op == soql.Like {
		return likeSlow([]rune(store.Fold(v.(string))), []rune(store.Fold(l.(*soql.String).Value)))
	}
	return decides(op, order(v, literalValue(f, l), f))
}

func isNullLiteral(l soql.Literal) bool { _, ok := l.(*soql.Null); return ok }

func decides(op soql.Op, c int) bool {
	switch op {
	case soql.Equal:
		return c == 0
	case soql.NotEqual:
		return c != 0
	case soql.Less:
		return c < 0
	case soql.LessEqual:
		return c <= 0
	case soql.Greater:
		return c > 0
	}
	return c >= 0
}

// inSpan knows the few spans that the tests use, at noon of 2026-07-15.
func inSpan(v any, f *schema.Field, op soql.Op, l *soql.DateLiteral) bool {
	if v == nil {
		return op == soql.NotEqual
	}
	from, to := schema.Day(2026, 7, 15), schema.Day(2026, 7, 16)
	switch l.Name {
	case soql.ThisMonth:
		from, to = schema.Day(2026, 7, 1), schema.Day(2026, 8, 1)
	case soql.LastNDays:
		from = schema.Day(2026, 7, 15).AddDays(-l.N)
	}
	first, after := from.Days(), to.Days()
	if f.Kind == schema.KindDateTime {
		first, after = from.Time().UnixMilli(), to.Time().UnixMilli()
	}
	n := v.(int64)
	switch op {
	case soql.Equal:
		return first <= n && n < after
	case soql.NotEqual:
		return n < first || n >= after
	case soql.Less:
		return n < first
	case soql.LessEqual:
		return n < after
	case soql.Greater:
		return n >= after
	}
	return n >= first
}

// literalValue is a literal as records hold values; numbers stay decimals.
func literalValue(f *schema.Field, l soql.Literal) any {
	switch l := l.(type) {
	case *soql.String:
		return l.Value
	case *soql.Bool:
		return l.Value
	case *soql.Number:
		d, err := schema.ParseDecimal(l.Text)
		if err != nil {
			panic(err)
		}
		return d
	case *soql.Date:
		return schema.Day(l.Year, l.Month, l.Day).Days()
	case *soql.DateTime:
		return l.Time.UnixMilli()
	case *soql.Time:
		return int64(l.Ms)
	}
	panic("unknown literal")
}

// order compares two values of a field that are not null.
func order(a, b any, f *schema.Field) int {
	if d, ok := b.(schema.Decimal); ok {
		return schema.Dec(a.(int64), f.Scale).Cmp(d)
	}
	switch a := a.(type) {
	case string:
		b := b.(string)
		if !f.CaseSensitive && f.Kind != schema.KindReference && f.Kind != schema.KindId {
			a, b = store.Fold(a), store.Fold(b)
		}
		return strings.Compare(a, b)
	case int64:
		return int(min(1, max(-1, a-b.(int64))))
	case bool:
		return map[bool]int{true: 1}[a] - map[bool]int{true: 1}[b.(bool)]
	}
	panic("unknown value")
}

// likeSlow tries every way to match.
func likeSlow(text, pattern []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(text) == 0
	case pattern[0] == '%':
		return likeSlow(text, pattern[1:]) || len(text) > 0 && likeSlow(text[1:], pattern)
	case len(text) == 0:
		return false
	case pattern[0] == '_':
		return likeSlow(text[1:], pattern[1:])
	case pattern[0] == '\\' && len(pattern) > 1 && (pattern[1] == '%' || pattern[1] == '_'):
		pattern = pattern[1:]
	}
	return text[0] == pattern[0] && likeSlow(text[1:], pattern[1:])
}

// found returns the records that a query finds among some, in order.
func (n naive) found(o *schema.Object, among []record, q *soql.Query) []record {
	var out []record
	for _, rec := range among {
		if n.visible(o, rec) && (q.Where == nil || n.holds(o, rec, q.Where)) {
			out = append(out, rec)
		}
	}
	slices.SortStableFunc(out, func(a, b record) int {
		for _, t := range q.Order {
			if c := n.orderTerm(o, a, b, t); c != 0 {
				return c
			}
		}
		c := strings.Compare(a["Id"].(string), b["Id"].(string))
		if len(q.Order) > 0 && q.Order[len(q.Order)-1].Desc {
			return -c
		}
		return c
	})
	if q.Offset != nil {
		out = out[min(len(out), q.Offset.N):]
	}
	if q.Limit != nil {
		out = out[:min(len(out), q.Limit.N)]
	}
	return out
}

func (n naive) orderTerm(o *schema.Object, a, b record, t soql.OrderTerm) int {
	path := t.Term.(*soql.Path).Parts
	x, f := n.get(o, a, path)
	y, g := n.get(o, b, path)
	if g.Kind.Store() != f.Kind.Store() {
		panic("kinds differ")
	}
	last := map[bool]int{true: 1, false: -1}[t.NullsLast]
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return last
	case y == nil:
		return -last
	}
	c := order(x, y, f)
	if f.Kind == schema.KindPicklist && f.Restricted {
		index := func(v any) int {
			return slices.IndexFunc(f.Choices, func(c schema.Choice) bool { return c.Value == v })
		}
		c = index(x) - index(y)
	}
	if t.Desc {
		return -c
	}
	return c
}

// answer is what the query's JSON must hold, decoded and without attributes.
func (n naive) answer(o *schema.Object, recs []record, q *soql.Query) []any {
	out := []any{}
	for _, rec := range recs {
		row := map[string]any{}
		for _, item := range q.Select {
			switch item := item.(type) {
			case *soql.SelectTerm:
				n.put(row, o, rec, item.Term.(*soql.Path).Parts)
			case *soql.SubQuery:
				n.putChildren(row, o, rec, item.Query)
			}
		}
		out = append(out, row)
	}
	return out
}

func (n naive) put(row map[string]any, o *schema.Object, rec record, parts []soql.Name) {
	if len(parts) == 1 {
		v, f := n.get(o, rec, parts)
		row[f.Name] = decoded(f, v)
		return
	}
	parent, to := n.follow(o, rec, parts[0].Text)
	name := o.Reference(parts[0].Text).Relationship()
	if parent == nil {
		row[name] = nil
		return
	}
	if row[name] == nil {
		row[name] = map[string]any{}
	}
	n.put(row[name].(map[string]any), to, parent, parts[1:])
}

func (n naive) putChildren(row map[string]any, o *schema.Object, rec record, q *soql.Query) {
	c := o.Child(q.From.Object.Last().Text)
	child := n.world.catalog.Object(c.Object)
	var among []record
	for _, r := range n.world.records[c.Object] {
		if r[c.Field] == rec["Id"] {
			among = append(among, r)
		}
	}
	found := n.found(child, among, q)
	if len(found) == 0 {
		row[c.Name] = nil
		return
	}
	row[c.Name] = map[string]any{"totalSize": json.Number(decimalText(len(found))), "done": true, "records": n.answer(child, found, q)}
}

// decoded is a value as JSON gives it.
func decoded(f *schema.Field, v any) any {
	x, err := f.FromColumn(v)
	if err != nil {
		panic(err)
	}
	return decodeJSON(f.Append(nil, x))
}

func decimalText(n int) string { return schema.DecInt(int64(n)).String() }

// decodeJSON decodes an answer, and drops the attributes of records.
func decodeJSON(b []byte) any {
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		panic(err)
	}
	dropAttributes(v)
	return v
}

func dropAttributes(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "attributes")
		for _, x := range v {
			dropAttributes(x)
		}
	case []any:
		for _, x := range v {
			dropAttributes(x)
		}
	}
}
