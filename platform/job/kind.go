package job

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"truckroll/platform/store"
)

// Plan says how a kind of work is done. The zero Plan tries ten times over about a day.
type Plan struct {
	Attempts int                                  // after which it is parked; 0 is 10
	Backoff  func(attempt int) time.Duration      // how long after a failed attempt, from 1, the next is made; nil doubles from 30 s to 6 h
	Timeout  time.Duration                        // of one attempt; 0 is 10 minutes
	Next     func(after time.Time) (at time.Time) // for work that happens by itself: the first time after another; nil is only when asked
}

// Every has work happen by itself at whole multiples of d.
func Every(d time.Duration) Plan {
	return Plan{Next: func(after time.Time) time.Time { return after.Truncate(d).Add(d) }}
}

const (
	defaultAttempts = 10
	defaultTimeout  = 10 * time.Minute
	firstBackoff    = 30 * time.Second
	longestBackoff  = 6 * time.Hour
)

func (p Plan) attempts() int {
	if p.Attempts == 0 {
		return defaultAttempts
	}
	return p.Attempts
}

func (p Plan) backoff(attempt int) time.Duration {
	if p.Backoff != nil {
		return p.Backoff(attempt)
	}
	return min(firstBackoff<<min(attempt-1, 20), longestBackoff)
}

// Job is a kind of work for an environment E, whatever its arguments. Rooms list theirs.
type Job[E any] interface {
	Name() string
	plan() Plan
	do(ctx context.Context, env E, t task) error
}

// Kind is a sort of work with arguments of type A.
type Kind[E, A any] struct {
	name string
	p    Plan
	work func(context.Context, E, Task[A]) error
}

// Define names a sort of work. Names are unique, and stay: work waits under them.
func Define[E, A any](name string, p Plan, work func(context.Context, E, Task[A]) error) Kind[E, A] {
	return Kind[E, A]{name, p, work}
}

// Name returns the name of the work.
func (k Kind[E, A]) Name() string { return k.name }

func (k Kind[E, A]) plan() Plan { return k.p }

func (k Kind[E, A]) do(ctx context.Context, env E, t task) error {
	var args A
	if err := json.Unmarshal(t.args, &args); err != nil {
		return fmt.Errorf("%w: its arguments can't be read: %w", ErrPark, err)
	}
	return k.work(ctx, env, Task[A]{Args: args, task: t})
}

// Order says when and how often work is to be done.
type Order struct {
	At   time.Time // not before; the zero time is now
	Key  string    // work with the same key is not enqueued again while it waits or is being done; "" has no such bound
	Once bool      // nor after it is done, as long as that is remembered
}

// topic is signalled when work was enqueued.
const topic = "job"

// Enqueue has work done once tx is committed.
func (k Kind[E, A]) Enqueue(tx *store.Tx, args A) error {
	_, err := k.Order(tx, args, Order{})
	return err
}

// Order enqueues work as part of tx. It reports false when work with the same key is there already.
func (k Kind[E, A]) Order(tx *store.Tx, args A, o Order) (fresh bool, err error) {
	b, err := json.Marshal(args)
	if err != nil {
		return false, fmt.Errorf("enqueue %s: %w", k.name, err)
	}
	if fresh, err = enqueue(tx, k.name, b, o); err != nil {
		return false, fmt.Errorf("enqueue %s: %w", k.name, err)
	}
	return fresh, nil
}

func enqueue(tx *store.Tx, kind string, args []byte, o Order) (fresh bool, err error) {
	now := tx.DB().Now()
	at := o.At
	if at.IsZero() {
		at = now
	}
	var key any
	if o.Key != "" {
		key = o.Key
	}
	if o.Once && o.Key != "" {
		var n int
		if err := tx.QueryRow("SELECT COUNT(*) FROM job WHERE kind = ? AND key = ?", kind, o.Key).Scan(&n); err != nil || n > 0 {
			return false, err
		}
	}
	id := fmt.Sprintf("%012x-%s", now.UnixMilli(), rand.Text()) // in the order of time, which keeps the index compact
	r, err := tx.Exec("INSERT INTO job (id, kind, args, key, state, run_at, created) VALUES (?, ?, ?, ?, 'ready', ?, ?) ON CONFLICT DO NOTHING",
		id, kind, args, key, at.UnixMilli(), now.UnixMilli())
	if err != nil {
		return false, err
	}
	tx.SignalOnCommit(topic)
	n, err := r.RowsAffected()
	return n > 0, err
}
