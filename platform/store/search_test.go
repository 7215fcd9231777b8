package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestSearchFindsTheSameOnBothEngines(t *testing.T) {
	docs := []store.Document{
		{Object: "Account", Record: "001A", Name: []string{"Müller & Söhne GmbH"}, Email: []string{"info@mueller.example"}, Phone: []string{"+49 (30) 123-4567"}, Text: []string{"Berlin", "boiler maintenance"}},
		{Object: "Account", Record: "001B", Name: []string{"Boiler House"}, Text: []string{"Hamburg 'x' quoted"}},
		{Object: "Contact", Record: "003A", Name: []string{"Jane Miller"}, Text: []string{"boilermaker", "東京支店"}},
		{Object: "Contact", Record: "003B", Name: []string{"John Mailer"}, Text: []string{"Main street 5"}},
	}
	tests := []struct {
		name    string
		match   store.Match
		scope   store.Scope
		objects []string
		want    []string
	}{
		{name: "accents and case", match: store.Phrase("MULLER"), want: []string{"001A"}},
		{name: "whole words only", match: store.Phrase("boiler"), want: []string{"001A", "001B"}},
		{name: "prefix", match: store.Phrase("boil*"), want: []string{"001A", "001B", "003A"}},
		{name: "wildcard inside", match: store.Phrase("m?ller"), want: []string{"001A", "003A"}},
		{name: "wildcard of any length", match: store.Phrase("m*ler"), want: []string{"001A", "003A", "003B"}},
		{name: "wildcard first", match: store.Phrase("*maker"), want: []string{"003A"}},
		{name: "phrase", match: store.Phrase("boiler maintenance"), want: []string{"001A"}},
		{name: "phrase in the wrong order", match: store.Phrase("maintenance boiler")},
		{name: "phrase across two values", match: store.Phrase("berlin boiler")},
		{name: "name alone", match: store.Phrase("boiler"), scope: store.InName, want: []string{"001B"}},
		{name: "name and email", match: store.Phrase("info"), scope: store.InName + store.InEmail, want: []string{"001A"}},
		{name: "phone digits", match: store.Phrase("49301234567"), scope: store.InPhone, want: []string{"001A"}},
		{name: "phone as written", match: store.Phrase("(30) 123"), want: []string{"001A"}},
		{name: "email", match: store.Phrase("info@mueller.example"), want: []string{"001A"}},
		{name: "all", match: store.All{store.Phrase("jane"), store.Phrase("boil*")}, want: []string{"003A"}},
		{name: "any", match: store.Any{store.Phrase("jane"), store.Phrase("hamburg"), store.Phrase("?nowhere?")}, want: []string{"001B", "003A"}},
		{name: "not", match: store.Not{Keep: store.Phrase("boil*"), Drop: store.Phrase("house")}, want: []string{"001A", "003A"}},
		{name: "not, of what never occurs", match: store.Not{Keep: store.Phrase("jane"), Drop: store.Phrase("zz?z")}, want: []string{"003A"}},
		{name: "object", match: store.Phrase("boil*"), objects: []string{"Contact"}, want: []string{"003A"}},
		{name: "characters without spaces", match: store.Phrase("京支"), want: []string{"003A"}},
		{name: "quotes are no syntax", match: store.Phrase(`"x' OR 1`)},
		{name: "no word", match: store.Phrase("!!")},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(tx *store.Tx) error { tx.Index(docs...); return nil })
		for _, c := range tests {
			if got := search(t, db, c.match, c.scope, c.objects); !slices.Equal(got, c.want) {
				t.Errorf("%s: found %v, want %v", c.name, got, c.want)
			}
		}
	})
}

func search(t testing.TB, db *store.DB, m store.Match, scope store.Scope, objects []string) (ids []string) {
	t.Helper()
	must(t, db.View(context.Background(), func(tx *store.Tx) error {
		hits, err := tx.Search(m, scope, objects, 100)
		for _, h := range hits {
			ids = append(ids, string(h.Record))
		}
		return err
	}))
	slices.Sort(ids)
	return ids
}

func TestIndexFollowsTheTransaction(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		doc := func(name string) store.Document {
			return store.Document{Object: "Account", Record: "001A", Name: []string{name}}
		}
		write(t, db, func(tx *store.Tx) error { tx.Index(doc("first")); tx.Index(doc("second")); return nil })
		err := db.Write(context.Background(), func(tx *store.Tx) error {
			tx.Index(doc("undone"))
			return fmt.Errorf("no")
		})
		for word, want := range map[string]int{"first": 0, "second": 1, "undone": 0} {
			if got := search(t, db, store.Phrase(word), 0, nil); len(got) != want {
				t.Errorf("%s is found %d times, want %d (%v)", word, len(got), want, err)
			}
		}
		write(t, db, func(tx *store.Tx) error { tx.Index(doc("")); return nil })
		write(t, db, func(tx *store.Tx) error { tx.Unindex(schema.Id("001A"), schema.Id("001Z")); return nil })
		if got := search(t, db, store.Phrase("second"), 0, nil); got != nil {
			t.Errorf("found %v after its removal", got)
		}
	})
}
