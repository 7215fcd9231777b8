package record

import (
	"errors"
	"fmt"

	"truckroll/platform/schema"
)

// Save inserts records that have no id and updates the others: pointers to Go structs of the catalogue. These are the
// house's own writes: no viewer's rights count, every rule does. What is written of an existing record is what its
// holder changed since it was read; changes that others made to other fields meanwhile stay. Ids, numbers and what
// rules filled are set in the records. When a record is refused the error is a [Fault] or [Faults] and nothing of
// this call is kept: outside of [Tx.Try] that can mean that the transaction will not be committed.
func (tx *Tx) Save(recs ...any) error {
	for len(recs) > 0 {
		p, err := tx.planOf(recs[0])
		if err != nil {
			return err
		}
		n := tx.run(p, recs)
		if err := tx.save(p, recs[:n]); err != nil {
			return err
		}
		recs = recs[n:]
	}
	return tx.summarise()
}

// SaveAs is [Tx.Save] for new records of an object that was made at run time, whose Go type does not tell it.
func (tx *Tx) SaveAs(o *schema.Object, recs ...any) error {
	p := tx.plans[o]
	if p == nil {
		return noSuchObject(o.Name)
	}
	for len(recs) > 0 {
		n := min(len(recs), chunk)
		if err := tx.save(p, recs[:n]); err != nil {
			return err
		}
		recs = recs[n:]
	}
	return tx.summarise()
}

// run returns how many of recs, from the first, can go through the corridor together: records of one object, each once.
func (tx *Tx) run(p *plan, recs []any) int {
	seen := map[schema.Id]bool{}
	for i, rec := range recs {
		q, err := tx.planOf(rec)
		if err != nil || q != p || i == chunk {
			return i
		}
		if id := p.id(rec); id != "" {
			if seen[id] {
				return i
			}
			seen[id] = true
		}
	}
	return len(recs)
}

func (tx *Tx) save(p *plan, recs []any) error {
	rows, err := tx.own(p, recs)
	if err != nil {
		return err
	}
	if err := tx.pass(p, rows, true); err != nil {
		var v *violation
		if errors.As(err, &v) {
			return duplicate(v.field, "")
		}
		return err
	}
	for _, r := range rows {
		if err := r.faults.err(); err != nil {
			return err
		}
	}
	return nil
}

// own makes rows of the house's own records.
func (tx *Tx) own(p *plan, recs []any) ([]*row, error) {
	var ids []schema.Id
	for _, rec := range recs {
		if id := p.id(rec); id != "" {
			ids = append(ids, id)
		}
	}
	if err := tx.lock(p, ids, false); err != nil {
		return nil, err
	}
	rows := make([]*row, len(recs))
	empty := p.object.New()
	for i, rec := range recs {
		r := &row{plan: p, verb: inserting, at: i, old: empty, new: rec, own: true}
		if id := p.id(rec); id != "" {
			r.verb, r.base = updating, tx.cache[id]
			if r.base == nil {
				return nil, fmt.Errorf("%w: %s %s", ErrNotFound, p.object.Name, id)
			}
			if p.isDeleted(r.base.rec) {
				return nil, isDeleted()
			}
			p.merge(rec, tx.handed[rec], r.base)
			r.old = schema.Copy(r.base.rec)
		}
		rows[i] = r
	}
	return rows, nil
}

// merge brings rec, which was read as it is in was, up to what is in the database now, except where its holder changed
// it. Without was, rec is taken as it stands.
func (p *plan) merge(rec any, was, is *stored) {
	if was == nil || was == is {
		return
	}
	for _, f := range p.columns {
		if f.Equal(rec, was.rec) && !f.Equal(rec, is.rec) {
			f.Set(rec, f.Get(is.rec))
		}
	}
}

// lock loads records and locks them, those that are not locked yet, so that nobody else changes them before the
// transaction ends. For a deletion they are locked against new references too.
func (tx *Tx) lock(p *plan, ids []schema.Id, deletion bool) error {
	var want []schema.Id
	for _, id := range ids {
		if c := tx.cache[id]; c == nil || !c.locked || deletion {
			want = append(want, id)
		}
	}
	mode := " ORDER BY \"Id\"" + tx.locking(" FOR NO KEY UPDATE")
	if deletion {
		mode = " ORDER BY \"Id\"" + tx.locking(" FOR UPDATE")
	}
	for len(want) > 0 {
		n := min(len(want), maxIds)
		if err := tx.load(p, want[:n], mode); err != nil {
			return err
		}
		want = want[n:]
	}
	return nil
}

// locking returns mode, a suffix of SELECT, where rows need to be locked at all. An update of a record and a new
// reference to it do not wait for each other; a deletion and a new reference do.
func (s *session) locking(mode string) string {
	if s.db.Dialect().ForUpdate() == "" {
		return ""
	}
	return mode
}

// Lock returns the record that ref points to as it is once nobody else can change it before the transaction ends. Rules
// that decide by several records lock the one that they have in common.
func Lock[T any](tx *Tx, ref schema.Ref[T]) (*T, error) {
	if ref != "" {
		o := tx.catalog.ById(schema.Id(ref))
		if o == nil || tx.plans[o] == nil {
			return nil, fmt.Errorf("%w: %s", ErrNotFound, ref)
		}
		if err := tx.lock(tx.plans[o], []schema.Id{schema.Id(ref)}, false); err != nil {
			return nil, err
		}
	}
	return Get(tx, ref)
}
