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

// Insert inserts rows, each with a value for every column. Rows go in groups whose sizes are powers of two, so that few
// different statements are prepared.
func (tx *Tx) Insert(table string, columns []string, rows [][]any) error {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = Quote(c)
	}
	head := "INSERT INTO " + Quote(table) + " (" + strings.Join(names, ", ") + ") VALUES "
	row := "(?" + strings.Repeat(", ?", len(columns)-1) + ")"
	most := max(1, min(maxInsert, maxArgs/len(columns)))
	for len(rows) > 0 {
		n := 1 << (bits.Len(uint(min(len(rows), most))) - 1)
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
