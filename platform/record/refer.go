package record

import (
	"fmt"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// pointer is one reference that is about to be written.
type pointer struct {
	row   *row
	field *schema.Field
	id    schema.Id
	given bool // by an outside caller, who must be able to see the target
}

// refer holds new references to their targets: of an object that the field may lead to, there, not deleted, and
// visible to the outside caller who set them. Targets stay locked against deletion until the transaction ends.
func (tx *Tx) refer(p *plan, rows []*row) error {
	targets := map[*plan][]pointer{}
	for _, r := range rows {
		base := p.empty
		if r.base != nil {
			base = r.base.rec
		}
		for _, f := range p.references {
			if f.Null(r.new) || f.Equal(base, r.new) || isStamp(p, f) {
				continue
			}
			id := schema.Id(f.Text(r.new))
			to := tx.planById(id)
			if to == nil || !refersTo(f, to.object) {
				r.faults = append(r.faults, malformedId(f, string(id)))
				continue
			}
			targets[to] = append(targets[to], pointer{r, f, id, r.outside && contains(r.given, f)})
		}
	}
	for to, pointers := range targets {
		if err := tx.reach(to, pointers); err != nil {
			return err
		}
	}
	return nil
}

func isStamp(p *plan, f *schema.Field) bool { return f == p.stamp.createdBy || f == p.stamp.modifiedBy }

func contains(fields []*schema.Field, f *schema.Field) bool {
	for _, g := range fields {
		if g == f {
			return true
		}
	}
	return false
}

// reach refuses the pointers whose targets, records of one object, can't be pointed to.
func (tx *Tx) reach(to *plan, pointers []pointer) error {
	all, given := distinctIds(pointers, false), distinctIds(pointers, true)
	alive, err := tx.targets(to, all)
	if err != nil {
		return err
	}
	var seen map[schema.Id]bool
	if len(given) > 0 {
		if seen, err = tx.within(to, given, tx.Viewer(), access.ReadLevel); err != nil {
			return err
		}
	}
	blind := !tx.Viewer().Object(to.object).Has(access.Read)
	for _, x := range pointers {
		is, there := alive[x.id]
		switch {
		case !there, x.given && (blind || seen != nil && !seen[x.id]):
			x.row.faults = append(x.row.faults, noSuchTarget(x.field, string(x.id)))
		case !is && (x.given || x.field.OnDelete != schema.Keep): // history may tell of what is in the recycle bin
			x.row.faults = append(x.row.faults, deletedTarget(x.field, string(x.id)))
		}
	}
	return nil
}

func distinctIds(pointers []pointer, givenOnly bool) []schema.Id {
	taken := make(map[schema.Id]bool, len(pointers))
	var ids []schema.Id
	for _, x := range pointers {
		if !taken[x.id] && (x.given || !givenOnly) {
			taken[x.id] = true
			ids = append(ids, x.id)
		}
	}
	return ids
}

// targets looks for records by id and keeps them from being deleted. The answer says of each that exists whether it is
// alive. What this transaction has locked or written itself is not asked for.
func (tx *Tx) targets(p *plan, ids []schema.Id) (map[schema.Id]bool, error) {
	alive := make(map[schema.Id]bool, len(ids))
	var ask []schema.Id
	for _, id := range ids {
		if c := tx.cache[id]; c != nil && c.locked {
			alive[id] = !p.isDeleted(c.rec)
		} else if is, known := tx.kept[id]; known {
			alive[id] = is
		} else {
			ask = append(ask, id)
		}
	}
	for len(ask) > 0 {
		n := min(len(ask), maxIds)
		if err := tx.exist(p, ask[:n], alive); err != nil {
			return nil, err
		}
		ask = ask[n:]
	}
	return alive, nil
}

func (tx *Tx) exist(p *plan, ids []schema.Id, alive map[schema.Id]bool) error {
	order := ""
	if lock := tx.locking(" FOR KEY SHARE"); lock != "" {
		order = ` ORDER BY "Id"` + lock
	}
	rows, err := tx.db.Query(`SELECT "Id", "IsDeleted" FROM `+p.table+` WHERE "Id" IN `+marks(len(ids))+order, idArgs(ids)...)
	if err != nil {
		return fmt.Errorf("look for %s: %w", p.object.Name, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var deleted bool
		if err := rows.Scan(&id, &deleted); err != nil {
			return err
		}
		alive[schema.Id(id)] = !deleted
		if tx.kept == nil {
			tx.kept = map[schema.Id]bool{}
		}
		tx.kept[schema.Id(id)] = !deleted
	}
	return rows.Err()
}
