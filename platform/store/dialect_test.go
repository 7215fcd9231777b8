package store_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestTextsCompareAlike holds both engines to the fold of Go, for =, ORDER BY and LIKE.
func TestTextsCompareAlike(t *testing.T) {
	texts := []string{"apple", "Apple", "ÄPFEL", "äpfel", "Zebra", "zebra", "straße", "STRASSE", "STRAẞE", "ΣΑΣ", "σας", "İ", "i", "ı", "K", "\u212a", "ſ", "s", "éclair", "Éclair", "漢字", "a_b", "a%b", "a\\b", "", "ǆ", "ǅ"}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := db.Dialect()
		write(t, db, func(tx *store.Tx) error {
			for _, s := range texts {
				must(t, insert(tx, s))
			}
			return nil
		})
		ask := func(query string, args ...any) (all []string) {
			must(t, db.View(context.Background(), func(tx *store.Tx) error {
				rows, err := tx.Query(query, args...)
				must(t, err)
				defer rows.Close()
				for rows.Next() {
					var s string
					must(t, rows.Scan(&s))
					all = append(all, s)
				}
				return rows.Err()
			}))
			return all
		}
		const own = " AND name NOT IN ('unicode', 'cluster', 'epoch')"
		for _, s := range texts {
			want := filter(texts, func(x string) bool { return store.Fold(x) == store.Fold(s) })
			got := ask("SELECT name FROM meta WHERE "+d.Fold("name")+" = "+d.Fold("?")+own, s)
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("= %q: %q, want %q", s, got, want)
			}
			escaped := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s)
			got = ask("SELECT name FROM meta WHERE "+d.Like("name", "?")+own, escaped)
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("LIKE %q: %q, want %q", escaped, got, want)
			}
		}
		got := ask("SELECT name FROM meta WHERE "+d.Like("name", "?")+own, "_PF%")
		if slices.Sort(got); !slices.Equal(got, []string{"ÄPFEL", "äpfel"}) {
			t.Errorf("LIKE _PF%%: %q", got)
		}
		ordered := ask("SELECT name FROM meta WHERE name = name" + own + " ORDER BY " + d.Fold("name"))
		if !slices.IsSortedFunc(ordered, func(a, b string) int { return strings.Compare(store.Fold(a), store.Fold(b)) }) {
			t.Errorf("ORDER BY gives %q", ordered)
		}
	})
}

func filter(texts []string, keep func(string) bool) []string {
	kept := slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return !keep(s) })
	slices.Sort(kept)
	return kept
}

// TestCalendarAgreesWithGo draws instants near changes of clocks and far away, and asks both engines about them.
func TestCalendarAgreesWithGo(t *testing.T) {
	zones := []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := db.Dialect()
		moment, zone := "CAST(? AS BIGINT)", "CAST(? AS TEXT)"
		query := "SELECT " + d.LocalDay(moment, zone) + ", " + d.LocalHour(moment, zone)
		parts := []store.Part{store.Year, store.Month, store.DayInMonth, store.DayInYear, store.DayInWeek}
		for _, p := range parts {
			query += ", " + d.DayPart(p, "CAST(? AS BIGINT)")
		}
		rapid.Check(t, func(r *rapid.T) {
			name := rapid.SampledFrom(zones).Draw(r, "zone")
			ms := rapid.Int64Range(-2208988800000, 4102444800000).Draw(r, "ms") // 1900 to 2100
			loc, err := time.LoadLocation(name)
			must(t, err)
			at := time.UnixMilli(ms).In(loc)
			if at.Year() < 1972 || at.Year() > 2037 {
				name = "UTC" // beyond, editions of the zone database differ
				at = at.UTC()
			}
			day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
			want := []int64{day.Unix() / 86400, int64(at.Hour()), int64(at.Year()), int64(at.Month()), int64(at.Day()), int64(at.YearDay()), int64(at.Weekday()) + 1}
			args := []any{ms, name, ms, name}
			got, dest := make([]int64, len(want)), make([]any, len(want))
			for i := range got {
				dest[i] = &got[i]
			}
			for range parts {
				args = append(args, want[0])
			}
			must(t, db.View(context.Background(), func(tx *store.Tx) error { return tx.QueryRow(query, args...).Scan(dest...) }))
			if !slices.Equal(got, want) {
				r.Errorf("%d in %s: %v, want %v", ms, name, got, want)
			}
		})
	})
}

func TestNullStaysNull(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := db.Dialect()
		null := "CAST(NULL AS BIGINT)"
		text := "CAST(NULL AS TEXT)"
		for _, e := range []string{
			d.LocalDay(null, "'UTC'"), d.LocalHour(null, "'UTC'"), d.DayPart(store.Year, null), d.Distance("1.0", null, "2.0", "2.0"), d.Fold(text), d.Like(text, "'%'"),
		} {
			if n := count(t, db, "SELECT CASE WHEN ("+e+") IS NULL THEN 1 ELSE 0 END"); n != 1 {
				t.Errorf("%s is not null", e)
			}
		}
	})
}

func TestDistance(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, c := range []struct{ lat1, lon1, lat2, lon2, km float64 }{
			{52.52, 13.405, 48.8566, 2.3522, 877.46}, {0, 0, 0, 180, 20015.11}, {90, 0, -90, 77, 20015.11}, {10, 20, 10, 20, 0}, {0, 179.5, 0, -179.5, 111.19},
		} {
			var got float64
			arg := "CAST(? AS DOUBLE PRECISION)"
			must(t, db.View(context.Background(), func(tx *store.Tx) error {
				// each point stands twice in the formula, so that arguments are given by a row
				return tx.QueryRow("SELECT "+db.Dialect().Distance("a", "b", "c", "d")+" FROM (SELECT "+arg+" AS a, "+arg+" AS b, "+arg+" AS c, "+arg+" AS d) AS x",
					c.lat1, c.lon1, c.lat2, c.lon2).Scan(&got)
			}))
			if math.Abs(got-c.km) > 0.01 {
				t.Errorf("%+v: %.3f km", c, got)
			}
		}
	})
}
