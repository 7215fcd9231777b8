package record

import (
	"fmt"

	"truckroll/platform/schema"
)

// FollowAll is [Follow] for a whole batch at once: f is handed every change of the batch, at most 500, and may save what
// belongs to all of them together. When it refuses, the batch is tried again in ever smaller parts until the record is
// found that it refuses.
func FollowAll[T any](name string, f func(*Tx, []Change[T]) error) Rule {
	r := typed[T](name, following, nil)
	r.all = func(tx *Tx, rows []*row) error {
		changes := make([]Change[T], len(rows))
		for i, r := range rows {
			changes[i] = changeOf[T](r)
		}
		return f(tx, changes)
	}
	return r
}

// FollowEach is [FollowAll] for the records of every object that on selects; a nil on selects all.
func FollowEach(name string, on func(*schema.Object) bool, f func(*Tx, []AnyChange) error) Rule {
	return Rule{Name: name, phase: following, on: on, all: func(tx *Tx, rows []*row) error {
		changes := make([]AnyChange, len(rows))
		for i, r := range rows {
			changes[i] = r.any()
		}
		return f(tx, changes)
	}}
}

// FollowUndeleteAny is [FollowUndelete] for the records of every object that on selects; a nil on selects all.
func FollowUndeleteAny(name string, on func(*schema.Object) bool, f func(*Tx, AnyChange) error) Rule {
	return Rule{Name: name, phase: followingUndelete, on: on, run: func(tx *Tx, r *row) error { return f(tx, r.any()) }}
}

// fireAll runs a rule about a batch. What has been written can't stay when it refuses, and which record it means is
// not known.
func (tx *Tx) fireAll(rule Rule, rows []*row) error {
	if len(rows) == 0 {
		return nil
	}
	before := tx.effects
	err := rule.all(tx, rows)
	if err == nil {
		err = tx.broken
	}
	if tx.keeper.recorder != nil {
		tx.keeper.recorder.add(rule.Name, err != nil || tx.effects > before)
	}
	if _, refused := FaultsOf(err); err != nil && !refused {
		err = fmt.Errorf("rule %q on %s: %w", rule.Name, rows[0].plan.object.Name, err)
	}
	if err != nil {
		tx.breakUp(err)
	}
	return err
}
