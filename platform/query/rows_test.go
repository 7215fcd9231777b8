package query

import (
	"context"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestForUpdate holds that records can be read for a change, with their parents, within the transaction that changes
// them.
func TestForUpdate(t *testing.T) {
	w := newWorld(t, 23, 10)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		st, err := Compile("SELECT Id, Parent.Name FROM Company WHERE Name != 'x' FOR UPDATE", w.catalog, access.Everything{}, Options{Now: noon})
		if err != nil || !st.ForUpdate {
			t.Fatalf("for update %v: %v", st.ForUpdate, err)
		}
		n := 0
		err = db.Write(context.Background(), func(tx *store.Tx) error {
			n = 0
			return st.Each(tx, func(Row) error { n++; return nil })
		})
		if err != nil || n == 0 {
			t.Errorf("%d rows: %v", n, err)
		}
	})
}

// TestSmallAnswers holds the answers at the edge of what there is.
func TestSmallAnswers(t *testing.T) {
	w := newWorld(t, 23, 10)
	db := storetest.SQLite(t, store.Options{})
	w.load(t, db)
	e := testEngine(t, db)
	for text, want := range map[string]string{
		"SELECT Id FROM Company LIMIT 0":                               `{"totalSize":0,"done":true,"records":[]}`,
		"SELECT Id FROM Company WHERE Name = 'nobody'":                 `{"totalSize":0,"done":true,"records":[]}`,
		"SELECT COUNT() FROM Company LIMIT 2":                          `{"totalSize":2,"done":true,"records":[]}`,
		"SELECT COUNT() FROM Company WHERE Name = 'nobody'":            `{"totalSize":0,"done":true,"records":[]}`,
		"SELECT COUNT(Id) FROM Company WHERE Name = 'nobody'":          `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"AggregateResult"},"expr0":0}]}`,
		"SELECT MAX(Name) n FROM Company WHERE Name = 'nobody'":        `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"AggregateResult"},"n":null}]}`,
		"SELECT Name FROM Company WHERE Name = 'nobody' GROUP BY Name": `{"totalSize":0,"done":true,"records":[]}`,
	} {
		page, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: text})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := string(page.AppendJSON(nil)); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", text, got, want)
		}
	}
}
