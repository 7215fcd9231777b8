package store

import (
	"context"
	"database/sql"
)

// maxStatements is how many prepared statements a connection keeps.
const maxStatements = 400

// conn is a SQLite connection with its prepared statements. One goroutine uses it at a time.
type conn struct {
	*sql.Conn
	statements map[string]*statement
}

// statement is a prepared statement. It is busy while rows of it are being read, and then can't be run again.
type statement struct {
	*sql.Stmt
	busy bool
}

func newConn(c *sql.Conn) *conn { return &conn{c, map[string]*statement{}} }

// prepare returns the prepared form of query, or nil when it is busy.
func (c *conn) prepare(ctx context.Context, query string) (*statement, error) {
	if s := c.statements[query]; s != nil {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if len(c.statements) >= maxStatements {
		c.forget()
	}
	p, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s := &statement{Stmt: p}
	c.statements[query] = s
	return s, nil
}

// forget drops a quarter of the statements that are not in use.
func (c *conn) forget() {
	n := maxStatements / 4
	for query, s := range c.statements {
		if n == 0 {
			return
		}
		if !s.busy {
			s.Close()
			delete(c.statements, query)
			n--
		}
	}
}

func (c *conn) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.ExecContext(ctx, query, args...)
	}
	return s.ExecContext(ctx, args...)
}

func (c *conn) query(ctx context.Context, query string, args []any) (*Rows, error) {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		rows, err := c.QueryContext(ctx, query, args...)
		if err != nil {
			return nil, err
		}
		return &Rows{Rows: rows}, nil
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &Rows{rows, s}, nil
}

// do runs a statement of the store's own, such as BEGIN, whatever becomes of the caller's context.
func (c *conn) do(query string) error {
	_, err := c.exec(context.Background(), query, nil)
	return err
}

// steady runs statements that are not interrupted when their caller's context ends: an interrupted statement would
// make SQLite undo the whole transaction, and with it the work of others in the group.
type steady struct{ *conn }

func (s steady) exec(_ context.Context, query string, args []any) (sql.Result, error) {
	return s.conn.exec(context.Background(), query, args)
}

func (s steady) query(_ context.Context, query string, args []any) (*Rows, error) {
	return s.conn.query(context.Background(), query, args)
}
