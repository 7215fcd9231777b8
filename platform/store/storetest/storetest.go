// Package storetest runs a test on both databases that the store knows: on SQLite in a temporary directory, and on a
// PostgreSQL cluster made for the test binary and thrown away after it.
//
// It does not know what is tested. PostgreSQL is left out, loudly, where its server programs are not installed.
package storetest

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"truckroll/platform/store"
)

// Main runs the tests of a package and takes down the PostgreSQL cluster after them. A package that uses [Each] has
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
func Main(m *testing.M) {
	code := m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "storetest: PostgreSQL did not stop:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// Each runs f as a subtest on each engine, over a fresh database that has been migrated.
func Each(t *testing.T, f func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t, store.Options{})) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t, store.Options{})) })
}

// SQLite returns a fresh database in a temporary directory.
func SQLite(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	return open(t, t.TempDir(), o)
}

// schemas numbers the schemas that tests of this binary used.
var schemas atomic.Int64

// Postgres returns a fresh schema of the PostgreSQL cluster. It skips the test where there is no PostgreSQL.
func Postgres(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	if o.Schema == "" {
		o.Schema = fmt.Sprintf("test%d", schemas.Add(1))
	}
	return open(t, PostgresURL(t), o)
}

// PostgresURL returns the URL of the PostgreSQL cluster. It skips the test where there is no PostgreSQL.
func PostgresURL(t testing.TB) string {
	t.Helper()
	url, err := shared.start()
	if err == errAbsent {
		t.Skip("NOT TESTED ON POSTGRESQL: no server programs under /usr/lib/postgresql; install Debian's package postgresql")
	}
	if err != nil {
		t.Fatal(err)
	}
	return url
}

func open(t testing.TB, url string, o store.Options) *store.DB {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return db
}
