package query

import (
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// TestSpans holds every date literal to its days: on Wednesday 2026-07-15, with weeks that begin on Sunday and fiscal
// years that begin in April.
func TestSpans(t *testing.T) {
	c := calendar{schema.Day(2026, 7, 15), time.Sunday, 4}
	want := map[soql.Span][2]string{
		soql.Yesterday: {"2026-07-14", "2026-07-15"}, soql.Today: {"2026-07-15", "2026-07-16"}, soql.Tomorrow: {"2026-07-16", "2026-07-17"},
		soql.LastWeek: {"2026-07-05", "2026-07-12"}, soql.ThisWeek: {"2026-07-12", "2026-07-19"}, soql.NextWeek: {"2026-07-19", "2026-07-26"},
		soql.LastMonth: {"2026-06-01", "2026-07-01"}, soql.ThisMonth: {"2026-07-01", "2026-08-01"}, soql.NextMonth: {"2026-08-01", "2026-09-01"},
		soql.Last90Days: {"2026-04-16", "2026-07-16"}, soql.Next90Days: {"2026-07-16", "2026-10-14"},
		soql.LastQuarter: {"2026-04-01", "2026-07-01"}, soql.ThisQuarter: {"2026-07-01", "2026-10-01"}, soql.NextQuarter: {"2026-10-01", "2027-01-01"},
		soql.LastYear: {"2025-01-01", "2026-01-01"}, soql.ThisYear: {"2026-01-01", "2027-01-01"}, soql.NextYear: {"2027-01-01", "2028-01-01"},
		soql.LastFiscalQuarter: {"2026-04-01", "2026-07-01"}, soql.ThisFiscalQuarter: {"2026-07-01", "2026-10-01"}, soql.NextFiscalQuarter: {"2026-10-01", "2027-01-01"},
		soql.LastFiscalYear: {"2025-04-01", "2026-04-01"}, soql.ThisFiscalYear: {"2026-04-01", "2027-04-01"}, soql.NextFiscalYear: {"2027-04-01", "2028-04-01"},

		soql.LastNDays: {"2026-07-12", "2026-07-16"}, soql.NextNDays: {"2026-07-16", "2026-07-19"}, soql.NDaysAgo: {"2026-07-12", "2026-07-13"},
		soql.LastNWeeks: {"2026-06-21", "2026-07-12"}, soql.NextNWeeks: {"2026-07-19", "2026-08-09"}, soql.NWeeksAgo: {"2026-06-21", "2026-06-28"},
		soql.LastNMonths: {"2026-04-01", "2026-07-01"}, soql.NextNMonths: {"2026-08-01", "2026-11-01"}, soql.NMonthsAgo: {"2026-04-01", "2026-05-01"},
		soql.LastNQuarters: {"2025-10-01", "2026-07-01"}, soql.NextNQuarters: {"2026-10-01", "2027-07-01"}, soql.NQuartersAgo: {"2025-10-01", "2026-01-01"},
		soql.LastNYears: {"2023-01-01", "2026-01-01"}, soql.NextNYears: {"2027-01-01", "2030-01-01"}, soql.NYearsAgo: {"2023-01-01", "2024-01-01"},
		soql.LastNFiscalQuarters: {"2025-10-01", "2026-07-01"}, soql.NextNFiscalQuarters: {"2026-10-01", "2027-07-01"}, soql.NFiscalQuartersAgo: {"2025-10-01", "2026-01-01"},
		soql.LastNFiscalYears: {"2023-04-01", "2026-04-01"}, soql.NextNFiscalYears: {"2027-04-01", "2030-04-01"}, soql.NFiscalYearsAgo: {"2023-04-01", "2024-04-01"},
	}
	for name := range spans {
		from, to := c.span(name, 3)
		if got := [2]string{from.String(), to.String()}; got != want[name] {
			t.Errorf("%s:3 is %v, want %v", name, got, want[name])
		}
	}
	if len(want) != len(spans) {
		t.Errorf("%d spans are tested of %d", len(want), len(spans))
	}
}

// TestSpanZones holds a day to the viewer's zone: across the change to summer time it has 23 hours.
func TestSpanZones(t *testing.T) {
	spring := time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC)
	st, err := Compile("SELECT Id FROM Company WHERE Seen = TODAY", worldCatalog(t), clerk{id: schema.MakeId("005", 2)}, Options{Now: spring})
	if err != nil {
		t.Fatal(err)
	}
	var bounds []int64
	for _, c := range st.set.sel.where.(*allOf).terms {
		if c, ok := c.(*compared); ok {
			bounds = append(bounds, c.arg.(int64))
		}
	}
	if len(bounds) != 2 || time.UnixMilli(bounds[0]).UTC() != time.Date(2026, 3, 28, 23, 0, 0, 0, time.UTC) || bounds[1]-bounds[0] != 23*3600_000 {
		t.Errorf("today is %v", bounds)
	}
}

func TestWeekStart(t *testing.T) {
	for locale, want := range map[string]time.Weekday{"en_US": time.Sunday, "en_GB": time.Monday, "de_DE_EURO": time.Monday, "ar_EG": time.Saturday, "": time.Sunday} {
		if got := weekStart(locale); got != want {
			t.Errorf("%s: %v, want %v", locale, got, want)
		}
	}
}

// TestScopesUsed holds USING SCOPE to what it names, and other names to a fault.
func TestScopesUsed(t *testing.T) {
	c := worldCatalog(t)
	for text, code := range map[string]string{
		"SELECT Id FROM Company USING SCOPE everything": "", "SELECT Id FROM Company USING SCOPE MineAndMyGroups": "", "SELECT Id FROM Company USING SCOPE team": "",
		"SELECT Id FROM Company USING SCOPE nonsense": CodeScope, "SELECT Id FROM Person USING SCOPE mine": CodeScope,
	} {
		_, err := Compile(text, c, access.Everything{}, Options{Now: noon})
		if code == "" && err != nil || code != "" && codeOf(err) != code {
			t.Errorf("%s: %v, want %s", text, err, code)
		}
	}
}
