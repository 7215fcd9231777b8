package event_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"truckroll/platform/event"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var ctx = context.Background()

func open(t testing.TB, db *store.DB, o event.Options) *event.Feed {
	t.Helper()
	f, err := event.Open(ctx, db, o)
	must(t, err)
	return f
}

// say appends one event for each id.
func say(t testing.TB, db *store.DB, ids ...string) {
	t.Helper()
	must(t, db.Write(ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := event.Append(tx, event.Event{Object: "Account", Ids: []schema.Id{schema.Id(id)}, Change: event.Create}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// hear reads n events and returns the ids they are of.
func hear(t testing.TB, r *event.Reader, n int) (ids []string) {
	t.Helper()
	for range n {
		e, err := r.Next(ctx)
		must(t, err)
		ids = append(ids, string(e.Ids[0]))
	}
	return ids
}

// silent wants no event to be there.
func silent(t testing.TB, r *event.Reader) {
	t.Helper()
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if e, err := r.Next(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("heard %+v, %v", e, err)
	}
}

func numbered(from, to int) (ids []string) {
	for i := from; i < to; i++ {
		ids = append(ids, fmt.Sprint(i))
	}
	return ids
}

func TestEventComesBackWhole(t *testing.T) {
	now := time.UnixMilli(1_800_000_000_123)
	for name, db := range map[string]func() *store.DB{
		"sqlite":   func() *store.DB { return storetest.SQLite(t, store.Options{Now: func() time.Time { return now }}) },
		"postgres": func() *store.DB { return storetest.Postgres(t, store.Options{Now: func() time.Time { return now }}) },
	} {
		db := db()
		want := event.Event{Object: "WorkOrder", Ids: []schema.Id{"0WO1", "0WO2"}, Change: event.Update, Fields: []string{"Status"}, User: "005A", Transaction: "t-1", Sequence: 2}
		f := open(t, db, event.Options{})
		must(t, db.Write(ctx, func(tx *store.Tx) error { return event.Append(tx, want) }))
		must(t, f.Fetch(ctx))
		r, err := f.Subscribe(ctx, event.Earliest)
		must(t, err)
		got, err := r.Next(ctx)
		must(t, err)
		want.Replay, want.At = got.Replay, schema.At(now)
		if d := cmp.Diff(want, got, cmp.Comparer(func(a, b schema.DateTime) bool { return a == b })); d != "" {
			t.Error(name, d)
		}
	}
}

func TestReadersFollowAndResume(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		say(t, db, numbered(0, 450)...)
		f := open(t, db, event.Options{Memory: 64})
		all, err := f.Subscribe(ctx, event.Earliest)
		must(t, err)
		latest, err := f.Subscribe(ctx, event.Latest)
		must(t, err)
		if d := cmp.Diff(numbered(0, 300), hear(t, all, 300)); d != "" {
			t.Error(d)
		}
		resumed, err := f.Subscribe(ctx, all.Replay())
		must(t, err)
		say(t, db, numbered(450, 500)...)
		must(t, f.Fetch(ctx))
		for _, r := range []*event.Reader{all, resumed} {
			if d := cmp.Diff(numbered(300, 500), hear(t, r, 200)); d != "" {
				t.Error(d)
			}
			silent(t, r)
		}
		if d := cmp.Diff(numbered(450, 500), hear(t, latest, 50)); d != "" {
			t.Error(d)
		}
	})
}

func TestUndoneChangesAreSilent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := open(t, db, event.Options{})
		r, err := f.Subscribe(ctx, event.Latest)
		must(t, err)
		undone := errors.New("undone")
		err = db.Write(ctx, func(tx *store.Tx) error {
			return errors.Join(event.Append(tx, event.Event{Object: "Account", Ids: []schema.Id{"never"}}), undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		say(t, db, "once")
		must(t, f.Fetch(ctx))
		if got := hear(t, r, 1); got[0] != "once" {
			t.Errorf("heard %v", got)
		}
		silent(t, r)
	})
}

func TestSlowReaderIsDroppedAndResumes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := open(t, db, event.Options{Memory: 10})
		r, err := f.Subscribe(ctx, event.Latest)
		must(t, err)
		say(t, db, numbered(0, 5)...)
		must(t, f.Fetch(ctx))
		hear(t, r, 5)
		say(t, db, numbered(5, 40)...)
		must(t, f.Fetch(ctx))
		if _, err := r.Next(ctx); !errors.Is(err, event.ErrSlow) {
			t.Fatalf("a reader too far behind was told %v", err)
		}
		again, err := f.Subscribe(ctx, r.Replay())
		must(t, err)
		if d := cmp.Diff(numbered(5, 40), hear(t, again, 35)); d != "" {
			t.Error(d)
		}
	})
}

func TestSweptEventsCannotBeResumed(t *testing.T) {
	now := time.UnixMilli(1_800_000_000_000)
	db := storetest.SQLite(t, store.Options{Now: func() time.Time { return now }})
	f := open(t, db, event.Options{})
	say(t, db, "old")
	must(t, f.Fetch(ctx))
	r, err := f.Subscribe(ctx, event.Earliest)
	must(t, err)
	hear(t, r, 1)
	now = now.Add(72*time.Hour + time.Millisecond)
	swept, err := f.Sweep(ctx)
	must(t, err)
	if swept != 1 {
		t.Errorf("%d swept", swept)
	}
	if _, err := f.Subscribe(ctx, r.Replay()); !errors.Is(err, event.ErrReplay) {
		t.Errorf("error %v", err)
	}
	say(t, db, "new") // its replay id is a new one, though the table was empty
	late, err := open(t, db, event.Options{}).Subscribe(ctx, event.Earliest)
	must(t, err)
	if e, err := late.Next(ctx); err != nil || e.Ids[0] != "new" || e.Replay <= r.Replay() {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestNothingIsLeftOut has many writers commit in an order of their own while readers follow.
func TestNothingIsLeftOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := open(t, db, event.Options{Poll: time.Millisecond, Failed: func(err error) { t.Error(err) }})
		running, stop := context.WithCancel(ctx)
		var background, writers, readers sync.WaitGroup
		background.Go(func() { f.Run(running) })
		const each, count = 12, 10
		for range 3 {
			r, err := f.Subscribe(ctx, event.Latest)
			must(t, err)
			readers.Go(func() {
				seen := map[string]int{}
				last := map[byte]string{}
				for _, id := range hear(t, r, each*count) {
					seen[id]++
					if id <= last[id[0]] {
						t.Errorf("%s came after %s", id, last[id[0]])
					}
					last[id[0]] = id
				}
				if len(seen) != each*count {
					t.Errorf("%d different events, want %d", len(seen), each*count)
				}
			})
		}
		for w := range count {
			writers.Go(func() {
				for i := range each {
					must(t, db.Write(ctx, func(tx *store.Tx) error {
						err := event.Append(tx, event.Event{Object: "Account", Ids: []schema.Id{schema.Id(fmt.Sprintf("%c%02d", 'a'+w, i))}})
						time.Sleep(rand.N(time.Millisecond)) // mixes the order of commits
						return err
					}))
				}
			})
		}
		writers.Wait()
		readers.Wait()
		stop()
		background.Wait()
	})
}

func TestUnsettledEventsWait(t *testing.T) {
	db := storetest.Postgres(t, store.Options{})
	f := open(t, db, event.Options{})
	r, err := f.Subscribe(ctx, event.Latest)
	must(t, err)
	wrote, commit := make(chan bool), make(chan bool)
	var wg sync.WaitGroup
	wg.Go(func() {
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			err := event.Append(tx, event.Event{Object: "Account", Ids: []schema.Id{"older"}})
			close(wrote)
			<-commit
			return err
		}))
	})
	<-wrote
	say(t, db, "younger")
	must(t, f.Fetch(ctx))
	silent(t, r)
	close(commit)
	wg.Wait()
	must(t, f.Fetch(ctx))
	if d := cmp.Diff([]string{"older", "younger"}, hear(t, r, 2)); d != "" {
		t.Error(d)
	}
}
