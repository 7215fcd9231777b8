package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"truckroll/platform/job"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/server/system"
)

// copies are the backups of the database that were made from the console, beside the data.
type copies struct {
	h   *House
	dir string
}

func (h *House) copies() *copies { return &copies{h, filepath.Join(h.config.Data, "backups")} }

// copyName is the form of the names of backups: nothing else in the directory is shown or sent.
var copyName = regexp.MustCompile(`^truckroll-\d{8}-\d{6}\.db$`)

// List returns the backups, the newest first.
func (c *copies) List() ([]system.Backup, error) {
	list := []system.Backup{}
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return list, nil
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && copyName.MatchString(e.Name()) {
			list = append(list, system.Backup{Name: e.Name(), Size: info.Size(), Made: info.ModTime()})
		}
	}
	slices.Reverse(list) // names are in the order of time
	return list, err
}

// Note says why no backup can be made here.
func (c *copies) Note() string {
	if c.h.config.Database != "" {
		return store.ErrServerBackup.Error()
	}
	return ""
}

// Open opens a backup.
func (c *copies) Open(name string) (io.ReadSeekCloser, time.Time, error) {
	if !copyName.MatchString(name) {
		return nil, time.Time{}, schema.Refuse("NOT_FOUND", "there is no such backup")
	}
	f, err := os.Open(filepath.Join(c.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, time.Time{}, schema.Refuse("NOT_FOUND", "there is no such backup")
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, time.Time{}, errors.Join(err, f.Close())
	}
	return f, info.ModTime(), nil
}

// Ask has a backup made in the background, unless one is being made.
func (c *copies) Ask(ctx context.Context) error {
	return c.h.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := backUp.Order(tx, none{}, job.Order{Key: "console"})
		return err
	})
}

// backUp copies the database to the directory of backups.
var backUp = job.Define("back up the database", job.Plan{Attempts: 3, Timeout: 6 * time.Hour}, func(ctx context.Context, h *House, t job.Task[none]) error {
	c := h.copies()
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	return h.DB.Backup(ctx, filepath.Join(c.dir, "truckroll-"+h.now().UTC().Format("20060102-150405")+".db"))
})
