package event

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"truckroll/platform/store"
)

// Places that a reader may begin at, besides the replay id of an event.
const (
	Latest   int64 = -1 // what happens from now on
	Earliest int64 = -2 // all that is kept
)

// ErrReplay is returned for a replay id that no event has (any longer).
var ErrReplay = errors.New("no event with this replay id is kept; read the records anew and go on from now")

// ErrSlow is returned to a reader that fell so far behind that the events it needs left the memory. It may subscribe
// again from the last replay id it had.
var ErrSlow = errors.New("the reader is too slow; subscribe again from its last replay id")

// Options are the choices of [Open]; the zero Options are good for a server.
type Options struct {
	Keep   time.Duration // how long events are kept; 0 is 72 hours
	Poll   time.Duration // how often other processes' events are looked for; 0 is 200 ms
	Memory int           // events kept in memory; 0 is 8192
	Failed func(error)   // is told of errors of [Feed.Run]; nil ignores them
}

// Feed hands events to readers.
type Feed struct {
	db *store.DB
	o  Options

	mu     sync.Mutex
	ring   []placed      // the latest events; the one numbered i stands at i % len
	head   uint64        // the number that the next event gets
	tail   uint64        // the number of the oldest in memory
	base   cursor        // the place before the oldest
	end    cursor        // the place after the newest
	change chan struct{} // closed, and replaced, when events come
}

// Open returns a feed of the events of db that begins at its present end. [Feed.Run] keeps it going.
func Open(ctx context.Context, db *store.DB, o Options) (*Feed, error) {
	if o.Keep == 0 {
		o.Keep = 72 * time.Hour
	}
	if o.Poll == 0 {
		o.Poll = 200 * time.Millisecond
	}
	if o.Memory == 0 {
		o.Memory = 8192
	}
	if o.Failed == nil {
		o.Failed = func(error) {}
	}
	f := &Feed{db: db, o: o, ring: make([]placed, o.Memory), change: make(chan struct{})}
	err := db.View(ctx, func(tx *store.Tx) (err error) {
		f.end, err = lastPlace(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("event: %w", err)
	}
	f.base = f.end
	return f, nil
}

// lastPlace returns the place after the last settled event.
func lastPlace(tx *store.Tx) (c cursor, err error) {
	query := "SELECT 0, 0, n FROM outbox ORDER BY n DESC LIMIT 1"
	if tx.Dialect().Name() == "postgres" {
		query = "SELECT e.epoch, e.xid::text::bigint, e.n FROM outbox AS e WHERE " + tx.Dialect().Settled("e") + " ORDER BY e.epoch DESC, e.xid DESC, e.n DESC LIMIT 1"
	}
	err = tx.QueryRow(query).Scan(&c.epoch, &c.xid, &c.n)
	if errors.Is(err, sql.ErrNoRows) {
		return cursor{}, nil
	}
	return c, err
}

// Run fetches events and sweeps old ones until ctx ends.
func (f *Feed) Run(ctx context.Context) {
	woken, stop := f.db.Listen(topic)
	defer stop()
	poll, sweep := time.NewTicker(f.o.Poll), time.NewTicker(time.Hour)
	defer poll.Stop()
	defer sweep.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-woken:
			err = f.Fetch(ctx)
		case <-poll.C:
			err = f.Fetch(ctx)
		case <-sweep.C:
			_, err = f.Sweep(ctx)
		}
		if err != nil && ctx.Err() == nil {
			f.o.Failed(err)
		}
	}
}

const fetchStep = 500

// Fetch takes the events that were committed since into memory, and wakes the readers. One goroutine calls it.
func (f *Feed) Fetch(ctx context.Context) error {
	for {
		var events []placed
		err := f.db.View(ctx, func(tx *store.Tx) (err error) {
			events, err = read(tx, f.place(), fetchStep)
			return err
		})
		if err != nil {
			return fmt.Errorf("event: fetch: %w", err)
		}
		f.add(events)
		if len(events) < fetchStep {
			return nil
		}
	}
}

func (f *Feed) place() cursor {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.end
}

func (f *Feed) add(events []placed) {
	if len(events) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		at := f.head % uint64(len(f.ring))
		if f.head-f.tail == uint64(len(f.ring)) {
			f.base = f.ring[at].at
			f.tail++
		}
		f.ring[at] = e
		f.head++
		f.end = e.at
	}
	close(f.change)
	f.change = make(chan struct{})
}

const sweepStep = 2000

// Sweep drops events older than they are kept, and returns how many.
func (f *Feed) Sweep(ctx context.Context) (swept int64, err error) {
	before := f.db.Now().Add(-f.o.Keep).UnixMilli()
	for n := int64(sweepStep); n == sweepStep; swept += n {
		err = f.db.Write(ctx, func(tx *store.Tx) error {
			r, err := tx.Exec("DELETE FROM outbox WHERE n IN (SELECT n FROM outbox WHERE at < ? ORDER BY at LIMIT ?)", before, sweepStep)
			if err != nil {
				return err
			}
			n, err = r.RowsAffected()
			return err
		})
		if err != nil {
			return swept, fmt.Errorf("event: sweep: %w", err)
		}
	}
	return swept, nil
}
