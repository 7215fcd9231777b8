package report

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/platform/schema"
)

func TestWordsAreThereInEveryLanguage(t *testing.T) {
	for key, w := range words {
		for i, text := range w {
			if text == "" {
				t.Errorf("%s lacks %s", key, languages[i])
			}
		}
	}
}

func TestLocales(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := schema.At(time.Date(2026, 3, 29, 0, 30, 0, 0, time.UTC))
	for _, c := range []struct{ language, user, money, percent, moment, between string }{
		{"en_US", "en_US", "−$1,234,567.50", "12.5%", "Mar 29, 2026, 1:30 AM", "Mar 29, 2026, 1:30 AM–3:30 AM"},
		{"de", "en_US", "−1.234.567,50\u00A0€", "12,5\u00A0%", "29.03.2026, 01:30", "29.03.2026, 01:30–03:30"},
		{"de_AT", "en_US", "€\u00A0−1.234.567,50", "12,5%", "29.03.2026, 01:30", "29.03.2026, 01:30–03:30"},
		{"de", "de_CH", "€\u00A0−1’234’567.50", "12.5%", "29.03.2026, 01:30", "29.03.2026, 01:30–03:30"},
		{"fr", "", "−1\u202F234\u202F567,50\u00A0€", "12,5\u00A0%", "29/03/2026, 01:30", "29/03/2026, 01:30–03:30"},
		{"es-ES", "", "−1.234.567,50\u00A0€", "12,5\u00A0%", "29/03/2026, 01:30", "29/03/2026, 01:30–03:30"},
		{"xx", "", "−€1,234,567.50", "12.5%", "2026-03-29, 01:30", "2026-03-29, 01:30–03:30"},
	} {
		l := localeFor(c.language, c.user, berlin)
		currency := "EUR"
		if c.language == "en_US" {
			currency = "USD"
		}
		got := []string{l.money(schema.Dec(-1234567495, 3), currency), l.percent(schema.Dec(1250, 2)), l.moment(at), l.between(at, at.Add(time.Hour))}
		if want := []string{c.money, c.percent, c.moment, c.between}; !slices.Equal(got, want) {
			t.Errorf("%s for %s: %q\nwant %q", c.language, c.user, got, want)
		}
	}
	l := localeFor("es", "", time.UTC)
	if got := l.number(schema.DecInt(1234)) + " " + l.number(schema.DecInt(12345)); got != "1234 12.345" {
		t.Errorf("Spanish thousands: %s", got)
	}
	if got := localeFor("en", "", time.UTC).money(schema.Dec(5, 1), "JPY"); got != "¥1" {
		t.Errorf("yen: %s", got)
	}
}

// TestNumbersCanBeReadBack writes any number in any locale and reads it again.
func TestNumbersCanBeReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(locales).Draw(t, "locale")
		d := schema.Dec(rapid.Int64Range(-1e12, 1e12).Draw(t, "units"), rapid.IntRange(0, 6).Draw(t, "scale"))
		var plain []rune
		for _, r := range l.number(d) {
			switch string(r) {
			case "−":
				plain = append(plain, '-')
			case l.group:
			case l.point:
				plain = append(plain, '.')
			default:
				plain = append(plain, r)
			}
		}
		if back, err := schema.ParseDecimal(string(plain)); err != nil || back.Cmp(d) != 0 {
			t.Errorf("%s became %s in %s", d, l.number(d), l.tag)
		}
	})
}

func TestAddresses(t *testing.T) {
	us := schema.Address{Street: "1 Main St", City: "Baltimore", State: "MD", PostalCode: "21201", Country: "US"}
	de := schema.Address{Street: "Hauptstraße 1", City: "Berlin", PostalCode: "10115", Country: "Deutschland"}
	for _, c := range []struct {
		a          schema.Address
		home, want string
	}{
		{us, "US", "1 Main St\nBaltimore, MD 21201"}, {us, "", "1 Main St\nBaltimore, MD 21201\nUS"},
		{de, "US", "Hauptstraße 1\n10115 Berlin\nDeutschland"}, {schema.Address{City: "Ely", PostalCode: "CB7", CountryCode: "GB"}, "", "Ely CB7"}, {schema.Address{}, "", ""},
	} {
		if got := address(c.a, c.home); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
