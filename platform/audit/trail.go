package audit

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Trail returns entries about records whose ids begin with one of the prefixes, from the newest to the oldest, at most
// limit, those before the one numbered before (0 is from the newest), with their values. It costs as much as there are
// entries of such records, not as there are in the log.
func (l *Log) Trail(tx *store.Tx, prefixes []string, before int64, limit int) ([]Past, error) {
	numbers, err := trailNumbers(tx, prefixes, before, limit)
	if err != nil {
		return nil, fmt.Errorf("audit: trail: %w", err)
	}
	keys := map[int64]*dataKey{}
	past := make([]Past, 0, len(numbers))
	for part := range slices.Chunk(numbers, 200) {
		args := make([]any, len(part))
		for i, n := range part {
			args[i] = n
		}
		entries, err := readEntries(tx, "SELECT n, id, object, record, leaf, body, k, sealed FROM audit_entry WHERE n IN (?"+strings.Repeat(", ?", len(part)-1)+") ORDER BY n DESC", args...)
		if err != nil {
			return nil, fmt.Errorf("audit: trail: %w", err)
		}
		for _, s := range entries {
			p, err := l.read(tx, s, keys)
			if err != nil {
				return nil, fmt.Errorf("audit: entry %d: %w", s.n, err)
			}
			past = append(past, p)
		}
	}
	return past, nil
}

// trailNumbers finds the entries by the index of records: ids of one object lie side by side in it.
func trailNumbers(tx *store.Tx, prefixes []string, before int64, limit int) ([]int64, error) {
	var parts []string
	var args []any
	for _, p := range prefixes {
		part := "SELECT n FROM audit_entry WHERE record >= ? AND record < ?"
		args = append(args, p, p+"~") // after every letter and digit
		if before > 0 {
			part += " AND n < ?"
			args = append(args, before)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return nil, nil
	}
	rows, err := tx.Query("SELECT n FROM ("+strings.Join(parts, " UNION ALL ")+") AS found ORDER BY n DESC LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var numbers []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	return numbers, rows.Err()
}

// readEntries reads rows of audit_entry as they are kept.
func readEntries(tx *store.Tx, query string, args ...any) ([]stored, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var entries []stored
	for rows.Next() {
		var s stored
		if err := rows.Scan(&s.n, &s.id, &s.object, &s.record, &s.leaf, &s.body, &s.k, &s.sealed); err != nil {
			return nil, err
		}
		entries = append(entries, s)
	}
	return entries, rows.Err()
}

// First returns the first entry of a record, which says what it was made with; nil when there is none.
func (l *Log) First(tx *store.Tx, record schema.Id) (*Past, error) {
	entries, err := readEntries(tx, "SELECT n, id, object, record, leaf, body, k, sealed FROM audit_entry WHERE record = ? ORDER BY n LIMIT 1", string(record))
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	p, err := l.read(tx, entries[0], map[int64]*dataKey{})
	return &p, err
}
