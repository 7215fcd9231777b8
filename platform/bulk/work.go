package bulk

import (
	"context"
	"time"

	"truckroll/platform/job"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// keepDays is how long a job that has ended, or was never completed, is kept.
const keepDays = 7

// sweepWork forgets old jobs.
var sweepWork = job.Define("bulk sweep", job.Every(time.Hour), func(ctx context.Context, b *Bulk, _ job.Task[struct{}]) error { return b.sweep(ctx) })

// sweep forgets old jobs, a few in one transaction.
func (b *Bulk) sweep(ctx context.Context) error {
	for {
		var ids []schema.Id
		err := b.keeper.DB().Write(ctx, func(tx *store.Tx) (err error) {
			if ids, err = old(tx); err != nil {
				return err
			}
			for _, id := range ids {
				if err := forget(tx, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(ids) == 0 {
			return err
		}
	}
}

// old returns a few of the jobs that are to be forgotten.
func old(tx *store.Tx) (ids []schema.Id, err error) {
	before := tx.DB().Now().Add(-keepDays * 24 * time.Hour).UnixMilli()
	rows, err := tx.Query("SELECT id FROM bulk_job WHERE state IN (?, ?, ?, ?) AND modified < ? LIMIT 50", string(Open), string(JobComplete), string(Failed), string(Aborted), before)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id schema.Id
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Jobs is the background work of bulk jobs.
var Jobs = []job.Job[*Bulk]{ingestWork, queryWork, sweepWork}
