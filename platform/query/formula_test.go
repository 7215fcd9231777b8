package query

import (
	"context"
	"fmt"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/formula"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// withFormulas adds formula fields to the catalogue of a world.
func withFormulas(t *testing.T, w *world) {
	t.Helper()
	o := w.catalog.Object("Company").Clone()
	o.Add(schema.Field{Name: "PerHead__c", Kind: schema.KindDouble, Precision: 18, Scale: 2, Formula: "IF(Staff > 0, Revenue / Staff, 0)"})
	o.Add(schema.Field{Name: "Twice__c", Kind: schema.KindDouble, Precision: 18, Scale: 1, Formula: "PerHead__c * 2"})
	o.Add(schema.Field{Name: "Title__c", Kind: schema.KindText, Length: 255, Formula: `Name & " of " & Parent.Name`})
	o.Add(schema.Field{Name: "Mine__c", Kind: schema.KindBoolean, Formula: "OwnerId = $User.Id"})
	o.Add(schema.Field{Name: "Loop__c", Kind: schema.KindDouble, Scale: 2, Formula: "Loop__c + 1"})
	o.Add(schema.Field{Name: "Share__c", Kind: schema.KindPercent, Scale: 1, Formula: "0.255"})
	c, err := w.catalog.Extend(o)
	if err != nil {
		t.Fatal(err)
	}
	w.catalog = c
}

// scalars are the functions that formulas need of SQLite.
func scalars() []store.Function {
	var all []store.Function
	for _, s := range formula.Scalars() {
		all = append(all, store.Function(s))
	}
	return all
}

func TestFormulaFields(t *testing.T) {
	w := newWorld(t, 3, 1)
	withFormulas(t, w)
	me := clerk{id: schema.MakeId("005", 2)}
	a, o := w.records["Company"][0], w.catalog.Object("Company")
	b := record{"Id": string(schema.MakeId(o.Prefix, 2))}
	w.records["Company"] = append(w.records["Company"], b)
	for k, v := range map[string]any{"Name": "Top", "Staff": int64(3), "Revenue": int64(1000), "IsDeleted": false, "OwnerId": string(me.id), "ParentId": nil, "Rating": "Hot", "IsListed": true} {
		a[k] = v
	}
	for k, v := range map[string]any{"Name": "Sub", "Staff": int64(0), "Revenue": int64(500), "IsDeleted": false, "OwnerId": nil, "ParentId": a["Id"], "Rating": "Hot", "IsListed": true} {
		b[k] = v
	}
	test := func(t *testing.T, db *store.DB) {
		w.load(t, db)
		e := testEngine(t, db)
		for text, want := range map[string]string{
			"SELECT PerHead__c, Twice__c FROM Company ORDER BY PerHead__c":                   "[map[PerHead__c:0.0 Twice__c:0.0] map[PerHead__c:3.33 Twice__c:6.7]]",
			"SELECT Title__c, Mine__c FROM Company ORDER BY Title__c DESC":                   "[map[Mine__c:true Title__c:Top of ] map[Mine__c:false Title__c:Sub of Top]]",
			"SELECT Name FROM Company WHERE PerHead__c > 3.3":                                "[map[Name:Top]]",
			"SELECT Name FROM Company WHERE Mine__c = FALSE":                                 "[map[Name:Sub]]",
			"SELECT Parent.PerHead__c FROM Company ORDER BY Parent.PerHead__c":               "[map[Parent:<nil>] map[Parent:map[PerHead__c:3.33]]]",
			"SELECT Name FROM Company WHERE Parent.PerHead__c = NULL":                        "[map[Name:Top]]",
			"SELECT SUM(PerHead__c) s, MAX(Title__c) m FROM Company":                         "[map[m:Top of  s:3.33]]",
			"SELECT Mine__c, COUNT(Id) n FROM Company GROUP BY Mine__c ORDER BY Mine__c":     "[map[Mine__c:false n:1] map[Mine__c:true n:1]]",
			"SELECT Share__c FROM Company WHERE Share__c = 25.5 AND Name = 'top'":            "[map[Share__c:25.5]]",
			"SELECT Name, (SELECT Title__c FROM Subsidiaries) FROM Company WHERE Staff != 0": "[map[Name:Top Subsidiaries:map[done:true records:[map[Title__c:Sub of Top]] totalSize:1]]]",
		} {
			page, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: me, Text: text})
			if err != nil {
				t.Errorf("%s: %v", text, err)
				continue
			}
			got := decodeJSON(page.AppendJSON(nil)).(map[string]any)["records"]
			if s := fmt.Sprint(got); s != want {
				t.Errorf("%s:\ngot  %s\nwant %s", text, s, want)
			}
		}
		if _, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: "SELECT Loop__c FROM Company"}); codeOf(err) != CodeComplicated {
			t.Errorf("a formula of itself: %v", err)
		}
	}
	t.Run("sqlite", func(t *testing.T) { test(t, storetest.SQLite(t, store.Options{Functions: scalars()})) })
	t.Run("postgres", func(t *testing.T) { test(t, storetest.Postgres(t, store.Options{})) })
}
