package store

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	modernc "modernc.org/sqlite"
)

// Overflow reports whether err says that a number computed by a statement is beyond the range of 64 bits.
func Overflow(err error) bool {
	var lite *modernc.Error
	var pg *pgconn.PgError
	return errors.As(err, &lite) && strings.Contains(lite.Error(), "integer overflow") || errors.As(err, &pg) && pg.Code == "22003"
}
