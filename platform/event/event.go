package event

import (
	"encoding/json"
	"fmt"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Change says what happened to records.
type Change string

// What happens to records.
const (
	Create   Change = "CREATE"
	Update   Change = "UPDATE"
	Delete   Change = "DELETE"
	Undelete Change = "UNDELETE"
)

// Event is one change, made in the same way to one or more records of an object.
type Event struct {
	Replay      int64 // set when it is read: names the event, and is where a reader may go on
	Object      string
	Ids         []schema.Id
	Change      Change
	Fields      []string // changed; none for a deletion
	User        schema.Id
	At          schema.DateTime // set when it is appended
	Transaction string          // the same for all events of a transaction
	Sequence    int             // within the transaction, from 1
}

// body is what is kept of an event besides its own columns.
type body struct {
	Ids         []schema.Id `json:"ids"`
	Change      Change      `json:"change"`
	Fields      []string    `json:"fields,omitempty"`
	User        schema.Id   `json:"user,omitempty"`
	Transaction string      `json:"tx"`
	Sequence    int         `json:"seq"`
}

// topic is signalled when events were committed.
const topic = "event"

// Append writes events, in order, as part of tx.
func Append(tx *store.Tx, events ...Event) error {
	if len(events) == 0 {
		return nil
	}
	now := tx.DB().Now().UnixMilli()
	rows := make([][]any, len(events))
	for i, e := range events {
		b, err := json.Marshal(body{e.Ids, e.Change, e.Fields, e.User, e.Transaction, e.Sequence})
		if err != nil {
			return fmt.Errorf("event: %w", err)
		}
		rows[i] = []any{now, e.Object, b}
	}
	if err := tx.Insert("outbox", []string{"at", "object", "body"}, rows); err != nil {
		return fmt.Errorf("event: %w", err)
	}
	tx.SignalOnCommit(topic)
	return nil
}

// cursor is a place between events. On SQLite epoch and xid are 0.
type cursor struct{ epoch, xid, n int64 }

// before reports whether c is at an earlier place than d.
func (c cursor) before(d cursor) bool {
	if c.epoch != d.epoch {
		return c.epoch < d.epoch
	}
	if c.xid != d.xid {
		return c.xid < d.xid
	}
	return c.n < d.n
}

// placed is an event with its place.
type placed struct {
	at cursor
	Event
}

// read returns at most limit events after a place, in order.
func read(tx *store.Tx, after cursor, limit int) ([]placed, error) {
	query, args := "SELECT 0, 0, n, at, object, body FROM outbox WHERE n > ? ORDER BY n LIMIT ?", []any{after.n, limit}
	if tx.Dialect().Name() == "postgres" {
		query = "SELECT e.epoch, e.xid::text::bigint, e.n, e.at, e.object, e.body FROM outbox AS e WHERE (e.epoch, e.xid, e.n) > (?, ?::bigint::text::xid8, ?) AND " +
			tx.Dialect().Settled("e") + " ORDER BY e.epoch, e.xid, e.n LIMIT ?"
		args = []any{after.epoch, after.xid, after.n, limit}
	}
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var events []placed
	for rows.Next() {
		var p placed
		var at int64
		var kept []byte
		if err := rows.Scan(&p.at.epoch, &p.at.xid, &p.at.n, &at, &p.Object, &kept); err != nil {
			return nil, err
		}
		var b body
		if err := json.Unmarshal(kept, &b); err != nil {
			return nil, fmt.Errorf("event %d: %w", p.at.n, err)
		}
		p.Replay, p.At = p.at.n, schema.AtMilli(at)
		p.Ids, p.Change, p.Fields, p.User, p.Transaction, p.Sequence = b.Ids, b.Change, b.Fields, b.User, b.Transaction, b.Sequence
		events = append(events, p)
	}
	return events, rows.Err()
}
