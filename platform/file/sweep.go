package file

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"truckroll/platform/store"
)

// Sweep removes content that no record uses and that was put longer ago than age, and what was left incomplete that
// long. age is longer than any transaction lasts: content is put before the record that uses it. One node sweeps.
func (d *Dir) Sweep(ctx context.Context, db *store.DB, age time.Duration) (removed int, err error) {
	old := d.now().Add(-age)
	walk := func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		gone, err := d.sweep(ctx, db, path, old)
		if gone {
			removed++
		}
		return err
	}
	if err := fs.WalkDir(d.root.FS(), ".", walk); err != nil {
		return removed, fmt.Errorf("sweep files: %w", err)
	}
	return removed, nil
}

// sweep removes one file if nobody uses it. Nothing becomes young again while it decides.
func (d *Dir) sweep(ctx context.Context, db *store.DB, path string, old time.Time) (gone bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	info, err := d.root.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil // just published
	}
	if err != nil || !info.ModTime().Before(old) {
		return false, err
	}
	hash := strings.ReplaceAll(path, "/", "")
	switch {
	case strings.HasPrefix(path, incoming+"/"):
		return true, d.root.Remove(path)
	case !valid(hash):
		return false, nil // not ours
	}
	used, err := inUse(ctx, db, hash)
	if err != nil || used {
		return false, err
	}
	return true, d.root.Remove(path)
}

func inUse(ctx context.Context, db *store.DB, hash string) (used bool, err error) {
	err = db.View(ctx, func(tx *store.Tx) error {
		var n int
		err := tx.QueryRow("SELECT COUNT(*) FROM file_use WHERE hash = ?", hash).Scan(&n)
		used = n > 0
		return err
	})
	return used, err
}
