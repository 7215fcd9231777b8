package store

import (
	"context"
	"fmt"
)

// Size returns how many bytes the database takes.
func (db *DB) Size(ctx context.Context) (bytes int64, err error) {
	err = db.View(ctx, func(tx *Tx) error {
		if db.dialect.Name() == "postgres" {
			return tx.QueryRow("SELECT pg_database_size(current_database())").Scan(&bytes)
		}
		return tx.QueryRow("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()").Scan(&bytes)
	})
	return bytes, err
}

// Engine returns the kind and version of the database, as people call it: SQLite 3.54.0.
func (db *DB) Engine(ctx context.Context) (name string, err error) {
	query, form := "SELECT sqlite_version()", "SQLite %s, embedded"
	if db.dialect.Name() == "postgres" {
		query, form = "SHOW server_version", "PostgreSQL %s"
	}
	err = db.View(ctx, func(tx *Tx) error { return tx.QueryRow(query).Scan(&name) })
	return fmt.Sprintf(form, name), err
}
