package query

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestHostile holds queries that ask for too much to a clear refusal.
func TestHostile(t *testing.T) {
	c := worldCatalog(t)
	many := func(n int, one func(i int) string, by string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = one(i)
		}
		return strings.Join(parts, by)
	}
	for name, x := range map[string]struct{ text, code string }{
		"parents":     {"SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Company", CodeField},
		"sub-queries": {"SELECT " + many(21, func(int) string { return "(SELECT Id FROM People)" }, ", ") + " FROM Company", CodeField},
		"sub-selects": {"SELECT Id FROM Company WHERE " + many(21, func(int) string { return "Id IN (SELECT CompanyId FROM Person)" }, " AND "), CodeComplicated},
		"levels": {"SELECT (SELECT (SELECT (SELECT (SELECT (SELECT (SELECT Id FROM Subsidiaries) FROM Subsidiaries) FROM Subsidiaries) FROM Subsidiaries) FROM Subsidiaries) FROM Subsidiaries) FROM Company",
			CodeComplicated},
		"length":    {"SELECT Id FROM Company WHERE Name = '" + strings.Repeat("x", 100_001) + "'", CodeMalformed},
		"nesting":   {"SELECT Id FROM Company WHERE " + strings.Repeat("(", 5000) + "Id = NULL" + strings.Repeat(")", 5000), CodeMalformed},
		"offset":    {"SELECT Id FROM Company ORDER BY Id OFFSET 2001", CodeRange},
		"span":      {"SELECT Id FROM Company WHERE Seen = LAST_N_DAYS:2147483647", CodeRange},
		"number":    {"SELECT Id FROM Company WHERE Revenue = 1" + strings.Repeat("0", 300), CodeRange},
		"cube":      {"SELECT COUNT(Id) FROM Company GROUP BY CUBE(Name, Code, Rating, Staff)", CodeMalformed},
		"pole":      {"SELECT Id FROM Company WHERE DISTANCE(Site, GEOLOCATION(91, 0), 'km') < 1", CodeRange},
		"for":       {"SELECT Id FROM Company ORDER BY Id FOR UPDATE", CodeMalformed},
		"join text": {"SELECT Id FROM Company WHERE Name IN (SELECT Name FROM Person)", CodeField},
	} {
		_, err := Compile(x.text, c, access.Everything{}, Options{Now: noon})
		if codeOf(err) != x.code && !strings.HasPrefix(codeOf(err), x.code) {
			t.Errorf("%s: %.300v, want %s", name, err, x.code)
		}
	}
	text := "SELECT Id FROM Company WHERE Code IN (" + many(4000, func(i int) string { return fmt.Sprintf("'%d'", i) }, ", ") + ")"
	if _, err := Compile(text, c, access.Everything{}, Options{Now: noon}); err != nil {
		t.Errorf("4,000 values: %v", err)
	}
}

// TestManyTerms has as many conditions answered as a query has room for: the engines bound how deep a condition is.
func TestManyTerms(t *testing.T) {
	w := newWorld(t, 3, 10)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		e := testEngine(t, db)
		for _, by := range []string{" OR ", " AND "} {
			terms := make([]string, 3000)
			for i := range terms {
				terms[i] = fmt.Sprintf("Name != 'a%d'", i)
			}
			a := Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: "SELECT Id FROM Company WHERE " + strings.Join(terms, by)}
			if _, err := e.Query(context.Background(), a); err != nil {
				t.Errorf("3,000 terms by%s: %v", by, err)
			}
		}
	})
}

// TestBudget holds a query that runs for too long to its time.
func TestBudget(t *testing.T) {
	w := newWorld(t, 3, 400)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		e := testEngine(t, db)
		a := Ask{Catalog: w.catalog, Viewer: access.Everything{}, Budget: time.Nanosecond,
			Text: "SELECT Id FROM Company WHERE Id IN (SELECT CompanyId FROM Person WHERE Name LIKE '%a%b%c%') ORDER BY Name"}
		_, err := e.Query(context.Background(), a)
		if codeOf(err) != CodeTimeout {
			t.Errorf("%v, want %s", err, CodeTimeout)
		}
	})
}

// TestOverflow holds a sum beyond the range of numbers to a clear refusal.
func TestOverflow(t *testing.T) {
	w := newWorld(t, 3, 4)
	for _, rec := range w.records["Company"] {
		rec["Revenue"], rec["IsDeleted"] = int64(1)<<62, false
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		_, err := testEngine(t, db).Query(context.Background(), Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: "SELECT SUM(Revenue) FROM Company"})
		if codeOf(err) != CodeRange {
			t.Errorf("%v, want %s", err, CodeRange)
		}
	})
}

// FuzzCompile holds that whatever a text is, it compiles or is refused by a fault, and that what compiles is written
// without failing.
func FuzzCompile(f *testing.F) {
	for _, text := range []string{
		"SELECT Id, Parent.Name, (SELECT Name FROM People ORDER BY Name LIMIT 1) FROM Company c WHERE c.Name LIKE 'a%' AND Seen = TODAY",
		"SELECT Rating, COUNT(Id) n FROM Company GROUP BY CUBE(Rating, IsListed) HAVING SUM(Revenue) > 1.5 ORDER BY COUNT(Id)",
		"SELECT TYPEOF About WHEN Person THEN Score ELSE Name END FROM Ticket WHERE About.Type IN ('Person', NULL)",
		"SELECT FORMAT(Revenue) r, toLabel(Rating), DISTANCE(Site, GEOLOCATION(1, 2), 'mi') d FROM Company USING SCOPE mine ORDER BY d",
		"SELECT FIELDS(STANDARD) FROM Person WHERE NOT (Company.IsListed = TRUE OR Id NOT IN (SELECT PersonId FROM Ticket LIMIT 5))",
	} {
		f.Add(text)
	}
	c, err := schema.Compile(User{}, Group{}, GroupMember{}, Company{}, Person{}, Ticket{})
	if err != nil {
		f.Fatal(err)
	}
	d := storetest.SQLite(f, store.Options{}).Dialect()
	f.Fuzz(func(t *testing.T, text string) {
		st, err := Compile(text, c, clerk{id: schema.MakeId("005", 2)}, Options{Now: noon})
		var fault *schema.Fault
		switch {
		case err == nil:
			sql, args := st.SQL(d, 200)
			if n := strings.Count(numberless(sql), "?"); n != len(args) {
				t.Errorf("%d places for %d arguments in %s", n, len(args), sql)
			}
			st.Metadata()
		case !errors.As(err, &fault):
			t.Errorf("%q: %v", text, err)
		}
	})
}

// numberless drops what is quoted from SQL.
func numberless(sql string) string {
	var b strings.Builder
	for i, part := range strings.Split(sql, "'") {
		if i%2 == 0 {
			for j, p := range strings.Split(part, `"`) {
				if j%2 == 0 {
					b.WriteString(p)
				}
			}
		}
	}
	return b.String()
}
