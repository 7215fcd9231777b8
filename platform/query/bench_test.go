package query

import (
	"context"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

const benchText = `SELECT Id, Name, Code, Rating, Revenue, Staff, Founded, Seen, IsListed, OwnerId, CreatedDate, LastModifiedDate,
	Parent.Name, Owner.Name FROM Company WHERE IsListed = TRUE ORDER BY SystemModstamp LIMIT 200`

func benchWorld(b *testing.B) (*world, *Engine) {
	w := newWorld(b, 1, 2000)
	db := storetest.SQLite(b, store.Options{})
	w.load(b, db)
	return w, testEngine(b, db)
}

// BenchmarkPage answers a page of 200 records with two parents from SQLite.
func BenchmarkPage(b *testing.B) {
	w, e := benchWorld(b)
	a := Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: benchText, Base: "/services/data/v60.0"}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		page, err := e.Query(context.Background(), a)
		if err != nil {
			b.Fatal(err)
		}
		buf = page.AppendJSON(buf[:0])
	}
	b.SetBytes(int64(len(buf)))
}

// BenchmarkEncode writes the JSON of a page of 200 records that was read.
func BenchmarkEncode(b *testing.B) {
	w, e := benchWorld(b)
	page, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: access.Everything{}, Text: benchText, Base: "/services/data/v60.0"})
	if err != nil {
		b.Fatal(err)
	}
	if page.Len() != 200 {
		b.Fatalf("%d records", page.Len())
	}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = page.AppendJSON(buf[:0])
	}
	b.SetBytes(int64(len(buf)))
}

// BenchmarkCompile resolves the query and writes its SQL.
func BenchmarkCompile(b *testing.B) {
	w, e := benchWorld(b)
	b.ReportAllocs()
	for b.Loop() {
		st, err := Compile(benchText, w.catalog, access.Everything{}, e.options(Ask{}))
		if err != nil {
			b.Fatal(err)
		}
		st.SQL(e.DB.Dialect(), 200)
	}
}
