package store

import (
	"errors"
	"regexp"

	"github.com/jackc/pgx/v5/pgconn"
	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteViolation finds the index in SQLite's message: "UNIQUE constraint failed: index 'ux.A.B'" for folded texts,
// "UNIQUE constraint failed: A.B" else.
var sqliteViolation = regexp.MustCompile(`UNIQUE constraint failed: (?:index 'ux\.)?([^'., ]+)\.([^',( ]+)`)

// indexParts reads a unique index's name back.
var indexParts = regexp.MustCompile(`^ux\.([^.]+)\.(.+)$`)

// Violation reports whether err says that a value which must be unique is taken, and of which object's field.
// A duplicate id is a violation of the field Id.
func Violation(err error) (object, field string, ok bool) {
	var lite *modernc.Error
	if errors.As(err, &lite) && (lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY) {
		if m := sqliteViolation.FindStringSubmatch(lite.Error()); m != nil {
			return m[1], m[2], true
		}
		return "", "", true
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		if m := indexParts.FindStringSubmatch(pg.ConstraintName); m != nil {
			return m[1], m[2], true
		}
		return pg.TableName, "Id", true
	}
	return "", "", false
}
