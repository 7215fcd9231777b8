package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// showing returns how functions of the field list show values of f to a viewer; nil when as they are.
func showing(f *schema.Field, shown []soql.Func, v access.Viewer) func(x any) string {
	for _, fn := range shown {
		switch fn {
		case soql.ToLabel:
			return func(x any) string { return labels(f, x) }
		case soql.Format:
			l := styleOf(v.Locale())
			return func(x any) string { return l.format(f, x, v) }
		}
	}
	return nil
}

// labels is the label of a choice, or those of several.
func labels(f *schema.Field, x any) string {
	s, _ := x.(string)
	parts := strings.Split(s, ";")
	for i, p := range parts {
		if c := f.Choice(p); c != nil {
			parts[i] = labelOf(c)
		}
	}
	return strings.Join(parts, ";")
}

// style is how numbers and dates are written in a locale.
type style struct {
	date, clock    string // layouts
	group, decimal string
}

var (
	english = style{"1/2/2006", "3:04 PM", ",", "."}
	iso     = style{"2006-01-02", "15:04", ",", "."}
)

// styles lists locales by language and region, and languages for the regions that are not listed.
var styles = map[string]style{
	"en_US": english, "en": {"02/01/2006", "15:04", ",", "."}, "en_CA": {"2006-01-02", "3:04 PM", ",", "."},
	"de": {"02.01.2006", "15:04", ".", ","}, "de_CH": {"02.01.2006", "15:04", "’", "."}, "de_AT": {"02.01.2006", "15:04", " ", ","},
	"fr": {"02/01/2006", "15:04", " ", ","}, "fr_CA": {"2006-01-02", "15:04", " ", ","}, "fr_CH": {"02.01.2006", "15:04", " ", ","},
	"it": {"02/01/2006", "15:04", ".", ","}, "es": {"2/1/2006", "15:04", ".", ","}, "es_MX": {"02/01/2006", "15:04", ",", "."},
	"nl": {"2-1-2006", "15:04", ".", ","}, "pt": {"02/01/2006", "15:04", ".", ","}, "pl": {"2.01.2006", "15:04", " ", ","},
	"sv": {"2006-01-02", "15:04", " ", ","}, "da": {"02.01.2006", "15.04", ".", ","}, "nb": {"02.01.2006", "15:04", " ", ","},
	"no": {"02.01.2006", "15:04", " ", ","}, "fi": {"2.1.2006", "15.04", " ", ","}, "cs": {"2.1.2006", "15:04", " ", ","},
	"tr": {"2.01.2006", "15:04", ".", ","}, "ru": {"02.01.2006", "15:04", " ", ","}, "uk": {"02.01.2006", "15:04", " ", ","},
	"ja": {"2006/01/02", "15:04", ",", "."}, "zh": {"2006-1-2", "15:04", ",", "."}, "ko": {"2006. 1. 2", "15:04", ",", "."},
}

func styleOf(locale string) style {
	if s, ok := styles[locale]; ok {
		return s
	}
	language, _, _ := strings.Cut(locale, "_")
	if s, ok := styles[language]; ok {
		return s
	}
	return iso
}

// format writes a value as [leaf.plain] gives it.
func (l style) format(f *schema.Field, x any, v access.Viewer) string {
	switch x := x.(type) {
	case schema.Date:
		return x.Time().Format(l.date)
	case schema.DateTime:
		return x.Time().In(v.Location()).Format(l.date + " " + l.clock)
	case schema.Time:
		return time.UnixMilli(x.Milli()).UTC().Format(l.clock)
	case schema.Int:
		return l.number(x.String(), 0)
	case schema.Decimal:
		n := l.number(x.Round(f.Scale).String(), f.Scale)
		switch f.Kind {
		case schema.KindCurrency:
			return v.Currency() + " " + n
		case schema.KindPercent:
			return n + "%"
		}
		return n
	case float64:
		return l.number(strconv.FormatFloat(x, 'f', -1, 64), 0)
	}
	return fmt.Sprint(x)
}

// number writes plain digits with the locale's signs, and zeros up to the given places for amounts.
func (l style) number(digits string, places int) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	whole, rest, _ := strings.Cut(digits, ".")
	rest += strings.Repeat("0", max(0, places-len(rest)))
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.group)
		}
		b.WriteRune(d)
	}
	if rest != "" {
		b.WriteString(l.decimal + rest)
	}
	return b.String()
}
