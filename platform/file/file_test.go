package file_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"truckroll/platform/file"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, limit int64, now func() time.Time) (*file.Dir, string) {
	t.Helper()
	path := t.TempDir()
	d, err := file.Open(path, limit, now)
	must(t, err)
	t.Cleanup(func() { d.Close() })
	return d, path
}

// files lists what is in the directory, with full paths.
func files(t testing.TB, dir string) (all []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all = append(all, path)
		}
		return err
	}))
	return all
}

func TestContentComesBack(t *testing.T) {
	d, _ := open(t, 0, time.Now)
	rapid.Check(t, func(r *rapid.T) {
		want := rapid.SliceOf(rapid.Byte()).Draw(r, "content")
		c, err := d.Put(ctx, iotest.OneByteReader(bytes.NewReader(want)))
		must(t, err)
		sum := sha256.Sum256(want)
		if c.Hash != hex.EncodeToString(sum[:]) || c.Size != int64(len(want)) {
			r.Fatalf("%+v for %d bytes", c, len(want))
		}
		f, err := d.Get(c.Hash)
		must(t, err)
		defer f.Close()
		got, err := io.ReadAll(f)
		if err != nil || !bytes.Equal(got, want) || f.Size() != c.Size {
			r.Fatalf("%d bytes came back, %v", len(got), err)
		}
		_, err = f.Seek(int64(len(want)/2), io.SeekStart)
		must(t, err)
		got, err = io.ReadAll(f)
		if err != nil || !bytes.Equal(got, want[len(want)/2:]) {
			r.Fatalf("%d bytes came from the middle, %v", len(got), err)
		}
	})
}

func TestSameContentIsKeptOnce(t *testing.T) {
	d, dir := open(t, 0, time.Now)
	for range 3 {
		_, err := d.Put(ctx, strings.NewReader("the same"))
		must(t, err)
	}
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("kept as %v", got)
	}
}

func TestNothingIsLeftOfWhatFailed(t *testing.T) {
	d, dir := open(t, 10, time.Now)
	broken := errors.New("broken")
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		r    io.Reader
		want error
	}{
		{ctx, strings.NewReader("eleven char"), file.ErrTooLarge},
		{ctx, io.MultiReader(strings.NewReader("a"), iotest.ErrReader(broken)), broken},
		{cancelled, strings.NewReader("a"), context.Canceled},
	} {
		if _, err := d.Put(c.ctx, c.r); !errors.Is(err, c.want) {
			t.Errorf("%v, want %v", err, c.want)
		}
	}
	if got := files(t, dir); got != nil {
		t.Errorf("left behind: %v", got)
	}
	if _, err := d.Put(ctx, strings.NewReader("ten chars!")); err != nil {
		t.Errorf("content of the limit's size: %v", err)
	}
}

func TestNamesDoNotLeadOutside(t *testing.T) {
	d, dir := open(t, 0, time.Now)
	must(t, os.WriteFile(filepath.Join(filepath.Dir(dir), "secret"), []byte("x"), 0o600))
	for _, name := range []string{"", "..", "../secret", "/etc/passwd", strings.Repeat("../", 21) + "a", strings.Repeat("A", 64), strings.Repeat("a", 63), strings.Repeat("a", 65)} {
		if _, err := d.Get(name); !errors.Is(err, file.ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := d.Get(strings.Repeat("a", 64)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing content: %v", err)
	}
}

func TestDamageIsNoticed(t *testing.T) {
	d, dir := open(t, 0, time.Now)
	c, err := d.Put(ctx, strings.NewReader("as it was"))
	must(t, err)
	must(t, os.WriteFile(files(t, dir)[0], []byte("as it wos"), 0o600))
	f, err := d.Get(c.Hash)
	must(t, err)
	defer f.Close()
	if _, err := io.ReadAll(f); !errors.Is(err, file.ErrDamaged) {
		t.Errorf("error %v", err)
	}
}

func TestSweepSparesWhatIsUsedOrYoung(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Now()
		d, dir := open(t, 0, func() time.Time { return now })
		put := func(s string) string {
			c, err := d.Put(ctx, strings.NewReader(s))
			must(t, err)
			return c.Hash
		}
		used, released, again := put("used"), put("released"), put("put again")
		put("never used")
		abandoned := filepath.Join(dir, "incoming", "abandoned")
		must(t, os.WriteFile(abandoned, nil, 0o600))
		must(t, os.Chtimes(abandoned, now, now))
		must(t, db.Write(ctx, func(tx *store.Tx) error {
			return errors.Join(file.Use(tx, used, "068A"), file.Use(tx, used, "068A"), file.Use(tx, released, "068B"), file.Release(tx, "068B"))
		}))
		now = now.Add(2 * time.Hour)
		put("put again")
		put("young")
		n, err := d.Sweep(ctx, db, time.Hour)
		must(t, err)
		if n != 3 {
			t.Errorf("%d removed, want 3; left: %v", n, files(t, dir))
		}
		for _, hash := range []string{used, again} {
			f, err := d.Get(hash)
			must(t, err)
			f.Close()
		}
	})
}
