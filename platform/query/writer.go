package query

import (
	"fmt"
	"strconv"
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// writer writes SQL of one dialect. It writes ? for every argument.
type writer struct {
	dialect store.Dialect
	b       strings.Builder
	args    []any
	mask    uint            // terms of GROUP BY that the sub-total being written is over
	used    map[string]bool // the aliases written so far; nil when nobody asks
}

func (w *writer) text(s string) { w.b.WriteString(s) }

func (w *writer) bind(v any) {
	w.b.WriteByte('?')
	w.args = append(w.args, v)
}

// quoted writes text that comes from the catalogue as a literal.
func (w *writer) quoted(s string) { w.text(quoted(s)) }

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func (w *writer) column(alias, name string) {
	if w.used != nil {
		w.used[alias] = true
	}
	w.text(alias)
	w.b.WriteByte('.')
	w.text(store.Quote(name))
}

func (w *writer) masked(n int) bool { return w.mask&(1<<n) != 0 }

// expr is v as text, for the hooks of the dialect; its arguments are bound in place.
func (w *writer) expr(v value) string {
	inner := writer{dialect: w.dialect, mask: w.mask, used: w.used}
	v.write(&inner)
	w.args = append(w.args, inner.args...)
	return inner.b.String()
}

// folded writes v as text that compares without case.
func (f *folded) write(w *writer) { w.text(w.dialect.Fold(w.expr(f.value))) }

func (p *parentFlag) write(w *writer) {
	w.text("COALESCE(")
	p.value.write(w)
	w.text(", " + w.dialect.Bool(false) + ")")
}

// sum writes the sum of v in the units of its field. It fails in the database when it does not fit.
func (w *writer) sum(v value) {
	w.text("CAST(SUM(")
	v.write(w)
	w.text(") AS BIGINT)")
}

// average writes the mean of v as floating point, which is computed alike on both engines.
func (w *writer) average(v value) {
	w.text("(CAST(SUM(")
	v.write(w)
	w.text(") AS DOUBLE PRECISION) / COUNT(")
	v.write(w)
	w.text("))")
	w.unscale(v.kind().Scale)
}

// unscale turns units of a decimal field into the number itself.
func (w *writer) unscale(scale int) {
	if scale > 0 {
		w.text(" / 1e" + strconv.Itoa(scale))
	}
}

func (d *distance) write(w *writer) {
	w.text(w.dialect.Distance(w.degrees(d.lat), w.degrees(d.lng), number(d.fromLat), number(d.fromLng)))
	if d.miles {
		w.text(" / 1.609344")
	}
}

// degrees is a coordinate as floating point.
func (w *writer) degrees(c *column) string {
	inner := writer{dialect: w.dialect, used: w.used}
	inner.text("(CAST(")
	c.write(&inner)
	inner.text(" AS DOUBLE PRECISION)")
	inner.unscale(c.field.Scale)
	inner.text(")")
	return inner.b.String()
}

func number(x float64) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

func (d *datePart) write(w *writer) {
	of := w.expr(d.of)
	if d.of.kind().Kind == schema.KindDateTime {
		zone := quoted(d.zone.String())
		if d.part == soql.HourInDay {
			w.text(w.dialect.LocalHour(of, zone))
			return
		}
		of = w.dialect.LocalDay(of, zone)
	}
	w.text(dayParts[d.part](func(p store.Part) string { return w.dialect.DayPart(p, of) }, of, d.months))
}

// dayParts says how each date function follows from the parts of a day that the database knows. Months is by how many
// the fiscal year begins after January; it bears the name of the calendar year in which it ends.
var dayParts = map[soql.Func]func(part func(store.Part) string, day string, months int) string{
	soql.DayOnly:       func(_ func(store.Part) string, day string, _ int) string { return day },
	soql.CalendarYear:  func(part func(store.Part) string, _ string, _ int) string { return part(store.Year) },
	soql.CalendarMonth: func(part func(store.Part) string, _ string, _ int) string { return part(store.Month) },
	soql.DayInMonth:    func(part func(store.Part) string, _ string, _ int) string { return part(store.DayInMonth) },
	soql.DayInYear:     func(part func(store.Part) string, _ string, _ int) string { return part(store.DayInYear) },
	soql.DayInWeek:     func(part func(store.Part) string, _ string, _ int) string { return part(store.DayInWeek) },
	soql.CalendarQuarter: func(part func(store.Part) string, _ string, _ int) string {
		return "((" + part(store.Month) + " + 2) / 3)"
	},
	soql.WeekInMonth: func(part func(store.Part) string, _ string, _ int) string {
		return "((" + part(store.DayInMonth) + " + 6) / 7)"
	},
	soql.WeekInYear: func(part func(store.Part) string, _ string, _ int) string {
		return "((" + part(store.DayInYear) + " + 6) / 7)"
	},
	soql.FiscalMonth: func(part func(store.Part) string, _ string, months int) string {
		return fmt.Sprintf("((%s + %d) %% 12 + 1)", part(store.Month), 11-months)
	},
	soql.FiscalQuarter: func(part func(store.Part) string, _ string, months int) string {
		return fmt.Sprintf("((%s + %d) %% 12 / 3 + 1)", part(store.Month), 11-months)
	},
	soql.FiscalYear: func(part func(store.Part) string, _ string, months int) string {
		if months == 0 {
			return part(store.Year)
		}
		return fmt.Sprintf("(%s + CASE WHEN %s > %d THEN 1 ELSE 0 END)", part(store.Year), part(store.Month), months)
	},
}
