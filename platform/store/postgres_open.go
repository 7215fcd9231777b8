package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// minPostgres is the oldest server version that is tested.
const minPostgres = 150000

// server is the PostgreSQL engine. Transactions take a slot each, so that the two connections more than there are slots
// are free for a transaction that must take a block of ids before it can end.
type server struct {
	db    *sql.DB
	slots chan struct{}
}

// serverSettings bound what a lost client or a bad plan can hold: a transaction that stays open stalls the readers
// of events and the audit log's sequencer.
var serverSettings = map[string]string{
	"application_name":                    "truckroll",
	"timezone":                            "UTC",
	"statement_timeout":                   "60000",
	"lock_timeout":                        "20000",
	"idle_in_transaction_session_timeout": "30000",
	"standard_conforming_strings":         "on",
}

func openPostgres(ctx context.Context, url string, o Options) (engine, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(url, "default_query_exec_mode") {
		cfg.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	for k, v := range serverSettings {
		if cfg.RuntimeParams[k] == "" {
			cfg.RuntimeParams[k] = v
		}
	}
	if o.Schema != "" {
		cfg.RuntimeParams["search_path"] = Quote(o.Schema)
	}
	most := max(8, 4*o.Readers)
	s := &server{stdlib.OpenDB(*cfg), make(chan struct{}, most-2)}
	s.db.SetMaxOpenConns(most)
	s.db.SetMaxIdleConns(most)
	s.db.SetConnMaxLifetime(time.Hour)
	if err := s.prepare(ctx, o.Schema); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	return s, nil
}

// prepare refuses a server that would break what the store promises, and makes the organisation's schema.
func (s *server) prepare(ctx context.Context, schema string) error {
	for _, c := range []struct {
		show string
		ok   func(string) bool
		mend string
	}{
		{"server_version_num", func(v string) bool { n, _ := strconv.Atoi(v); return n >= minPostgres }, "PostgreSQL 15 or later is needed"},
		{"server_encoding", func(v string) bool { return v == "UTF8" }, "create the database with ENCODING 'UTF8'"},
		{"synchronous_commit", func(v string) bool { return v != "off" }, "set synchronous_commit to on, so that an acknowledged change is durable"},
	} {
		var v string
		if err := s.db.QueryRowContext(ctx, "SHOW "+c.show).Scan(&v); err != nil {
			return err
		}
		if !c.ok(v) {
			return fmt.Errorf("the server has %s = %s: %s", c.show, v, c.mend)
		}
	}
	if schema == "" {
		return nil
	}
	_, err := s.db.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+Quote(schema))
	return err
}

func (s *server) write(ctx context.Context, db *DB, f func(*Tx) error) error {
	err := s.transact(ctx, db, nil, f)
	if err != nil && ctx.Err() == nil && again(err) {
		err = s.transact(ctx, db, nil, f)
	}
	return err
}

func (s *server) view(ctx context.Context, db *DB, f func(*Tx) error) error {
	o := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	err := s.transact(ctx, db, o, f)
	if err != nil && ctx.Err() == nil && again(err) {
		err = s.transact(ctx, db, o, f)
	}
	return err
}

func (s *server) transact(ctx context.Context, db *DB, o *sql.TxOptions, f func(*Tx) error) error {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	t, err := s.db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer t.Rollback() // also when f panics; after a commit it does nothing
	tx := &Tx{db: db, ctx: ctx, run: session{t}, write: o == nil}
	defer func() { tx.ended = true }()
	if err := f(tx); err != nil {
		return err
	}
	if !tx.write {
		return nil
	}
	if err := tx.writeIndex(tx.docs); err != nil {
		return err
	}
	if err := db.beforeCommit(tx); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return err
	}
	tx.committed()
	return nil
}

func (s *server) close() error { return s.db.Close() }
func (s *server) raw() *sql.DB { return s.db }

// again reports whether the same work may succeed when it is done anew: a serialisation failure, a deadlock, or a plan
// that a change of the tables made invalid.
func again(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && slices.Contains([]string{"40001", "40P01", "0A000"}, e.Code)
}

// session runs the statements of one PostgreSQL transaction.
type session struct{ tx *sql.Tx }

func (s session) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	return s.tx.ExecContext(ctx, numbered(query), args...)
}

func (s session) query(ctx context.Context, query string, args []any) (*Rows, error) {
	rows, err := s.tx.QueryContext(ctx, numbered(query), args...)
	if err != nil {
		return nil, err
	}
	return &Rows{Rows: rows}, nil
}
