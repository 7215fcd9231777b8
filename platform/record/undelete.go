package record

import (
	"fmt"
	"slices"

	"truckroll/platform/schema"
)

// Undelete brings records back from the recycle bin, with what was deleted along with each and the references that were
// cleared. These are the house's own: no viewer's rights count, every rule does.
func (tx *Tx) Undelete(ids ...schema.Id) error {
	for len(ids) > 0 {
		p := tx.planById(ids[0])
		if p == nil {
			return fmt.Errorf("%w: %s", ErrNotFound, ids[0])
		}
		n := sameObject(ids)
		if err := tx.lock(p, ids[:n], true); err != nil {
			return err
		}
		var rows []*row
		for i, id := range ids[:n] {
			if tx.cache[id] == nil {
				return fmt.Errorf("%w: %s", ErrNotFound, id)
			}
			rows = append(rows, &row{plan: p, at: i, base: tx.cache[id]})
		}
		if err := tx.passUndelete(p, rows, true); err != nil {
			return err
		}
		for _, r := range rows {
			if err := r.faults.err(); err != nil {
				return err
			}
		}
		ids = ids[n:]
	}
	return tx.summarise()
}

// passUndelete takes records back out of the recycle bin.
func (tx *Tx) passUndelete(p *plan, rows []*row, together bool) error {
	rows = alive(rows)
	for _, r := range rows {
		r.revive(nil)
	}
	if len(rows) == 0 {
		return nil
	}
	leave, err := tx.enter(p, rows)
	if err != nil {
		return err
	}
	defer leave()
	if err := tx.binned(rows); err != nil {
		return err
	}
	levels := [][]*row{rows}
	for level := alive(rows); len(level) > 0; {
		next, err := tx.wentAlong(level)
		if err != nil {
			return err
		}
		level = nil
		for _, same := range next {
			levels, level = append(levels, same), append(level, same...)
		}
	}
	if err := tx.allowed(levels); err != nil {
		return err
	}
	if together && len(alive(rows)) < len(rows) {
		return nil
	}
	for i, level := range levels {
		levels[i] = slices.DeleteFunc(slices.Clone(level), func(r *row) bool { return len(r.top().faults) > 0 })
	}
	return tx.revive(levels)
}

// revive makes r the return of the record in its base, along with root.
func (r *row) revive(root *row) {
	r.verb, r.root = undeleting, root
	r.old, r.new = schema.Copy(r.base.rec), schema.Copy(r.base.rec)
	r.plan.stamp.deleted.Set(r.new, false)
}

// binned refuses rows that are not in the recycle bin, or that went there with another record that is still in it and
// can't be without.
func (tx *Tx) binned(rows []*row) error {
	via := map[schema.Id]schema.Id{}
	for part := range slices.Chunk(rows, maxIds) {
		found, err := tx.bin("SELECT record, object, via FROM recycle_bin WHERE record IN ", idsOf(part))
		if err != nil {
			return err
		}
		for _, b := range found {
			via[b.record] = b.via
		}
	}
	var owners []schema.Id
	for _, r := range rows {
		at, ok := via[r.id()]
		if !ok {
			r.faults = append(r.faults, fault("UNDELETE_FAILED", "Entity is not in the recycle bin"))
		} else if at != "" {
			owners = append(owners, at)
		}
	}
	if len(owners) == 0 {
		return nil
	}
	still := map[schema.Id]bool{}
	for part := range slices.Chunk(owners, maxIds) {
		found, err := tx.bin("SELECT record, object, via FROM recycle_bin WHERE record IN ", part)
		if err != nil {
			return err
		}
		for _, b := range found {
			still[b.record] = true
		}
	}
	for _, r := range rows {
		if owner := via[r.id()]; owner != "" && still[owner] {
			r.faults = append(r.faults, fault("UNDELETE_FAILED", fmt.Sprintf("The record was deleted along with %s: undelete that one", owner)))
		}
	}
	return nil
}

func idsOf(rows []*row) []schema.Id {
	ids := make([]schema.Id, len(rows))
	for i, r := range rows {
		ids[i] = r.id()
	}
	return ids
}

// wentAlong loads the records that were deleted because of rows, grouped by object.
func (tx *Tx) wentAlong(rows []*row) ([][]*row, error) {
	roots := map[schema.Id]*row{}
	for _, r := range rows {
		roots[r.id()] = r
	}
	byPlan := map[*plan][]binEntry{}
	var order []*plan
	for part := range slices.Chunk(rows, maxIds) {
		found, err := tx.bin("SELECT record, object, via FROM recycle_bin WHERE via IN ", idsOf(part))
		if err != nil {
			return nil, err
		}
		for _, b := range found {
			p := tx.planById(b.record)
			if p == nil {
				continue
			}
			if byPlan[p] == nil {
				order = append(order, p)
			}
			byPlan[p] = append(byPlan[p], b)
		}
	}
	var levels [][]*row
	for _, p := range order {
		level, err := tx.comeBack(p, byPlan[p], roots)
		if err != nil {
			return nil, err
		}
		levels = append(levels, level)
	}
	return levels, nil
}

func (tx *Tx) comeBack(p *plan, entries []binEntry, roots map[schema.Id]*row) ([]*row, error) {
	ids := make([]schema.Id, len(entries))
	for i, b := range entries {
		ids[i] = b.record
	}
	if err := tx.lock(p, ids, true); err != nil {
		return nil, err
	}
	var level []*row
	for _, b := range entries {
		if c := tx.cache[b.record]; c != nil && p.isDeleted(c.rec) {
			r := &row{plan: p, at: roots[b.via].at, base: c}
			r.revive(roots[b.via])
			level = append(level, r)
		}
	}
	return level, nil
}

// allowed holds what comes back to what may have changed meanwhile: values that another record took.
func (tx *Tx) allowed(levels [][]*row) error {
	for _, level := range levels {
		if len(level) == 0 {
			continue
		}
		for _, f := range level[0].plan.unique {
			first := map[any]*row{}
			var values []any
			for _, r := range level {
				if !f.Null(r.new) {
					v := f.Get(r.new)
					first[tx.foldKey(f, v)] = r
					values = append(values, v)
				}
			}
			if len(values) == 0 {
				continue
			}
			if err := tx.taken(level[0].plan, f, values, first); err != nil {
				return err
			}
		}
		for _, r := range level {
			if top := r.top(); top != r {
				top.faults = append(top.faults, r.faults...)
			}
		}
	}
	return nil
}

// revive writes what comes back, parents first, and tells the rules.
func (tx *Tx) revive(levels [][]*row) error {
	var relinked []*row
	for _, level := range levels {
		if len(level) == 0 {
			continue
		}
		if err := tx.setDeleted(level[0].plan, level, false); err != nil {
			return err
		}
		for part := range slices.Chunk(level, maxIds) {
			ids := idsOf(part)
			if _, err := tx.db.Exec("DELETE FROM recycle_bin WHERE record IN "+marks(len(ids)), idArgs(ids)...); err != nil {
				return fmt.Errorf("take out of the recycle bin: %w", err)
			}
		}
		given, err := tx.relink(level)
		if err != nil {
			return err
		}
		relinked = append(relinked, given...)
	}
	for _, r := range relinked {
		if err := tx.followUp(following, []*row{r}); err != nil {
			return err
		}
	}
	for _, level := range levels {
		if err := tx.followUp(followingUndelete, level); err != nil {
			return err
		}
	}
	return nil
}

// relink gives back the references to rows that were cleared when they were deleted, where nothing took their place. It
// returns the rows that have them again.
func (tx *Tx) relink(rows []*row) (given []*row, err error) {
	for part := range slices.Chunk(rows, maxIds) {
		links, err := tx.links(idsOf(part))
		if err != nil {
			return nil, err
		}
		for _, l := range links {
			written, err := tx.giveBack(l)
			if err != nil {
				return nil, err
			}
			given = append(given, written...)
		}
		ids := idsOf(part)
		if _, err := tx.db.Exec("DELETE FROM recycle_link WHERE target IN "+marks(len(ids)), idArgs(ids)...); err != nil {
			return nil, fmt.Errorf("forget cleared references: %w", err)
		}
	}
	return given, nil
}

// giveBack sets a reference that was cleared, unless its record is gone or refers to something else by now.
func (tx *Tx) giveBack(l link) ([]*row, error) {
	p := tx.planById(l.record)
	if p == nil {
		return nil, nil
	}
	if err := tx.lock(p, []schema.Id{l.record}, false); err != nil {
		return nil, err
	}
	c := tx.cache[l.record]
	if c == nil || p.isDeleted(c.rec) || !l.field.Null(c.rec) {
		return nil, nil
	}
	r := &row{plan: p, verb: updating, base: c, old: schema.Copy(c.rec), new: schema.Copy(c.rec)}
	l.field.Set(r.new, string(l.target))
	return tx.write(p, []*row{r})
}
