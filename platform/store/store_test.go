package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// Site and Part are objects that tests keep.
type Site struct {
	schema.Standard `prefix:"0SX"`
	Name            string `max:"80"`
	Code            string `field:"unique"`
	Serial          string `field:"unique casesens"`
	External        string `field:"external"`
	Active          bool
	Price           schema.Currency
	Opened          schema.Date
	Seen            schema.DateTime
	ParentId        schema.Ref[Site] `children:"Children"`
	Address         schema.Address
}

type User struct {
	schema.Standard `prefix:"005"`
	Name            string
}

func catalog(t testing.TB, protos ...any) *schema.Catalog {
	t.Helper()
	c, err := schema.Compile(append(protos, User{})...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write runs f in a transaction that must succeed.
func write(t testing.TB, db *store.DB, f func(tx *store.Tx) error) {
	t.Helper()
	must(t, db.Write(context.Background(), f))
}

func count(t testing.TB, db *store.DB, query string, args ...any) (n int) {
	t.Helper()
	must(t, db.View(context.Background(), func(tx *store.Tx) error { return tx.QueryRow(query, args...).Scan(&n) }))
	return n
}

func insert(tx *store.Tx, name string) error {
	_, err := tx.Exec("INSERT INTO meta (name, value) VALUES (?, ?)", name, "")
	return err
}

func TestFailedFunctionIsUndoneAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		refused := errors.New("refused")
		var wg sync.WaitGroup
		errs := make([]error, 60)
		for i := range errs {
			wg.Go(func() {
				errs[i] = db.Write(context.Background(), func(tx *store.Tx) error {
					if err := insert(tx, fmt.Sprintf("k%d", i)); err != nil {
						return err
					}
					if i%3 == 0 {
						return refused
					}
					return nil
				})
			})
		}
		wg.Wait()
		for i, err := range errs {
			if (i%3 == 0) != errors.Is(err, refused) {
				t.Errorf("writer %d: %v", i, err)
			}
		}
		if n := count(t, db, "SELECT COUNT(*) FROM meta WHERE name LIKE 'k%'"); n != 40 {
			t.Errorf("%d rows are kept, want 40", n)
		}
	})
}

func TestStatementErrorLeavesOthersAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var wg sync.WaitGroup
		errs := make([]error, 20)
		for i := range errs {
			wg.Go(func() {
				errs[i] = db.Write(context.Background(), func(tx *store.Tx) error { return insert(tx, fmt.Sprintf("same%d", i%2)) })
			})
		}
		wg.Wait()
		failed := 0
		for _, err := range errs {
			if err == nil {
				continue
			}
			failed++
			if _, _, ok := store.Violation(err); !ok {
				t.Errorf("not reported as a violation: %v", err)
			}
		}
		if failed != 18 {
			t.Errorf("%d of 20 failed, want 18", failed)
		}
	})
}

func TestPanicStaysWithItsCaller(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		func() {
			defer func() {
				if p := recover(); p != "boom" {
					t.Errorf("recovered %v", p)
				}
			}()
			_ = db.Write(context.Background(), func(tx *store.Tx) error {
				must(t, insert(tx, "lost"))
				panic("boom")
			})
		}()
		write(t, db, func(tx *store.Tx) error { return insert(tx, "kept") })
		if n := count(t, db, "SELECT COUNT(*) FROM meta WHERE name IN ('lost', 'kept')"); n != 1 {
			t.Errorf("%d rows, want the one written after the panic", n)
		}
	})
}

func TestOnCommitRunsOnlyAfterCommit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var ran []string
		write(t, db, func(tx *store.Tx) error {
			tx.OnCommit(func() { ran = append(ran, "kept") })
			return nil
		})
		err := db.Write(context.Background(), func(tx *store.Tx) error {
			tx.OnCommit(func() { ran = append(ran, "undone") })
			return errors.New("no")
		})
		if err == nil || !slices.Equal(ran, []string{"kept"}) {
			t.Errorf("ran %v, error %v", ran, err)
		}
	})
}

func TestCancelledWriterLeavesTheQueue(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	inside, leave := make(chan bool), make(chan bool)
	var wg sync.WaitGroup
	wg.Go(func() {
		write(t, db, func(tx *store.Tx) error { close(inside); <-leave; return insert(tx, "first") })
	})
	<-inside
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	queued, stop := context.WithCancel(context.Background())
	wg.Go(func() {
		err := db.Write(queued, func(tx *store.Tx) error { return insert(tx, "second") })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the queued writer was told %v", err)
		}
		close(leave)
	})
	if err := db.Write(ctx, func(tx *store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled writer was told %v", err)
	}
	stop()
	wg.Wait()
	if n := count(t, db, "SELECT COUNT(*) FROM meta WHERE name IN ('first', 'second')"); n != 1 {
		t.Errorf("%d rows, want the first alone", n)
	}
}

func TestCancelInsideUndoesOnlyThat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(context.Background())
		err := db.Write(ctx, func(tx *store.Tx) error {
			must(t, insert(tx, "lost"))
			cancel()
			return insert(tx, "lost too")
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		if n := count(t, db, "SELECT COUNT(*) FROM meta WHERE name LIKE 'lost%'"); n != 0 {
			t.Errorf("%d rows are kept", n)
		}
	})
}

func TestBeforeCommitFailureFailsTheGroup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, f := range []func(*store.Tx) error{
			func(*store.Tx) error { return errors.New("not now") },
			func(*store.Tx) error { panic("not now") },
		} {
			fail := true
			db.BeforeCommit(func(tx *store.Tx) error {
				if fail {
					return f(tx)
				}
				return nil
			})
			err := db.Write(context.Background(), func(tx *store.Tx) error { return insert(tx, "lost") })
			if err == nil || count(t, db, "SELECT COUNT(*) FROM meta WHERE name = 'lost'") != 0 {
				t.Errorf("error %v, and the row may be there", err)
			}
			fail = false
		}
		write(t, db, func(tx *store.Tx) error { return insert(tx, "kept") })
	})
}

func TestViewIsASnapshotThatRefusesChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		must(t, db.View(context.Background(), func(tx *store.Tx) error {
			var before, after int
			must(t, tx.QueryRow("SELECT COUNT(*) FROM meta").Scan(&before))
			write(t, db, func(tx *store.Tx) error { return insert(tx, "later") })
			must(t, tx.QueryRow("SELECT COUNT(*) FROM meta").Scan(&after))
			if before != after {
				t.Errorf("the view saw a later change: %d rows, then %d", before, after)
			}
			if _, err := tx.Exec("DELETE FROM meta"); !errors.Is(err, store.ErrReadOnly) {
				t.Errorf("a change in a view: %v", err)
			}
			if rows, err := tx.Query("DELETE FROM meta RETURNING name"); err == nil {
				rows.Next()
				if rows.Close(); rows.Err() == nil {
					t.Error("a view deleted rows by a query")
				}
			}
			return nil
		}))
	})
}

func TestEndedTransactionIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var escaped *store.Tx
		write(t, db, func(tx *store.Tx) error { escaped = tx; return nil })
		if err := insert(escaped, "late"); !errors.Is(err, store.ErrEnded) {
			t.Errorf("error %v", err)
		}
	})
}

func TestSameStatementNested(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect().Name() == "postgres" {
			t.Skip("PostgreSQL answers one query at a time on a connection")
		}
		write(t, db, func(tx *store.Tx) error { return errors.Join(insert(tx, "a"), insert(tx, "b")) })
		pairs := 0
		must(t, db.View(context.Background(), func(tx *store.Tx) error {
			const query = "SELECT name FROM meta WHERE name IN (?, ?) ORDER BY name"
			outer, err := tx.Query(query, "a", "b")
			must(t, err)
			for outer.Next() {
				inner, err := tx.Query(query, "a", "b")
				must(t, err)
				for inner.Next() {
					pairs++
				}
				must(t, inner.Err())
			}
			return outer.Err()
		}))
		if pairs != 4 {
			t.Errorf("%d pairs, want 4", pairs)
		}
	})
}

func TestCloseRefusesLaterWork(t *testing.T) {
	db, err := store.Open(context.Background(), t.TempDir(), store.Options{})
	must(t, err)
	must(t, db.Migrate(context.Background()))
	must(t, db.Close())
	f := func(*store.Tx) error { return nil }
	if err := db.Write(context.Background(), f); !errors.Is(err, store.ErrClosed) {
		t.Errorf("write: %v", err)
	}
	if err := db.View(context.Background(), f); !errors.Is(err, store.ErrClosed) {
		t.Errorf("view: %v", err)
	}
}

func TestIdsAndNumbers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var mu sync.Mutex
		seen := map[uint64]bool{}
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				err := db.Write(context.Background(), func(tx *store.Tx) error {
					first, err := db.NextIds(tx.Context(), tx, "0WO", 100)
					mu.Lock()
					for n := range uint64(100) {
						if seen[first+n] && i%4 != 0 {
							t.Errorf("id %d came twice", first+n)
						}
						seen[first+n] = seen[first+n] || i%4 != 0
					}
					mu.Unlock()
					if _, e := db.NextNumbers(tx, "WorkOrder", 10); e != nil {
						return e
					}
					if i%4 == 0 {
						return errors.New("undone")
					}
					return err
				})
				if (err == nil) != (i%4 != 0) {
					t.Errorf("writer %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		write(t, db, func(tx *store.Tx) error {
			n, err := db.NextNumbers(tx, "WorkOrder", 1)
			if n != 91 {
				t.Errorf("the number after 90 is %d", n)
			}
			return err
		})
	})
}

// Series that may have gaps have none where one node draws from them, also over an orderly end.
func TestSparseSeries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		last := int64(0)
		for _, n := range []int{1, 30, 3, 200, 1, 31, 32, 33} {
			write(t, db, func(tx *store.Tx) error {
				first, err := db.NextSparse(tx, "Visit", n)
				if first != last+1 {
					t.Errorf("%d numbers after %d begin at %d", n, last, first)
				}
				last = first + int64(n) - 1
				return err
			})
		}
	})
}

// Transactions that draw from one series do not wait for each other's end, except where there is one writer anyway.
func TestSparseSeriesDoNotWait(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect().Name() == "sqlite" {
			t.Skip("there is one writer")
		}
		write(t, db, func(tx *store.Tx) error {
			a, err := db.NextSparse(tx, "Visit", 1)
			var wg sync.WaitGroup
			wg.Go(func() {
				write(t, db, func(other *store.Tx) error {
					b, err := db.NextSparse(other, "Visit", 1)
					if a == b {
						t.Errorf("number %d came twice", a)
					}
					return err
				})
			})
			wg.Wait()
			return err
		})
	})
}
