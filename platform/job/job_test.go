package job_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"truckroll/platform/job"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// clock is a clock that a test moves.
type clock struct{ ms atomic.Int64 }

func (c *clock) now() time.Time          { return time.UnixMilli(c.ms.Load()) }
func (c *clock) advance(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// each runs f on both engines with a clock of its own.
func each(t *testing.T, f func(t *testing.T, db *store.DB, c *clock)) {
	for name, open := range map[string]func(testing.TB, store.Options) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			c := &clock{}
			c.ms.Store(1_800_000_000_000)
			f(t, open(t, store.Options{Now: c.now}), c)
		})
	}
}

// ledger is the environment of the tests' work: it notes what was done.
type ledger struct {
	mu   sync.Mutex
	done []string
}

func (l *ledger) note(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done = append(l.done, s)
}

func (l *ledger) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return fmt.Sprint(l.done)
}

type args struct{ Text string }

// noted is work that notes its argument.
var noted = job.Define("note", job.Plan{}, func(_ context.Context, l *ledger, t job.Task[args]) error {
	l.note(t.Args.Text)
	return nil
})

func open(t testing.TB, db *store.DB, l *ledger, o job.Options, jobs ...job.Job[*ledger]) *job.Queue[*ledger] {
	t.Helper()
	q, err := job.Open(db, l, jobs, o)
	must(t, err)
	return q
}

func tick(t testing.TB, q *job.Queue[*ledger], want int) {
	t.Helper()
	n, err := q.Tick(ctx)
	must(t, err)
	if n != want {
		t.Errorf("%d attempts, want %d", n, want)
	}
}

func states(t testing.TB, db *store.DB, state string) (n int) {
	t.Helper()
	must(t, db.View(ctx, func(tx *store.Tx) error {
		return tx.QueryRow("SELECT COUNT(*) FROM job WHERE state = ?", state).Scan(&n)
	}))
	return n
}

func TestWorkIsDoneExactlyWhenItsTransactionCommits(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		l := &ledger{}
		q := open(t, db, l, job.Options{}, noted)
		must(t, db.Write(ctx, func(tx *store.Tx) error { return noted.Enqueue(tx, args{"kept"}) }))
		if err := db.Write(ctx, func(tx *store.Tx) error {
			return errors.Join(noted.Enqueue(tx, args{"undone"}), errors.New("no"))
		}); err == nil {
			t.Fatal("the transaction was kept")
		}
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			_, err := noted.Order(tx, args{"later"}, job.Order{At: c.now().Add(time.Hour)})
			return err
		}))
		tick(t, q, 1)
		if l.String() != "[kept]" {
			t.Errorf("done: %v", l)
		}
		c.advance(time.Hour)
		tick(t, q, 1)
		if l.String() != "[kept later]" {
			t.Errorf("done: %v", l)
		}
	})
}

func TestKeys(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		l := &ledger{}
		q := open(t, db, l, job.Options{}, noted)
		order := func(o job.Order) (fresh bool) {
			must(t, db.Write(ctx, func(tx *store.Tx) (err error) {
				fresh, err = noted.Order(tx, args{"x"}, o)
				return err
			}))
			return fresh
		}
		if !order(job.Order{Key: "k"}) || order(job.Order{Key: "k"}) || !order(job.Order{Key: "other"}) || !order(job.Order{}) || !order(job.Order{}) {
			t.Error("keys are not unique among what waits")
		}
		tick(t, q, 4)
		if order(job.Order{Key: "k", Once: true}) || !order(job.Order{Key: "k"}) {
			t.Error("a key is free again after the work, save for work to be done once")
		}
		tick(t, q, 1)
		c.advance(31 * 24 * time.Hour)
		must(t, q.Sweep(ctx))
		if n := states(t, db, "done"); n != 0 {
			t.Errorf("%d remembered after a month", n)
		}
	})
}

func TestFailedWorkIsTriedAgainAndParked(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		l := &ledger{}
		failing := job.Define("fail", job.Plan{Attempts: 3}, func(_ context.Context, l *ledger, t job.Task[args]) error {
			l.note(fmt.Sprint(t.Attempt()))
			if t.Args.Text == "panic" {
				panic("boom")
			}
			return errors.New("not yet")
		})
		hopeless := job.Define("hopeless", job.Plan{}, func(context.Context, *ledger, job.Task[args]) error {
			return fmt.Errorf("%w: it never can", job.ErrPark)
		})
		var told atomic.Int64
		q := open(t, db, l, job.Options{Failed: func(string, error) { told.Add(1) }}, failing, hopeless)
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			return errors.Join(failing.Enqueue(tx, args{"panic"}), hopeless.Enqueue(tx, args{}))
		}))
		tick(t, q, 2)
		tick(t, q, 0)
		for range 2 {
			c.advance(time.Minute)
			tick(t, q, 1)
		}
		c.advance(24 * time.Hour)
		tick(t, q, 0)
		if l.String() != "[1 2 3]" || states(t, db, "parked") != 2 || told.Load() != 4 {
			t.Errorf("attempts %v, %d parked, %d failures told", l, states(t, db, "parked"), told.Load())
		}
	})
}

func TestWorkOfADeadNodeIsDoneElsewhere(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		l := &ledger{}
		q := open(t, db, l, job.Options{Node: "b"}, noted)
		must(t, db.Write(ctx, func(tx *store.Tx) error { return noted.Enqueue(tx, args{"rescued"}) }))
		must(t, db.Write(ctx, func(tx *store.Tx) error { // what a node leaves that dies at work
			_, err := tx.Exec("UPDATE job SET state = 'running', attempt = 1, leased_by = 'a', leased_until = ?", c.now().Add(time.Minute).UnixMilli())
			return err
		}))
		tick(t, q, 0)
		c.advance(time.Minute + time.Millisecond)
		tick(t, q, 1)
		if l.String() != "[rescued]" {
			t.Errorf("done: %v", l)
		}
		must(t, db.Write(ctx, func(tx *store.Tx) error { // and one that kills every node
			_, err := tx.Exec("UPDATE job SET state = 'running', attempt = 10, leased_by = 'a', leased_until = 0")
			return err
		}))
		tick(t, q, 1)
		if l.String() != "[rescued]" || states(t, db, "parked") != 1 {
			t.Errorf("done: %v; %d parked", l, states(t, db, "parked"))
		}
	})
}

func TestCompleteIsPartOfTheEffect(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		effect := job.Define("effect", job.Plan{}, func(ctx context.Context, _ *ledger, t job.Task[args]) error {
			err := db.Write(ctx, func(tx *store.Tx) error {
				return errors.Join(tx.SetMeta("effect", t.Args.Text), t.Complete(tx))
			})
			return errors.Join(err, errors.New("the connection broke after the commit"))
		})
		q := open(t, db, &ledger{}, job.Options{}, effect)
		must(t, db.Write(ctx, func(tx *store.Tx) error { return effect.Enqueue(tx, args{"once"}) }))
		tick(t, q, 1)
		c.advance(24 * time.Hour)
		tick(t, q, 0)
		if n := states(t, db, "done"); n != 1 {
			t.Errorf("%d done", n)
		}
	})
}

func TestPeriodicWorkIsMadeUpForOnce(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		l := &ledger{}
		hourly := job.Define("hourly", job.Every(time.Hour), func(_ context.Context, l *ledger, _ job.Task[args]) error {
			l.note("ran")
			return nil
		})
		a, b := open(t, db, l, job.Options{Node: "a"}, hourly), open(t, db, l, job.Options{Node: "b"}, hourly)
		tick(t, a, 0)
		c.advance(time.Hour)
		tick(t, a, 1)
		tick(t, b, 0)
		c.advance(5 * time.Hour)
		tick(t, b, 1)
		tick(t, a, 0)
	})
}

func TestEachIsDoneByOneNode(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		l := &ledger{}
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			var errs []error
			for range 60 {
				errs = append(errs, noted.Enqueue(tx, args{"x"}))
			}
			return errors.Join(errs...)
		}))
		var wg sync.WaitGroup
		for node := range 3 {
			q := open(t, db, l, job.Options{Node: fmt.Sprint(node)}, noted)
			wg.Go(func() {
				if _, err := q.Tick(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(l.done) != 60 {
			t.Errorf("done %d times, want 60", len(l.done))
		}
	})
}

func TestStoppingReturnsUnfinishedWork(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		began := make(chan bool)
		endless := job.Define("endless", job.Plan{}, func(ctx context.Context, _ *ledger, t job.Task[args]) error {
			close(began)
			<-ctx.Done()
			return ctx.Err()
		})
		q := open(t, db, &ledger{}, job.Options{Grace: time.Millisecond}, endless)
		running, stop := context.WithCancel(ctx)
		var wg sync.WaitGroup
		wg.Go(func() { q.Run(running) })
		must(t, db.Write(ctx, func(tx *store.Tx) error { return endless.Enqueue(tx, args{}) }))
		<-began
		stop()
		wg.Wait()
		var attempt int
		must(t, db.View(ctx, func(tx *store.Tx) error {
			return tx.QueryRow("SELECT attempt FROM job WHERE state = 'ready'").Scan(&attempt)
		}))
		if attempt != 0 {
			t.Errorf("%d attempts are counted", attempt)
		}
	})
}

func TestTwoKindsOfOneName(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	if _, err := job.Open(db, &ledger{}, []job.Job[*ledger]{noted, noted}, job.Options{}); err == nil {
		t.Error("accepted")
	}
}
