package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// fileName is the database's name in a data directory.
const fileName = "truckroll.db"

// minSQLite is the first version without the bug that could lose a WAL that was being reset.
const minSQLite = "3.51.3"

// pragmas are set on every connection and read back, because SQLite ignores what it does not know.
// FULL makes a commit survive a power cut; NORMAL lost acknowledged transactions in our trials.
var pragmas = []struct{ name, set, want string }{
	{"busy_timeout", "5000", "5000"},
	{"journal_mode", "WAL", "wal"},
	{"synchronous", "FULL", "2"},
	{"foreign_keys", "1", "1"},
	{"trusted_schema", "0", "0"},
	{"cell_size_check", "1", "1"},
	{"checkpoint_fullfsync", "1", "1"},
	{"recursive_triggers", "1", "1"},
	{"cache_size", "-16000", "-16000"},
	{"wal_autocheckpoint", "0", "0"}, // the checkpointer's work
	{"journal_size_limit", strconv.Itoa(walSoft), strconv.Itoa(walSoft)},
	{"mmap_size", "268435456", ""}, // not available on every platform
	{"temp_store", "MEMORY", "2"},
}

// embedded is the SQLite engine: one writing connection and a pool of reading ones.
type embedded struct {
	path    string
	db      *sql.DB
	writer  *writer
	copier  *checkpointer
	readers chan *conn
	size    int
}

// connector opens SQLite connections that know our functions and collation. It leaves the driver that package sqlite
// registers for the whole process as it is.
type connector struct {
	driver *modernc.Driver
	dsn    string
}

func (c *connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c *connector) Driver() driver.Driver                        { return c.driver }

func newConnector(path string, more []Function) (*connector, error) {
	d := &modernc.Driver{}
	if err := registerFunctions(d, more); err != nil {
		return nil, err
	}
	q := url.Values{"_dqs": {"0"}, "_defensive": {"1"}}
	for _, p := range pragmas {
		q.Add("_pragma", p.name+"("+p.set+")")
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: q.Encode()}
	return &connector{d, u.String()}, nil
}

// databasePath returns the absolute path of the file that url means, and makes its directory.
func databasePath(url string) (string, error) {
	path, err := filepath.Abs(url)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() || strings.HasSuffix(url, "/") {
		path = filepath.Join(path, fileName)
	}
	return path, os.MkdirAll(filepath.Dir(path), 0o700)
}

func openSQLite(ctx context.Context, url string, o Options, db *DB) (engine, error) {
	path, err := databasePath(url)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	f.Close()
	c, err := newConnector(path, o.Functions)
	if err != nil {
		return nil, err
	}
	e := &embedded{path: path, db: sql.OpenDB(c), readers: make(chan *conn, o.Readers), size: o.Readers}
	if err := e.connect(ctx, db); err != nil {
		return nil, errors.Join(err, e.db.Close())
	}
	return e, nil
}

// connect opens all connections. They stay open, so that no request waits for one to be made.
func (e *embedded) connect(ctx context.Context, db *DB) error {
	w, err := e.open(ctx)
	if err != nil {
		return err
	}
	if err := assertSettings(ctx, w); err != nil {
		return err
	}
	for range e.size {
		r, err := e.open(ctx)
		if err != nil {
			return err
		}
		if err := r.do("PRAGMA query_only = 1"); err != nil {
			return err
		}
		e.readers <- r
	}
	p, err := e.open(ctx)
	if err != nil {
		return err
	}
	e.copier = newCheckpointer(p, e.path)
	e.writer = newWriter(db, w, e.copier.committed)
	return nil
}

func (e *embedded) open(ctx context.Context) (*conn, error) {
	c, err := e.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return newConn(c), nil
}

// assertSettings refuses a library too old to be safe, and settings that did not take.
func assertSettings(ctx context.Context, c *conn) error {
	var version string
	if err := c.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return err
	}
	if olderThan(version, minSQLite) {
		return fmt.Errorf("SQLite %s is too old to be safe, %s is needed", version, minSQLite)
	}
	for _, p := range pragmas {
		if p.want == "" {
			continue
		}
		var got string
		if err := c.QueryRowContext(ctx, "PRAGMA "+p.name).Scan(&got); err != nil {
			return err
		}
		if got != p.want {
			return fmt.Errorf("SQLite keeps %s at %q, %q is needed", p.name, got, p.want)
		}
	}
	return nil
}

// olderThan compares dotted version numbers.
func olderThan(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, _ := strconv.Atoi(x[i])
		n, _ := strconv.Atoi(y[i])
		if m != n {
			return m < n
		}
	}
	return len(x) < len(y)
}

func (e *embedded) write(ctx context.Context, _ *DB, f func(*Tx) error) error {
	return e.writer.write(ctx, f)
}

func (e *embedded) view(ctx context.Context, db *DB, f func(*Tx) error) (err error) {
	var c *conn
	select {
	case c = <-e.readers:
	case <-ctx.Done():
		return ctx.Err()
	case <-e.writer.quit:
		return ErrClosed
	}
	defer func() { e.readers <- c }()
	if err := c.do("BEGIN"); err != nil {
		return err
	}
	tx := &Tx{db: db, ctx: ctx, run: c}
	defer func() {
		tx.ended = true
		if e := c.do("ROLLBACK"); e != nil && err == nil {
			err = e
		}
	}()
	return f(tx)
}

func (e *embedded) close() error {
	errs := []error{e.writer.close(), e.copier.close()}
	for range e.size {
		c := <-e.readers
		errs = append(errs, c.Close())
	}
	return errors.Join(append(errs, e.db.Close())...)
}

func (e *embedded) raw() *sql.DB { return e.db }

// failedDisk reports whether err says that the disk itself failed, rather than that it is full.
func failedDisk(err error) bool {
	var e *modernc.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_IOERR || e.Code()&0xff == sqlite3.SQLITE_CORRUPT)
}
