package query

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// Namesake is a virtual object: each person beside the first company of the same name.
type Namesake struct {
	schema.Standard `prefix:"zVN"`
	Name            string
	CompanyId       schema.Ref[Company]
	PersonId        schema.Ref[Person]
}

// namesakes derives Namesake from the tables of two others.
type namesakes struct{ catalog *schema.Catalog }

func (n namesakes) Virtual(name string) *schema.Object { return n.catalog.Object(name) }

func (n namesakes) Source(o *schema.Object, _ access.Viewer) (string, []any, bool) {
	if o.Name != "Namesake" {
		return "", nil, false
	}
	return `SELECT 'zVN' || substr(p."Id", 4) AS "Id", p."Name" AS "Name", c."Id" AS "CompanyId", p."Id" AS "PersonId", p."IsDeleted" AS "IsDeleted"
		FROM "Person" p JOIN "Company" c ON c."Id" = (SELECT MIN("Id") FROM "Company" WHERE "Name" = p."Name") WHERE p."Name" <> ?`, []any{"x"}, true
}

// TestVirtual holds that an object without a table is read like any other, with its parents and the rights on them.
func TestVirtual(t *testing.T) {
	w := newWorld(t, 13, 50)
	c, err := schema.Compile(User{}, Group{}, GroupMember{}, Company{}, Person{}, Ticket{}, Namesake{})
	if err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		e := testEngine(t, db)
		e.Virtual = namesakes{c}
		for _, v := range []access.Viewer{access.Everything{}, clerk{id: schema.MakeId("005", 2)}} {
			n := naive{w, v}
			want := 0
			for _, p := range w.records["Person"] {
				if p["Name"] == nil || p["Name"] == "x" || p["IsDeleted"] == true {
					continue
				}
				i := slices.IndexFunc(w.records["Company"], func(c record) bool { return c["Name"] == p["Name"] })
				if i >= 0 && n.visible(w.catalog.Object("Company"), w.records["Company"][i]) && w.records["Company"][i]["Rating"] == "Hot" {
					want++
				}
			}
			page, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: v,
				Text: "SELECT Name, Company.Name, Person.Company.Name FROM Namesake WHERE Company.Rating = 'Hot' ORDER BY Company.Name, Name"})
			if err != nil {
				t.Fatal(err)
			}
			if page.Len() != want || want == 0 {
				t.Errorf("%T finds %d, want %d", v, page.Len(), want)
			}
		}
		_, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: "SELECT Id FROM Namesake WHERE Id IN (SELECT CompanyId FROM Namesake) LIMIT 1"})
		if err != nil {
			t.Error(err)
		}
		got := fmt.Sprint(codeOf(func() error {
			_, err := testEngine(t, db).Query(context.Background(), Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: "SELECT Id FROM Namesake"})
			return err
		}()))
		if got != CodeType {
			t.Errorf("without the hook: %s", got)
		}
	})
}
