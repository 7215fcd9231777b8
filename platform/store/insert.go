package store

import (
	"math/bits"
	"strings"
)

// maxInsert is how many rows one statement inserts, and maxArgs how many arguments it may have: both engines take
// more, but gain nothing from it.
const (
	maxInsert = 128
	maxArgs   = 8192
)

// Insert inserts rows, each with a value for every column. Rows go in groups whose sizes are powers of two, or of at
// most eight, so that few different statements are prepared.
func (tx *Tx) Insert(table string, columns []string, rows [][]any) error {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = Quote(c)
	}
	head := "INSERT INTO " + Quote(table) + " (" + strings.Join(names, ", ") + ") VALUES "
	row := "(?" + strings.Repeat(", ?", len(columns)-1) + ")"
	most := max(1, min(maxInsert, maxArgs/len(columns)))
	for len(rows) > 0 {
		n := groupSize(min(len(rows), most))
		args := make([]any, 0, n*len(columns))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		if _, err := tx.Exec(head+row+strings.Repeat(", "+row, n-1), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// groupSize returns how many of n things one statement takes.
func groupSize(n int) int {
	if n <= 8 {
		return n
	}
	return 1 << (bits.Len(uint(n)) - 1)
}
