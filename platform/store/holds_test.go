package store_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestHoldsAsSearched holds the matching of a document in memory to what a search finds.
func TestHoldsAsSearched(t *testing.T) {
	words := []string{"pump", "Pumps", "valve", "größe", "leak-proof", "+49 30 1234", "a@b.example", "the pump valve leaks", "x1"}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		docs := make([]store.Document, len(words)*3)
		for i := range docs {
			docs[i] = store.Document{Object: "Thing", Record: schema.MakeId("0Th", uint64(i+1)), Name: []string{words[i%len(words)]},
				Email: []string{words[(i*2+1)%len(words)]}, Phone: []string{words[(i*5+2)%len(words)]}, Text: []string{words[(i*7)%len(words)], words[(i+4)%len(words)]}}
		}
		err := db.Write(context.Background(), func(tx *store.Tx) error { tx.Index(docs...); return nil })
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(t *rapid.T) {
			m := anyMatch(t, 0)
			scope := store.Scope(rapid.IntRange(0, 15).Draw(t, "scope"))
			found := map[schema.Id]bool{}
			err := db.View(context.Background(), func(tx *store.Tx) error {
				hits, err := tx.Search(m, scope, nil, 1000)
				for _, h := range hits {
					found[h.Record] = true
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range docs {
				if d.Holds(m, scope) != found[d.Record] {
					t.Fatalf("%#v in %d: %+v holds it: %v, found: %v", m, scope, d, d.Holds(m, scope), found[d.Record])
				}
			}
		})
	})
}

func anyMatch(t *rapid.T, depth int) store.Match {
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	if depth > 2 || kind > 2 {
		return store.Phrase(rapid.SampledFrom([]string{"pump", "pum*", "p*p", "?1", "valve", "pump valve", "pump val*", "GROSSE", "größe", "leak proof",
			"49301234", "b example", "none", "*", "a@b", "x?", "x??"}).Draw(t, "phrase"))
	}
	a, b := anyMatch(t, depth+1), anyMatch(t, depth+1)
	return []store.Match{store.All{a, b}, store.Any{a, b}, store.Not{Keep: a, Drop: b}}[kind]
}
