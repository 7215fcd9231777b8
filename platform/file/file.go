// Package file keeps the content of attachments in a directory, under names made of what it is.
//
// Content is named by its SHA-256, so that the same content is kept once and damage shows. It is streamed in and out,
// and becomes visible under its name only when all of it is on the disk. Which records use which content is kept in
// the database, in the transaction that makes a record use it; content that nobody has used for a while is swept.
//
// It does not know what the content is, what it is called, or who may see it.
package file

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// DefaultLimit is the size of the largest content that is taken: 2 GiB.
const DefaultLimit = 2 << 30

var (
	// ErrTooLarge is returned for content above the limit.
	ErrTooLarge = errors.New("the file is larger than is allowed")

	// ErrName is returned for a name that is not the lower-case hexadecimal SHA-256 of some content.
	ErrName = errors.New("not the name of a stored file")

	// ErrDamaged is returned while content is read that is not what its name says.
	ErrDamaged = errors.New("the stored file is damaged")
)

// Content names what is kept.
type Content struct {
	Hash string // SHA-256 in lower-case hexadecimal
	Size int64  // bytes
}

// Dir is a directory of contents. It is safe for use by many goroutines.
type Dir struct {
	root  *os.Root
	limit int64
	now   func() time.Time
	mu    sync.RWMutex // held for reading while content gets its name, for writing while content is swept
}

// incoming holds content that is not complete yet.
const incoming = "incoming"

// Open opens a directory, and makes it if need be. limit is the most bytes of one content, 0 the default.
func Open(dir string, limit int64, now func() time.Time) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	if err := root.MkdirAll(incoming, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("files: %w", err), root.Close())
	}
	if limit == 0 {
		limit = DefaultLimit
	}
	return &Dir{root: root, limit: limit, now: now}, nil
}

// Close closes the directory. Content that is being read stays readable.
func (d *Dir) Close() error { return d.root.Close() }

// Put keeps all that r gives. When it returns, the content is durable. r that ends in an error, or gives more than
// the limit, leaves nothing behind.
func (d *Dir) Put(ctx context.Context, r io.Reader) (Content, error) {
	part := incoming + "/" + rand.Text()
	c, err := d.write(ctx, part, r)
	if err == nil {
		err = d.publish(part, c.Hash)
	}
	if err != nil {
		if gone := d.root.Remove(part); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
		return Content{}, fmt.Errorf("keep a file: %w", err)
	}
	return c, nil
}

func (d *Dir) write(ctx context.Context, part string, r io.Reader) (c Content, err error) {
	f, err := d.root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	c.Size, err = io.Copy(io.MultiWriter(f, sum), io.LimitReader(cancellable{ctx, r}, d.limit+1))
	if err != nil {
		return c, err
	}
	if c.Size > d.limit {
		return c, ErrTooLarge
	}
	c.Hash = hex.EncodeToString(sum.Sum(nil))
	return c, f.Sync()
}

// cancellable is a reader that ends with a context.
type cancellable struct {
	ctx context.Context
	r   io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// publish gives complete content its name. The directory is synced too: without that, a power cut can lose the name.
// Content that is there already is made young, so that a sweep under way spares it.
func (d *Dir) publish(part, hash string) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	dir, name := place(hash)
	if err := d.root.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	now := d.now()
	if err := d.root.Chtimes(part, now, now); err != nil {
		return err
	}
	if err := d.root.Rename(part, name); err != nil {
		return err
	}
	return errors.Join(d.sync(dir), d.sync("."))
}

func (d *Dir) sync(dir string) error {
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// place returns the directory and the path of content: few names in one directory keep it quick.
func place(hash string) (dir, path string) { return hash[:2], hash[:2] + "/" + hash[2:] }

// valid reports whether hash is one that Put returns. No other text becomes part of a path.
func valid(hash string) bool {
	return len(hash) == 2*sha256.Size && strings.Trim(hash, "0123456789abcdef") == ""
}

// Get opens content for reading. A reader that reads all of it from the start gets [ErrDamaged] in place of the end
// when it was not what its name says. The caller closes it. Missing content gives an error that is [fs.ErrNotExist].
func (d *Dir) Get(hash string) (*Reader, error) {
	if !valid(hash) {
		return nil, ErrName
	}
	_, path := place(hash)
	f, err := d.root.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read a file: %w", err), f.Close())
	}
	return &Reader{f: f, size: info.Size(), want: hash, sum: sha256.New()}, nil
}

// Reader reads content.
type Reader struct {
	f    *os.File
	size int64
	want string
	sum  hash.Hash // nil once the reader was moved
}

// Size returns how many bytes the content has.
func (r *Reader) Size() int64 { return r.size }

func (r *Reader) Read(p []byte) (int, error) {
	n, err := r.f.Read(p)
	if r.sum == nil {
		return n, err
	}
	r.sum.Write(p[:n])
	if err == io.EOF && hex.EncodeToString(r.sum.Sum(nil)) != r.want {
		return n, ErrDamaged
	}
	return n, err
}

// Seek moves the reader, to serve a part. Moved away from the start, it no longer checks what it reads.
func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	at, err := r.f.Seek(offset, whence)
	r.sum = nil
	if at == 0 && err == nil {
		r.sum = sha256.New()
	}
	return at, err
}

// Close ends the reading.
func (r *Reader) Close() error { return r.f.Close() }

// Use notes in tx that a record uses content.
func Use(tx *store.Tx, hash string, record schema.Id) error {
	if !valid(hash) {
		return ErrName
	}
	_, err := tx.Exec("INSERT INTO file_use (hash, record) VALUES (?, ?) ON CONFLICT DO NOTHING", hash, string(record))
	return err
}

// Release notes in tx that a record no longer uses any content.
func Release(tx *store.Tx, record schema.Id) error {
	_, err := tx.Exec("DELETE FROM file_use WHERE record = ?", string(record))
	return err
}
