package formula

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Dialect is a database's language.
type Dialect uint8

// The dialects. SQLite needs the functions of Scalars.
const (
	SQLite Dialect = iota
	PostgreSQL
)

// Column is where the database has the value of a field: an expression of the stored form, which is text for texts,
// an integer of 10^-Scale for numbers, days for dates, milliseconds for moments and times, and the database's own
// boolean. The text is put in parentheses where that is needed.
type Column struct {
	SQL       string
	Longitude string // of a location, whose latitude is in SQL
}

// Target says for which database and statement a formula is compiled.
type Target struct {
	Dialect Dialect
	Column  func(*Field) Column
	Now     time.Time // the present moment, in the user's time zone

	// Arg takes a text and gives the placeholder that stands for it. It is called in the order in which the texts stand
	// in the SQL, several times for one that is needed in several places. Without Arg texts are written into the SQL.
	Arg func(text string) string
}

// MaxSQL bounds the SQL of one formula, in bytes.
const MaxSQL = 200_000

// SQL writes the formula as an expression that gives what Eval gives, in the stored form that Column describes, with
// scale digits for a number. A blank is NULL. Booleans are never NULL.
//
// Where that is not possible the error is an *Error with MemoryOnly.
func (f *Formula) SQL(t Target, scale int) (sql string, err error) {
	defer catch(&err)
	f.refuseMemoryOnly()
	c := compiler{Target: t, formula: f}
	return c.place(c.stored(c.compile(f.root), scale)), nil
}

// stored turns a computed value into its stored form.
func (c *compiler) stored(sql string, scale int) string {
	f, t := c.formula, c.Target
	switch {
	case f.Type.textual():
		return "NULLIF(" + sql + ", '')"
	case f.Type == TypeNumber && t.Dialect == SQLite:
		return fmt.Sprintf("formula_units(%s, %d)", sql, scale)
	case f.Type == TypeNumber:
		units := fmt.Sprintf("round(%s * %s)", sql, power10(scale))
		return pgBetween(units, "-"+maxUnits.String(), maxUnits.String()) + "::bigint"
	case t.Dialect == PostgreSQL && (f.Type == TypeDate || f.Type == TypeTime):
		return "(" + sql + ")::integer"
	}
	return sql
}

// InSQL reports whether SQL is possible, on both databases alike: nil, or an *Error with MemoryOnly that names what
// exists in memory only.
func (f *Formula) InSQL() error {
	any := Target{Dialect: PostgreSQL, Column: func(*Field) Column { return Column{SQL: "c", Longitude: "c"} }}
	_, err := f.SQL(any, 0) // PostgreSQL's text is the longer one
	return err
}

func (f *Formula) refuseMemoryOnly() {
	if n := memoryOnly(f.root); n != nil {
		e := errorAt(f.source, n.at, "%s cannot be computed by the database: use it in validation rules and defaults, not in formula fields", nameOf(n))
		e.MemoryOnly = true
		panic(e)
	}
}

// memoryOnly finds a node that has no SQL.
func memoryOnly(n *node) *node {
	switch n.form {
	case formIsChanged, formPriorValue, formIsNew, formRegex:
		return n
	case formCall:
		if n.over.pg == "" && !n.constant {
			return n
		}
	case formPower:
		if _, ok := exponent(n); !ok && !n.constant {
			return n
		}
	}
	for _, a := range n.args {
		if found := memoryOnly(a); found != nil {
			return found
		}
	}
	return nil
}

// nameOf is how a message names what a node calls.
func nameOf(n *node) string {
	switch n.form {
	case formPower:
		return fmt.Sprintf("a power other than the whole numbers 0 to %d", largestRepeated)
	case formRegex:
		return "REGEX"
	}
	for i := range Functions {
		f := &Functions[i]
		if n.over == nil && f.form == n.form {
			return f.Name
		}
		for j := range f.overloads {
			if n.over == &f.overloads[j] {
				return f.Signature
			}
		}
	}
	return "this"
}

// exponent is the literal exponent of a power that SQL can follow.
func exponent(n *node) (int, bool) {
	y := n.args[1]
	if y.form != formLiteral || y.value.num == nil || y.value.num.Sign() < 0 {
		return 0, false
	}
	e := count(y.value.num, 0, largestRepeated+1)
	return e, e <= largestRepeated && whole(int64(e)).Cmp(y.value.num) == 0
}

// compiler writes nodes as SQL. Within it numbers of SQLite are INTEGER when they are whole and fit, otherwise TEXT
// in the notation of formatNumber, so that equal numbers have one form; numbers of PostgreSQL are numeric.
type compiler struct {
	Target
	formula *Formula
	texts   []string // each stands in the SQL as its index between two mark characters, until they are placed
}

// mark cannot be part of a formula's texts.
const mark = "\x00"

// place puts placeholders or literals where the texts stand.
func (c *compiler) place(sql string) string {
	parts := strings.Split(sql, mark)
	for i := 1; i < len(parts); i += 2 {
		n, err := strconv.Atoi(parts[i])
		switch {
		case err != nil:
			panic(err)
		case c.Arg != nil:
			parts[i] = c.Arg(c.texts[n])
		default:
			parts[i] = "'" + strings.ReplaceAll(c.texts[n], "'", "''") + "'"
		}
	}
	return strings.Join(parts, "")
}

func (c *compiler) compile(n *node) string {
	sql := c.write(n)
	if len(sql) > MaxSQL {
		e := errorAt(c.formula.source, n.at, "the formula becomes too long for the database; divide it into several fields")
		e.MemoryOnly = true
		panic(e)
	}
	return sql
}

func (c *compiler) write(n *node) string {
	switch {
	case n.constant:
		v := (&evaluation{}).eval(n)
		v.Type = n.typ
		return c.literal(v)
	case n.form == formField:
		return c.field(n)
	case n.form == formToday:
		return c.literal(today(c.Now))
	case n.form == formNow:
		return c.literal(DateTime(c.Now.UnixMilli()))
	}
	if sql, ok := c.native(n); ok {
		return sql
	}
	args := make([]string, len(n.args))
	for i, a := range n.args {
		args[i] = c.compile(a)
	}
	switch n.form {
	case formIf:
		return fmt.Sprintf("(CASE WHEN %s THEN %s ELSE %s END)", args[0], args[1], args[2])
	case formCase:
		return c.choice(args)
	case formAnd:
		return "(" + strings.Join(args, " AND ") + ")"
	case formOr:
		return "(" + strings.Join(args, " OR ") + ")"
	case formIsBlank:
		return c.isBlank(n, args)
	case formBlankValue:
		return c.blankValue(n, args)
	}
	return c.call(n, args)
}

func (c *compiler) call(n *node, args []string) string {
	switch o := n.over; {
	case c.Dialect == PostgreSQL && n.form == formPower:
		e, _ := exponent(n)
		return c.power(args[0], e)
	case c.Dialect == PostgreSQL:
		return fill(o.pg, args)
	case o.lite != "":
		return fill(o.lite, args)
	default:
		return "formula_" + o.key + "(" + strings.Join(args, ", ") + ")"
	}
}

// power multiplies as raise does.
func (c *compiler) power(x string, exponent int) string {
	if exponent == 0 {
		return "(" + x + " * 0 + 1)" // blank when x is
	}
	result := pgBounded(pgRound(x))
	for range exponent - 1 {
		result = pgBounded(pgRound(result + " * " + x))
	}
	return result
}

func (c *compiler) choice(args []string) string {
	var b strings.Builder
	b.WriteString("(CASE " + args[0])
	last := len(args) - 1
	for i := 1; i < last; i += 2 {
		fmt.Fprintf(&b, " WHEN %s THEN %s", args[i], args[i+1])
	}
	fmt.Fprintf(&b, " ELSE %s END)", args[last])
	return b.String()
}

func (c *compiler) isBlank(n *node, args []string) string {
	tests := make([]string, len(args))
	for i, a := range n.args {
		switch {
		case a.typ.textual():
			tests[i] = "(" + args[i] + " = '')"
		case a.typ == TypeBoolean:
			tests[i] = c.literal(Boolean(false))
		case a.typ == TypeNone:
			tests[i] = c.literal(Boolean(true))
		default:
			tests[i] = "(" + args[i] + " IS NULL)"
		}
	}
	return "(" + strings.Join(tests, " OR ") + ")"
}

func (c *compiler) blankValue(n *node, args []string) string {
	if n.typ == TypeText || n.typ == TypeId {
		return "COALESCE(NULLIF(" + args[0] + ", ''), " + args[1] + ")"
	}
	return "COALESCE(" + args[0] + ", " + args[1] + ")"
}

// native compares a number's column with a literal in the column's own units, which saves SQLite a call for each row.
func (c *compiler) native(n *node) (string, bool) {
	if c.Dialect != SQLite || n.form != formCall || inUnitsOfColumn[n.over.key] == "" {
		return "", false
	}
	field, literal := n.args[0], n.args[1]
	if field.form != formField || !literal.constant {
		return "", false
	}
	x := (&evaluation{}).eval(literal).num
	units, ok := inUnits(x, field.field.Scale)
	if !ok || scaled(units, field.field.Scale).Cmp(x) != 0 {
		return "", false
	}
	column := c.Column(field.field)
	sql := column.SQL
	if field.part == partLongitude {
		sql = column.Longitude
	}
	if c.formula.options.BlankAsZero && !field.raw {
		sql = "COALESCE(" + sql + ", 0)"
	}
	return fmt.Sprintf(inUnitsOfColumn[n.over.key], sql, units), true
}

// inUnitsOfColumn gives the comparisons that native writes.
var inUnitsOfColumn = map[string]string{
	"equal_number":    "(%s IS %d)",
	"unequal_number":  "(%s IS NOT %d)",
	"less_number":     "COALESCE(%s < %d, 0)",
	"at_most_number":  "COALESCE(%s <= %d, 0)",
	"more_number":     "COALESCE(%s > %d, 0)",
	"at_least_number": "COALESCE(%s >= %d, 0)",
}
