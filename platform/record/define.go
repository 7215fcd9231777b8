package record

import (
	"fmt"

	"truckroll/platform/schema"
)

// Definition is what administrators may change while the house runs: objects, fields and picklist values in the
// catalogue, and validation rules.
type Definition struct {
	Catalog     *schema.Catalog
	Validations []Validation
}

// Definition returns the definition as it is now.
func (k *Keeper) Definition() Definition {
	s := k.current.Load()
	return Definition{s.catalog, s.validations}
}

// Define changes the definition as part of the transaction: tables get their columns, the rest of the transaction sees
// the new definition, and everybody else does from the moment when it is committed. change is given the definition and
// returns a new one, without effect outside of it: it is run again at the commit over what others have defined
// meanwhile. A definition that can't be read, such as a formula with a mistake, is a [Fault].
func (tx *Tx) Define(change func(Definition) (Definition, error)) error {
	next, err := tx.snapshot.change(change)
	if err != nil {
		return err
	}
	if _, err := tx.db.Sync(next.differing(tx.snapshot)...); err != nil {
		return fault("FIELD_INTEGRITY_EXCEPTION", err.Error())
	}
	before := tx.snapshot
	tx.snapshot = next
	tx.cache, tx.loaded, tx.scanned, tx.lists, tx.listed = map[schema.Id]*stored{}, nil, nil, nil, nil
	if tx.tries > 0 {
		tx.undo = append(tx.undo, func() { tx.snapshot = before })
	}
	tx.changes = append(tx.changes, change)
	tx.effects++
	return nil
}

// Adopt changes the definition without touching tables: at the start, when custom fields have been read, and when
// another node has defined something.
func (k *Keeper) Adopt(change func(Definition) (Definition, error)) error {
	k.defines.Lock()
	defer k.defines.Unlock()
	next, err := k.current.Load().change(change)
	if err != nil {
		return err
	}
	k.current.Store(next)
	return nil
}

// change returns the snapshot that follows s.
func (s *snapshot) change(change func(Definition) (Definition, error)) (*snapshot, error) {
	d, err := change(Definition{s.catalog, s.validations})
	if err != nil {
		return nil, err
	}
	next, err := newSnapshot(d, s.book)
	if err != nil {
		return nil, fault("FIELD_INTEGRITY_EXCEPTION", err.Error())
	}
	return next, nil
}

// differing returns the objects of s whose tables may have to change from what before says.
func (s *snapshot) differing(before *snapshot) []*schema.Object {
	var all []*schema.Object
	for _, o := range s.catalog.Objects {
		was := before.catalog.Object(o.Name)
		if s.plans[o] != nil && (was == nil || len(was.Fields) != len(o.Fields) || o.Custom || hasCustom(o)) {
			all = append(all, o)
		}
	}
	return all
}

func hasCustom(o *schema.Object) bool {
	for _, f := range o.Fields {
		if f.Custom {
			return true
		}
	}
	return false
}

// adoptAll makes everybody see what a committed transaction defined. That what two transactions defined at the same
// time does not go together was refused by the database, so that an error is a failure of the house.
func (k *Keeper) adoptAll(changes []func(Definition) (Definition, error)) error {
	for _, c := range changes {
		if err := k.Adopt(c); err != nil {
			return fmt.Errorf("adopt a committed definition: %w", err)
		}
	}
	return nil
}
