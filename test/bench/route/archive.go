package main

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/ulikunitz/xz"
)

// file is one file of an archive.
type file struct {
	name string // within the archive
	data []byte
}

// stem is the name without folder and ending.
func (f file) stem() string { return strings.TrimSuffix(path.Base(f.name), path.Ext(f.name)) }

// unpack reads the files of a .tar.xz in the data directory that are wanted, in the order of the archive.
func (b *bench) unpack(archive string, wanted func(name string) bool) ([]file, error) {
	packed, err := os.Open(filepath.Join(b.data, archive))
	if err != nil {
		return nil, fmt.Errorf("%w; -data names the directory with the instances", err)
	}
	defer packed.Close()
	stream, err := xz.NewReader(packed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", archive, err)
	}
	var files []file
	for r := tar.NewReader(stream); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", archive, err)
		}
		if header.Typeflag != tar.TypeReg || !wanted(header.Name) {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", archive, header.Name, err)
		}
		files = append(files, file{header.Name, data})
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: holds none of the files wanted", archive)
	}
	return files, nil
}
