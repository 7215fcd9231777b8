package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrServerBackup is returned for a PostgreSQL database, whose own tools make better backups.
var ErrServerBackup = errors.New("this database is on PostgreSQL: back it up with `pg_dump --format=custom --file=FILE DATABASE_URL`, restore it with `pg_restore --dbname=DATABASE_URL FILE`")

// Backup writes a copy of the database, as it is now, to a new file. Others go on reading and writing meanwhile. The
// file appears under its name only when it is whole.
func (db *DB) Backup(ctx context.Context, file string) error {
	e, ok := db.engine.(*embedded)
	if !ok {
		return ErrServerBackup
	}
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("back up: %s exists already; name a new file", file)
	}
	part := file + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("back up: %w", err)
	}
	if _, err := e.db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return errors.Join(fmt.Errorf("back up: %w", err), os.Remove(part))
	}
	return publish(part, file)
}

// publish makes part durable, gives it its name and makes the name durable.
func publish(part, file string) error {
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return syncPath(part) },
		func() error { return os.Rename(part, file) },
		func() error { return syncPath(filepath.Dir(file)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Restore makes a new database at url, a path as [Open] takes it, from a backup. It checks the backup's every page
// first, and refuses to write over a database.
func Restore(ctx context.Context, url, backup string) error {
	path, err := databasePath(url)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	for _, f := range []string{path, path + "-wal"} {
		if _, err := os.Lstat(f); err == nil {
			return fmt.Errorf("restore: %s exists already; move it away first", f)
		}
	}
	if _, err := os.Stat(backup); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	db, err := Open(ctx, backup, Options{Readers: 1})
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if err := db.Check(ctx); err != nil {
		return errors.Join(fmt.Errorf("restore: the backup is damaged: %w", err), db.Close())
	}
	return errors.Join(db.Backup(ctx, path), db.Close())
}

// Check reads the whole database and reports damage. A PostgreSQL server checks its pages itself.
func (db *DB) Check(ctx context.Context) error {
	if db.dialect.Name() == "postgres" {
		return nil
	}
	return db.View(ctx, func(tx *Tx) error {
		return tx.each("PRAGMA integrity_check", func(s string) error {
			if s != "ok" {
				return errors.New(s)
			}
			return nil
		})
	})
}
