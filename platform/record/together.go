package record

import (
	"fmt"
	"slices"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// keepTogether notes which records the transaction made for the batch of its cause.
func (tx *Tx) keepTogether() error {
	var ids []schema.Id
	for i := range tx.journal {
		if tx.journal[i].verb == inserting {
			ids = append(ids, tx.journal[i].id)
		}
	}
	if tx.cause.Batch == "" || len(ids) == 0 {
		return nil
	}
	var last int64
	if err := tx.db.QueryRow("SELECT COALESCE(MAX(n), 0) FROM record_batch WHERE batch = ?", tx.cause.Batch).Scan(&last); err != nil {
		return fmt.Errorf("note a batch: %w", err)
	}
	for part := range slices.Chunk(ids, 64) {
		var args []any
		for _, id := range part {
			last++
			args = append(args, tx.cause.Batch, last, string(id))
		}
		if _, err := tx.db.Exec("INSERT INTO record_batch (batch, n, record) VALUES "+repeat("(?, ?, ?)", len(part)), args...); err != nil {
			return fmt.Errorf("note a batch: %w", err)
		}
	}
	return nil
}

// Together returns the records that were made for a batch, in the order of their making, whether they are still there
// or not.
func Together(tx *store.Tx, batch string) (ids []schema.Id, err error) {
	rows, err := tx.Query("SELECT record FROM record_batch WHERE batch = ? ORDER BY n", batch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id schema.Id
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// ForgetTogether forgets that records were made for a batch, once they are gone or no longer a part of it.
func ForgetTogether(tx *store.Tx, batch string, ids ...schema.Id) error {
	for part := range slices.Chunk(ids, maxIds) {
		args := append([]any{batch}, idArgs(part)...)
		if _, err := tx.Exec("DELETE FROM record_batch WHERE batch = ? AND record IN "+marks(len(part)), args...); err != nil {
			return fmt.Errorf("forget a batch: %w", err)
		}
	}
	return nil
}
