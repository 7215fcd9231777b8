package record

import (
	"fmt"
	"slices"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Delete puts records into the recycle bin, with all that is deleted along with them. These are the house's own
// deletions: no viewer's rights count, every rule does. A refusal is a [Fault] or [Faults].
func (tx *Tx) Delete(ids ...schema.Id) error {
	for len(ids) > 0 {
		p := tx.planById(ids[0])
		if p == nil {
			return fmt.Errorf("%w: %s", ErrNotFound, ids[0])
		}
		n := sameObject(ids)
		if err := tx.ownDelete(p, ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return tx.summarise()
}

// sameObject returns how many ids, from the first, are of one object, at most a chunk of them.
func sameObject(ids []schema.Id) int {
	n := slices.IndexFunc(ids, func(id schema.Id) bool { return id.Prefix() != ids[0].Prefix() })
	if n < 0 {
		n = len(ids)
	}
	return min(n, chunk)
}

func (tx *Tx) ownDelete(p *plan, ids []schema.Id) error {
	if err := tx.lock(p, ids, true); err != nil {
		return err
	}
	var rows []*row
	taken := map[schema.Id]bool{}
	for i, id := range ids {
		c := tx.cache[id]
		switch {
		case c == nil:
			return fmt.Errorf("%w: %s %s", ErrNotFound, p.object.Name, id)
		case taken[id] || p.isDeleted(c.rec):
			continue
		}
		taken[id] = true
		rows = append(rows, &row{plan: p, at: i, base: c})
	}
	if err := tx.passDelete(p, rows, false, true); err != nil {
		return err
	}
	for _, r := range rows {
		if err := r.faults.err(); err != nil {
			return err
		}
	}
	return nil
}

// passDelete takes deletions through the corridor: gather all that goes along, ask the rules, write, follow. For good
// means past the recycle bin. When together is set nothing is deleted if one record is refused.
func (tx *Tx) passDelete(p *plan, rows []*row, forGood, together bool) error {
	if rows = alive(rows); len(rows) == 0 {
		return nil
	}
	leave, err := tx.enter(p, rows)
	if err != nil {
		return err
	}
	defer leave()
	d, err := tx.gather(p, rows)
	if err != nil || together && len(alive(rows)) < len(rows) {
		return err
	}
	if err := d.write(forGood); err != nil {
		return err
	}
	return d.follow()
}

// gather finds all that is deleted with rows. Rows that can't be are left out, with what they would have taken along.
func (tx *Tx) gather(p *plan, rows []*row) (*deletion, error) {
	for {
		d := &deletion{tx: tx, going: map[schema.Id]*row{}, clearing: map[schema.Id]*row{}}
		for _, r := range rows {
			tx.markDeleted(r, nil)
			d.going[r.id()] = r
		}
		if err := d.gather(p, rows); err != nil {
			return nil, err
		}
		if !d.refused() {
			return d, nil
		}
		rows = alive(rows)
	}
}

// markDeleted makes r the deletion of the record in its base, because of root.
func (tx *Tx) markDeleted(r, root *row) {
	r.verb, r.root = deleting, root
	r.old, r.new = schema.Copy(r.base.rec), schema.Copy(r.base.rec)
	r.plan.stamp.deleted.Set(r.new, true)
}

// top returns the row that the caller asked for and that took r along.
func (r *row) top() *row {
	for r.root != nil {
		r = r.root
	}
	return r
}

// deletion is a set of records that are deleted together, and of those that lose a reference by it.
type deletion struct {
	tx       *Tx
	going    map[schema.Id]*row
	clearing map[schema.Id]*row
	levels   [][]*row // of going, each of one object, parents first
	cleared  []*row   // of clearing, in the order of finding
	links    []link   // what was cleared
}

// link is a reference that is cleared because what it leads to is deleted.
type link struct {
	target, record schema.Id
	field          *schema.Field
}

// gather asks the rules about rows and looks for the records that refer to them, level by level.
func (d *deletion) gather(p *plan, rows []*row) error {
	if err := d.tx.applyAll(checkingDelete, rows); err != nil {
		return err
	}
	d.levels = append(d.levels, rows)
	for _, child := range p.object.Children {
		if child.Delete == schema.Keep {
			continue
		}
		for from := 0; from < len(rows); from += maxIds {
			if err := d.children(child, rows[from:min(from+maxIds, len(rows))]); err != nil {
				return err
			}
		}
	}
	return nil
}

// children deals with the records that refer to parents by one field.
func (d *deletion) children(child *schema.Child, parents []*row) error {
	o := d.tx.catalog.Object(child.Object)
	p := d.tx.plans[o]
	if p == nil {
		return nil
	}
	f := o.Field(child.Field)
	ids := make([]schema.Id, len(parents))
	for i, r := range parents {
		ids[i] = r.id()
	}
	column := store.Quote(f.Name)
	found, err := d.tx.selectRows(p, column+" IN "+marks(len(ids))+` AND "IsDeleted" = `+d.tx.db.Dialect().Bool(false), idArgs(ids), ` ORDER BY "Id"`+d.tx.locking(" FOR UPDATE"))
	if err != nil {
		return err
	}
	var along []*row
	for _, c := range found {
		id, parent := p.id(c.rec), d.going[schema.Id(f.Text(c.rec))]
		if d.going[id] != nil {
			continue
		}
		switch {
		case child.Delete == schema.Cascade:
			r := &row{plan: p, base: c, at: parent.at}
			d.tx.markDeleted(r, parent)
			d.going[id] = r
			along = append(along, r)
		case child.Delete == schema.Restrict || f.Required:
			d.restrict(parent.top(), p, c)
		default:
			d.clear(f, c, parent)
		}
	}
	if len(along) == 0 {
		return nil
	}
	return d.gather(p, along)
}

// restrict refuses a deletion because a record still refers to what would go.
func (d *deletion) restrict(r *row, p *plan, c *stored) {
	const most = 3 // names of such records in one refusal
	for _, f := range r.faults {
		if f.Code == "DELETE_FAILED" {
			if len(f.Fields) < most {
				f.Fields = append(f.Fields, string(p.id(c.rec)))
				f.Message += ", " + p.title(c.rec)
			}
			return
		}
	}
	r.faults = append(r.faults, fault("DELETE_FAILED", fmt.Sprintf("Your attempt to delete %s could not be completed because it is associated with the following records: %s", r.plan.title(r.old), p.title(c.rec)), string(p.id(c.rec))))
}

// title names a record for people.
func (p *plan) title(rec any) string {
	if f := p.object.NameField(); f != nil && f.Stored() && f.Kind.Store() == schema.StoreText && !f.Null(rec) {
		return p.object.Label + " " + f.Text(rec)
	}
	return p.object.Label + " " + string(p.id(rec))
}

// clear notes that a record which stays loses its reference to one that goes.
func (d *deletion) clear(f *schema.Field, c *stored, parent *row) {
	id := c.plan.id(c.rec)
	r := d.clearing[id]
	if r == nil {
		r = &row{plan: c.plan, verb: updating, at: parent.at, base: c, old: schema.Copy(c.rec), new: schema.Copy(c.rec), root: parent}
		d.clearing[id] = r
		d.cleared = append(d.cleared, r)
	}
	f.Set(r.new, "")
	d.links = append(d.links, link{parent.id(), id, f})
}

// refused reports whether a rule or a reference speaks against a record; the row that took it along bears the reason.
func (d *deletion) refused() bool {
	any := false
	for _, level := range d.levels {
		for _, r := range level {
			if len(r.faults) > 0 {
				any = true
				if top := r.top(); top != r {
					top.faults = append(top.faults, r.faults...)
				}
			}
		}
	}
	return any
}

// write deletes what is going and clears the references to it.
func (d *deletion) write(forGood bool) error {
	tx := d.tx
	if err := tx.clearLinks(d.cleared); err != nil {
		return err
	}
	for _, level := range d.levels {
		if len(level) == 0 {
			continue
		}
		p := level[0].plan
		if forGood {
			if err := tx.eraseRows(p, level); err != nil {
				return err
			}
			continue
		}
		if err := tx.setDeleted(p, level, true); err != nil {
			return err
		}
		if err := tx.enterBin(p, level); err != nil {
			return err
		}
	}
	if forGood {
		return nil
	}
	return tx.enterLinks(d.links)
}

// clearLinks writes records that lose references. No rule can refuse that; rules that follow hear of it.
func (tx *Tx) clearLinks(rows []*row) error {
	for _, r := range rows {
		if _, err := tx.write(r.plan, []*row{r}); err != nil {
			return err
		}
	}
	return nil
}

// setDeleted marks rows of one object as deleted or not.
func (tx *Tx) setDeleted(p *plan, rows []*row, deleted bool) error {
	tx.stampAll(p, rows)
	by := string(tx.Viewer().User())
	text := "UPDATE " + p.table + ` SET "IsDeleted" = ` + tx.db.Dialect().Bool(deleted) + `, "LastModifiedDate" = ?, "LastModifiedById" = ?, "SystemModstamp" = ?, ` + versionColumn + " = " + versionColumn + ` + 1 WHERE "Id" IN `
	for part := range slices.Chunk(rows, maxIds) {
		ids := make([]schema.Id, len(part))
		for i, r := range part {
			ids[i] = r.id()
			r.version = r.base.version + 1
		}
		args := append([]any{tx.now.UnixMilli(), nullable(by), tx.now.UnixMilli()}, idArgs(ids)...)
		if _, err := tx.db.Exec(text+marks(len(ids)), args...); err != nil {
			return tx.failed(p, err)
		}
	}
	for _, r := range rows {
		tx.written(r)
	}
	return nil
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// eraseRows removes rows of one object for good.
func (tx *Tx) eraseRows(p *plan, rows []*row) error {
	for part := range slices.Chunk(rows, maxIds) {
		ids := make([]schema.Id, len(part))
		for i, r := range part {
			ids[i] = r.id()
			r.version, r.erased = r.base.version+1, true
		}
		if err := tx.erase(p, ids); err != nil {
			return err
		}
		if err := tx.releaseContent(p, part); err != nil {
			return err
		}
		for _, r := range part {
			tx.effects++
			tx.forgetLists(r)
			tx.cache[r.id()] = nil
			tx.enterJournal(r)
			tx.outdate(r)
		}
	}
	return nil
}

// erase removes records and what the recycle bin knows of them.
func (tx *Tx) erase(p *plan, ids []schema.Id) error {
	for _, text := range []string{`DELETE FROM ` + p.table + ` WHERE "Id" IN `, `DELETE FROM recycle_bin WHERE record IN `, `DELETE FROM recycle_link WHERE target IN `, `DELETE FROM recycle_link WHERE record IN `} {
		if _, err := tx.db.Exec(text+marks(len(ids)), idArgs(ids)...); err != nil {
			return fmt.Errorf("erase %s: %w", p.object.Name, err)
		}
	}
	return nil
}

// follow runs the rules that hear of deletions and of cleared references.
func (d *deletion) follow() error {
	for _, level := range d.levels {
		if err := d.tx.followUp(followingDelete, level); err != nil {
			return err
		}
	}
	for _, r := range d.cleared {
		if err := d.tx.followUp(following, []*row{r}); err != nil {
			return err
		}
	}
	return nil
}

// followUp is follow for rows that others took along: the row that the caller asked for bears a failure.
func (tx *Tx) followUp(ph phase, rows []*row) error {
	if err := tx.follow(ph, rows); err != nil {
		return err
	}
	for _, r := range rows {
		if top := r.top(); r.late && top != r {
			top.faults, top.late = append(top.faults, r.faults...), true
		}
	}
	return nil
}
