package soql

import (
	"fmt"
	"strconv"
	"strings"
)

// The printers write the canonical text of a tree: keywords in capitals, single spaces, only the parentheses that
// the grammar needs. Parsing what they write gives the same tree again, positions aside.

// String is the query as text.
func (q *Query) String() string {
	var b strings.Builder
	q.print(&b)
	return b.String()
}

func (q *Query) print(b *strings.Builder) {
	b.WriteString("SELECT ")
	list(b, q.Select, printItem)
	b.WriteString(" FROM ")
	q.From.print(b)
	name(b, " USING SCOPE ", q.Scope)
	clause(b, " WHERE ", q.Where)
	if q.With != nil {
		b.WriteString(" WITH ")
		q.With.print(b)
	}
	if q.Group != nil {
		b.WriteString(" GROUP BY ")
		q.Group.print(b)
	}
	clause(b, " HAVING ", q.Having)
	printTail(b, q.Order, q.Limit, q.Offset)
	purposes(b, " FOR ", " FOR ", q.For)
	purposes(b, " UPDATE ", ", ", q.Update)
}

// printTail writes what queries and the objects of a search have in common at their end.
func printTail(b *strings.Builder, order []OrderTerm, limit, offset *RowCount) {
	if order != nil {
		b.WriteString(" ORDER BY ")
		list(b, order, OrderTerm.print)
	}
	count(b, " LIMIT ", limit)
	count(b, " OFFSET ", offset)
}

func list[T any](b *strings.Builder, items []T, print func(T, *strings.Builder)) {
	for i, item := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		print(item, b)
	}
}

// text adapts what has a String method to list.
func text[T fmt.Stringer](v T, b *strings.Builder) { b.WriteString(v.String()) }

func (n Name) print(b *strings.Builder) { b.WriteString(n.Text) }

func name(b *strings.Builder, before string, n Name) {
	if n.Text != "" {
		b.WriteString(before)
		b.WriteString(n.Text)
	}
}

func clause(b *strings.Builder, before string, e Expr) {
	if e != nil {
		b.WriteString(before)
		b.WriteString(e.String())
	}
}

func count(b *strings.Builder, before string, c *RowCount) {
	if c != nil {
		b.WriteString(before)
		b.WriteString(strconv.Itoa(c.N))
	}
}

func purposes(b *strings.Builder, before, between string, ps []Purpose) {
	for i, p := range ps {
		if i == 0 {
			b.WriteString(before)
		} else {
			b.WriteString(between)
		}
		b.WriteString(string(p))
	}
}

func (f From) print(b *strings.Builder) {
	text(f.Object, b)
	name(b, " ", f.Alias)
	for _, m := range f.More {
		b.WriteString(", ")
		text(m.Path, b)
		name(b, " ", m.Alias)
	}
}

func printItem(item SelectItem, b *strings.Builder) {
	switch item := item.(type) {
	case *SelectTerm:
		b.WriteString(item.Term.String())
		name(b, " ", item.Alias)
	case *SubQuery:
		b.WriteByte('(')
		item.Query.print(b)
		b.WriteByte(')')
	case *FieldSet:
		fmt.Fprintf(b, "FIELDS(%s)", item.Set)
	case *TypeOf:
		item.print(b)
	}
}

func (t *TypeOf) print(b *strings.Builder) {
	b.WriteString("TYPEOF ")
	text(t.Reference, b)
	for _, w := range t.When {
		fmt.Fprintf(b, " WHEN %s THEN ", w.Object.Text)
		list(b, w.Fields, text)
	}
	if t.Else != nil {
		b.WriteString(" ELSE ")
		list(b, t.Else, text)
	}
	b.WriteString(" END")
}

func (w *With) print(b *strings.Builder) {
	b.WriteString(string(w.Mode))
	printCategories(b, w.Categories)
}

func printCategories(b *strings.Builder, categories []Category) {
	for i, c := range categories {
		if i > 0 {
			b.WriteString(" AND")
		}
		fmt.Fprintf(b, " %s %s (", c.Group.Text, c.Where)
		list(b, c.Names, Name.print)
		b.WriteByte(')')
	}
}

func (g *GroupBy) print(b *strings.Builder) {
	if g.Kind == GroupPlain {
		list(b, g.Terms, text)
		return
	}
	b.WriteString(string(g.Kind))
	b.WriteByte('(')
	list(b, g.Terms, text)
	b.WriteByte(')')
}

func (o OrderTerm) print(b *strings.Builder) {
	b.WriteString(o.Term.String())
	if o.Desc {
		b.WriteString(" DESC")
	}
	if o.NullsLast {
		b.WriteString(" NULLS LAST")
	}
}

// String is the path with its parts joined by dots.
func (p *Path) String() string {
	if len(p.Parts) == 1 {
		return p.Parts[0].Text
	}
	var b strings.Builder
	for i, part := range p.Parts {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(part.Text)
	}
	return b.String()
}

// String is the call as text.
func (c *Call) String() string {
	if c.Arg == nil {
		return string(c.Func) + "()"
	}
	return string(c.Func) + "(" + c.Arg.String() + ")"
}

// String is the call as text.
func (d *Distance) String() string {
	return fmt.Sprintf("DISTANCE(%s, GEOLOCATION(%s, %s), '%s')", d.Field, d.From.Latitude, d.From.Longitude, d.Unit)
}

// String is the condition as text.
func (a *And) String() string { return join(a.Terms, " AND ") }

// String is the condition as text.
func (o *Or) String() string { return join(o.Terms, " OR ") }

func join(terms []Expr, by string) string {
	texts := make([]string, len(terms))
	for i, t := range terms {
		texts[i] = inParentheses(t)
	}
	return strings.Join(texts, by)
}

// inParentheses writes a condition so that it can be a term of another.
func inParentheses(e Expr) string {
	switch e.(type) {
	case *And, *Or, *Not:
		return "(" + e.String() + ")"
	}
	return e.String()
}

// String is the condition as text.
func (n *Not) String() string { return "NOT " + inParentheses(n.X) }

// String is the condition as text.
func (c *Compare) String() string {
	return fmt.Sprintf("%s %s %s", c.Left, c.Op, c.Right)
}

// String is the condition as text.
func (i *In) String() string {
	var b strings.Builder
	b.WriteString(i.Left.String())
	if i.Not {
		b.WriteString(" NOT")
	}
	b.WriteString(" IN (")
	if i.Sub != nil {
		i.Sub.print(&b)
	} else {
		list(&b, i.Values, text)
	}
	b.WriteByte(')')
	return b.String()
}

// String is the condition as text.
func (i *Includes) String() string {
	var b strings.Builder
	b.WriteString(i.Left.String())
	if i.Not {
		b.WriteString(" EXCLUDES (")
	} else {
		b.WriteString(" INCLUDES (")
	}
	list(&b, i.Values, text)
	b.WriteByte(')')
	return b.String()
}

// String is the literal in quotes.
func (s *String) String() string {
	if s.Pattern {
		return QuotePattern(s.Value)
	}
	return Quote(s.Value)
}

// String is the number as it was written.
func (n *Number) String() string { return n.Text }

// String is TRUE or FALSE.
func (b *Bool) String() string { return strings.ToUpper(strconv.FormatBool(b.Value)) }

// String is NULL.
func (n *Null) String() string { return "NULL" }

// String is the date, year first.
func (d *Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// String is the moment in UTC.
func (d *DateTime) String() string { return d.Time.Format("2006-01-02T15:04:05.000Z") }

// String is the time of day.
func (t *Time) String() string {
	s := t.Ms / 1000
	return fmt.Sprintf("%02d:%02d:%02d.%03dZ", s/3600, s/60%60, s%60, t.Ms%1000)
}

// String is the literal's name with its number.
func (d *DateLiteral) String() string {
	if spans[d.Name] {
		return fmt.Sprintf("%s:%d", d.Name, d.N)
	}
	return string(d.Name)
}

// String is the amount after its currency.
func (c *Currency) String() string { return c.Code + c.Amount }
