package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"truckroll/app/demo"
	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// tally counts the rows of every object, the history of sign-ins aside.
func tally(t *testing.T, h *House) map[string]int {
	t.Helper()
	counts := map[string]int{}
	must(t, h.DB.View(context.Background(), func(tx *store.Tx) error {
		for _, o := range h.Keeper.Catalog().Objects {
			var n int
			if err := tx.QueryRow("SELECT COUNT(*) FROM " + store.Quote(o.Name)).Scan(&n); err != nil {
				return err
			}
			counts[o.Name] = n
		}
		return nil
	}))
	return counts
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestDemoIsFilledInAndRemoved: nothing but what the demo made goes, and what real records hang on stays and is told of.
func TestDemoIsFilledInAndRemoved(t *testing.T) {
	h := openHouse(t, t.TempDir())
	defer h.Close()
	ctx, admin, m := context.Background(), firstAdmin(t, h), &madeUp{h}
	own := &object.Account{Name: "Real customer"}
	must(t, h.Keeper.Do(ctx, record.Cause{By: "test"}, func(tx *record.Tx) error { return tx.Save(own) }))
	before := tally(t, h)

	var f *schema.Fault
	if err := m.Remove(ctx, admin); !errors.As(err, &f) || f.Code != "NOT_FOUND" {
		t.Errorf("removed without one: %v", err)
	}
	must(t, m.Fill(ctx, admin, 30))
	if err := m.Fill(ctx, admin, 30); !errors.As(err, &f) || f.Code != "CONFLICT" {
		t.Errorf("filled in twice: %v", err)
	}
	tickWork(t, h)
	state, err := m.State(ctx)
	must(t, err)
	if state.Busy != nil || state.Failed != nil || state.Records < 300 {
		t.Fatalf("%+v %+v", state, state.Failed)
	}
	full := tally(t, h)
	made := 0
	for name, n := range full {
		made += n - before[name]
	}
	if made != state.Records {
		t.Errorf("%d records were made, %d are known of", made, state.Records)
	}

	// A real work order for a customer of the demo.
	var order object.WorkOrder
	must(t, h.Keeper.Do(ctx, record.Cause{By: "test"}, func(tx *record.Tx) error {
		asset, err := record.First[object.Asset](tx, "AccountId != null AND ContactId != null ORDER BY Id")
		if err != nil {
			return err
		}
		order = object.WorkOrder{Subject: "Real work", AccountId: asset.AccountId, AssetId: schema.Ref[object.Asset](asset.Id)}
		return tx.Save(&order)
	}))
	real := tally(t, h)
	must(t, m.Remove(ctx, admin))
	tickWork(t, h)
	state, err = m.State(ctx)
	must(t, err)
	after := tally(t, h)
	kept := 0
	for name := range before {
		kept += after[name] - before[name] - (real[name] - full[name])
	}
	if state.Records != kept || kept == 0 || kept > 12 {
		t.Errorf("%d records were kept, %d are known of: %+v", kept, state.Records, state.Left)
	}
	told := map[string]bool{}
	for _, r := range state.Left {
		told[r.Object] = r.Example.Name != "" && r.By.Name != ""
	}
	if !told["Account"] || !told["Asset"] || told["WorkOrder"] {
		t.Errorf("told of what is left: %+v", state.Left)
	}
	must(t, h.Keeper.View(ctx, func(v *record.View) error {
		_, err1 := record.Get(v, schema.Ref[object.WorkOrder](order.Id))
		_, err2 := record.Get(v, schema.Ref[object.Account](order.AccountId))
		_, err3 := record.Get(v, schema.Ref[object.Account](own.Id))
		return errors.Join(err1, err2, err3)
	}))

	// Once the real work is gone, so is the rest.
	must(t, h.Keeper.Do(ctx, record.Cause{By: "test"}, func(tx *record.Tx) error { return tx.Delete(order.Id) }))
	must(t, m.Remove(ctx, admin))
	tickWork(t, h)
	if state, err = m.State(ctx); err != nil || state.Records != 0 || len(state.Left) != 0 {
		t.Errorf("left at last: %+v %v", state, err)
	}
}

// tickWork does all work that waits.
func tickWork(t *testing.T, h *House) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := h.Queue.Tick(ctx)
	must(t, err)
}

// TestRemovalStopsWhenItIsCancelled: what is left of the demo is still known, and can be removed later.
func TestRemovalStopsWhenItIsCancelled(t *testing.T) {
	h := openHouse(t, t.TempDir())
	defer h.Close()
	ctx, admin := context.Background(), firstAdmin(t, h)
	must(t, (&madeUp{h}).Fill(ctx, admin, 10))
	tickWork(t, h)
	stop := errors.New("stop")
	calls := 0
	_, err := demo.Remove(ctx, h.Keeper, record.Cause{By: "test"}, func(int, int) error { calls++; return stop })
	if !errors.Is(err, stop) || calls != 1 {
		t.Fatalf("%d calls, %v", calls, err)
	}
	out, err := demo.Remove(ctx, h.Keeper, record.Cause{By: "test"}, func(int, int) error { return nil })
	if err != nil || len(out.Kept) != 0 || out.Removed == 0 {
		t.Errorf("the rest: %+v %v", out, err)
	}
}

// TestDemoIsRemovedFromPostgres: what hangs on what is found there, too.
func TestDemoIsRemovedFromPostgres(t *testing.T) {
	w := newWorld(t, storetest.Postgres(t, store.Options{}))
	ctx := context.Background()
	var profile schema.Ref[org.Profile]
	w.must(w.View(ctx, func(v *record.View) error {
		p, err := record.First[org.Profile](v, "Name = ?", "Field Technician")
		profile = schema.Ref[org.Profile](p.Id)
		return err
	}))
	count := func() (n int) {
		w.must(w.View(ctx, func(v *record.View) (err error) { n, err = record.Count[object.Account](v, ""); return err }))
		return n
	}
	before := count()
	w.must(demo.Fill(ctx, w.Keeper, demo.Options{WorkOrders: 10, Seed: 1, Now: noon.Time(), Technician: profile}))
	w.must(w.Do(ctx, record.Cause{By: "test"}, func(tx *record.Tx) error {
		made, err := record.First[object.Asset](tx, "ORDER BY Id DESC")
		if err != nil {
			return err
		}
		return tx.Save(&object.Asset{Name: "Real", ParentId: schema.Ref[object.Asset](made.Id), AccountId: made.AccountId})
	}))
	out, err := demo.Remove(ctx, w.Keeper, record.Cause{By: "test"}, func(int, int) error { return nil })
	w.must(err)
	if out.Removed < 100 || len(out.Kept) < 2 || count() != before+1 {
		t.Errorf("removed %d, kept %v, %d accounts of %d before", out.Removed, out.Kept, count(), before)
	}
}
