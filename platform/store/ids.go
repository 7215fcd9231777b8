package store

import (
	"context"
	"sync"
)

// How many numbers a node of a cluster takes at a time. What is left over of a block of ids is never used; what is left
// over of a block of a series is given back when the node ends in order and no other has drawn meanwhile.
const (
	idBlock     = 512
	seriesBlock = 32
)

// blocks are the numbers that this node took from the database and has not given out, by what they are for.
type blocks struct {
	mu   sync.Mutex
	free map[string]span64
}

type span64 struct{ next, end uint64 }

// draw returns the first of n consecutive numbers, and takes more of them when too few are left.
func (b *blocks) draw(key string, n, size uint64, take func(n uint64) (span64, error)) (uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.free == nil {
		b.free = map[string]span64{}
	}
	for s := b.free[key]; s.end-s.next < n; s = b.free[key] {
		more, err := take(max(size, n-(s.end-s.next)))
		if err != nil {
			return 0, err
		}
		if s.end == more.next { // no other node has drawn meanwhile
			more.next = s.next
		}
		b.free[key] = more
	}
	s := b.free[key]
	b.free[key] = span64{s.next + n, s.end}
	return s.next, nil
}

// NextIds returns the first of n consecutive numbers for ids with the given prefix; they are never given out again.
// On SQLite they are taken in tx and come back when it is undone. On PostgreSQL a node takes blocks of them in a
// transaction of its own, so that writers do not wait for each other.
func (db *DB) NextIds(ctx context.Context, tx *Tx, prefix string, n int) (first uint64, err error) {
	if db.dialect.Name() == "sqlite" {
		next, err := tx.advance("id_sequence", "prefix", prefix, int64(n))
		return uint64(next), err
	}
	return db.ids.draw(prefix, uint64(n), idBlock, func(n uint64) (span64, error) { return db.take(ctx, "id_sequence", "prefix", prefix, n) })
}

// take takes a block on a connection beside those of transactions.
func (db *DB) take(ctx context.Context, table, column, name string, n uint64) (s span64, err error) {
	var next int64
	err = db.engine.raw().QueryRowContext(ctx, numbered(advanceText(table, column)), name, int64(n)+1, int64(n)).Scan(&next)
	return span64{uint64(next) - n, uint64(next)}, err
}

// NextSparse returns the first of n consecutive numbers of the named series, which begins at 1 and may have gaps. On
// SQLite it has none. On PostgreSQL a node takes blocks of numbers, so that writers do not wait for each other: those of
// a transaction that is undone are lost, and nodes that draw from one series draw from different blocks.
func (db *DB) NextSparse(tx *Tx, name string, n int) (first int64, err error) {
	if db.dialect.Name() == "sqlite" {
		return db.NextNumbers(tx, name, n)
	}
	next, err := db.series.draw(name, uint64(n), seriesBlock, func(n uint64) (span64, error) {
		return db.take(tx.Context(), "number_sequence", "name", name, n)
	})
	return int64(next), err
}

// giveBack returns what is left over of the blocks of series. That it can't costs a few numbers only.
func (db *DB) giveBack() {
	db.series.mu.Lock()
	defer db.series.mu.Unlock()
	for name, s := range db.series.free {
		if s.next == s.end {
			continue
		}
		text := numbered("UPDATE number_sequence SET next = ? WHERE name = ? AND next = ?")
		if _, err := db.engine.raw().Exec(text, int64(s.next), name, int64(s.end)); err != nil {
			return
		}
	}
	clear(db.series.free)
}

// NextNumbers returns the first of n consecutive numbers of the named series, which begins at 1 and must have no gaps:
// they come back when tx is undone. On PostgreSQL other transactions that draw from the series wait until tx ends. One
// series is drawn from either by NextNumbers or by [DB.NextSparse].
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
