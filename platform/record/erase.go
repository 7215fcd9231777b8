package record

import (
	"slices"

	"truckroll/platform/file"
	"truckroll/platform/schema"
)

// Erase removes records for good, as if they had never been made: no rule is asked or told, nothing goes along with them
// and no reference to them is cleared. It is for records that were made up together, of which the caller has seen that
// nothing else hangs on them. The audit log keeps that they were and who removed them, and roll-up summaries of records
// that stay follow. Records that are not there are passed over; the number of those that were is returned.
func (tx *Tx) Erase(ids ...schema.Id) (n int, err error) {
	byPlan := map[*plan][]schema.Id{}
	var order []*plan
	for _, id := range ids {
		p := tx.planById(id)
		if p == nil {
			continue
		}
		if byPlan[p] == nil {
			order = append(order, p)
		}
		byPlan[p] = append(byPlan[p], id)
	}
	for _, p := range order {
		for part := range slices.Chunk(byPlan[p], maxIds) {
			erased, err := tx.eraseTogether(p, part)
			if err != nil {
				return n, err
			}
			n += erased
		}
	}
	return n, tx.summarise()
}

func (tx *Tx) eraseTogether(p *plan, ids []schema.Id) (int, error) {
	if err := tx.lock(p, ids, true); err != nil {
		return 0, err
	}
	var rows []*row
	for _, id := range ids {
		if c := tx.cache[id]; c != nil {
			r := &row{plan: p, base: c}
			tx.markDeleted(r, nil)
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return 0, nil
	}
	for _, r := range rows {
		if err := file.Release(tx.db, r.id()); err != nil {
			return 0, err
		}
	}
	return len(rows), tx.eraseRows(p, rows)
}
