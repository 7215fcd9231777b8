package stock

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/job"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// books is what should be on hand, kept in whole hundredths beside the house.
type books struct {
	*depot
	items  []*object.ProductItem
	places []*object.Location // of items
	on     []int64
	used   []*consumption
}

type consumption struct {
	rec  *object.ProductConsumed
	item int
	n    int64
	gone bool
}

// newBooks stocks fresh products: one item of each at the warehouse, which may go below zero, and at both vans.
func newBooks(d *depot) *books {
	b := &books{depot: d}
	for range 2 {
		p := &object.Product2{Name: "Part", IsActive: true}
		d.Save(p)
		for _, at := range []*object.Location{d.warehouse, d.van, d.other} {
			b.items, b.places, b.on = append(b.items, d.stock(at, p, 20)), append(b.places, at), append(b.on, 2000)
		}
	}
	return b
}

// fits reports whether item i may change by n.
func (b *books) fits(i int, n int64) bool {
	return b.on[i]+n >= 0 || n >= 0 || b.places[i].AllowsNegativeStock
}

// operation tries one thing in tx. It must be refused exactly when may is false; then nothing has changed.
type operation struct {
	may  bool
	try  func(*record.Tx) error
	done func()
}

func hundredths(n int64) schema.Decimal { return schema.Dec(n, 2) }

// consume draws an operation on consumptions: a new one, or an edit, a deletion, a return of an old one.
func (b *books) consume(t *rapid.T) operation {
	n := rapid.Int64Range(1, 1500).Draw(t, "quantity")
	if len(b.used) == 0 || rapid.Bool().Draw(t, "new") {
		i := rapid.IntRange(0, len(b.items)-1).Draw(t, "item")
		rec := b.uses(b.items[i], 0)
		rec.QuantityConsumed = hundredths(n)
		return operation{b.fits(i, -n), func(tx *record.Tx) error { return tx.Save(rec) }, func() { b.on[i] -= n; b.used = append(b.used, &consumption{rec, i, n, false}) }}
	}
	c := rapid.SampledFrom(b.used).Draw(t, "consumption")
	switch {
	case c.gone:
		return operation{b.fits(c.item, -c.n), func(tx *record.Tx) error { return tx.Undelete(c.rec.Id) }, func() { b.on[c.item] -= c.n; c.gone = false }}
	case rapid.Bool().Draw(t, "delete"):
		return operation{true, func(tx *record.Tx) error { return tx.Delete(c.rec.Id) }, func() { b.on[c.item] += c.n; c.gone = true }}
	}
	return operation{b.fits(c.item, c.n-n), func(tx *record.Tx) error {
		rec, err := record.Get(tx, schema.Ref[object.ProductConsumed](c.rec.Id))
		if err != nil {
			return err
		}
		rec.QuantityConsumed = hundredths(n)
		return tx.Save(rec)
	}, func() { b.on[c.item] += c.n - n; c.n = n }}
}

// transfer draws a transfer between two places of one product, of which some may be lost on the way.
func (b *books) transfer(t *rapid.T) operation {
	from := rapid.IntRange(0, len(b.items)-1).Draw(t, "from")
	to := from - from%3 + (from+rapid.IntRange(1, 2).Draw(t, "to"))%3
	n := rapid.Int64Range(1, 2500).Draw(t, "quantity")
	got := rapid.Int64Range(0, n).Draw(t, "received")
	return operation{b.fits(from, -n), func(tx *record.Tx) error {
		return tx.Save(&object.ProductTransfer{SourceProductItemId: itemRef(b.items[from].Id), DestinationLocationId: locationRef(b.places[to].Id), QuantitySent: hundredths(n), QuantityReceived: hundredths(got), IsReceived: true})
	}, func() { b.on[from] -= n; b.on[to] += got }}
}

// adjust draws an edit of a quantity, or a count of it.
func (b *books) adjust(t *rapid.T) operation {
	i := rapid.IntRange(0, len(b.items)-1).Draw(t, "item")
	n := rapid.Int64Range(-100, 5000).Draw(t, "quantity")
	if n >= 0 && rapid.Bool().Draw(t, "count") {
		return operation{true, func(tx *record.Tx) error {
			count := &object.CycleCount{LocationId: locationRef(b.places[i].Id)}
			if err := tx.Save(count); err != nil {
				return err
			}
			if err := tx.Save(&object.CycleCountEntry{CycleCountId: schema.Ref[object.CycleCount](count.Id), ProductItemId: itemRef(b.items[i].Id), CountedQuantity: hundredths(n)}); err != nil {
				return err
			}
			count.Status = object.CountStatusPosted
			return tx.Save(count)
		}, func() { b.on[i] = n }}
	}
	return operation{b.fits(i, n-b.on[i]), func(tx *record.Tx) error {
		item, err := record.Get(tx, itemRef(b.items[i].Id))
		if err != nil {
			return err
		}
		item.QuantityOnHand = hundredths(n)
		return tx.Save(item)
	}, func() { b.on[i] = n }}
}

// TestTenThousandOperations does random operations, legal and illegal, and holds the house to the books after each ten.
func TestTenThousandOperations(t *testing.T) {
	d := openDepot(t)
	d.warehouse.AllowsNegativeStock = true
	d.Save(d.warehouse)
	tried, done := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		b := newBooks(d)
		for range 10 {
			d.Do(func(tx *record.Tx) error {
				for range 10 {
					op := rapid.SampledFrom([]func(*rapid.T) operation{b.consume, b.consume, b.transfer, b.adjust}).Draw(t, "operation")(t)
					err := tx.Try(func() error { return op.try(tx) })
					if _, refused := record.FaultsOf(err); err != nil && !refused || (err == nil) != op.may {
						t.Fatalf("may be is %v, but: %v", op.may, err)
					}
					if tried++; err == nil {
						op.done()
						done++
					}
				}
				return nil
			})
			for i, item := range b.items {
				if got := housetest.Load[object.ProductItem](d.House, item.Id).QuantityOnHand; got != hundredths(b.on[i]) {
					t.Fatalf("item %d holds %s, not %s", i, got, hundredths(b.on[i]))
				}
			}
		}
	})
	if n := d.differ(); n != 0 {
		t.Errorf("%d stocks differ from their journal", n)
	}
	if done < tried/2 || done == tried {
		t.Errorf("%d of %d operations went through", done, tried)
	}
}

// TestRush has a hundred people take one each of fifty at once.
func TestRush(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := depotOn(t, db)
		item := d.stock(d.van, d.filter, 50)
		var got, refused atomic.Int64
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				err := d.Try(func(tx *record.Tx) error { return tx.Save(d.uses(item, 1)) })
				if _, ok := record.FaultsOf(err); ok {
					refused.Add(1)
				} else if err == nil {
					got.Add(1)
				}
			})
		}
		wg.Wait()
		if got.Load() != 50 || refused.Load() != 50 {
			t.Errorf("%d got one and %d were refused", got.Load(), refused.Load())
		}
		wants(t, "left", d.on(item), "0")
		if n := d.differ(); n != 0 {
			t.Errorf("%d stocks differ from their journal", n)
		}
	})
}

// TestJobs has a night pass.
func TestJobs(t *testing.T) {
	var clock atomic.Int64
	clock.Store(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).UnixMilli())
	d := depotOn(t, storetest.SQLite(t, store.Options{Now: func() time.Time { return time.UnixMilli(clock.Load()) }}))
	item := d.stock(d.van, d.filter, 1)
	d.Save(&object.ReorderPoint{LocationId: locationRef(d.van.Id), Product2Id: productRef(d.filter.Id), MinimumQuantity: schema.DecInt(2), TargetQuantity: schema.DecInt(4), IsActive: true})
	d.Do(func(tx *record.Tx) error {
		_, err := tx.Store().Exec(`UPDATE "ProductItem" SET "JournalQuantity" = 0 WHERE "Id" = ?`, string(item.Id))
		return err
	})
	q, err := job.Open(d.DB(), d.Keeper, Jobs, job.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := q.Tick(context.Background()); err != nil {
			t.Fatal(err)
		}
		clock.Add(25 * time.Hour.Milliseconds())
	}
	if n := len(housetest.Find[object.ProductRequest](d.House, "DestinationLocationId = ?", d.van.Id)); n != 1 {
		t.Errorf("%d requests", n)
	}
	if n := len(housetest.Find[object.StockDifference](d.House, "IsOpen = true")); n != 1 {
		t.Errorf("%d differences", n)
	}
}
