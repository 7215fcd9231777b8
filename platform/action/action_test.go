package action

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/record"
	"truckroll/platform/schema"
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
}

type Mood string

func (Mood) Choices() []schema.Choice { return []schema.Choice{{Value: "Good"}, {Value: "Bad"}} }

type lendInput struct {
	BookId schema.Ref[Book] `field:"required" help:"the book that is lent"`
	To     string           `max:"5"`
	Mood   Mood
	Days   []schema.Date
	Fee    schema.Currency
	Extra  map[string]bool
	At     *place
	Count  int
}

type place struct {
	Latitude schema.Decimal `field:"required"`
}

type lendOutput struct {
	Title string
	Due   schema.DateTime
	Days  []schema.Date
	Fee   schema.Currency
}

type renameInput struct {
	Name  string
	Times int
}

type nothing struct{}

func library(t *testing.T) (*record.Keeper, *Book) {
	t.Helper()
	db := storetest.SQLite(t, store.Options{})
	c, err := schema.Compile(User{}, Group{}, Book{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Sync(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	log, err := audit.Open(db, audit.Options{Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	k, err := record.New(record.Options{DB: db, Catalog: c, Audit: log})
	if err != nil {
		t.Fatal(err)
	}
	b := &Book{Name: "Ulysses"}
	if err := k.Do(t.Context(), record.Cause{}, func(tx *record.Tx) error { return tx.Save(b) }); err != nil {
		t.Fatal(err)
	}
	return k, b
}

// lend answers from the book it is asked about.
func lend(v *record.View, _ access.Viewer, in lendInput) (lendOutput, error) {
	b, err := record.Get(v, in.BookId)
	if errors.Is(err, record.ErrNotFound) {
		return lendOutput{}, record.Refuse("NOT_FOUND", "no such book", "bookId")
	}
	if err != nil {
		return lendOutput{}, err
	}
	return lendOutput{Title: b.Name + " to " + in.To, Due: schema.AtMilli(0), Days: in.Days, Fee: in.Fee}, nil
}

// add makes books, and fails when it is asked for none.
func add(tx *record.Tx, in renameInput) (nothing, error) {
	for range in.Times {
		if err := tx.Save(&Book{Name: in.Name}); err != nil {
			return nothing{}, err
		}
	}
	if in.Times == 3 {
		return nothing{}, record.Refuse("FIELD_INTEGRITY_EXCEPTION", "three is too many", "times")
	}
	return nothing{}, nil
}

func raws(texts ...string) []json.RawMessage {
	all := make([]json.RawMessage, len(texts))
	for i, s := range texts {
		all[i] = json.RawMessage(s)
	}
	return all
}

func TestAsk(t *testing.T) {
	k, b := library(t)
	a := Ask("lend", "Lend a book", lend)
	id := `"bookId":"` + string(b.Id) + `"`
	results, err := a.Run(context.Background(), k, record.Cause{}, raws(
		`{`+id+`,"to":"Molly","mood":"Good","days":["2024-01-31",null],"fee":1.5,"extra":{"a":true},"at":{"latitude":53},"COUNT":2}`,
		`{}`, `{"bookId":"x"}`, `{`+id+`,"nope":1}`, `{`+id+`,"to":"Leopold"}`, `{`+id+`,"mood":"Odd"}`, `{`+id+`,"days":["soon"]}`, `{`+id+`,"at":{}}`, `{`+id+`,"count":1.5}`, `[`, `{"bookId":"a01000000000999"}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(AppendJSON(nil, results[0].Output)); got != `{"title":"Ulysses to Molly","due":"1970-01-01T00:00:00.000+0000","days":["2024-01-31",null],"fee":1.5}` {
		t.Errorf("got %s, %v", got, results[0].Faults)
	}
	for i, want := range []string{
		"REQUIRED_FIELD_MISSING: Required fields are missing: [bookId]", "INVALID_ARGUMENT: bookId: ", "INVALID_ARGUMENT: nope: there is no such input",
		"INVALID_ARGUMENT: to: the text is longer than 5 characters", "INVALID_ARGUMENT: mood: choose one of Good, Bad", "INVALID_ARGUMENT: days[0]: not a date",
		"REQUIRED_FIELD_MISSING: Required fields are missing: [at.latitude]", "INVALID_ARGUMENT: count: a whole number is expected", "JSON_PARSER_ERROR: ", "NOT_FOUND: no such book",
	} {
		if got := results[i+1].Faults.Error(); !strings.HasPrefix(got, want) || results[i+1].Output != nil {
			t.Errorf("%d: got %q, want %q", i+1, got, want)
		}
	}
}

func TestDoFailsAlone(t *testing.T) {
	k, _ := library(t)
	a := Do("addBooks", "Add books", add)
	results, err := a.Run(context.Background(), k, record.Cause{}, raws(`{"name":"a","times":2}`, `{"name":"b","times":3}`, `{"times":1}`, `{"name":"c","times":1}`))
	if err != nil {
		t.Fatal(err)
	}
	failed := []bool{false, true, true, false}
	for i, r := range results {
		if (len(r.Faults) > 0) != failed[i] {
			t.Errorf("%d: %+v", i, r)
		}
	}
	err = k.View(t.Context(), func(v *record.View) error {
		n, err := record.Count[Book](v, "Name IN ?", []string{"a", "b", "c"})
		if n != 3 {
			t.Errorf("%d books", n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestDescribe(t *testing.T) {
	a := Ask("lend", "Lend a book", lend).With("Lends a book to a reader.", "LendBooks")
	d, err := json.Marshal(a.Describe())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"name":"bookId","label":"Book Id","description":"the book that is lent","type":"reference","maxOccurs":1,"required":true,"sobjectType":"Book","picklistValues":null`,
		`"name":"mood","label":"Mood","description":"","type":"picklist","maxOccurs":1,"required":false,"sobjectType":null,"picklistValues":["Good","Bad"]`,
		`"name":"days","label":"Days","description":"","type":"date","maxOccurs":2000`, `"type":"lend"`, `"description":"Lends a book to a reader."`,
	} {
		if !strings.Contains(string(d), want) {
			t.Errorf("%s\nlacks %s", d, want)
		}
	}
	s, err := json.Marshal(a.InputSchema())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"required":["bookId"]`, `"mood":{"enum":["Good","Bad",null],"title":"Mood"}`, `"days":{"items":{"format":"date","type":["string","null"]},"title":"Days","type":"array"}`, `"additionalProperties":false`} {
		if !strings.Contains(string(s), want) {
			t.Errorf("%s\nlacks %s", s, want)
		}
	}
}

func TestList(t *testing.T) {
	l, err := NewList(Ask("lend", "", lend).With("", "LendBooks"), Do("addBooks", "", add))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := l.Find("ADDBOOKS", nobody{}); !ok {
		t.Error("addBooks is not found")
	}
	if _, ok := l.Find("lend", nobody{}); ok {
		t.Error("lend is open to somebody who may not")
	}
	if _, ok := l.Find("lend", access.Everything{}); !ok {
		t.Error("lend is not found")
	}
	type bad struct{ F func() }
	type loop struct{ L []map[string]bad }
	if _, err := NewList(Do("a", "", add), Do("A", "", add), Do("b", "", func(*record.Tx, loop) (nothing, error) { return nothing{}, nil })); err == nil ||
		!strings.Contains(err.Error(), `"A"`) || !strings.Contains(err.Error(), "l: f: no value for Go type func()") {
		t.Errorf("got %v", err)
	}
}

type nobody struct{ access.Everything }

func (nobody) May(string) bool { return false }

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"bookId":"a01000000000999","days":[null,"2024-01-31"],"extra":{"x":true},"at":{"latitude":1e3}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		err := read(body, reflect.New(reflect.TypeFor[lendInput]()).Elem())
		if _, ok := record.FaultsOf(err); err != nil && !ok {
			t.Fatalf("%q: %v is not a fault", body, err)
		}
	})
}
