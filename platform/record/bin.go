package record

import (
	"context"
	"fmt"
	"slices"
	"time"

	"truckroll/platform/schema"
)

// BinDays is how long a deleted record can be brought back.
const BinDays = 15

// binEntry is one record in the recycle bin.
type binEntry struct {
	record, via schema.Id
	object      string
}

// bin reads entries of the recycle bin by at most maxIds ids.
func (tx *Tx) bin(text string, ids []schema.Id) ([]binEntry, error) {
	rows, err := tx.db.Query(text+marks(len(ids))+" ORDER BY record", idArgs(ids)...)
	if err != nil {
		return nil, fmt.Errorf("read the recycle bin: %w", err)
	}
	defer rows.Close()
	var found []binEntry
	for rows.Next() {
		var b binEntry
		if err := rows.Scan(&b.record, &b.object, &b.via); err != nil {
			return nil, err
		}
		found = append(found, b)
	}
	return found, rows.Err()
}

// enterBin notes which records are in the recycle bin and why.
func (tx *Tx) enterBin(p *plan, rows []*row) error {
	by := string(tx.Viewer().User())
	return inStatements(rows, 5, func(rows []*row) error {
		var args []any
		for _, r := range rows {
			via := ""
			if r.root != nil {
				via = string(r.root.id())
			}
			args = append(args, string(r.id()), p.object.Name, via, tx.now.UnixMilli(), by)
		}
		_, err := tx.db.Exec("INSERT INTO recycle_bin (record, object, via, at, by) VALUES "+repeat("(?, ?, ?, ?, ?)", len(rows)), args...)
		return err
	})
}

// enterLinks notes which references were cleared, for the day when their targets come back.
func (tx *Tx) enterLinks(links []link) error {
	for part := range slices.Chunk(links, 64) {
		var args []any
		for _, l := range part {
			args = append(args, string(l.target), string(l.record), l.field.Object, l.field.Name)
		}
		text := "INSERT INTO recycle_link (target, record, object, field) VALUES " + repeat("(?, ?, ?, ?)", len(part)) + " ON CONFLICT DO NOTHING"
		if _, err := tx.db.Exec(text, args...); err != nil {
			return fmt.Errorf("note cleared references: %w", err)
		}
	}
	return nil
}

// links reads which references were cleared when the targets, at most maxIds, were deleted.
func (tx *Tx) links(targets []schema.Id) ([]link, error) {
	rows, err := tx.db.Query("SELECT target, record, object, field FROM recycle_link WHERE target IN "+marks(len(targets))+" ORDER BY target, record, field", idArgs(targets)...)
	if err != nil {
		return nil, fmt.Errorf("read cleared references: %w", err)
	}
	defer rows.Close()
	var links []link
	for rows.Next() {
		var l link
		var object, field string
		if err := rows.Scan(&l.target, &l.record, &object, &field); err != nil {
			return nil, err
		}
		if o := tx.catalog.Object(object); o != nil && o.Field(field) != nil {
			l.field = o.Field(field)
			links = append(links, l)
		}
	}
	return links, rows.Err()
}

// PurgeBin removes for good what has been in the recycle bin for more than [BinDays] days, in portions of their own
// transactions. It returns how many records it removed. A daily job calls it.
func (k *Keeper) PurgeBin(ctx context.Context, why Cause) (int, error) {
	before := k.now().Add(-BinDays * 24 * time.Hour)
	total := 0
	for {
		n := 0
		err := k.Do(ctx, why, func(tx *Tx) (err error) {
			n, err = tx.purge(before)
			return err
		})
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
}

// purge removes at most a few hundred of the records that were deleted before a moment.
func (tx *Tx) purge(before time.Time) (int, error) {
	rows, err := tx.db.Query("SELECT record, object, via FROM recycle_bin WHERE at < ? ORDER BY at, record LIMIT ?"+tx.locking(" FOR UPDATE"), before.UnixMilli(), maxIds)
	if err != nil {
		return 0, fmt.Errorf("read the recycle bin: %w", err)
	}
	byPlan := map[*plan][]schema.Id{}
	n := 0
	var gone []schema.Id
	for rows.Next() {
		var b binEntry
		if err := rows.Scan(&b.record, &b.object, &b.via); err != nil {
			rows.Close()
			return 0, err
		}
		n++
		if p := tx.planById(b.record); p != nil {
			byPlan[p] = append(byPlan[p], b.record)
		} else {
			gone = append(gone, b.record)
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	for _, p := range tx.plans {
		if ids := byPlan[p]; ids != nil {
			if err := tx.purgeRows(p, ids); err != nil {
				return 0, err
			}
		}
	}
	if len(gone) > 0 {
		_, err = tx.db.Exec("DELETE FROM recycle_bin WHERE record IN "+marks(len(gone)), idArgs(gone)...)
	}
	return n, err
}

func (tx *Tx) purgeRows(p *plan, ids []schema.Id) error {
	if err := tx.lock(p, ids, true); err != nil {
		return err
	}
	var rows []*row
	for _, id := range ids {
		if c := tx.cache[id]; c != nil && p.isDeleted(c.rec) {
			r := &row{plan: p, base: c}
			tx.markDeleted(r, nil)
			rows = append(rows, r)
		}
	}
	if err := tx.eraseRows(p, rows); err != nil {
		return err
	}
	_, err := tx.db.Exec("DELETE FROM recycle_bin WHERE record IN "+marks(len(ids)), idArgs(ids)...)
	return err
}
