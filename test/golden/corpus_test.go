package golden

import (
	"bufio"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func catalog(t testing.TB) *schema.Catalog {
	t.Helper()
	c, err := schema.Compile(slices.Concat(org.All, object.All)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// line is a query that people or programs ask, and the verdict of the original on its grammar.
type line struct {
	valid bool
	text  string
}

func corpus(t testing.TB) []line {
	t.Helper()
	f, err := os.Open("../../platform/soql/testdata/corpus.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []line
	for s := bufio.NewScanner(f); s.Scan(); {
		if verdict, text, ok := strings.Cut(s.Text(), "\t"); ok && !strings.HasPrefix(s.Text(), "#") {
			lines = append(lines, line{verdict == "valid", text})
		}
	}
	if len(lines) < 300 {
		t.Fatalf("the corpus has %d lines only", len(lines))
	}
	return lines
}

// TestCorpus compiles every query of the corpus against the catalogue and runs what compiles on both engines.
func TestCorpus(t *testing.T) {
	c := catalog(t)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if _, err := db.Sync(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		ran := 0
		for _, l := range corpus(t) {
			ran += tryLine(t, db, c, l)
		}
		t.Logf("%d queries ran", ran)
		if ran < 170 {
			t.Errorf("only %d queries of the corpus run against the catalogue", ran)
		}
	})
}

// tryLine reports 1 if the query ran.
func tryLine(t *testing.T, db *store.DB, c *schema.Catalog, l line) int {
	e := engine(t, db)
	_, err := e.Query(context.Background(), query.Ask{Catalog: c, Viewer: access.Everything{}, Text: l.text, Base: "/services/data/v60.0"})
	var fault *schema.Fault
	switch {
	case err == nil && !l.valid:
		t.Errorf("ran, though it is malformed: %s", l.text)
	case err == nil:
		return 1
	case !errors.As(err, &fault):
		t.Errorf("%s: %v", l.text, err)
	case !l.valid:
		if fault.Code != query.CodeMalformed {
			t.Errorf("%s: %s instead of MALFORMED_QUERY", l.text, fault.Code)
		}
	case fault.Code == query.CodeMalformed:
		t.Errorf("%s: %v", l.text, err)
	case testing.Verbose():
		t.Logf("%s: %s", l.text, strings.ReplaceAll(err.Error(), "\n", " | "))
	}
	return 0
}

func engine(t testing.TB, db *store.DB) *query.Engine {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 7, 15, 10, 30, 0, 0, time.UTC) }
	cursors, err := query.NewCursors([]byte("a secret of the tests"), now)
	if err != nil {
		t.Fatal(err)
	}
	return &query.Engine{DB: db, Cursors: cursors, Now: now}
}

// TestCorpusCanonical holds that a query means the same when its canonical text is asked.
func TestCorpusCanonical(t *testing.T) {
	c, d := catalog(t), storetest.SQLite(t, store.Options{}).Dialect()
	for _, l := range corpus(t) {
		q, err := soql.Parse(l.text)
		if err != nil {
			continue
		}
		o := query.Options{Now: time.Date(2026, 7, 15, 10, 30, 0, 0, time.UTC)}
		first, err := query.Resolve(q, c, access.Everything{}, o)
		second, err2 := query.Compile(q.String(), c, access.Everything{}, o)
		if (err == nil) != (err2 == nil) {
			t.Errorf("%s: %v, but as %s: %v", l.text, err, q, err2)
			continue
		}
		if err != nil {
			continue
		}
		a, _ := first.SQL(d, 200)
		b, _ := second.SQL(d, 200)
		if a != b {
			t.Errorf("%s:\n%s\nbut as %s:\n%s", l.text, a, q, b)
		}
	}
}
