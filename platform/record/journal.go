package record

import (
	"fmt"
	"slices"

	"truckroll/platform/audit"
	"truckroll/platform/event"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// entry is what the journal of a transaction says of one written row.
type entry struct {
	verb    verb
	plan    *plan
	id      schema.Id
	version int64
	erased  bool   // for good
	purged  bool   // for good, and it had been deleted before
	subject string // the person whose key seals the values; "" is nobody's
	fields  []fieldChange
}

// fieldChange is the old and the new value of one field.
type fieldChange struct {
	field    *schema.Field
	old, new any
}

// enterJournal notes what was written. The journal is written once, at the end of the transaction.
func (tx *Tx) enterJournal(r *row) {
	e := entry{verb: r.verb, plan: r.plan, id: r.id(), version: r.version, erased: r.erased}
	e.purged = r.erased && r.plan.isDeleted(r.base.rec)
	if tx.keeper.subject != nil {
		e.subject = tx.keeper.subject(r.plan.object, r.new)
	}
	from := len(tx.slab)
	switch r.verb {
	case inserting:
		for _, f := range r.plan.columns {
			if !f.Null(r.new) && !r.plan.bookkeeping(f) && (f.Kind != schema.KindBoolean || f.Get(r.new) == true) {
				tx.slab = append(tx.slab, fieldChange{f, nil, f.Get(r.new)})
			}
		}
	case updating:
		for _, f := range r.changed {
			if !r.plan.bookkeeping(f) {
				tx.slab = append(tx.slab, fieldChange{f, f.Get(r.base.rec), f.Get(r.new)})
			}
		}
	}
	e.fields = tx.slab[from:len(tx.slab):len(tx.slab)]
	if cap(tx.slab)-len(tx.slab) < len(r.plan.columns) {
		tx.slab = make([]fieldChange, 0, min(4*len(tx.slab), 4096)+len(r.plan.columns))
	}
	tx.journal = append(tx.journal, e)
}

// bookkeeping reports whether f says who wrote a record and when, which an audit entry says by itself.
func (p *plan) bookkeeping(f *schema.Field) bool {
	s := &p.stamp
	return f == s.id || f == s.created || f == s.createdBy || f == s.modified || f == s.modifiedBy || f == s.modstamp
}

// writeJournal writes the audit entries and the events of the transaction, and what its records are found by.
func (tx *Tx) writeJournal() error {
	if len(tx.journal) == 0 {
		return nil
	}
	entries := make([]audit.Entry, len(tx.journal))
	for i := range tx.journal {
		entries[i] = tx.auditEntry(&tx.journal[i])
	}
	if err := tx.keeper.audit.Append(tx.db, entries); err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	if err := event.Append(tx.db, tx.events()...); err != nil {
		return fmt.Errorf("write the outbox: %w", err)
	}
	tx.index()
	return nil
}

var eventChanges = [...]event.Change{inserting: event.Create, updating: event.Update, deleting: event.Delete, undeleting: event.Undelete}

// maxEventIds is how many records one event tells of.
const maxEventIds = 500

// events returns what readers of the outbox are told: of records that were changed in the same way one after the other,
// one event. That a record left the recycle bin for good is no news to them.
func (tx *Tx) events() []event.Event {
	var all []event.Event
	for i := range tx.journal {
		e := &tx.journal[i]
		if e.purged {
			continue
		}
		if n := len(all) - 1; n >= 0 && e.follows(&all[n]) {
			all[n].Ids = append(all[n].Ids, e.id)
			continue
		}
		var fields []string
		for _, f := range e.fields {
			fields = append(fields, f.field.Name)
		}
		all = append(all, event.Event{
			Object: e.plan.object.Name, Ids: []schema.Id{e.id}, Change: eventChanges[e.verb], Fields: fields,
			User: tx.Viewer().User(), Transaction: tx.key, Sequence: len(all) + 1,
		})
	}
	return all
}

// follows reports whether e can be told of by an event that there is.
func (e *entry) follows(ev *event.Event) bool {
	same := slices.EqualFunc(ev.Fields, e.fields, func(name string, f fieldChange) bool { return name == f.field.Name })
	return same && ev.Object == e.plan.object.Name && ev.Change == eventChanges[e.verb] && len(ev.Ids) < maxEventIds &&
		(e.verb == inserting || !slices.Contains(ev.Ids, e.id))
}

var auditOps = [...]audit.Op{inserting: audit.Insert, updating: audit.Update, deleting: audit.Delete, undeleting: audit.Undelete}

func (tx *Tx) auditEntry(e *entry) audit.Entry {
	a := audit.Entry{
		At: schema.At(tx.now), Request: tx.cause.Request, Actor: tx.cause.Actor, OnBehalf: tx.cause.OnBehalf, Device: tx.cause.Device,
		Op: auditOps[e.verb], Object: e.plan.object.Name, Record: e.id, Revision: e.version, Reason: tx.cause.reason(), Subject: e.subject,
	}
	if a.Actor.Id == "" {
		a.Actor.Id = tx.Viewer().User()
	}
	if e.erased {
		a.Op = audit.Purge
	}
	a.Fields = make([]audit.Field, len(e.fields))
	for i, f := range e.fields {
		a.Fields[i] = audit.Change(f.field, f.old, f.new)
	}
	return a
}

// reason returns why a change was made as the audit log keeps it. Without a code of its own it is the door.
func (c *Cause) reason() audit.Reason {
	r := audit.Reason{Code: c.ReasonCode, Text: c.Reason}
	if r.Code == "" {
		r.Code = c.By
		if c.Of != "" {
			r.Code += " " + c.Of
		}
	}
	return r
}

// index has the full-text index follow the records that were written; of each, its last state counts.
func (tx *Tx) index() {
	seen := map[schema.Id]bool{}
	for i := len(tx.journal) - 1; i >= 0; i-- {
		e := &tx.journal[i]
		if !e.plan.object.Searchable || seen[e.id] {
			continue
		}
		seen[e.id] = true
		c := tx.cache[e.id]
		if c == nil || e.plan.isDeleted(c.rec) {
			tx.db.Unindex(e.id)
		} else {
			tx.db.Index(e.plan.document(c.rec))
		}
	}
}

// document returns what rec is found by. Secrets and values of lists are not searched.
func (p *plan) document(rec any) store.Document {
	d := store.Document{Object: p.object.Name, Record: p.id(rec)}
	for _, f := range p.columns {
		if f.Hidden || f.Null(rec) {
			continue
		}
		switch {
		case f.NameField && f.Kind.Store() == schema.StoreText:
			d.Name = append(d.Name, f.Text(rec))
		case f.Kind == schema.KindEmail:
			d.Email = append(d.Email, f.Text(rec))
		case f.Kind == schema.KindPhone:
			d.Phone = append(d.Phone, f.Text(rec))
		case f.Kind == schema.KindText, f.Kind == schema.KindLongText, f.Kind == schema.KindURL:
			d.Text = append(d.Text, f.Text(rec))
		}
	}
	return d
}
