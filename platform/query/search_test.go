package query

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// index makes the records of a world findable.
func (w *world) index(t testing.TB, db *store.DB) {
	t.Helper()
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		for _, o := range w.catalog.Objects {
			for _, rec := range w.records[o.Name] {
				tx.Index(document(o, rec))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func document(o *schema.Object, rec record) store.Document {
	d := store.Document{Object: o.Name, Record: schema.Id(rec["Id"].(string))}
	for _, f := range o.Fields {
		s, ok := rec[f.Name].(string)
		switch {
		case !ok:
		case f.NameField:
			d.Name = append(d.Name, s)
		case f.Kind == schema.KindEmail:
			d.Email = append(d.Email, s)
		case f.Kind == schema.KindPhone:
			d.Phone = append(d.Phone, s)
		case f.Kind == schema.KindText, f.Kind == schema.KindLongText:
			d.Text = append(d.Text, s)
		}
	}
	return d
}

// phoneless is a clerk who may not read telephone numbers.
type phoneless struct{ clerk }

func (phoneless) Reads(_ *schema.Object, f *schema.Field) bool { return f.Kind != schema.KindPhone }

func TestSearch(t *testing.T) {
	w := newWorld(t, 17, 40)
	me := clerk{id: schema.MakeId("005", 2)}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		w.index(t, db)
		e := testEngine(t, db)
		for _, x := range []struct {
			viewer access.Viewer
			text   string
			object string
			wants  func(record) bool
		}{
			{access.Everything{}, "FIND {gamma} IN NAME FIELDS RETURNING Company(Id, Name)", "Company", func(r record) bool { return r["Name"] == "GAMMA" }},
			{me, "FIND {gamma} IN NAME FIELDS RETURNING Company", "Company", func(r record) bool { return r["Name"] == "GAMMA" }},
			{me, "FIND {bet*} IN NAME FIELDS RETURNING Person(Name WHERE IsAdult = TRUE)", "Person", func(r record) bool { return r["Name"] == "Beta" && r["IsAdult"] == true }},
			{access.Everything{}, "FIND {alpha} IN PHONE FIELDS RETURNING Person", "Person", func(r record) bool { return r["Phone"] == "alpha" }},
			{phoneless{me}, "FIND {alpha} IN PHONE FIELDS RETURNING Person", "Person", func(r record) bool { return false }},
			{phoneless{me}, "FIND {alpha} RETURNING Person", "Person", func(r record) bool { return r["Name"] == "alpha" }},
		} {
			found, err := e.Search(context.Background(), Ask{Catalog: w.catalog, Viewer: x.viewer, Text: x.text, Base: "/v"})
			if err != nil {
				t.Errorf("%s: %v", x.text, err)
				continue
			}
			var want []schema.Id
			for _, rec := range w.records[x.object] {
				if (naive{w, x.viewer}).visible(w.catalog.Object(x.object), rec) && x.wants(rec) {
					want = append(want, schema.Id(rec["Id"].(string)))
				}
			}
			got := found.Ids()
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s:\ngot  %v\nwant %v", x.text, got, want)
			}
		}
	})
}

func TestSearchShape(t *testing.T) {
	w := newWorld(t, 17, 40)
	db := storetest.SQLite(t, store.Options{})
	w.load(t, db)
	w.index(t, db)
	e := testEngine(t, db)
	a := Ask{Catalog: w.catalog, Viewer: access.Everything{}, Base: "/v"}
	a.Text = "FIND {beta OR gamma OR alpha} IN NAME FIELDS RETURNING Company(Name, Staff ORDER BY Staff DESC NULLS LAST LIMIT 3), Person(Id LIMIT 1) LIMIT 3"
	found, err := e.Search(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(found.AppendJSON(nil)); !strings.HasPrefix(s, `{"searchRecords":[{"attributes":{"type":"Company","url":"/v/sobjects/Company/`) || found.Len() != 3 {
		t.Errorf("%d found: %s", found.Len(), s)
	}
	a.Text = "FIND {beta}"
	if found, err = e.Search(context.Background(), a); err != nil || !slices.ContainsFunc(found.Ids(), func(id schema.Id) bool { return id.Prefix() == "003" }) {
		t.Errorf("all objects: %v, %v", found, err)
	}
	for text, code := range map[string]string{
		"FIND {b} RETURNING Company": CodeSearch, "FIND {beta} RETURNING Nothing": CodeType, "FIND {beta} RETURNING Company(Nothing)": CodeField,
		"FIND {beta RETURNING": CodeSearch, "FIND {beta} RETURNING Ticket": CodeType, "FIND {beta} RETURNING Company(Id WHERE Nothing = 1)": CodeField,
	} {
		a.Text = text
		if _, err := e.Search(context.Background(), a); codeOf(err) != code {
			t.Errorf("%s: %v, want %s", text, err, code)
		}
	}
}

// TestSearchFindsBehindOthers holds that records out of sight do not crowd out those that are seen.
func TestSearchFindsBehindOthers(t *testing.T) {
	w := newWorld(t, 17, 1)
	o := w.catalog.Object("Company")
	me := clerk{id: schema.MakeId("005", 2)}
	w.records["Company"] = nil
	for i := range 2600 {
		rec := record{"Id": string(schema.MakeId(o.Prefix, uint64(100+i))), "Name": "crowd", "IsDeleted": false, "IsListed": false, "Rating": "Cold"}
		if i == 2599 {
			rec["OwnerId"] = string(me.id)
		}
		w.records["Company"] = append(w.records["Company"], rec)
	}
	db := storetest.SQLite(t, store.Options{})
	w.load(t, db)
	w.index(t, db)
	found, err := testEngine(t, db).Search(context.Background(), Ask{Catalog: w.catalog, Viewer: me, Text: "FIND {crowd} RETURNING Company(Id LIMIT 5)"})
	if err != nil || fmt.Sprint(found.Ids()) != fmt.Sprint([]schema.Id{schema.MakeId(o.Prefix, 2699)}) {
		t.Errorf("found %v, %v", found.Ids(), err)
	}
}
