package job

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"truckroll/platform/store"
)

// Options are the choices of [Open].
type Options struct {
	Node    string        // names this process among those that share the database
	Workers int           // at work at a time; 0 is 4
	Lease   time.Duration // after which the work of a silent node is given to another; 0 is a minute
	Poll    time.Duration // how often work is looked for; 0 is half a second
	Grace   time.Duration // that work has to end when the queue stops; 0 is 8 seconds
	Keep    time.Duration // how long work that is done is remembered; 0 is 30 days
	Failed  func(name string, err error)
}

// Queue does the work of one database.
type Queue[E any] struct {
	db   *store.DB
	o    Options
	env  E
	jobs map[string]Job[E]
	list []Job[E]
}

// Open returns a queue that does the kinds of work in jobs, in the environment env. Work of other kinds waits.
func Open[E any](db *store.DB, env E, jobs []Job[E], o Options) (*Queue[E], error) {
	o.Workers = or(o.Workers, 4)
	o.Lease, o.Poll = or(o.Lease, time.Minute), or(o.Poll, 500*time.Millisecond)
	o.Grace, o.Keep = or(o.Grace, 8*time.Second), or(o.Keep, 30*24*time.Hour)
	if o.Failed == nil {
		o.Failed = func(string, error) {}
	}
	q := &Queue[E]{db: db, o: o, env: env, jobs: map[string]Job[E]{}, list: jobs}
	for _, j := range jobs {
		if q.jobs[j.Name()] != nil {
			return nil, fmt.Errorf("two kinds of work are called %s", j.Name())
		}
		q.jobs[j.Name()] = j
	}
	return q, nil
}

func or[T comparable](value, usual T) T {
	var zero T
	if value == zero {
		return usual
	}
	return value
}

// Tick does all work that is due, one after the other, and returns how much that was. Work that it causes and that is
// due at once is done too.
func (q *Queue[E]) Tick(ctx context.Context) (done int, err error) {
	if err := q.schedule(ctx); err != nil {
		return 0, err
	}
	for {
		tasks, err := q.lease(ctx, 1)
		if err != nil || len(tasks) == 0 {
			return done, err
		}
		if err := q.attempt(ctx, tasks[0]); err != nil {
			return done, err
		}
		done++
	}
}

// Run does work as it comes until ctx ends. Then it begins nothing more, gives what is running the grace to end, and
// returns what did not end to the queue.
func (q *Queue[E]) Run(ctx context.Context) {
	woken, stop := q.db.Listen(topic)
	defer stop()
	working, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	free := make(chan struct{}, q.o.Workers)
	var workers sync.WaitGroup
	poll, sweep := time.NewTicker(q.o.Poll), time.NewTicker(time.Hour)
	defer poll.Stop()
	defer sweep.Stop()
	for ctx.Err() == nil {
		q.report("schedule", q.schedule(ctx))
		for more := true; more && ctx.Err() == nil; {
			more = q.begin(ctx, working, free, &workers)
		}
		select {
		case <-ctx.Done():
		case <-woken:
		case <-poll.C:
		case <-sweep.C:
			q.report("sweep", q.Sweep(ctx))
		}
	}
	grace := time.AfterFunc(q.o.Grace, cancel)
	defer grace.Stop()
	workers.Wait()
}

func (q *Queue[E]) report(what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		q.o.Failed(what, err)
	}
}

// begin waits for a free worker and gives it work. It reports false when there is none.
func (q *Queue[E]) begin(ctx, working context.Context, free chan struct{}, workers *sync.WaitGroup) bool {
	select {
	case free <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	tasks, err := q.lease(ctx, 1)
	q.report("lease", err)
	if len(tasks) == 0 {
		<-free
		return false
	}
	workers.Go(func() {
		defer func() {
			<-free
			q.db.Signal(topic)
		}()
		q.report(tasks[0].kind, q.attempt(working, tasks[0]))
	})
	return true
}

// lease takes due work of the kinds that this queue does. Work whose lease ran out is due again.
func (q *Queue[E]) lease(ctx context.Context, n int) (tasks []task, err error) {
	if len(q.list) == 0 {
		return nil, nil
	}
	now := q.db.Now()
	var args []any
	for _, j := range q.list {
		args = append(args, j.Name())
	}
	due := " FROM job WHERE kind IN (?" + strings.Repeat(", ?", len(q.list)-1) + ") AND (state = 'ready' AND run_at <= ? OR state = 'running' AND leased_until < ?)"
	args = append(args, now.UnixMilli(), now.UnixMilli())
	var some int
	err = q.db.View(ctx, func(tx *store.Tx) error {
		return tx.QueryRow("SELECT CASE WHEN EXISTS (SELECT 1"+due+") THEN 1 ELSE 0 END", args...).Scan(&some)
	})
	if err != nil || some == 0 {
		return nil, err
	}
	err = q.db.Write(ctx, func(tx *store.Tx) error {
		tasks = nil
		skip := tx.Dialect().ForUpdate()
		if skip != "" {
			skip += " SKIP LOCKED"
		}
		rows, err := tx.Query("UPDATE job SET state = 'running', attempt = attempt + 1, leased_by = ?, leased_until = ? WHERE id IN (SELECT id"+due+
			" ORDER BY run_at, id LIMIT ?"+skip+") RETURNING id, kind, args, attempt",
			append(append([]any{q.o.Node, now.Add(q.o.Lease).UnixMilli()}, args...), n)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			t := task{node: q.o.Node, tell: q.tell}
			if err := rows.Scan(&t.id, &t.kind, &t.args, &t.attempt); err != nil {
				return err
			}
			tasks = append(tasks, t)
		}
		return rows.Err()
	})
	return tasks, err
}

// attempt does leased work once and notes how it went.
func (q *Queue[E]) attempt(ctx context.Context, t task) error {
	j := q.jobs[t.kind]
	p := j.plan()
	if t.attempt > p.attempts() { // a node died over each of them
		return q.settle(ctx, t, p, fmt.Errorf("%w: the process ended during every attempt", ErrPark))
	}
	limited, cancel := context.WithTimeout(ctx, or(p.Timeout, defaultTimeout))
	defer cancel()
	renewed := q.renew(limited, cancel, t)
	err := q.protect(limited, j, t)
	cancel()
	<-renewed
	if err != nil {
		q.o.Failed(t.kind, err)
	}
	return q.settle(ctx, t, p, err)
}

// protect makes an error of a panic.
func (q *Queue[E]) protect(ctx context.Context, j Job[E], t task) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return j.do(ctx, q.env, t)
}

// renew keeps the lease until ctx ends, and then closes the channel that it returns. When the lease was lost, because
// the work was cancelled or given to another node, it ends the attempt.
func (q *Queue[E]) renew(ctx context.Context, end func(), t task) <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(q.o.Lease / 3)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				err := q.update(ctx, t, "leased_until = ?", q.db.Now().Add(q.o.Lease).UnixMilli())
				if errors.Is(err, ErrLost) {
					end()
					return
				}
				q.report("renew", err)
			}
		}
	}()
	return ended
}

// settle notes the outcome of an attempt. Work that was cut short because the queue stops is ready again, and the
// attempt does not count. It is noted although ctx may have ended.
func (q *Queue[E]) settle(ctx context.Context, t task, p Plan, failed error) error {
	now := q.db.Now()
	stopped := ctx.Err() != nil && failed != nil
	return q.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		if failed == nil {
			if err := t.Complete(tx); !errors.Is(err, ErrLost) {
				return err
			}
			return nil // completed by the work itself, or another's by now
		}
		state, at, attempt := "ready", now.Add(p.backoff(t.attempt)), t.attempt
		switch {
		case stopped:
			at, attempt = now, t.attempt-1
		case errors.Is(failed, ErrPark), t.attempt >= p.attempts():
			state = "parked"
		}
		_, err := tx.Exec("UPDATE job SET state = ?, run_at = ?, attempt = ?, error = ?, leased_by = NULL, leased_until = NULL WHERE id = ? AND "+t.mine(),
			state, at.UnixMilli(), attempt, strings.ToValidUTF8(failed.Error(), "?"), t.id, t.node, t.attempt)
		return err
	})
}
