package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migration/*/*.sql
var migrations embed.FS

// ErrNewer is returned for a database that a later version of the program has changed.
var ErrNewer = errors.New("the database was changed by a newer version of this program; start that version, or restore a backup made before the upgrade")

// Migrate brings the system's tables to the form that this version of the program knows. Each step is one
// transaction. A database that is further ahead gives [ErrNewer].
func (db *DB) Migrate(ctx context.Context) error {
	p, err := db.provider()
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	sources := p.ListSources()
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if newest := sources[len(sources)-1].Version; have > newest {
		return fmt.Errorf("%w (it is at step %d, this program knows %d)", ErrNewer, have, newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := db.Write(ctx, db.adapt); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func (db *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migration/"+db.dialect.Name())
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithTableName("schema_step"), goose.WithDisableGlobalRegistry(true), goose.WithSlog(db.log)}
	dialect := goose.DialectSQLite3
	if db.dialect.Name() == "postgres" {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresTableLocker(lock.WithTableName("schema_step_lock"))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithLocker(locker))
	}
	return goose.NewProvider(dialect, db.engine.raw(), files, options...)
}

// adapt makes the database fit this program and this server: letters that a newer Unicode folds differently are
// indexed anew, and a database that was moved to another PostgreSQL cluster enters a new epoch.
func (db *DB) adapt(tx *Tx) error {
	known, err := tx.Meta("unicode")
	if err != nil {
		return err
	}
	if known != unicode.Version {
		if err := tx.refold(known != ""); err != nil {
			return err
		}
		if err := tx.SetMeta("unicode", unicode.Version); err != nil {
			return err
		}
	}
	if db.dialect.Name() == "postgres" {
		return tx.enterEpoch()
	}
	return nil
}

// Meta returns a value that the house keeps about its database; "" when there is none.
func (tx *Tx) Meta(name string) (string, error) {
	var value string
	err := tx.QueryRow("SELECT value FROM meta WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetMeta keeps a value about the database.
func (tx *Tx) SetMeta(name, value string) error {
	_, err := tx.Exec("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	return err
}

// refold makes the folding function of PostgreSQL and, when there may be some, all indexes over folded texts.
func (tx *Tx) refold(again bool) error {
	if tx.Dialect().Name() == "sqlite" {
		if !again {
			return nil
		}
		_, err := tx.Exec("REINDEX FOLD")
		return err
	}
	for _, s := range postgresFold() {
		if _, err := tx.Exec(s); err != nil {
			return err
		}
	}
	if !again {
		return nil
	}
	return tx.each("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexdef LIKE '%fold(%'", func(index string) error {
		_, err := tx.Exec("REINDEX INDEX " + Quote(index))
		return err
	})
}

// each runs f for each answer of a query for one column of text.
func (tx *Tx) each(query string, f func(string) error) error {
	all, err := tx.words(query)
	if err != nil && !errors.Is(err, errNothing) {
		return err
	}
	for _, s := range all {
		if err := f(s); err != nil {
			return err
		}
	}
	return nil
}

// postgresFold declares the twin of [Fold]. Texts of ASCII, the usual ones, take a path that the planner sees through.
// Others are translated letter by letter; the letters most seen come first, because translate looks one by one.
func postgresFold() []string {
	from, to := foldPairs()
	quoteText := func(s string) string { return strings.ReplaceAll(s, "'", "''") }
	usual := "abcdefghijklmnopqrstuvwxyz 0123456789-.,'/äöüßéèêàáâçñóôøåæíìîúùûœ"
	return []string{
		"CREATE OR REPLACE FUNCTION fold_wide(x text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$ BEGIN RETURN translate(lower(x COLLATE \"C\"), '" +
			quoteText(usual+from) + "', '" + quoteText(usual+to) + "'); END $body$",
		`CREATE OR REPLACE FUNCTION fold(x text) RETURNS text IMMUTABLE PARALLEL SAFE
			RETURN CASE WHEN octet_length(x) = length(x) THEN lower(x COLLATE "C") ELSE fold_wide(x) END`,
	}
}

// enterEpoch begins a new epoch when the cluster is not the one that the rows were written in. Transaction ids begin
// anew in another cluster; the epoch keeps later rows after earlier ones.
func (tx *Tx) enterEpoch() error {
	var cluster string
	if err := tx.QueryRow("SELECT system_identifier::text FROM pg_control_system()").Scan(&cluster); err != nil {
		return err
	}
	known, err := tx.Meta("cluster")
	if err != nil || known == cluster {
		return err
	}
	var epoch int64
	if err := tx.QueryRow("SELECT COALESCE(MAX(value::bigint) + 1, 0) FROM meta WHERE name = 'epoch'").Scan(&epoch); err != nil {
		return err
	}
	for _, table := range []string{"audit_entry", "outbox"} {
		if _, err := tx.Exec(fmt.Sprintf("ALTER TABLE %s ALTER COLUMN epoch SET DEFAULT %d", table, epoch)); err != nil {
			return err
		}
	}
	if err := tx.SetMeta("epoch", fmt.Sprint(epoch)); err != nil {
		return err
	}
	return tx.SetMeta("cluster", cluster)
}
