package record

import "truckroll/platform/schema"

// entry is what the journal of a transaction says of one written row.
type entry struct {
	verb    verb
	plan    *plan
	id      schema.Id
	version int64
	fields  []fieldChange
}

// fieldChange is the old and the new value of one field.
type fieldChange struct {
	field    *schema.Field
	old, new any
}

// enterJournal notes what was written. The journal is written once, at the end of the transaction.
func (tx *Tx) enterJournal(r *row) {
	e := entry{verb: r.verb, plan: r.plan, id: r.id(), version: r.version}
	switch r.verb {
	case inserting:
		for _, f := range r.plan.columns {
			if !f.Null(r.new) && !r.plan.bookkeeping(f) && (f.Kind != schema.KindBoolean || f.Get(r.new) == true) {
				e.fields = append(e.fields, fieldChange{f, f.Zero(), f.Get(r.new)})
			}
		}
	case updating:
		for _, f := range r.changed {
			if !r.plan.bookkeeping(f) {
				e.fields = append(e.fields, fieldChange{f, f.Get(r.base.rec), f.Get(r.new)})
			}
		}
	}
	tx.journal = append(tx.journal, e)
}

// bookkeeping reports whether f says who wrote a record and when, which an audit entry says by itself.
func (p *plan) bookkeeping(f *schema.Field) bool {
	s := &p.stamp
	return f == s.id || f == s.created || f == s.createdBy || f == s.modified || f == s.modifiedBy || f == s.modstamp
}

// writeJournal writes the audit entries and the events of the transaction.
func (tx *Tx) writeJournal() error {
	return nil
}
