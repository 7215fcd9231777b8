package job

import (
	"context"
	"errors"

	"truckroll/platform/store"
)

// ErrPark, wrapped in what a function returns, has work parked at once: no further attempt can help.
var ErrPark = errors.New("parked")

// ErrLost is returned by [Task.Complete] when the lease ran out meanwhile and the work is another node's.
var ErrLost = errors.New("the lease on this work was lost")

// task is leased work.
type task struct {
	id      string
	kind    string
	args    []byte
	attempt int
	node    string
	tell    func(ctx context.Context, t task, done, total int64, note string) error
}

// Task is one attempt at work.
type Task[A any] struct {
	Args A
	task
}

// Id names the work; it is the same in each attempt.
func (t task) Id() string { return t.id }

// Attempt counts the attempts, from 1.
func (t task) Attempt() int { return t.attempt }

// Progress tells how far the work has come, for those who watch it: done of total, and in a word what with. When it
// returns [ErrLost] the work was cancelled, or is another node's by now, and should end.
func (t task) Progress(ctx context.Context, done, total int, note string) error {
	return t.tell(ctx, t, int64(done), int64(total), note)
}

// Complete marks the work done as part of tx, so that its effect and the knowledge of it are one. When it returns
// [ErrLost] tx must be given up.
func (t task) Complete(tx *store.Tx) error {
	r, err := tx.Exec("UPDATE job SET state = 'done', ended = ?, leased_by = NULL, leased_until = NULL, error = NULL WHERE id = ? AND "+t.mine(),
		tx.DB().Now().UnixMilli(), t.id, t.node, t.attempt)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrLost)
	}
	return nil
}

// mine is the condition that the lease is still that of this attempt.
func (task) mine() string { return "state = 'running' AND leased_by = ? AND attempt = ?" }
