package report

import (
	"strings"
	"time"

	"truckroll/platform/schema"
)

// locale is how numbers, amounts and times are written, and in which language.
type locale struct {
	tag         string // de_DE
	column      int    // of words
	point       string // before decimals
	group       string // between thousands
	groupFrom   int    // digits from which they are grouped
	date, clock string // layouts of package time
	before      bool   // the currency stands before the amount
	zone        *time.Location
}

const (
	thin   = "\u202F" // a narrow space that does not break
	nobr   = "\u00A0" // a space that does not break
	hour24 = "15:04"
)

// locales are those whose habits are known; a language alone is that of its first country. Others write as en_GB
// does, with dates that nobody mistakes.
var locales = []locale{
	{tag: "en_US", point: ".", group: ",", groupFrom: 4, date: "Jan 2, 2006", clock: "3:04 PM", before: true},
	{tag: "en_GB", point: ".", group: ",", groupFrom: 4, date: "2 Jan 2006", clock: hour24, before: true},
	{tag: "en_AU", point: ".", group: ",", groupFrom: 4, date: "2 Jan 2006", clock: "3:04 PM", before: true},
	{tag: "en_CA", point: ".", group: ",", groupFrom: 4, date: "2006-01-02", clock: "3:04 PM", before: true},
	{tag: "en_IE", point: ".", group: ",", groupFrom: 4, date: "2 Jan 2006", clock: hour24, before: true},
	{tag: "de_DE", point: ",", group: ".", groupFrom: 4, date: "02.01.2006", clock: hour24},
	{tag: "de_AT", point: ",", group: ".", groupFrom: 4, date: "02.01.2006", clock: hour24, before: true},
	{tag: "de_CH", point: ".", group: "’", groupFrom: 4, date: "02.01.2006", clock: hour24, before: true},
	{tag: "es_ES", point: ",", group: ".", groupFrom: 5, date: "02/01/2006", clock: hour24},
	{tag: "es_MX", point: ".", group: ",", groupFrom: 4, date: "02/01/2006", clock: hour24, before: true},
	{tag: "fr_FR", point: ",", group: thin, groupFrom: 4, date: "02/01/2006", clock: hour24},
	{tag: "fr_CH", point: ",", group: thin, groupFrom: 4, date: "02.01.2006", clock: hour24},
	{tag: "fr_CA", point: ",", group: nobr, groupFrom: 4, date: "2006-01-02", clock: hour24},
	{tag: "it_IT", point: ",", group: ".", groupFrom: 4, date: "02/01/2006", clock: hour24},
	{tag: "nl_NL", point: ",", group: ".", groupFrom: 4, date: "02-01-2006", clock: hour24, before: true},
	{tag: "pt_BR", point: ",", group: ".", groupFrom: 4, date: "02/01/2006", clock: hour24, before: true},
	{tag: "pt_PT", point: ",", group: nobr, groupFrom: 5, date: "02/01/2006", clock: hour24},
	{tag: "pl_PL", point: ",", group: nobr, groupFrom: 5, date: "02.01.2006", clock: hour24},
	{tag: "cs_CZ", point: ",", group: nobr, groupFrom: 4, date: "02.01.2006", clock: hour24},
	{tag: "sv_SE", point: ",", group: nobr, groupFrom: 4, date: "2006-01-02", clock: hour24},
	{tag: "da_DK", point: ",", group: ".", groupFrom: 4, date: "02.01.2006", clock: hour24},
	{tag: "el_GR", point: ",", group: ".", groupFrom: 4, date: "02/01/2006", clock: hour24},
	{tag: "uk_UA", point: ",", group: nobr, groupFrom: 4, date: "02.01.2006", clock: hour24},
}

// localeFor returns the habits of a language. Where the language names no country and the locale of a user is of the
// same language, the user's country counts.
func localeFor(language, user string, zone *time.Location) locale {
	language, user = strings.ReplaceAll(language, "-", "_"), strings.ReplaceAll(user, "-", "_")
	if l, _, _ := strings.Cut(user, "_"); !strings.Contains(language, "_") && strings.EqualFold(l, language) {
		language = user
	}
	l := locale{tag: "en_GB", point: ".", group: ",", groupFrom: 4, date: "2006-01-02", clock: hour24, before: true}
	base, _, _ := strings.Cut(language, "_")
	for _, known := range locales {
		if strings.EqualFold(known.tag, language) {
			l = known
			break
		}
		if of, _, _ := strings.Cut(known.tag, "_"); strings.EqualFold(of, base) && !strings.HasPrefix(l.tag, base) {
			l = known
		}
	}
	l.column, l.zone = column(language), zone
	return l
}

// letter reports whether paper is that of North America.
func (l locale) letter() bool {
	return strings.HasSuffix(l.tag, "_US") || strings.HasSuffix(l.tag, "_CA") || strings.HasSuffix(l.tag, "_MX")
}

// bcp47 returns the language tag of a document.
func (l locale) bcp47() string { return strings.ReplaceAll(l.tag, "_", "-") }

// number writes a number with the places that it has.
func (l locale) number(d schema.Decimal) string {
	if d.IsNull() {
		return ""
	}
	return l.digits(d.String())
}

// digits rewrites a number such as -1234.5.
func (l locale) digits(text string) string {
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "−", text[1:]
	}
	whole, part, _ := strings.Cut(text, ".")
	if len(whole) >= l.groupFrom {
		for at := len(whole) - 3; at > 0; at -= 3 {
			whole = whole[:at] + l.group + whole[at:]
		}
	}
	if part != "" {
		whole += l.point + part
	}
	return sign + whole
}

// trimmed writes a number without the zeros at its end.
func (l locale) trimmed(d schema.Decimal) string {
	if d.IsNull() {
		return ""
	}
	text := d.String()
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return l.digits(text)
}

func (l locale) percent(d schema.Decimal) string {
	if d.IsNull() {
		return ""
	}
	if l.before {
		return l.trimmed(d) + "%"
	}
	return l.trimmed(d) + nobr + "%"
}

var signs = map[string]string{"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "PLN": "zł", "INR": "₹", "UAH": "₴"}

// whole are currencies without a smaller unit.
var whole = map[string]bool{"JPY": true, "KRW": true, "CLP": true, "VND": true, "ISK": true, "PYG": true, "XOF": true, "XAF": true}

// money writes an amount with its currency.
func (l locale) money(d schema.Decimal, currency string) string {
	if d.IsNull() {
		return ""
	}
	places := 2
	if whole[currency] {
		places = 0
	}
	amount := l.digits(fixed(d, places))
	sign, known := signs[currency]
	if !known {
		sign = currency
	}
	switch {
	case !l.before:
		return amount + nobr + sign
	case known && strings.HasPrefix(l.tag, "en_"):
		if rest, minus := strings.CutPrefix(amount, "−"); minus {
			return "−" + sign + rest
		}
		return sign + amount
	}
	return sign + nobr + amount
}

// fixed writes a number with exactly so many places, rounded half up.
func fixed(d schema.Decimal, places int) string {
	text := d.Round(places).String()
	if places == 0 {
		return text
	}
	whole, part, _ := strings.Cut(text, ".")
	return whole + "." + (part + "000000")[:places]
}

func (l locale) day(d schema.Date) string {
	if d.IsNull() {
		return ""
	}
	return d.Time().Format(l.date)
}

func (l locale) moment(t schema.DateTime) string {
	if t.IsNull() {
		return ""
	}
	at := t.Time().In(l.zone)
	return at.Format(l.date) + ", " + at.Format(l.clock)
}

// between writes from when to when; the day stands once where it is the same.
func (l locale) between(from, to schema.DateTime) string {
	if from.IsNull() || to.IsNull() {
		return l.moment(from) + l.moment(to)
	}
	a, b := from.Time().In(l.zone), to.Time().In(l.zone)
	if a.YearDay() == b.YearDay() && a.Year() == b.Year() {
		return l.moment(from) + "–" + b.Format(l.clock)
	}
	return l.moment(from) + " – " + l.moment(to)
}
