package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// prefix is where the built files stand: /_a/{build}/….
const prefix = "/_a/"

// file is a built file as it is sent.
type file struct {
	kind  string
	plain []byte
	small []byte // compressed; nil where that gains nothing
}

// files are the built files of one build.
type files struct {
	build  string // names the content of all files
	byName map[string]file
}

// newFiles reads and compresses all files below root.
func newFiles(root fs.FS) (*files, error) {
	f, hash := &files{byName: map[string]file{}}, sha256.New()
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(hash, "%s %d ", name, len(data))
		hash.Write(data)
		f.byName[name] = file{kindOf(name), data, compress(data)}
		return nil
	})
	f.build = hex.EncodeToString(hash.Sum(nil))[:12]
	return f, err
}

// kinds are the types that the machine's own table may lack or have otherwise.
var kinds = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm",
}

func kindOf(name string) string {
	if k := kinds[path.Ext(name)]; k != "" {
		return k
	}
	if k := mime.TypeByExtension(path.Ext(name)); k != "" {
		return k
	}
	return "application/octet-stream"
}

func compress(data []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is one that there is
	_, _ = w.Write(data)                                  // memory takes everything
	_ = w.Close()
	if b.Len() > len(data)*9/10 {
		return nil
	}
	return b.Bytes()
}

// ServeHTTP answers a built file. One of another build is gone: the page that asks for it is old and must be loaded anew.
func (f *files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	build, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, prefix), "/")
	found, ok := f.byName[name]
	switch {
	case build != f.build:
		http.Error(w, "This file is of another version. Load the page again.", http.StatusGone)
		return
	case !ok:
		http.NotFound(w, r)
		return
	}
	protect(w)
	h := w.Header()
	h.Set("Content-Type", found.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	data := found.plain
	if found.small != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		data = found.small
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data) // the connection is gone; there is nobody to tell
}
