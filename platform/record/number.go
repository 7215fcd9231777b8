package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/schema"
)

// numberFormat is the format of an auto-number, read: P-{0000}, {YYYY}-{00000}.
type numberFormat struct {
	before, after string // may hold {YYYY}, {YY}, {MM}, {DD}
	digits        int
}

func readFormat(format string) (numberFormat, error) {
	for from := 0; ; {
		start := strings.IndexByte(format[from:], '{')
		end := -1
		if start >= 0 {
			start += from
			end = strings.IndexByte(format[start:], '}')
		}
		if start < 0 || end < 0 {
			return numberFormat{}, fmt.Errorf("the format %q has no place for the number, such as {0000}", format)
		}
		end += start
		if zeros := format[start+1 : end]; zeros != "" && strings.Trim(zeros, "0") == "" {
			return numberFormat{format[:start], format[end+1:], len(zeros)}, nil
		}
		from = end + 1
	}
}

// CheckNumberFormat returns why a text can't be the format of an auto-number, or nil.
func CheckNumberFormat(format string) error {
	_, err := readFormat(format)
	return err
}

// text returns the n-th number, drawn at the given time.
func (f numberFormat) text(n int64, at time.Time) string {
	day := strings.NewReplacer("{YYYY}", at.Format("2006"), "{YY}", at.Format("06"), "{MM}", at.Format("01"), "{DD}", at.Format("02"))
	digits := strconv.FormatInt(n, 10)
	if pad := f.digits - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	return day.Replace(f.before) + digits + day.Replace(f.after)
}

// number draws the auto-numbers of new records; a number that the house brings with a record is kept. A transaction
// that is undone gives its numbers back, so that there are no gaps.
func (tx *Tx) number(p *plan, rows []*row) error {
	for _, f := range p.numbered {
		format, err := readFormat(f.Format)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", p.object.Name, f.Name, err)
		}
		series := map[string][]*row{}
		var order []string
		for _, r := range rows {
			if !f.Null(r.new) {
				continue
			}
			name := f.Object + "." + f.Name
			if f.Per != "" {
				name += ":" + p.object.Field(f.Per).Text(r.new)
			}
			if series[name] == nil {
				order = append(order, name)
			}
			series[name] = append(series[name], r)
		}
		for _, name := range order {
			if err := tx.draw(f, format, name, series[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) draw(f *schema.Field, format numberFormat, series string, rows []*row) error {
	next := tx.keeper.db.NextSparse
	if f.Per != "" { // numbers within a record are few, and people count by them
		next = tx.keeper.db.NextNumbers
	}
	first, err := next(tx.db, series, len(rows))
	if err != nil {
		return fmt.Errorf("draw numbers of %s: %w", series, err)
	}
	for i, r := range rows {
		f.Set(r.new, format.text(first+int64(i), tx.now))
	}
	return nil
}
