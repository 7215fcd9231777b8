//go:build unix

package app

import "golang.org/x/sys/unix"

// disk returns the bytes that are free to this program on the disk that holds a directory, and its size.
func disk(dir string) (free, size int64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return -1, -1, err
	}
	return int64(s.Bavail) * int64(s.Bsize), int64(s.Blocks) * int64(s.Bsize), nil
}
