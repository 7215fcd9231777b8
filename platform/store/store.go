package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"
)

// Options are the choices of [Open]; the zero Options are good for a server.
type Options struct {
	Schema  string           // the PostgreSQL schema that holds this organisation; "" is the connection's own
	Readers int              // read connections; 0 is twice the number of cores
	Now     func() time.Time // the clock; nil is time.Now
	Log     *slog.Logger     // nil discards

	// Functions are given to SQLite beside its own and the store's, for SQL that others write.
	Functions []Function
}

// DB is one organisation's database. It is safe for use by many goroutines.
type DB struct {
	engine  engine
	dialect Dialect
	now     func() time.Time
	log     *slog.Logger
	before  []func(*Tx) error
	ids     blocks
	series  blocks
	signals signals
}

// engine is what differs between the databases in how transactions run.
type engine interface {
	write(ctx context.Context, db *DB, f func(*Tx) error) error
	view(ctx context.Context, db *DB, f func(*Tx) error) error
	close() error
	raw() *sql.DB
}

// ErrClosed is returned by transactions begun after [DB.Close].
var ErrClosed = errors.New("the database is closed")

// Open opens the database at url: a PostgreSQL URL (postgres://…), or the path of a SQLite file or of a directory to
// keep it in. A SQLite file is made if need be; the caller then calls [DB.Migrate].
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	if o.Readers <= 0 {
		o.Readers = 2 * runtime.GOMAXPROCS(0)
	}
	db := &DB{now: o.Now, log: o.Log}
	if db.now == nil {
		db.now = time.Now
	}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		db.dialect = postgres{}
		db.engine, err = openPostgres(ctx, url, o)
	} else {
		db.dialect = sqlite{}
		db.engine, err = openSQLite(ctx, url, o, db)
	}
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return db, nil
}

// Dialect returns what SQL the database speaks.
func (db *DB) Dialect() Dialect { return db.dialect }

// Now returns the time by the database's injected clock.
func (db *DB) Now() time.Time { return db.now() }

// Close waits for running transactions to end and closes the database. Close it once.
func (db *DB) Close() error {
	db.giveBack()
	return db.engine.close()
}

// Write runs f in a transaction and returns once what f did is durable, or was undone because f failed.
//
// On SQLite several callers' functions run one after the other in one transaction, each behind a savepoint: an f that
// returns an error or panics is undone alone. The statements of f do not end when ctx does, because that would undo
// the whole group; ctx is looked at before f begins and before each of its statements. f must not call Write.
//
// On PostgreSQL f has a transaction of its own at READ COMMITTED. It runs a second time when the server reports a
// serialisation failure, a deadlock or an outdated plan, so f must have no effect outside tx; effects belong in
// [Tx.OnCommit].
//
// An error can leave open whether the commit happened, when the connection broke in the middle of it. Callers who
// repeat a write store an idempotency key with it.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	return db.engine.write(ctx, db, f)
}

// View runs f over a snapshot of the database in which nothing can be changed.
func (db *DB) View(ctx context.Context, f func(*Tx) error) error {
	return db.engine.view(ctx, db, f)
}

// BeforeCommit adds a function that every writing transaction runs once, after the last function of its group and
// before it is made durable. When it fails the whole group fails. All are added before the first Write.
func (db *DB) BeforeCommit(f func(*Tx) error) { db.before = append(db.before, f) }

// beforeCommit runs the functions of BeforeCommit. A panic becomes an error, because it is nobody's own.
func (db *DB) beforeCommit(tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("before commit: panic: %v", p)
		}
	}()
	for _, f := range db.before {
		if err := f(tx); err != nil {
			return fmt.Errorf("before commit: %w", err)
		}
	}
	return nil
}
