package query

import (
	"strings"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// againstSpan compares with a span of days such as THIS_WEEK. Equal is within it, less is before it, greater after it.
func (s *scope) againstSpan(v value, op soql.Op, l *soql.DateLiteral) (cond, error) {
	from, to, err := s.span(l)
	if err != nil {
		return nil, err
	}
	first, after := from.Days(), to.Days()
	if v.kind().Kind == schema.KindDateTime {
		zone := s.viewer.Location()
		first, after = from.In(zone).UnixMilli(), to.In(zone).UnixMilli()
	}
	switch op {
	case soql.Less:
		return &compared{v, soql.Less, first}, nil
	case soql.LessEqual:
		return &compared{v, soql.Less, after}, nil
	case soql.Greater:
		return &compared{v, soql.GreaterEqual, after}, nil
	case soql.GreaterEqual:
		return &compared{v, soql.GreaterEqual, first}, nil
	}
	in := all(&compared{v, soql.GreaterEqual, first}, &compared{v, soql.Less, after})
	if op == soql.NotEqual {
		return negate(in), nil
	}
	return in, nil
}

// maxSpan bounds the number in a span to what keeps its days within the calendar.
const maxSpan = 100_000

// span returns the first day of a span and the first day after it, in the viewer's zone and week.
func (s *scope) span(l *soql.DateLiteral) (from, to schema.Date, err error) {
	if l.N > maxSpan {
		return from, to, s.at(l.Pos, CodeRange, "The number in %s must be at most %d.", l.Name, maxSpan)
	}
	c := calendar{schema.On(s.options.Now.In(s.viewer.Location())), weekStart(s.viewer.Locale()), s.options.FiscalStart}
	from, to = c.span(l.Name, l.N)
	if from.Time().Year() < 1 || to.Time().Year() > 9999 {
		return from, to, s.at(l.Pos, CodeRange, "%s leads beyond the calendar.", l)
	}
	return from, to, nil
}

// calendar answers what spans mean on one day.
type calendar struct {
	today  schema.Date
	week   time.Weekday // on which weeks begin
	fiscal time.Month   // in which fiscal years begin; 0 is January
}

// unit is what spans are counted in: day n of it is the first day of the n-th unit from the one that today is in.
type unit func(c calendar, n int) schema.Date

func days(c calendar, n int) schema.Date { return c.today.AddDays(n) }

func weeks(c calendar, n int) schema.Date {
	since := (int(c.today.Time().Weekday()) - int(c.week) + 7) % 7
	return c.today.AddDays(7*n - since)
}

// months returns the unit of a number of months that begins a year in the given month.
func months(size int, fiscal bool) unit {
	return func(c calendar, n int) schema.Date {
		y, m, _ := c.today.Time().Date()
		shift := 0
		if fiscal && c.fiscal > 0 {
			shift = int(c.fiscal) - 1
		}
		month := y*12 + int(m) - 1 - shift
		month -= month % size
		return schema.Day(0, time.Month(month+size*n+shift+1), 1)
	}
}

// form says how a span is laid out: from unit a to before unit b. In both, of is multiplied by the span's number.
type form struct {
	unit       unit
	from, to   int
	fromN, toN int
}

// spans lists what every span means. LAST_N_DAYS:n ends with today; other LAST_N spans end before the present unit,
// and every NEXT_N span begins after it.
var spans = map[soql.Span]form{
	soql.Yesterday: {unit: days, from: -1}, soql.Today: {unit: days, to: 1}, soql.Tomorrow: {unit: days, from: 1, to: 2},
	soql.Last90Days: {unit: days, from: -90, to: 1}, soql.Next90Days: {unit: days, from: 1, to: 91},
	soql.LastNDays: {unit: days, fromN: -1, to: 1}, soql.NextNDays: {unit: days, from: 1, to: 1, toN: 1},
	soql.NDaysAgo: {unit: days, fromN: -1, to: 1, toN: -1},

	soql.LastWeek: {unit: weeks, from: -1}, soql.ThisWeek: {unit: weeks, to: 1}, soql.NextWeek: {unit: weeks, from: 1, to: 2},
	soql.LastNWeeks: {unit: weeks, fromN: -1}, soql.NextNWeeks: {unit: weeks, from: 1, to: 1, toN: 1},
	soql.NWeeksAgo: {unit: weeks, fromN: -1, to: 1, toN: -1},

	soql.LastMonth: {unit: month, from: -1}, soql.ThisMonth: {unit: month, to: 1}, soql.NextMonth: {unit: month, from: 1, to: 2},
	soql.LastNMonths: {unit: month, fromN: -1}, soql.NextNMonths: {unit: month, from: 1, to: 1, toN: 1},
	soql.NMonthsAgo: {unit: month, fromN: -1, to: 1, toN: -1},

	soql.LastQuarter: {unit: quarter, from: -1}, soql.ThisQuarter: {unit: quarter, to: 1}, soql.NextQuarter: {unit: quarter, from: 1, to: 2},
	soql.LastNQuarters: {unit: quarter, fromN: -1}, soql.NextNQuarters: {unit: quarter, from: 1, to: 1, toN: 1},
	soql.NQuartersAgo: {unit: quarter, fromN: -1, to: 1, toN: -1},

	soql.LastYear: {unit: year, from: -1}, soql.ThisYear: {unit: year, to: 1}, soql.NextYear: {unit: year, from: 1, to: 2},
	soql.LastNYears: {unit: year, fromN: -1}, soql.NextNYears: {unit: year, from: 1, to: 1, toN: 1},
	soql.NYearsAgo: {unit: year, fromN: -1, to: 1, toN: -1},

	soql.LastFiscalQuarter: {unit: fiscalQuarter, from: -1}, soql.ThisFiscalQuarter: {unit: fiscalQuarter, to: 1},
	soql.NextFiscalQuarter:   {unit: fiscalQuarter, from: 1, to: 2},
	soql.LastNFiscalQuarters: {unit: fiscalQuarter, fromN: -1}, soql.NextNFiscalQuarters: {unit: fiscalQuarter, from: 1, to: 1, toN: 1},
	soql.NFiscalQuartersAgo: {unit: fiscalQuarter, fromN: -1, to: 1, toN: -1},

	soql.LastFiscalYear: {unit: fiscalYear, from: -1}, soql.ThisFiscalYear: {unit: fiscalYear, to: 1},
	soql.NextFiscalYear:   {unit: fiscalYear, from: 1, to: 2},
	soql.LastNFiscalYears: {unit: fiscalYear, fromN: -1}, soql.NextNFiscalYears: {unit: fiscalYear, from: 1, to: 1, toN: 1},
	soql.NFiscalYearsAgo: {unit: fiscalYear, fromN: -1, to: 1, toN: -1},
}

var (
	month         = months(1, false)
	quarter       = months(3, false)
	year          = months(12, false)
	fiscalQuarter = months(3, true)
	fiscalYear    = months(12, true)
)

func (c calendar) span(name soql.Span, n int) (from, to schema.Date) {
	f := spans[name]
	return f.unit(c, f.from+f.fromN*n), f.unit(c, f.to+f.toN*n)
}

// weekStart is the day on which weeks begin where a locale is spoken.
func weekStart(locale string) time.Weekday {
	_, region, _ := strings.Cut(locale, "_")
	switch region, _, _ = strings.Cut(region, "_"); region {
	case "US", "CA", "MX", "BR", "JP", "KR", "TW", "HK", "IN", "IL", "ZA", "PH", "TH", "CO", "PE", "VE":
		return time.Sunday
	case "AE", "SA", "EG", "QA", "KW", "BH", "OM", "JO", "IQ", "DZ":
		return time.Saturday
	case "":
		return time.Sunday
	}
	return time.Monday
}
