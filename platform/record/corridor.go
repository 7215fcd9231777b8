package record

import (
	"fmt"
	"strings"

	"truckroll/platform/schema"
)

// chunk is how many records go through the corridor together. Larger batches go in chunks.
const chunk = 500

// maxDepth is how deep rules that save may set off each other.
const maxDepth = 16

// verb is what happens to a record.
type verb uint8

const (
	inserting verb = iota
	updating
	deleting
	undeleting
)

// row is one record on its way through the corridor.
type row struct {
	plan    *plan
	verb    verb
	at      int             // its place in the caller's batch
	base    *stored         // as it is in the database; nil on insert
	old     any             // a copy of base for rules, or an empty record
	new     any             // as it shall be
	version int64           // after the write
	given   []*schema.Field // that an outside caller set; nil for the house's own saves
	outside bool            // whether an outside caller's rights count
	changed []*schema.Field // that differ from base, once the row is to be written
	own     bool            // new is the caller's own record, from Save
	root    *row            // whose deletion or undeletion took this row along; nil for none
	twin    *row            // of the same batch, which has a value that must be unique
	faults  Faults
	erased  bool // deleted for good
	late    bool // refused after something had been written for it
}

// id returns the id of the record; "" before an insert.
func (r *row) id() schema.Id { return r.plan.id(r.new) }

// refuse takes err as the reason why r is not saved. It returns err when that is not a refusal but a failure.
func (r *row) refuse(err error) error {
	f, ok := FaultsOf(err)
	if !ok {
		return err
	}
	r.faults = append(r.faults, f...)
	return nil
}

// alive returns the rows that nothing speaks against.
func alive(rows []*row) []*row {
	var left []*row
	for i, r := range rows {
		if len(r.faults) > 0 && left == nil {
			left = append(make([]*row, 0, len(rows)), rows[:i]...)
		} else if len(r.faults) == 0 && left != nil {
			left = append(left, r)
		}
	}
	if left == nil {
		return rows
	}
	return left
}

// pass takes inserts and updates of one object through the corridor, in the order in which things happen. A refused
// row carries its faults; the others go on, unless together is set: then nothing is written when one is refused.
func (tx *Tx) pass(p *plan, rows []*row, together bool) error {
	leave, err := tx.enter(p, rows)
	if err != nil {
		return err
	}
	defer leave()

	tx.fillDefaults(p, rows)
	if err := tx.apply(filling, rows); err != nil {
		return err
	}
	filled := alive(rows)
	tx.validate(p, filled)
	if err := tx.refer(p, filled); err != nil {
		return err
	}
	if err := tx.distinct(p, filled); err != nil {
		return err
	}
	valid := alive(filled)
	if err := tx.applyAll(checking, valid); err != nil {
		return err
	}
	if err := tx.checkValidations(p, valid); err != nil {
		return err
	}
	checked := alive(valid)
	if together && len(checked) < len(rows) {
		return nil
	}
	written, err := tx.write(p, checked)
	if err != nil {
		return err
	}
	if err := tx.mayAdd(p, written); err != nil || tx.broken != nil {
		return err
	}
	return tx.follow(following, written)
}

// enter begins a batch; the function that it returns ends it.
func (tx *Tx) enter(p *plan, rows []*row) (leave func(), err error) {
	if tx.broken != nil {
		return nil, tx.broken
	}
	if tx.quiet != "" {
		return nil, fmt.Errorf("rule %q saves a %s, but it may only fill or check", tx.quiet, p.object.Name)
	}
	if len(tx.trail) >= maxDepth {
		return nil, fault("LIMIT_EXCEEDED", fmt.Sprintf("Rules set off each other more than %d deep: %s", maxDepth, strings.Join(append(tx.trail, p.object.Name), " > ")))
	}
	tx.trail = append(tx.trail, p.object.Name)
	tx.frames = append(tx.frames, &frame{plan: p, rows: rows})
	return func() {
		tx.trail = tx.trail[:len(tx.trail)-1]
		tx.frames = tx.frames[:len(tx.frames)-1]
	}, nil
}

// apply runs the rules of a phase that may not save, each over all rows; a row's first refusal ends its way.
func (tx *Tx) apply(ph phase, rows []*row) error {
	for _, rule := range rulesFor(ph, rows) {
		for _, r := range rows {
			if len(r.faults) > 0 {
				continue
			}
			if err := tx.quietly(rule, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// applyAll is apply, but asks every rule about every row, so that a caller hears all that is wrong at once.
func (tx *Tx) applyAll(ph phase, rows []*row) error {
	for _, rule := range rulesFor(ph, rows) {
		for _, r := range rows {
			if err := tx.quietly(rule, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func rulesFor(ph phase, rows []*row) []Rule {
	if len(rows) == 0 {
		return nil
	}
	return rows[0].plan.rules[ph]
}

// quietly runs a rule that may not save.
func (tx *Tx) quietly(rule Rule, r *row) error {
	outer := tx.quiet
	tx.quiet = rule.Name
	err := tx.fire(rule, r)
	tx.quiet = outer
	return err
}

// fire runs a rule about r. A refusal stays with r; what is returned is a failure.
func (tx *Tx) fire(rule Rule, r *row) error {
	if tx.keeper.recorder != nil {
		return tx.record(rule, r)
	}
	if err := r.refuse(rule.run(tx, r)); err != nil {
		return fmt.Errorf("rule %q on %s: %w", rule.Name, r.plan.object.Name, err)
	}
	return nil
}

// record fires a rule and tells the recorder whether it had an effect.
func (tx *Tx) record(rule Rule, r *row) error {
	before, effects, faults := schema.Copy(r.new), tx.effects, len(r.faults)
	err := r.refuse(rule.run(tx, r))
	effect := err == nil && (tx.effects > effects || len(r.faults) > faults || len(r.plan.changed(before, r.new)) > 0)
	tx.keeper.recorder.add(rule.Name, effect)
	if err != nil {
		return fmt.Errorf("rule %q on %s: %w", rule.Name, r.plan.object.Name, err)
	}
	return nil
}

// follow runs the rules that may save others. What they save is part of r: when it fails, r does.
func (tx *Tx) follow(ph phase, rows []*row) error {
	for _, rule := range rulesFor(ph, rows) {
		if rule.all != nil {
			if err := tx.fireAll(rule, alive(rows)); err != nil {
				return err
			}
			continue
		}
		for _, r := range rows {
			if len(r.faults) > 0 {
				continue
			}
			if err := tx.fire(rule, r); err != nil {
				return err
			}
			if tx.broken != nil && len(r.faults) == 0 {
				if err := r.refuse(tx.broken); err != nil {
					return err
				}
			}
			if len(r.faults) > 0 {
				r.late = true
				tx.breakUp(r.faults.err())
				return nil
			}
		}
	}
	return nil
}
