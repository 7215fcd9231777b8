package event

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"truckroll/platform/store"
)

// Reader gives the events of a feed one after the other, none twice and none left out. It is used by one goroutine.
// A reader holds no events of its own, so that many of them cost little.
type Reader struct {
	feed *Feed
	at   cursor // the place after the last event given
	page []placed
	live bool   // reads from memory
	next uint64 // the number of its next event in memory
}

// Subscribe returns a reader that begins after the event with the given replay id, or at [Latest] or [Earliest].
func (f *Feed) Subscribe(ctx context.Context, replay int64) (*Reader, error) {
	r := &Reader{feed: f}
	switch replay {
	case Latest:
		f.mu.Lock()
		defer f.mu.Unlock()
		r.at, r.live, r.next = f.end, true, f.head
		return r, nil
	case Earliest:
		return r, nil
	}
	err := f.db.View(ctx, func(tx *store.Tx) (err error) {
		r.at, err = placeOf(tx, replay)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("event: subscribe: %w", err)
	}
	return r, nil
}

// placeOf returns the place after the event with a replay id.
func placeOf(tx *store.Tx, replay int64) (cursor, error) {
	c := cursor{n: replay}
	query := "SELECT 0, 0 FROM outbox WHERE n = ?"
	if tx.Dialect().Name() == "postgres" {
		query = "SELECT epoch, xid::text::bigint FROM outbox WHERE n = ?"
	}
	err := tx.QueryRow(query, replay).Scan(&c.epoch, &c.xid)
	if errors.Is(err, sql.ErrNoRows) {
		return c, ErrReplay
	}
	return c, err
}

// Next returns the next event. It waits for one until ctx ends.
func (r *Reader) Next(ctx context.Context) (Event, error) {
	for {
		if len(r.page) > 0 {
			return r.give(), nil
		}
		if !r.live && !r.join() {
			if err := r.fetch(ctx); err != nil {
				return Event{}, err
			}
			continue
		}
		wait, err := r.remember()
		if err != nil {
			return Event{}, err
		}
		if len(r.page) > 0 {
			continue
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return Event{}, ctx.Err()
		}
	}
}

// Replay returns the replay id to go on from: that of the last event given, 0 before the first.
func (r *Reader) Replay() int64 { return r.at.n }

func (r *Reader) give() Event {
	e := r.page[0]
	r.page = r.page[1:]
	r.at = e.at
	return e.Event
}

// join turns to the events in memory, if they reach back to the reader's place.
func (r *Reader) join() bool {
	f := r.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.at.before(f.base) {
		return false
	}
	r.live, r.next = true, f.tail
	return true
}

const pageSize = 200

// fetch reads a page of events from the database.
func (r *Reader) fetch(ctx context.Context) error {
	f := r.feed
	f.mu.Lock()
	base := f.base
	f.mu.Unlock()
	err := f.db.View(ctx, func(tx *store.Tx) (err error) {
		r.page, err = read(tx, r.at, pageSize)
		return err
	})
	if err != nil {
		return fmt.Errorf("event: %w", err)
	}
	if len(r.page) == 0 { // of what came before the memory nothing is kept that the reader has not had
		r.at = base
	}
	return nil
}

// remember takes the next page from memory. When there is none, it returns a channel that is closed when there is.
func (r *Reader) remember() (wait <-chan struct{}, err error) {
	f := r.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.next < f.tail {
		return nil, ErrSlow
	}
	for ; r.next < f.head && len(r.page) < pageSize; r.next++ {
		if e := f.ring[r.next%uint64(len(f.ring))]; r.at.before(e.at) {
			r.page = append(r.page, e)
		}
	}
	return f.change, nil
}
