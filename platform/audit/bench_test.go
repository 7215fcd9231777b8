package audit_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"truckroll/platform/audit"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// BenchmarkWrite measures durable writes of one row by 16 writers, without and with an audit entry of 20 values.
func BenchmarkWrite(b *testing.B) {
	fields := make([]string, 20)
	for i := range fields {
		fields[i] = fmt.Sprint("Field", i)
	}
	for _, audited := range []bool{false, true} {
		for engine, open := range map[string]func(testing.TB, store.Options) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
			b.Run(fmt.Sprintf("%s/audit=%v", engine, audited), func(b *testing.B) {
				db := open(b, store.Options{})
				l := openLog(b, db)
				var n atomic.Int64
				b.SetParallelism(8) // times two cores
				b.ResetTimer()
				b.RunParallel(func(p *testing.PB) {
					for p.Next() {
						id := fmt.Sprintf("0WO%015d", n.Add(1))
						err := db.Write(context.Background(), func(tx *store.Tx) error {
							if err := tx.SetMeta(id, "a value of some length, as a row has"); err != nil || !audited {
								return err
							}
							return l.Append(tx, []audit.Entry{change(id, 1, fields...)})
						})
						if err != nil {
							b.Error(err)
						}
					}
				})
			})
		}
	}
}

// BenchmarkAppend measures entries of 20 values in batches of 200, without the commit.
func BenchmarkAppend(b *testing.B) {
	db := storetest.SQLite(b, store.Options{})
	l := openLog(b, db)
	fields := make([]string, 20)
	for i := range fields {
		fields[i] = fmt.Sprint("Field", i)
	}
	n := 0
	for b.Loop() {
		batch := make([]audit.Entry, 200)
		for i := range batch {
			n++
			batch[i] = change(fmt.Sprintf("0WO%015d", n), 1, fields...)
		}
		write(b, db, l, batch...)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/entry")
}
