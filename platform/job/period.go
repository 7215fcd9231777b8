package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"truckroll/platform/store"
)

// schedule enqueues work that happens by itself and is due. Times that passed while nothing ran are made up for by
// one run, not by one for each.
func (q *Queue[E]) schedule(ctx context.Context) error {
	now := q.db.Now()
	next := map[string]time.Time{}
	err := q.db.View(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query("SELECT kind, next FROM job_period")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var kind string
			var at int64
			if err := rows.Scan(&kind, &at); err != nil {
				return err
			}
			next[kind] = time.UnixMilli(at)
		}
		return rows.Err()
	})
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	for _, j := range q.list {
		at, known := next[j.Name()]
		if j.plan().Next == nil || known && now.Before(at) {
			continue
		}
		if err := q.db.Write(ctx, func(tx *store.Tx) error { return period(tx, j.Name(), j.plan().Next, now) }); err != nil {
			return fmt.Errorf("schedule %s: %w", j.Name(), err)
		}
	}
	return nil
}

// period moves a kind of work on to its next time, and enqueues it when its time has come. Of several nodes one does.
func period(tx *store.Tx, kind string, next func(time.Time) time.Time, now time.Time) error {
	following := next(now).UnixMilli()
	var at int64
	err := tx.QueryRow("SELECT next FROM job_period WHERE kind = ?"+tx.Dialect().ForUpdate(), kind).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = tx.Exec("INSERT INTO job_period (kind, next) VALUES (?, ?) ON CONFLICT DO NOTHING", kind, following)
		return err
	}
	if err != nil || now.UnixMilli() < at {
		return err
	}
	if _, err := tx.Exec("UPDATE job_period SET next = ? WHERE kind = ?", following, kind); err != nil {
		return err
	}
	_, err = enqueue(tx, kind, []byte("null"), Order{Key: "by itself"})
	return err
}

// Sweep forgets work that was done long ago. Parked work stays until somebody looks at it.
func (q *Queue[E]) Sweep(ctx context.Context) error {
	return q.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("DELETE FROM job WHERE state IN ('done', 'cancelled') AND ended < ?", q.db.Now().Add(-q.o.Keep).UnixMilli())
		return err
	})
}
