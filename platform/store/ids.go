package store

import (
	"context"
	"sync"
)

// blockSize is how many ids a node of a cluster takes at a time. Ids of a block that is left over are never used.
const blockSize = 512

// blocks are the ids that this node took from the database and has not given out, by prefix.
type blocks struct {
	mu   sync.Mutex
	free map[string]span64
}

type span64 struct{ next, end uint64 }

// NextIds returns the first of n consecutive numbers for ids with the given prefix; they are never given out again.
// On SQLite they are taken in tx and come back when it is undone. On PostgreSQL a node takes blocks of them in a
// transaction of its own, so that writers do not wait for each other.
func (db *DB) NextIds(ctx context.Context, tx *Tx, prefix string, n int) (first uint64, err error) {
	if db.dialect.Name() == "sqlite" {
		next, err := tx.advance("id_sequence", "prefix", prefix, int64(n))
		return uint64(next), err
	}
	db.ids.mu.Lock()
	defer db.ids.mu.Unlock()
	s := db.ids.free[prefix]
	if s.end-s.next < uint64(n) {
		if s, err = db.takeIds(ctx, prefix, max(blockSize, n)); err != nil {
			return 0, err
		}
	}
	if db.ids.free == nil {
		db.ids.free = map[string]span64{}
	}
	db.ids.free[prefix] = span64{s.next + uint64(n), s.end}
	return s.next, nil
}

// takeIds takes a block of ids on a connection beside those of transactions.
func (db *DB) takeIds(ctx context.Context, prefix string, n int) (s span64, err error) {
	var next int64
	err = db.engine.raw().QueryRowContext(ctx, numbered(advanceText("id_sequence", "prefix")), prefix, n+1, n).Scan(&next)
	return span64{uint64(next) - uint64(n), uint64(next)}, err
}

// NextNumbers returns the first of n consecutive numbers of the named series, which begins at 1. They come back when
// tx is undone, so that a series has no gaps; on PostgreSQL other transactions that draw from it wait until tx ends.
func (db *DB) NextNumbers(tx *Tx, name string, n int) (first int64, err error) {
	return tx.advance("number_sequence", "name", name, int64(n))
}

// advance moves a counter on by n and returns where it was.
func (tx *Tx) advance(table, column, name string, n int64) (int64, error) {
	var next int64
	err := tx.QueryRow(advanceText(table, column), name, n+1, n).Scan(&next)
	return next - n, err
}

// advanceText returns the statement that moves a counter on: its arguments are the name, n + 1 and n.
func advanceText(table, column string) string {
	return "INSERT INTO " + table + " (" + column + ", next) VALUES (?, ?) ON CONFLICT (" + column + ") DO UPDATE SET next = " + table + ".next + ? RETURNING next"
}
