package job_test

import (
	"context"
	"testing"
	"time"

	"truckroll/platform/job"
	"truckroll/platform/store"
)

// TestReclaimedWorkIsDoneAtOnce: a process that no other shares the database with does not wait for the leases of its
// predecessor.
func TestReclaimedWorkIsDoneAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		l := &ledger{}
		q := open(t, db, l, job.Options{Node: "b"}, noted)
		must(t, db.Write(ctx, func(tx *store.Tx) error { return noted.Enqueue(tx, args{"a"}) }))
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec("UPDATE job SET state = 'running', attempt = 1, leased_by = 'dead', leased_until = ?", db.Now().Add(time.Minute).UnixMilli())
			return err
		}))
		tick(t, q, 0)
		must(t, q.Reclaim(context.Background()))
		tick(t, q, 1)
		if l.String() != "[a]" {
			t.Errorf("done: %v", l)
		}
	})
}
