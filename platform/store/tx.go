package store

import (
	"context"
	"database/sql"
	"errors"
)

// Tx is a running transaction. It belongs to the goroutine that runs the function it was given to, and ends with it.
type Tx struct {
	db    *DB
	ctx   context.Context
	run   runner
	write bool
	ended bool
	after []func()
	docs  []Document // to be indexed before the commit
}

// runner executes statements on the connection of a transaction.
type runner interface {
	exec(ctx context.Context, query string, args []any) (sql.Result, error)
	query(ctx context.Context, query string, args []any) (*Rows, error)
}

// ErrEnded is returned when a transaction is used after its function returned.
var ErrEnded = errors.New("the transaction has ended")

// ErrReadOnly is returned when a change is attempted in [DB.View].
var ErrReadOnly = errors.New("nothing can be changed in a view")

// Context returns the context that the transaction was begun with.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Dialect returns what SQL the database speaks.
func (tx *Tx) Dialect() Dialect { return tx.db.dialect }

// DB returns the database that tx is a transaction of.
func (tx *Tx) DB() *DB { return tx.db }

// Writable reports whether tx may change rows.
func (tx *Tx) Writable() bool { return tx.write }

// OnCommit has f run once the transaction is durable, before Write returns. It does not run when tx is undone.
func (tx *Tx) OnCommit(f func()) { tx.after = append(tx.after, f) }

// Exec runs a statement with ? for each of args.
func (tx *Tx) Exec(query string, args ...any) (sql.Result, error) {
	if err := tx.usable(); err != nil {
		return nil, err
	}
	if !tx.write {
		return nil, ErrReadOnly
	}
	return tx.run.exec(tx.ctx, query, args)
}

// Query runs a statement that answers with rows. They must be closed before the transaction ends; reading them to the
// end closes them.
func (tx *Tx) Query(query string, args ...any) (*Rows, error) {
	if err := tx.usable(); err != nil {
		return nil, err
	}
	return tx.run.query(tx.ctx, query, args)
}

// QueryRow runs a statement that answers with one row at most. The row's Scan returns [sql.ErrNoRows] for none.
func (tx *Tx) QueryRow(query string, args ...any) *Row {
	rows, err := tx.Query(query, args...)
	return &Row{rows, err}
}

func (tx *Tx) usable() error {
	if tx.ended {
		return ErrEnded
	}
	return tx.ctx.Err()
}

// committed runs what waits for the commit.
func (tx *Tx) committed() {
	for _, f := range tx.after {
		f()
	}
}

// Rows are the answer to a query, read one after the other.
type Rows struct {
	*sql.Rows
	stmt *statement // given back when the rows are closed; nil when not cached
}

// Next prepares the next row for Scan. It returns false, and closes the rows, when there is none or at an error.
func (r *Rows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.free()
	return false
}

// Close ends the reading of rows.
func (r *Rows) Close() error {
	err := r.Rows.Close()
	r.free()
	return err
}

func (r *Rows) free() {
	if r.stmt != nil {
		r.stmt.busy = false
		r.stmt = nil
	}
}

// Row is the answer to a query for one row.
type Row struct {
	rows *Rows
	err  error
}

// Scan copies the columns of the row into dest.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	return r.rows.Close()
}
