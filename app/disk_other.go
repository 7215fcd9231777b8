//go:build !unix

package app

import "errors"

// disk is not known how to be asked here.
func disk(string) (free, size int64, err error) { return -1, -1, errors.ErrUnsupported }
