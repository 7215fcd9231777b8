package query

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// firstOfSize answers the first page of a size below what the API allows.
func firstOfSize(e *Engine, a Ask, size int) (*Page, error) {
	st, err := Compile(a.Text, a.Catalog, a.Viewer, e.options(a))
	if err != nil {
		return nil, err
	}
	return e.run(context.Background(), a, func(tx *store.Tx) (*Page, error) {
		page := &Page{Statement: st, base: a.Base, engine: e, ask: a}
		return page, page.fill(tx, st.set, &cursor{Text: a.Text, Batch: size})
	})
}

// idsOf are the ids of all pages.
func idsOf(t require, e *Engine, a Ask, size int, between func()) []schema.Id {
	page, err := firstOfSize(e, a, size)
	var ids []schema.Id
	for {
		if err != nil {
			t.Fatalf("%s: %v", a.Text, err)
		}
		if page.Len() > size {
			t.Fatalf("%s: a page of %d", a.Text, page.Len())
		}
		ids = append(ids, page.Ids()...)
		if page.Done {
			if page.Locator != "" {
				t.Fatalf("%s: the last page has a locator", a.Text)
			}
			return ids
		}
		if between != nil {
			between()
		}
		page, err = e.More(context.Background(), a, page.Locator)
	}
}

type require interface {
	Fatalf(format string, args ...any)
}

// TestPages holds that pages together are the answer, whatever it is sorted by.
func TestPages(t *testing.T) {
	w := newWorld(t, 11, 30)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		e := testEngine(t, db)
		rapid.Check(t, func(t *rapid.T) {
			a := asker{t, w}
			object := a.pick("object", []string{"Company", "Person", "Ticket"})
			text := "SELECT Id FROM " + object
			if a.chance(2) {
				text += " WHERE " + a.cond(object, 1)
			}
			if !a.chance(5) {
				text += a.order(object)
			}
			if a.chance(3) {
				text += fmt.Sprintf(" LIMIT %d OFFSET %d", rapid.IntRange(201, 250).Draw(t, "limit"), rapid.IntRange(0, 20).Draw(t, "offset"))
			}
			viewer := rapid.SampledFrom([]access.Viewer{access.Everything{}, utcClerk{clerk{id: schema.MakeId("005", 2)}}}).Draw(t, "viewer")
			got := idsOf(t, e, Ask{Catalog: w.catalog, Viewer: viewer, Text: text}, rapid.IntRange(1, 9).Draw(t, "size"), nil)
			q, err := soql.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			var want []schema.Id
			for _, rec := range (naive{w, viewer}).found(w.catalog.Object(object), w.records[object], q) {
				want = append(want, schema.Id(rec["Id"].(string)))
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%s\n%s", text, d)
			}
		})
	})
}

// TestPagesStayStable holds that records which are there throughout come exactly once, though others come and go.
func TestPagesStayStable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, 3, 30)
		w.load(t, db)
		e := testEngine(t, db)
		next := uint64(1000)
		change := func() {
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				next++
				if _, err := tx.Exec(`INSERT INTO "Company" ("Id", "Name", "IsListed") VALUES (?, ?, ?)`, string(schema.MakeId("001", next)), "Beta", true); err != nil {
					return err
				}
				_, err := tx.Exec(`DELETE FROM "Company" WHERE "Id" = ?`, string(schema.MakeId("001", next-2)))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, order := range []string{"", " ORDER BY Name", " ORDER BY Name DESC NULLS LAST, Rating"} {
			text := "SELECT Id FROM Company" + order
			seen := map[schema.Id]int{}
			for _, id := range idsOf(t, e, Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: text}, 4, change) {
				seen[id]++
			}
			for _, rec := range w.records["Company"] {
				if rec["IsDeleted"] != true && seen[schema.Id(rec["Id"].(string))] != 1 {
					t.Errorf("%s: %v came %d times", text, rec["Id"], seen[schema.Id(rec["Id"].(string))])
				}
			}
		}
	})
}

// TestTotals holds that every page tells how many records there are in all.
func TestTotals(t *testing.T) {
	w := newWorld(t, 5, 30)
	db := storetest.SQLite(t, store.Options{})
	w.load(t, db)
	e := testEngine(t, db)
	a := Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: "SELECT Id FROM Person WHERE Company.Name != 'x' ORDER BY Name"}
	all, err := e.Query(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	page, err := firstOfSize(e, a, 10)
	for err == nil && !page.Done {
		if page.Total != all.Len() {
			t.Fatalf("total %d, want %d", page.Total, all.Len())
		}
		page, err = e.More(context.Background(), a, page.Locator)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(all.AppendJSON(nil)), fmt.Sprintf(`{"totalSize":%d,"done":true,"records":[{"attributes":`, all.Len())) {
		t.Errorf("the answer begins %.80s", all.AppendJSON(nil))
	}
}

// TestChildPages holds that children which do not fit into an answer are reached by their own locators.
func TestChildPages(t *testing.T) {
	w := newWorld(t, 9, 2)
	company := w.records["Company"][0]
	company["IsDeleted"] = false
	o := w.catalog.Object("Person")
	for i := range 4500 {
		rec := record{"Id": string(schema.MakeId(o.Prefix, uint64(1000+i))), "CompanyId": company["Id"], "Name": fmt.Sprintf("n%d", i%100), "IsAdult": true, "IsDeleted": false}
		w.records["Person"] = append(w.records["Person"], rec)
	}
	for _, rec := range w.records["Person"][:4] {
		rec["CompanyId"] = nil
	}
	db := storetest.SQLite(t, store.Options{})
	w.load(t, db)
	e := testEngine(t, db)
	a := Ask{Catalog: w.catalog, Viewer: access.Everything{}, Base: "/v",
		Text: fmt.Sprintf("SELECT Id, (SELECT Id FROM People ORDER BY Name DESC) FROM Company WHERE Id = '%s'", company["Id"])}
	page, err := e.Query(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	set := decodeJSON(page.AppendJSON(nil)).(map[string]any)["records"].([]any)[0].(map[string]any)["People"].(map[string]any)
	seen := map[any]bool{}
	for {
		for _, r := range set["records"].([]any) {
			seen[r.(map[string]any)["Id"]] = true
		}
		if fmt.Sprint(set["totalSize"]) != "4500" {
			t.Fatalf("total %v", set["totalSize"])
		}
		if set["done"] == true {
			break
		}
		locator := strings.TrimPrefix(set["nextRecordsUrl"].(string), "/v/query/")
		if page, err = e.More(context.Background(), a, locator); err != nil {
			t.Fatal(err)
		}
		set = decodeJSON(page.AppendJSON(nil)).(map[string]any)
	}
	if len(seen) != 4500 {
		t.Errorf("%d children came", len(seen))
	}
}

// TestLocators holds what makes a locator valid: who asks, and when.
func TestLocators(t *testing.T) {
	w := newWorld(t, 5, 30)
	db := storetest.SQLite(t, store.Options{})
	w.load(t, db)
	e := testEngine(t, db)
	now := noon
	e.Cursors.now = func() time.Time { return now }
	me := clerk{id: schema.MakeId("005", 2)}
	a := Ask{Catalog: w.catalog, Viewer: me, Text: "SELECT Id FROM Ticket"}
	page, err := firstOfSize(e, a, 5)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(page.Locator, "01g") || !strings.HasSuffix(page.Locator, "-5") || strings.ContainsAny(page.Locator, "/+=?") {
		t.Errorf("locator %s", page.Locator)
	}
	other := a
	other.Viewer = clerk{id: schema.MakeId("005", 3)}
	flipped := []byte(page.Locator)
	flipped[20] ^= 1
	for name, try := range map[string]func() error{
		"another user": func() error { _, err := e.More(context.Background(), other, page.Locator); return err },
		"changed":      func() error { _, err := e.More(context.Background(), a, string(flipped)); return err },
		"empty":        func() error { _, err := e.More(context.Background(), a, ""); return err },
		"too old": func() error {
			now = now.Add(49 * time.Hour)
			defer func() { now = noon }()
			_, err := e.More(context.Background(), a, page.Locator)
			return err
		},
	} {
		if err := try(); codeOf(err) != CodeLocator {
			t.Errorf("%s: %v", name, err)
		}
	}
	if more, err := e.More(context.Background(), a, page.Locator); err != nil || slices.Equal(more.Ids(), page.Ids()) {
		t.Errorf("the next page: %v, %v", more, err)
	}
}

func codeOf(err error) string {
	if f, ok := err.(*schema.Fault); ok {
		return f.Code
	}
	return fmt.Sprint(err)
}

func FuzzLocator(f *testing.F) {
	cursors, err := NewCursors([]byte("a secret of the tests"), func() time.Time { return noon })
	if err != nil {
		f.Fatal(err)
	}
	c := cursor{Text: "SELECT Id FROM Company", Batch: 200, Offset: 200, Total: 900, After: keyTexts([]any{"a", int64(4), nil, 2.5, true})}
	good, err := cursors.locator(c, "005")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("01g-2000")
	f.Add("01gAAAA-")
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := cursors.open(s, "005"); err == nil {
			c.Issued = got.Issued
			if d := cmp.Diff(&c, got); d != "" {
				t.Errorf("%q opened as something that was not sealed:\n%s", s, d)
			}
		}
	})
}
