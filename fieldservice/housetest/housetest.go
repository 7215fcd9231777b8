// Package housetest gives tests of rooms a real house: a database, the whole catalogue, the rules of the organisation
// and those of the room, and a clock that the test sets.
//
// It does not know any room; a test hands it the rules.
package housetest

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// House is a keeper over a database of its own.
type House struct {
	*record.Keeper
	T        testing.TB
	Recorder *record.Recorder
	Log      *audit.Log

	clock atomic.Int64
}

// Open opens a house on SQLite with the rules of the organisation and those given.
func Open(t testing.TB, rules record.Book) *House {
	t.Helper()
	return On(t, storetest.SQLite(t, store.Options{}), rules)
}

// On is Open on a given, empty database.
func On(t testing.TB, db *store.DB, rules record.Book) *House {
	t.Helper()
	h := &House{T: t, Recorder: &record.Recorder{}}
	h.clock.Store(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).UnixMilli())
	c, err := schema.Compile(slices.Concat(org.All, object.All)...)
	h.must(err)
	_, err = db.Sync(context.Background(), c)
	h.must(err)
	h.Log, err = audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	h.must(err)
	h.Keeper, err = record.New(record.Options{DB: db, Catalog: c, Book: slices.Concat(org.Rules, rules), Audit: h.Log, Now: h.Now, Recorder: h.Recorder})
	h.must(err)
	return h
}

func (h *House) must(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

// Now is what the clock shows; at first 2026-03-02 09:00 UTC, a Monday.
func (h *House) Now() time.Time { return time.UnixMilli(h.clock.Load()).UTC() }

// Tick moves the clock on.
func (h *House) Tick(d time.Duration) { h.clock.Add(d.Milliseconds()) }

// Do runs f for the house itself; a failure fails the test.
func (h *House) Do(f func(*record.Tx) error) {
	h.T.Helper()
	h.must(h.Try(f))
}

// Try runs f for the house itself.
func (h *House) Try(f func(*record.Tx) error) error {
	return h.Keeper.Do(context.Background(), record.Cause{By: "test"}, f)
}

// Save saves records; a refusal fails the test.
func (h *House) Save(recs ...any) {
	h.T.Helper()
	h.Do(func(tx *record.Tx) error { return tx.Save(recs...) })
}

// Delete deletes records; a refusal fails the test.
func (h *House) Delete(ids ...schema.Id) {
	h.T.Helper()
	h.Do(func(tx *record.Tx) error { return tx.Delete(ids...) })
}

// Undelete brings records back; a refusal fails the test.
func (h *House) Undelete(ids ...schema.Id) {
	h.T.Helper()
	h.Do(func(tx *record.Tx) error { return tx.Undelete(ids...) })
}

// Refused runs f, which must be refused, and returns why.
func (h *House) Refused(f func(*record.Tx) error) *record.Fault {
	h.T.Helper()
	err := h.Try(f)
	var many record.Faults
	var one *record.Fault
	switch {
	case errors.As(err, &many) && len(many) > 0:
		return many[0]
	case errors.As(err, &one):
		return one
	}
	h.T.Fatalf("not refused: %v", err)
	return nil
}

// RefusesToSave saves records, which must be refused, and returns why.
func (h *House) RefusesToSave(recs ...any) *record.Fault {
	h.T.Helper()
	return h.Refused(func(tx *record.Tx) error { return tx.Save(recs...) })
}

// Apply has a viewer, or the house when nil, ask for changes in the form of the API: JSON bodies for records of an
// object.
func (h *House) Apply(v access.Viewer, op record.Op, of string, bodies ...string) []record.Result {
	h.T.Helper()
	if v == nil {
		v = access.Everything{}
	}
	b := record.Batch{Op: op, Object: h.Catalog().Object(of)}
	r := record.NewPatchReader(h.Catalog(), b.Object, v, op == record.Insert)
	for _, body := range bodies {
		p, err := r.JSON([]byte(body))
		h.must(err)
		b.Patches = append(b.Patches, p)
	}
	var results []record.Result
	h.must(h.Keeper.Do(context.Background(), record.Cause{Viewer: v, By: "test"}, func(tx *record.Tx) (err error) {
		results, err = tx.Apply(b)
		return err
	}))
	return results
}

// Load reads a record anew.
func Load[T any](h *House, id schema.Id) (rec *T) {
	h.T.Helper()
	h.must(h.View(context.Background(), func(v *record.View) (err error) {
		rec, err = record.Get(v, schema.Ref[T](id))
		return err
	}))
	return rec
}

// Find reads the records of T that meet a condition, as [record.Find] does.
func Find[T any](h *House, where string, args ...any) (recs []*T) {
	h.T.Helper()
	h.must(h.View(context.Background(), func(v *record.View) (err error) {
		recs, err = record.Find[T](v, where, args...)
		return err
	}))
	return recs
}
