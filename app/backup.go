package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"truckroll/platform/store"
)

// BackupCmd is the command that copies the database while the server may be running.
type BackupCmd struct {
	Config
	File string `arg:"" help:"New file for the copy." type:"path"`
}

// Run writes the copy. A directory without a database is refused, as it is more likely mistyped than empty.
func (c *BackupCmd) Run() error {
	if c.Database == "" {
		if _, err := os.Stat(c.databaseURL()); err != nil {
			return fmt.Errorf("--data %s holds no database: %w", c.Data, err)
		}
	}
	return c.Config.withStore(func(ctx context.Context, db *store.DB) error { return db.Backup(ctx, c.File) })
}

// RestoreCmd is the command that makes a database from a copy.
type RestoreCmd struct {
	Config
	File string `arg:"" help:"Copy that the backup command made." type:"existingfile"`
}

// Run makes the database; it refuses to write over one.
func (c *RestoreCmd) Run() error {
	if c.Database != "" {
		return store.ErrServerBackup
	}
	if err := c.prepare(); err != nil {
		return err
	}
	ctx, stop := untilStopped()
	defer stop()
	return store.Restore(ctx, c.databaseURL(), c.File)
}

// withStore opens the database alone, as it is.
func (c Config) withStore(f func(context.Context, *store.DB) error) error {
	log, err := c.logger()
	if err != nil {
		return err
	}
	ctx, stop := untilStopped()
	defer stop()
	db, err := store.Open(ctx, c.databaseURL(), store.Options{Log: log})
	if err != nil {
		return err
	}
	return errors.Join(f(ctx, db), db.Close())
}
