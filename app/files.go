package app

import (
	"fmt"
	"path/filepath"

	"truckroll/platform/file"
)

// openFiles opens the directory of attachments, beside the data.
func (h *House) openFiles() (err error) {
	if h.Files, err = file.Open(filepath.Join(h.config.Data, "files"), 0, h.now); err != nil {
		return fmt.Errorf("open the files: %w", err)
	}
	return nil
}
