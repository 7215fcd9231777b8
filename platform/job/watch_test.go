package job_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"truckroll/platform/job"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// hopeless is work that fails for good the first time and goes well the second.
func hopeless() job.Kind[*ledger, args] {
	failed := false
	return job.Define("hopeless", job.Plan{}, func(_ context.Context, l *ledger, t job.Task[args]) error {
		if !failed {
			failed = true
			return errors.Join(job.ErrPark, errors.New("the printer is on fire"))
		}
		l.note(t.Args.Text)
		return nil
	})
}

func TestFailedWorkIsSeenAndTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		l, kind := &ledger{}, hopeless()
		q := open(t, db, l, job.Options{}, kind)
		must(t, db.Write(ctx, func(tx *store.Tx) error { return kind.Enqueue(tx, args{"a"}) }))
		tick(t, q, 1)
		e := only(t, q, job.Parked)
		if e.Kind != "hopeless" || e.Attempt != 1 || e.Error != "parked\nthe printer is on fire" {
			t.Errorf("%+v", e)
		}
		must(t, q.Retry(ctx, e.Id))
		tick(t, q, 1)
		if e := only(t, q, job.Done); l.String() != "[a]" || e.Error != "" || e.Ended.IsZero() {
			t.Errorf("done %v: %+v", l, e)
		}
		var f *schema.Fault
		if err := q.Retry(ctx, e.Id); !errors.As(err, &f) || f.Code != "INVALID_STATUS" {
			t.Errorf("done work was tried again: %v", err)
		}
		if err := q.Cancel(ctx, "nothing"); !errors.As(err, &f) || f.Code != "NOT_FOUND" {
			t.Errorf("work that is not there: %v", err)
		}
	})
}

// only returns the only work in a state.
func only(t *testing.T, q *job.Queue[*ledger], s job.State) job.Entry {
	t.Helper()
	list, err := q.List(ctx)
	must(t, err)
	var found []job.Entry
	for _, e := range list {
		if e.State == s {
			found = append(found, e)
		}
	}
	counts, err := q.Counts(ctx)
	must(t, err)
	if len(found) != 1 || counts[s] != 1 {
		t.Fatalf("%d entries and a count of %d are %s: %+v", len(found), counts[s], s, list)
	}
	return found[0]
}

func TestWaitingWorkIsCancelled(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		l := &ledger{}
		q := open(t, db, l, job.Options{}, noted)
		must(t, db.Write(ctx, func(tx *store.Tx) error { return noted.Enqueue(tx, args{"a"}) }))
		e := only(t, q, job.Ready)
		must(t, q.Cancel(ctx, e.Id))
		tick(t, q, 0)
		only(t, q, job.Cancelled)
		c.advance(31 * 24 * time.Hour)
		must(t, q.Sweep(ctx))
		if list, err := q.List(ctx); err != nil || len(list) > 0 {
			t.Errorf("after a month: %v %v", list, err)
		}
	})
}

func TestRunningWorkTellsItsProgressAndHearsThatItIsCancelled(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		l := &ledger{}
		var q *job.Queue[*ledger]
		long := job.Define("long", job.Plan{}, func(ctx context.Context, l *ledger, t job.Task[args]) error {
			if err := t.Progress(ctx, 3, 10, "boxes"); err != nil {
				return err
			}
			list, err := q.List(ctx)
			if err != nil || len(list) != 1 || list[0].State != job.Running || list[0].Done != 3 || list[0].Total != 10 || list[0].Note != "boxes" {
				l.note("not seen")
			}
			if err := q.Cancel(ctx, t.Id()); err != nil {
				return err
			}
			if err := t.Progress(ctx, 4, 10, "boxes"); !errors.Is(err, job.ErrLost) {
				l.note("not heard")
			}
			return nil
		})
		q = open(t, db, l, job.Options{}, long)
		must(t, db.Write(ctx, func(tx *store.Tx) error { return long.Enqueue(tx, args{}) }))
		tick(t, q, 1)
		if e := only(t, q, job.Cancelled); e.Done != 3 || l.String() != "[]" {
			t.Errorf("%v %+v", l, e)
		}
	})
}
