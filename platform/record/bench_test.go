package record

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// benchBook is a house's usual load: something to fill, to check, to look up and to follow.
var benchBook = Book{
	Fill("alias", func(tx *Tx, c *Change[Customer]) error {
		if c.New.ParentId != c.Old.ParentId {
			parent, err := Get(tx, c.New.ParentId)
			if err != nil {
				return err
			}
			c.New.Phone = parent.Phone
		}
		return nil
	}),
	Check("rating", func(old, new Customer) error {
		if new.Rating.Sign() < 0 {
			return Refuse("FIELD_INTEGRITY_EXCEPTION", "negative", "Rating")
		}
		return nil
	}),
	Follow("nothing", func(tx *Tx, c Change[Customer]) error { return nil }),
}

func benchCustomer(parent schema.Id, i int) *Customer {
	c := &Customer{Name: fmt.Sprintf("Customer %d", i), Code: fmt.Sprintf("C%d", i), Email: "info@example.com", Website: "https://example.com", Region: "North", Town: "Oslo", Tags: "a;b",
		Rating: schema.Dec(1234, 2), Visits: schema.NewInt(7), Active: true, Since: schema.Day(2024, 1, 31), Opens: schema.Clock(8, 0), ParentId: schema.Ref[Customer](parent)}
	c.Billing = schema.Address{Street: "Storgata 1", City: "Oslo", PostalCode: "0155", Country: "Norway", Latitude: schema.Dec(599139, 4), Longitude: schema.Dec(107522, 4)}
	return c
}

// bare inserts the same rows with nothing around them.
func bare(tx *store.Tx, p *plan, recs []any) error {
	rows := make([]*row, len(recs))
	for i, rec := range recs {
		rows[i] = &row{plan: p, new: rec}
	}
	fields := p.filled(rows)
	names := make([]string, len(fields))
	for i, at := range fields {
		names[i] = p.names[at]
	}
	text := "INSERT INTO " + p.table + " (" + strings.Join(names, ", ") + ") VALUES " + repeat("("+strings.TrimSuffix(strings.Repeat("?, ", len(fields)), ", ")+")", 1)
	for _, rec := range recs {
		args, err := p.arguments(nil, fields, rec)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(text, args...); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkSave compares saving records by the rules, with audit entries and events, with a loop of bare INSERTs of the
// same rows in one transaction.
func BenchmarkSave(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		for _, n := range []int{1, 200} {
			open := func(b *testing.B) *house {
				if engine == "sqlite" {
					return newHouse(b, storetest.SQLite(b, store.Options{}), benchBook, nil)
				}
				return newHouse(b, storetest.Postgres(b, store.Options{}), benchBook, nil)
			}
			b.Run(fmt.Sprintf("%s/%d/save", engine, n), func(b *testing.B) { benchSave(b, open(b), n) })
			b.Run(fmt.Sprintf("%s/%d/apply", engine, n), func(b *testing.B) { benchApply(b, open(b), n) })
			b.Run(fmt.Sprintf("%s/%d/bare", engine, n), func(b *testing.B) { benchBare(b, open(b), n) })
		}
	}
}

func benchParent(h *house) schema.Id {
	p := &Customer{Name: "parent"}
	h.do(func(tx *Tx) error { return tx.Save(p) })
	return p.Id
}

// perRecord reports the time and, from the given beginning, the processor time of this process for each record. The
// latter is what to compare on a machine that does other things too.
func perRecord(b *testing.B, n int, began time.Duration) {
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/record")
	b.ReportMetric(float64((processorTime()-began).Microseconds())/float64(b.N*n), "cpu-µs/record")
}

// processorTime returns how long this process has been running on processors.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func benchSave(b *testing.B, h *house, n int) {
	parent, made := benchParent(h), 0
	b.ReportAllocs()
	began := processorTime()
	for b.Loop() {
		recs := make([]any, n)
		for i := range recs {
			made++
			recs[i] = benchCustomer(parent, made)
		}
		h.do(func(tx *Tx) error { return tx.Save(recs...) })
	}
	perRecord(b, n, began)
}

func benchApply(b *testing.B, h *house, n int) {
	parent, made := benchParent(h), 0
	o := h.Catalog().Object("Customer")
	r := NewPatchReader(h.Catalog(), o, access.Everything{}, true)
	b.ReportAllocs()
	began := processorTime()
	for b.Loop() {
		batch := Batch{Op: Insert, Object: o, Patches: make([]Patch, n)}
		for i := range batch.Patches {
			made++
			p, err := r.JSON(fmt.Appendf(nil, `{"Name":"Customer %d","Code":"C%d","Email":"info@example.com","Website":"https://example.com","Region":"North","Town":"Oslo","Tags":"a;b","Rating":12.34,"Visits":7,
				"Since":"2024-01-31","Opens":"08:00:00.000Z","ParentId":%q,"BillingStreet":"Storgata 1","BillingCity":"Oslo","BillingPostalCode":"0155","BillingCountry":"Norway","BillingLatitude":59.9139,"BillingLongitude":10.7522}`, made, made, parent))
			if err != nil {
				b.Fatal(err)
			}
			batch.Patches[i] = p
		}
		err := h.Do(context.Background(), Cause{}, func(tx *Tx) error {
			_, err := tx.Apply(batch)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	perRecord(b, n, began)
}

func benchBare(b *testing.B, h *house, n int) {
	parent, made := benchParent(h), 0
	p := h.current.Load().plans[h.Catalog().Object("Customer")]
	now := schema.At(h.clock.now())
	b.ReportAllocs()
	began := processorTime()
	for b.Loop() {
		recs := make([]any, n)
		for i := range recs {
			made++
			c := benchCustomer(parent, made)
			c.Id, c.CreatedDate, c.LastModifiedDate, c.SystemModstamp = schema.MakeId("001", uint64(1e6+made)), now, now, now
			recs[i] = c
		}
		if err := h.DB().Write(context.Background(), func(tx *store.Tx) error { return bare(tx, p, recs) }); err != nil {
			b.Fatal(err)
		}
	}
	perRecord(b, n, began)
}
