package query

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestCSV holds that tables in portions are the whole table, cell by cell what rows hold.
func TestCSV(t *testing.T) {
	w := newWorld(t, 19, 25)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		e := testEngine(t, db)
		a := Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: "SELECT Id, Name, Company.Name, Score, Joined, IsAdult FROM Person ORDER BY Name DESC"}
		st, err := Compile(a.Text, a.Catalog, a.Viewer, e.options(a))
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{{"Id", "Name", "Company.Name", "Score", "Joined", "IsAdult"}}
		err = db.View(context.Background(), func(tx *store.Tx) error {
			return st.Each(tx, func(r Row) error {
				var line []string
				for i := range st.Columns {
					line = append(line, string(r.AppendText(nil, i)))
				}
				want = append(want, line)
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		got := [][]string{want[0]}
		for locator, first := "", true; first || locator != ""; first = false {
			var b bytes.Buffer
			n, next, err := e.WriteCSV(context.Background(), &b, a, CSV{Delimiter: '|', CRLF: true}, locator, 7)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(b.String(), "\"Id\"|\"Name\"|") || !strings.HasSuffix(b.String(), "\"\r\n") {
				t.Fatalf("the table is %q", b.String())
			}
			r := csv.NewReader(&b)
			r.Comma = '|'
			lines, err := r.ReadAll()
			if err != nil || len(lines) != n+1 || n > 7 {
				t.Fatalf("%d lines for %d rows: %v", len(lines), n, err)
			}
			got, locator = append(got, lines[1:]...), next
			if next != "" {
				if _, err := e.More(context.Background(), a, next); codeOf(err) != CodeLocator {
					t.Fatalf("a page of records by the locator of a table: %v", err)
				}
			}
		}
		key := func(line []string) string { return line[1] + line[0] }
		if len(got) != len(want) || !slices.EqualFunc(sorted(got, key), sorted(want, key), slices.Equal) {
			t.Errorf("%d lines, want %d", len(got), len(want))
		}
	})
}

func sorted(lines [][]string, key func([]string) string) [][]string {
	return slices.SortedFunc(slices.Values(lines), func(a, b []string) int { return strings.Compare(key(a), key(b)) })
}

func TestCSVRefuses(t *testing.T) {
	w := newWorld(t, 19, 1)
	db := storetest.SQLite(t, store.Options{})
	w.load(t, db)
	e := testEngine(t, db)
	for text, code := range map[string]string{
		"SELECT COUNT() FROM Person": CodeMalformed, "SELECT MAX(Name) FROM Person": CodeMalformed, "SELECT Site FROM Company": CodeField,
		"SELECT Id, (SELECT Id FROM People) FROM Company": CodeMalformed, "SELECT Nothing FROM Company": CodeField,
	} {
		var b bytes.Buffer
		if _, _, err := e.WriteCSV(context.Background(), &b, Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: text}, CSV{}, "", 10); codeOf(err) != code || b.Len() > 0 {
			t.Errorf("%s: %v, %q", text, err, b.String())
		}
	}
}

// TestRows holds values of rows to their Go types.
func TestRows(t *testing.T) {
	w := newWorld(t, 19, 1)
	rec := w.records["Company"][0]
	for k, v := range map[string]any{"IsDeleted": false, "Name": "A", "Revenue": int64(1250), "Staff": int64(7), "Founded": int64(20000), "Seen": noon.UnixMilli(),
		"Opens": int64(3600_000), "IsListed": true, "ParentId": nil, "Rating": "Hot", "OwnerId": nil} {
		rec[k] = v
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		st, err := Compile("SELECT Name, Revenue, Staff, Founded, Seen, Opens, IsListed, Parent.Name, FORMAT(Revenue) f, FORMAT(Seen) g, toLabel(Rating), ParentId FROM Company", w.catalog,
			clerk{id: schema.MakeId("005", 2)}, Options{Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		want := []any{"A", schema.Dec(1250, 2), schema.NewInt(7), schema.DayNumber(20000), schema.At(noon), schema.Clock(1, 0), true, "", nil, nil, "Hot", ""}
		texts := []string{"A", "12.5", "7", "2024-10-04", "2026-07-15T12:00:00.000+0000", "01:00:00.000Z", "true", "", "EUR 12,50", "15.07.2026 14:00", "Hot", ""}
		err = db.View(context.Background(), func(tx *store.Tx) error {
			return st.Each(tx, func(r Row) error {
				for i := range st.Columns {
					if want[i] != nil && r.Value(i) != want[i] {
						t.Errorf("%s is %#v, want %#v", st.Columns[i].Name, r.Value(i), want[i])
					}
					if s := string(r.AppendText(nil, i)); s != texts[i] {
						t.Errorf("%s is %q, want %q", st.Columns[i].Name, s, texts[i])
					}
				}
				if r.Id() != schema.Id(rec["Id"].(string)) || r.IsNull(0) || !r.IsNull(7) {
					t.Errorf("id %s", r.Id())
				}
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
