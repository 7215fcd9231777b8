package query

import (
	"context"
	"strings"
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestHiddenIsMissing holds that what a viewer may not read is answered like what does not exist, wherever it stands.
// In each query # is the name; hidden and missing names are of the same length, so that the marker is alike too.
func TestHiddenIsMissing(t *testing.T) {
	c := worldCatalog(t)
	v := clerk{id: schema.MakeId("005", 2)}
	for _, x := range []struct {
		hidden, missing string
		queries         []string
	}{
		{"Salary", "Celery", []string{
			"SELECT # FROM Person", "SELECT Id, Company.Name, # FROM Person", "SELECT Id FROM Person WHERE # > 5",
			"SELECT Id FROM Person WHERE # = 'x'", "SELECT Id FROM Person WHERE # LIKE 'x%'", "SELECT Id FROM Person WHERE # IN (1, 2)",
			"SELECT Id FROM Person WHERE # INCLUDES ('a')", "SELECT Id FROM Person ORDER BY #", "SELECT SUM(#) FROM Person",
			"SELECT # FROM Person GROUP BY #", "SELECT COUNT(Id) FROM Person HAVING MAX(#) > 1", "SELECT COUNT(Id), # FROM Person",
			"SELECT COUNT(Id) FROM Person GROUP BY IsAdult ORDER BY #", "SELECT FORMAT(#) FROM Person", "SELECT convertCurrency(#) FROM Person",
			"SELECT toLabel(#) FROM Person", "SELECT Person.# FROM Ticket", "SELECT Id FROM Ticket WHERE Person.# = 1",
			"SELECT Id FROM Company WHERE Id IN (SELECT # FROM Person)", "SELECT Id FROM Company WHERE Id IN (SELECT CompanyId FROM Person WHERE # > 1)",
			"SELECT Id, (SELECT # FROM People) FROM Company", "SELECT Id, (SELECT Id FROM People ORDER BY #) FROM Company",
			"SELECT TYPEOF About WHEN Person THEN # END FROM Ticket", "SELECT #.Name FROM Person", "SELECT DISTANCE(#, GEOLOCATION(1,1), 'km') FROM Person",
			"SELECT CALENDAR_YEAR(#) y, COUNT(Id) FROM Person GROUP BY CALENDAR_YEAR(#)", "SELECT p.# FROM Person p", "SELECT Person.# FROM Person",
			"SELECT Id FROM Person WHERE toLabel(#) = 'x'", "SELECT Id FROM Person WHERE #.Name = 'x'", "SELECT Id, TYPEOF # WHEN User THEN Id END FROM Person",
		}},
		{"GroupMember", "GroupNumber", []string{
			"SELECT Id FROM #", "SELECT Id FROM Company WHERE Id IN (SELECT GroupId FROM #)", "SELECT TYPEOF About WHEN # THEN Id END FROM Ticket",
			"SELECT COUNT() FROM #", "SELECT x.Id FROM # x", "SELECT Id, (SELECT Id FROM #) FROM Company",
		}},
	} {
		for _, q := range x.queries {
			_, one := Compile(strings.ReplaceAll(q, "#", x.hidden), c, v, Options{Now: noon})
			_, two := Compile(strings.ReplaceAll(q, "#", x.missing), c, v, Options{Now: noon})
			if one == nil || two == nil {
				t.Errorf("%s: %v and %v", q, one, two)
				continue
			}
			if got, want := strings.ReplaceAll(one.Error(), x.hidden, x.missing), two.Error(); got != want {
				t.Errorf("%s: hidden\n%s\nmissing\n%s", q, got, want)
			}
		}
	}
}

// TestFieldsLeaveOutHidden holds that FIELDS() has what may be read, no more.
func TestFieldsLeaveOutHidden(t *testing.T) {
	st, err := Compile("SELECT FIELDS(ALL) FROM Person LIMIT 200", worldCatalog(t), clerk{id: schema.MakeId("005", 2)}, Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range st.Columns {
		names = append(names, c.Name)
	}
	if s := strings.Join(names, " "); strings.Contains(s, "Salary") || !strings.Contains(s, "Score") {
		t.Errorf("fields %s", s)
	}
}

// TestWorldsAlike holds that two worlds which differ only in what a viewer may not see give the same answers.
func TestWorldsAlike(t *testing.T) {
	v := clerk{id: schema.MakeId("005", 2)}
	one, two := newWorld(t, 31, 30), newWorld(t, 31, 30)
	differ := 0
	for name, recs := range two.records {
		o := two.catalog.Object(name)
		for _, rec := range recs {
			if name == "Person" {
				rec["Salary"] = int64(777)
			}
			// Records out of sight change in all but what is seen of them elsewhere: that they are not there.
			if (name == "Company" || name == "Person") && !(naive{one, v}).visible(o, one.byId[rec["Id"].(string)]) && rec["IsDeleted"] == false {
				rec["Name"] = "secret"
				differ++
			}
		}
	}
	var answers [2][]string
	for i, w := range []*world{one, two} {
		db := storetest.SQLite(t, store.Options{})
		w.load(t, db)
		e := testEngine(t, db)
		for _, text := range alike {
			page, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: v, Text: text})
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			answers[i] = append(answers[i], string(page.AppendJSON(nil)))
		}
	}
	for i, text := range alike {
		if answers[0][i] != answers[1][i] {
			t.Errorf("%s:\n%s\n%s", text, answers[0][i], answers[1][i])
		}
	}
	if differ < 10 {
		t.Errorf("the worlds differ in %d records only", differ)
	}
}

// alike are queries that try to see what is out of sight.
var alike = []string{
	"SELECT Id, Name FROM Company ORDER BY Name", "SELECT Id FROM Company WHERE Name = 'secret'", "SELECT COUNT() FROM Company WHERE Name = 'secret'",
	"SELECT Id FROM Person WHERE Company.Name = 'secret'", "SELECT Id, Parent.Name FROM Company ORDER BY Parent.Name",
	"SELECT Id FROM Company WHERE Parent.Name != 'secret'", "SELECT Id, About.Name FROM Ticket ORDER BY About.Name",
	"SELECT About.Name, COUNT(Id) FROM Ticket GROUP BY About.Name", "SELECT Person.Company.Name, MAX(Person.Name) FROM Ticket GROUP BY Person.Company.Name",
	"SELECT Id FROM Ticket WHERE PersonId IN (SELECT Id FROM Person WHERE Name = 'secret')",
	"SELECT Id FROM Ticket WHERE AboutId NOT IN (SELECT Id FROM Company WHERE Name = 'secret')",
	"SELECT Id, (SELECT Id, Name FROM People), (SELECT Name FROM Subsidiaries) FROM Company",
	"SELECT TYPEOF About WHEN Company THEN Name, Parent.Name WHEN Person THEN Name, Company.Name ELSE Id END FROM Ticket",
	"SELECT Person.Company.Parent.Name FROM Ticket ORDER BY Person.Company.Parent.Name NULLS LAST",
}
