package history

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

type User struct {
	schema.Standard `prefix:"005"`
	Name            string `field:"name"`
}

type Group struct {
	schema.Standard `prefix:"00G"`
	Name            string `field:"name"`
}

type Book struct {
	schema.Standard `prefix:"a01"`
	Name            string `field:"name required"`
	Pages           schema.Int
	Price           schema.Currency
}

// half is a viewer who may not read prices, nor books without a name that begins with A.
type half struct{ access.Everything }

func (half) Reads(_ *schema.Object, f *schema.Field) bool { return f.Name != "Price" }
func (half) Scope(o *schema.Object, _ access.Level) soql.Expr {
	if o.Name != "Book" {
		return nil
	}
	e, err := soql.ParseCondition("Name LIKE 'A%'")
	if err != nil {
		panic(err)
	}
	return e
}

func TestHistories(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		c, err := schema.Compile(User{}, Group{}, Book{})
		must(err)
		_, err = db.Sync(ctx, c)
		must(err)
		log, err := audit.Open(db, audit.Options{Name: "test", Node: "n"})
		must(err)
		k, err := record.New(record.Options{DB: db, Catalog: c, Audit: log})
		must(err)
		do := func(f func(*record.Tx) error) { t.Helper(); must(k.Do(ctx, record.Cause{By: "test"}, f)) }
		a, b := &Book{Name: "Anna", Pages: schema.NewInt(10)}, &Book{Name: "Bert"}
		do(func(tx *record.Tx) error { return tx.Save(a, b) })
		do(func(tx *record.Tx) error {
			a.Pages, a.Price.Decimal = schema.NewInt(20), schema.DecInt(5)
			return tx.Save(a)
		})
		do(func(tx *record.Tx) error { b.Name = "Ben"; return tx.Save(b) })

		cursors, err := query.NewCursors(make([]byte, 32), time.Now)
		must(err)
		e := &query.Engine{DB: db, Cursors: cursors, Now: time.Now, Virtual: &Histories{DB: db, Log: log}}
		ask := func(v access.Viewer, text string) (rows []string, err error) {
			page, err := e.Query(ctx, query.Ask{Catalog: c, Viewer: v, Text: text})
			if err != nil {
				return nil, err
			}
			var answer struct{ Records []map[string]any }
			must(json.Unmarshal(page.AppendJSON(nil), &answer))
			for _, r := range answer.Records {
				delete(r, "attributes")
				line, err := json.Marshal(r)
				must(err)
				rows = append(rows, string(line))
			}
			return rows, nil
		}
		both := "WHERE BookId IN ('" + string(a.Id) + "', '" + string(b.Id) + "')"
		for _, tc := range []struct {
			v          access.Viewer
			text, want string
		}{
			{access.Everything{}, "SELECT Field, OldValue, NewValue FROM BookHistory WHERE BookId = '" + string(a.Id) + "' AND Field != 'created' ORDER BY Field",
				`{"Field":"Pages","NewValue":"20","OldValue":"10"} {"Field":"Price","NewValue":"5.0","OldValue":null}`},
			{access.Everything{}, "SELECT Field FROM bookhistory " + both + " AND Book.Name LIKE 'B%' ORDER BY CreatedDate, Field", `{"Field":"created"} {"Field":"Name"}`},
			{half{}, "SELECT Field, NewValue FROM BookHistory " + both + " ORDER BY Field", `{"Field":"created","NewValue":null} {"Field":"Pages","NewValue":"20"}`},
			{half{}, "SELECT Field FROM BookHistory WHERE BookId = '" + string(b.Id) + "'", ""},
		} {
			rows, err := ask(tc.v, tc.text)
			if err != nil {
				t.Errorf("%s: %v", tc.text, err)
			} else if got := strings.Join(rows, " "); got != tc.want {
				t.Errorf("%s: %s, want %s", tc.text, got, tc.want)
			}
		}
		var f *schema.Fault
		if _, err := ask(access.Everything{}, "SELECT Field FROM BookHistory"); !errors.As(err, &f) || !strings.Contains(f.Message, "WHERE BookId") {
			t.Errorf("without a record: %v", err)
		}
	})
}

// nobody may read anything.
type nobody struct{ access.Everything }

func (nobody) Object(*schema.Object) access.Rights { return 0 }

func TestObjectIsDescribed(t *testing.T) {
	c, err := schema.Compile(User{}, Group{}, Book{})
	if err != nil {
		t.Fatal(err)
	}
	o, v := Object(c, access.Everything{}, "bookhistory")
	if o == nil || o.Name != "BookHistory" || o.Fields[1].Name != "BookId" || v.Object(o) != access.Read {
		t.Errorf("BookHistory is described as %+v", o)
	}
	if o, _ := Object(c, nobody{}, "BookHistory"); o != nil {
		t.Error("the history of what can't be read is described")
	}
	if o, _ := Object(c, access.Everything{}, "ShelfHistory"); o != nil {
		t.Error("the history of nothing is described")
	}
}
