package store

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

const (
	maxGroup     = 128                   // callers in one transaction
	maxGroupTime = 20 * time.Millisecond // after which a group takes nobody else in
)

// writer makes groups of callers share a transaction and its durable commit. Functions run in their callers'
// goroutines, one after the other, so that a panic stays where it belongs.
type writer struct {
	db     *DB
	conn   *conn
	queue  chan *turn
	quit   chan struct{}
	gone   chan struct{}
	docs   []Document  // of the members of the running group, to be indexed
	after  func(*conn) // hears of each commit
	broken error       // set by the writer when the disk failed; nothing is written after that
}

// turn is one caller's place in the queue.
type turn struct {
	state atomic.Int32
	start chan handover // from the writer: begin
	end   chan error    // from the caller: ended, so or so
	done  chan error    // from the writer: durable, or not
}

type handover struct {
	tx  *Tx
	err error
}

// States of a turn: whoever first leaves waiting decides.
const (
	waiting int32 = iota
	taken         // by the writer
	left          // by its caller, whose context ended
)

func newWriter(db *DB, c *conn, after func(*conn)) *writer {
	w := &writer{db: db, conn: c, after: after, queue: make(chan *turn, maxGroup), quit: make(chan struct{}), gone: make(chan struct{})}
	go w.work()
	return w
}

// write runs f as part of some group and waits until the group is durable.
func (w *writer) write(ctx context.Context, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &turn{start: make(chan handover, 1), end: make(chan error, 1), done: make(chan error, 1)}
	select {
	case w.queue <- t:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.quit:
		return ErrClosed
	}
	h, err := w.await(ctx, t)
	if err != nil {
		return err
	}
	h.tx.ctx = ctx
	if err := t.run(h.tx, f); err != nil {
		return err
	}
	if err := <-t.done; err != nil {
		return err
	}
	h.tx.committed()
	return nil
}

// await waits for the caller's turn.
func (w *writer) await(ctx context.Context, t *turn) (handover, error) {
	select {
	case h := <-t.start:
		return h, h.err
	case <-w.gone:
		select {
		case h := <-t.start:
			return h, h.err
		default:
			return handover{}, ErrClosed
		}
	case <-ctx.Done():
		if t.state.CompareAndSwap(waiting, left) {
			return handover{}, ctx.Err()
		}
		h := <-t.start
		return h, h.err
	}
}

// errPanic tells the writer that a function did not return.
var errPanic = errors.New("the function panicked")

// run runs f and hands the transaction back to the writer, also when f panics or ends its goroutine. When f fails it
// waits until its work is undone.
func (t *turn) run(tx *Tx, f func(*Tx) error) (err error) {
	err = errPanic
	defer func() {
		tx.ended = true
		t.end <- err
		if err != nil {
			<-t.done
		}
	}()
	err = f(tx)
	return err
}

// work takes groups from the queue until the writer is closed.
func (w *writer) work() {
	defer close(w.gone)
	for {
		select {
		case t := <-w.queue:
			w.group(t)
		case <-w.quit:
			for {
				select {
				case t := <-w.queue:
					w.group(t)
				default:
					return
				}
			}
		}
	}
}

// group runs t and those who wait behind it in one transaction.
func (w *writer) group(t *turn) {
	if !t.state.CompareAndSwap(waiting, taken) {
		return
	}
	err := w.broken
	if err == nil {
		err = w.conn.do("BEGIN IMMEDIATE")
	}
	if err != nil {
		t.start <- handover{err: err}
		return
	}
	began := time.Now() // a bound on waiting, not a time that is kept
	w.docs = w.docs[:0]
	members, err := []*turn{t}, w.member(t)
	for err == nil && len(members) < maxGroup && time.Since(began) < maxGroupTime {
		next := w.next()
		if next == nil {
			break
		}
		members = append(members, next)
		err = w.member(next)
	}
	if err == nil {
		err = w.commit()
	}
	if err != nil {
		err = w.abort(err)
	}
	for _, m := range members {
		m.done <- err
	}
	if err == nil {
		w.after(w.conn)
	}
}

// next returns the next caller who still waits, or nil when there is none now.
func (w *writer) next() *turn {
	for {
		select {
		case t := <-w.queue:
			if t.state.CompareAndSwap(waiting, taken) {
				return t
			}
		default:
			return nil
		}
	}
}

// member runs one caller's function behind a savepoint. It fails when the transaction itself is lost.
func (w *writer) member(t *turn) error {
	if err := w.conn.do("SAVEPOINT member"); err != nil {
		t.start <- handover{err: err}
		return err
	}
	tx := &Tx{db: w.db, run: steady{w.conn}, write: true}
	t.start <- handover{tx: tx}
	if err := <-t.end; err != nil {
		if err := w.conn.do("ROLLBACK TO member"); err != nil {
			return err
		}
	} else {
		w.docs = append(w.docs, tx.docs...)
	}
	return w.conn.do("RELEASE member")
}

// commit indexes for search what the group changed, all at once, as each savepoint would cost the index a segment.
func (w *writer) commit() error {
	tx := &Tx{db: w.db, ctx: context.Background(), run: steady{w.conn}, write: true}
	if err := tx.writeIndex(w.docs); err != nil {
		return err
	}
	if err := w.db.beforeCommit(tx); err != nil {
		return err
	}
	if err := w.conn.do("COMMIT"); err != nil {
		return err
	}
	tx.committed()
	return nil
}

// abort undoes the group and returns what its members are told. After a failed disk nothing is known about what is
// durable, so the writer refuses all further work: a restart reads what the disk truly holds.
func (w *writer) abort(cause error) error {
	if failedDisk(cause) {
		w.broken = fmt.Errorf("the disk failed, restart the server: %w", cause)
		w.db.log.Error("the disk failed; no more is written until a restart", "error", cause)
		w.db.Signal(DiskFailed)
	}
	if err := w.conn.do("ROLLBACK"); err != nil {
		w.db.log.Debug("roll back", "error", err) // SQLite has rolled back by itself
	}
	return fmt.Errorf("the transaction was undone: %w", cause)
}

func (w *writer) close() error {
	close(w.quit)
	<-w.gone
	return w.conn.Close()
}
