package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// State is what has become of work.
type State string

// The states of work. Parked work has failed for the last time, or was found to be hopeless.
const (
	Ready     State = "ready"
	Running   State = "running"
	Parked    State = "parked"
	Cancelled State = "cancelled"
	Done      State = "done"
)

// Entry is work as it stands in the queue.
type Entry struct {
	Id      string
	Kind    string
	State   State
	Attempt int       // begun so far
	Created time.Time // when it was asked for
	Due     time.Time // when the next attempt may begin
	Ended   time.Time // zero while it has not
	Error   string    // of the last attempt; "" when that went well
	Done    int64     // of Total, as far as the work tells
	Total   int64     // 0 is not known
	Note    string    // what it is busy with
}

// maxEntries is how much work [Queue.List] returns of each state.
const maxEntries = 200

// List returns the work in the queue: what runs, waits and failed, and what ended last. Of each state it returns the
// newest 200.
func (q *Queue[E]) List(ctx context.Context) (list []Entry, err error) {
	err = q.db.View(ctx, func(tx *store.Tx) error {
		list = nil
		for _, s := range []State{Running, Ready, Parked, Cancelled, Done} {
			part, err := entries(tx, s)
			if err != nil {
				return err
			}
			list = append(list, part...)
		}
		return nil
	})
	return list, err
}

func entries(tx *store.Tx, s State) (list []Entry, err error) {
	rows, err := tx.Query(`SELECT id, kind, attempt, created, run_at, COALESCE(ended, 0), COALESCE(error, ''), done, total, COALESCE(note, '')
		FROM job WHERE state = ? ORDER BY COALESCE(ended, run_at) DESC, id DESC LIMIT ?`, string(s), maxEntries)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		e := Entry{State: s}
		var created, due, ended int64
		if err := rows.Scan(&e.Id, &e.Kind, &e.Attempt, &created, &due, &ended, &e.Error, &e.Done, &e.Total, &e.Note); err != nil {
			return nil, err
		}
		e.Created, e.Due = time.UnixMilli(created), time.UnixMilli(due)
		if ended != 0 {
			e.Ended = time.UnixMilli(ended)
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// Counts returns how much work there is in each state.
func (q *Queue[E]) Counts(ctx context.Context) (counts map[State]int, err error) {
	err = q.db.View(ctx, func(tx *store.Tx) error {
		counts = map[State]int{}
		rows, err := tx.Query("SELECT state, COUNT(*) FROM job GROUP BY state")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s State
			var n int
			if err := rows.Scan(&s, &n); err != nil {
				return err
			}
			counts[s] = n
		}
		return rows.Err()
	})
	return counts, err
}

// Retry has work that failed or was cancelled done again, with all its attempts.
func (q *Queue[E]) Retry(ctx context.Context, id string) error {
	return q.move(ctx, id, "only failed or cancelled work can be tried again, unless the same work waits already", `UPDATE job SET state = 'ready', attempt = 0, run_at = ?, ended = NULL, done = 0, total = 0, note = NULL
		WHERE id = ? AND state IN ('parked', 'cancelled') AND (key IS NULL OR NOT EXISTS (SELECT 1 FROM job o WHERE o.kind = job.kind AND o.key = job.key AND o.state IN ('ready', 'running')))`)
}

// Cancel keeps work from being done. Work that is running ends when it looks next, within a third of the lease; what it
// has done by then stays done.
func (q *Queue[E]) Cancel(ctx context.Context, id string) error {
	return q.move(ctx, id, "what has ended can't be cancelled", `UPDATE job SET state = 'cancelled', ended = ?, leased_by = NULL, leased_until = NULL
		WHERE id = ? AND state IN ('ready', 'running', 'parked')`)
}

// move changes the state of work by a statement that takes the time and the id.
func (q *Queue[E]) move(ctx context.Context, id, otherwise, text string) error {
	return q.db.Write(ctx, func(tx *store.Tx) error {
		var state State
		if err := tx.QueryRow("SELECT state FROM job WHERE id = ?", id).Scan(&state); err != nil {
			if errors.Is(err, sql.ErrNoRows) {
				return schema.Refuse("NOT_FOUND", "there is no such work; it may have been forgotten", "id")
			}
			return err
		}
		r, err := tx.Exec(text, q.db.Now().UnixMilli(), id)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, schema.Refuse("INVALID_STATUS", fmt.Sprintf("this work is %s: %s", state, otherwise), "id"))
		}
		tx.SignalOnCommit(topic)
		return nil
	})
}

// tell notes how far work has come.
func (q *Queue[E]) tell(ctx context.Context, t task, done, total int64, note string) error {
	return q.update(ctx, t, "done = ?, total = ?, note = ?", done, total, note)
}

// update changes the row of leased work; [ErrLost] when the lease is another's.
func (q *Queue[E]) update(ctx context.Context, t task, set string, args ...any) error {
	return q.db.Write(ctx, func(tx *store.Tx) error {
		r, err := tx.Exec("UPDATE job SET "+set+" WHERE id = ? AND "+t.mine(), append(args, t.id, t.node, t.attempt)...)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrLost)
		}
		return nil
	})
}
