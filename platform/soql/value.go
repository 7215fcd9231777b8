package soql

import "time"

// Literal is a value written in the text: *String, *Number, *Bool, *Null, *Date, *DateTime, *Time, *DateLiteral or
// *Currency.
type Literal interface {
	At() Pos
	String() string
	literal()
}

type (
	// String is text in single quotes, its escapes resolved. After LIKE it is a Pattern: % stands for any text, _ for
	// any character, and a backslash before %, _ or a backslash stands for that character itself.
	String struct {
		Pos     Pos
		Value   string
		Pattern bool
	}

	// Number is a decimal number as text: an optional minus, digits, an optional fraction.
	Number struct {
		Pos  Pos
		Text string
	}

	// Bool is TRUE or FALSE.
	Bool struct {
		Pos   Pos
		Value bool
	}

	// Null is NULL.
	Null struct{ Pos Pos }

	// Date is a calendar date: 2026-01-31.
	Date struct {
		Pos   Pos
		Year  int
		Month time.Month
		Day   int
	}

	// DateTime is a moment to the millisecond: 2026-01-31T08:00:00Z, 2026-01-31T10:00:00.000+02:00.
	DateTime struct {
		Pos  Pos
		Time time.Time // in UTC
	}

	// Time is a time of day: 08:30:00.000Z.
	Time struct {
		Pos Pos
		Ms  int // since midnight
	}

	// DateLiteral is a span relative to the present: TODAY, LAST_N_DAYS:30.
	DateLiteral struct {
		Pos  Pos
		Name Span
		N    int // 0 for spans without a number
	}

	// Currency is an amount in a given currency: USD5000.
	Currency struct {
		Pos    Pos
		Code   string // three letters, upper case
		Amount string // as a Number's text
	}
)

// At is where the literal begins.
func (s *String) At() Pos { return s.Pos }

// At is where the literal begins.
func (n *Number) At() Pos { return n.Pos }

// At is where the literal begins.
func (b *Bool) At() Pos { return b.Pos }

// At is where the literal begins.
func (n *Null) At() Pos { return n.Pos }

// At is where the literal begins.
func (d *Date) At() Pos { return d.Pos }

// At is where the literal begins.
func (d *DateTime) At() Pos { return d.Pos }

// At is where the literal begins.
func (t *Time) At() Pos { return t.Pos }

// At is where the literal begins.
func (d *DateLiteral) At() Pos { return d.Pos }

// At is where the literal begins.
func (c *Currency) At() Pos { return c.Pos }

func (*String) literal()      {}
func (*Number) literal()      {}
func (*Bool) literal()        {}
func (*Null) literal()        {}
func (*Date) literal()        {}
func (*DateTime) literal()    {}
func (*Time) literal()        {}
func (*DateLiteral) literal() {}
func (*Currency) literal()    {}
