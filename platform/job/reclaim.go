package job

import (
	"context"

	"truckroll/platform/store"
)

// Reclaim makes all work that is leased ready again. It is for the start of a process that no other one shares the
// database with: whoever held the leases is dead, and nobody has to wait until they run out.
func (q *Queue[E]) Reclaim(ctx context.Context) error {
	return q.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE job SET state = 'ready', run_at = ?, leased_by = NULL, leased_until = NULL WHERE state = 'running'", q.db.Now().UnixMilli())
		return err
	})
}
