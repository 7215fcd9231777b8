package formula

import (
	"fmt"
	"strconv"
)

// How the compiler writes literals and columns.

// literal writes a value of its type.
func (c *compiler) literal(v Value) string {
	switch {
	case v.Type.textual() || v.Type == TypeNone:
		return c.text(v.text)
	case v.Type == TypeBoolean:
		return c.boolean(v.True())
	case v.Type == TypeNumber:
		return c.number(v.num)
	case !v.set:
		return c.typed("NULL", "bigint")
	}
	return c.typed(strconv.FormatInt(v.n, 10), "bigint")
}

// typed adds PostgreSQL's type to a literal.
func (c *compiler) typed(sql, pgType string) string {
	if c.Dialect == PostgreSQL {
		return "(" + sql + ")::" + pgType
	}
	return sql
}

func (c *compiler) text(s string) string {
	sql := "''"
	if s != "" {
		sql = mark + strconv.Itoa(len(c.texts)) + mark
		c.texts = append(c.texts, s)
	}
	if c.Dialect == PostgreSQL {
		return sql + "::text"
	}
	return sql
}

func (c *compiler) boolean(b bool) string {
	switch {
	case c.Dialect == PostgreSQL && b:
		return "TRUE"
	case c.Dialect == PostgreSQL:
		return "FALSE"
	case b:
		return "1"
	}
	return "0"
}

func (c *compiler) number(x number) string {
	if x == nil {
		return c.typed("NULL", "numeric")
	}
	if c.Dialect == PostgreSQL {
		return c.typed(formatNumber(x), "numeric")
	}
	if s, isText := toSQLite(ofNumber(x)).(string); isText {
		return "'" + s + "'"
	}
	return formatNumber(x)
}

// field writes a column in the form that the compiler computes with.
func (c *compiler) field(n *node) string {
	column := c.Column(n.field)
	sql := column.SQL
	if n.part == partLongitude {
		sql = column.Longitude
	}
	switch n.typ {
	case TypeNumber:
		sql = c.units(sql, n.field.Scale)
		if c.formula.options.BlankAsZero && !n.raw {
			sql = "COALESCE(" + sql + ", 0)"
		}
		return sql
	case TypeBoolean:
		return "COALESCE(" + sql + ", " + c.boolean(false) + ")"
	case TypeDate, TypeDateTime, TypeTime:
		return c.typed(sql, "bigint")
	}
	if c.Dialect == PostgreSQL {
		return "(COALESCE(" + sql + ", '') COLLATE \"C\")"
	}
	return "COALESCE(" + sql + ", '')"
}

// units makes an integer of 10^-scale a number.
func (c *compiler) units(sql string, scale int) string {
	switch {
	case c.Dialect == SQLite && scale == 0:
		return "(+" + sql + ")" // the sign removes the column's affinity, which would convert what it is compared with
	case c.Dialect == SQLite:
		return fmt.Sprintf("formula_scaled(%s, %d)", sql, scale)
	case scale == 0:
		return "(" + sql + ")::numeric"
	}
	return fmt.Sprintf("((%s)::numeric * %s)", sql, formatNumber(scaled(1, scale)))
}
