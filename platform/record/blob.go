package record

import (
	"fmt"
	"slices"

	"truckroll/platform/file"
	"truckroll/platform/schema"
)

// isContent reports whether s can name stored content: a SHA-256 in lower-case hexadecimal. Doors that take content
// itself keep it first and put the name into the patch.
func isContent(s string) bool {
	const length = 64
	if len(s) != length {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// useContent notes which stored content the written rows use, so that it is kept while they do.
func (tx *Tx) useContent(p *plan, rows []*row) error {
	for _, r := range rows {
		if !slices.ContainsFunc(p.blobs, func(f *schema.Field) bool { return r.base == nil || !f.Equal(r.base.rec, r.new) }) {
			continue
		}
		if r.base != nil {
			if err := file.Release(tx.db, r.id()); err != nil {
				return fmt.Errorf("release content: %w", err)
			}
		}
		for _, f := range p.blobs {
			if f.Null(r.new) {
				continue
			}
			if err := file.Use(tx.db, f.Text(r.new), r.id()); err != nil {
				return fmt.Errorf("use content: %w", err)
			}
		}
	}
	return nil
}

// releaseContent notes that rows which are gone for good use no content.
func (tx *Tx) releaseContent(p *plan, rows []*row) error {
	if len(p.blobs) == 0 {
		return nil
	}
	for _, r := range rows {
		if err := file.Release(tx.db, r.id()); err != nil {
			return fmt.Errorf("release content: %w", err)
		}
	}
	return nil
}
