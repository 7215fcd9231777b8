package record

import (
	"errors"
	"slices"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// applier takes one batch through the corridor.
type applier struct {
	tx      *Tx
	b       Batch
	plan    *plan
	results []Result
	widows  []int        // refused because of a value that another record of the attempt had, which was refused too
	raced   map[int]bool // upserts that met a record which another transaction had just inserted
}

// allowed returns why the viewer may not do this to any record of the object, or nil.
func (a *applier) allowed() *Fault {
	o, v := a.b.Object, a.tx.Viewer()
	rights := v.Object(o)
	switch {
	case !rights.Has(access.Read) && !rights.Has(access.Create):
		return noSuchObject(o.Name)
	case a.b.Op == Insert && (!rights.Has(access.Create) || o.ReadOnly):
		return cannotWrite(o, "inserted")
	case a.b.Op == Update && (!rights.Has(access.Edit) || o.ReadOnly):
		return noAccess()
	case a.b.Op == Upsert && (!rights.Has(access.Edit) || o.ReadOnly || !a.b.UpdateOnly && !rights.Has(access.Create)):
		return noAccess()
	case (a.b.Op == Delete || a.b.Op == Undelete) && (!rights.Has(access.Delete) || o.ReadOnly):
		return noAccess()
	case a.b.Op == HardDelete && (!rights.Has(access.Delete) || o.ReadOnly || !v.May("BulkApiHardDelete")):
		return noAccess()
	}
	return nil
}

// parts cuts the batch into chunks in which no record comes twice, so that a later patch of a record meets what an
// earlier one made of it.
func (a *applier) parts() [][]int {
	var parts [][]int
	var part []int
	seen := map[any]bool{}
	for i := range a.b.Patches {
		key := a.key(&a.b.Patches[i])
		if len(part) == chunk || key != nil && seen[key] {
			parts, part = append(parts, part), nil
			clear(seen)
		}
		if part = append(part, i); key != nil {
			seen[key] = true
		}
	}
	if part != nil {
		parts = append(parts, part)
	}
	return parts
}

// key returns what names the record of p, or nil for a new one.
func (a *applier) key(p *Patch) any {
	if a.b.Op == Upsert && a.b.By != nil && a.b.By.Kind != schema.KindId {
		v, _ := p.value(a.b.By)
		return a.tx.foldKey(a.b.By, v)
	}
	if p.Id == "" {
		return nil
	}
	return p.Id
}

// part takes one chunk through the corridor. When one refused record must not harm others it goes behind a savepoint.
func (a *applier) part(at []int) error {
	if a.b.AllOrNone && a.b.Op != Upsert {
		_, err := a.attempt(at)
		if uncertain(err) {
			return a.blame(at[0], err)
		}
		return err
	}
	return a.isolated(at, 2)
}

// errRefused undoes an attempt in which a record was refused after it had been written.
var errRefused = errors.New("a record was refused after it was written")

// isolated takes records through the corridor so that those that fail late, when something has been written for them,
// are undone and the others are not. The known culprit is left out and the rest tried again, drops times; after that
// the records are halved until each is known to be good or bad.
func (a *applier) isolated(at []int, drops int) error {
	var late []int
	err := a.tx.Try(func() (err error) {
		late, err = a.attempt(at)
		if err == nil && len(late) > 0 {
			err = errRefused
		}
		return err
	})
	switch {
	case err == nil:
		if err := a.meet(at); err != nil {
			return err
		}
		return a.again(a.widows, 2)
	case errors.Is(err, errRefused) && (len(at) == 1 || drops > 0):
		return a.again(without(at, late), drops-1)
	case !errors.Is(err, errRefused) && !uncertain(err):
		return err
	case len(at) == 1:
		if err := a.blame(at[0], err); err != nil {
			return err
		}
		return a.meet(at)
	}
	if err := a.again(at[:len(at)/2], 0); err != nil {
		return err
	}
	return a.again(at[len(at)/2:], 0)
}

// meet tries upserts again that wanted to insert a record which another transaction inserted after it was looked for:
// this time it is found.
func (a *applier) meet(at []int) error {
	if a.b.Op != Upsert || a.b.By == nil {
		return nil
	}
	for _, i := range at {
		f := a.results[i].Faults
		if a.raced[i] || len(f) != 1 || f[0].Code != "DUPLICATE_VALUE" || !slices.Equal(f[0].Fields, []string{a.b.By.Name}) {
			continue
		}
		if a.raced == nil {
			a.raced = map[int]bool{}
		}
		a.raced[i] = true
		if err := a.again([]int{i}, 0); err != nil {
			return err
		}
	}
	return nil
}

// again tries records once more.
func (a *applier) again(at []int, drops int) error {
	if len(at) == 0 {
		return nil
	}
	for _, i := range at {
		a.results[i] = Result{}
	}
	return a.isolated(at, drops)
}

// uncertain reports whether err refuses a record, but does not say which: a value that is taken, or a roll-up summary
// that a parent may not have.
func uncertain(err error) bool {
	var v *violation
	_, refused := FaultsOf(err)
	return refused || errors.As(err, &v)
}

// blame makes an uncertain error the reason why a record is refused.
func (a *applier) blame(i int, err error) error {
	f, ok := FaultsOf(err)
	if v := new(violation); errors.As(err, &v) {
		f, ok = Faults{duplicate(v.field, "")}, true
	}
	if !ok {
		return err
	}
	a.results[i] = Result{Faults: f}
	return nil
}

func without(at, late []int) []int {
	var rest []int
	for _, i := range at {
		if !slices.Contains(late, i) {
			rest = append(rest, i)
		}
	}
	return rest
}

// attempt takes records through the corridor once and notes the results. It returns those that were refused late.
func (a *applier) attempt(at []int) (late []int, err error) {
	rows, err := a.rows(at)
	if err != nil {
		return nil, err
	}
	if err := a.run(alive(rows)); err != nil {
		return nil, err
	}
	a.widows = nil
	for _, r := range rows {
		if r.twin != nil && len(r.twin.faults) > 0 {
			a.widows = append(a.widows, r.at)
		}
		res := &a.results[r.at]
		if res.Faults = r.faults; len(r.faults) > 0 {
			if r.late {
				late = append(late, r.at)
			}
			if r.verb != inserting {
				res.Id = r.id()
			}
			continue
		}
		res.Id, res.Version, res.Created = r.id(), r.version, r.verb == inserting
	}
	return late, nil
}

// run sends rows, whose verbs may be mixed in an upsert, on their way.
func (a *applier) run(rows []*row) (err error) {
	if len(rows) == 0 {
		return nil
	}
	switch a.b.Op {
	case Delete, HardDelete:
		err = a.tx.passDelete(a.plan, rows, a.b.Op == HardDelete, a.b.AllOrNone)
	case Undelete:
		err = a.tx.passUndelete(a.plan, rows, a.b.AllOrNone)
	default:
		err = a.tx.pass(a.plan, rows, a.b.AllOrNone)
	}
	if err != nil {
		return err
	}
	return a.tx.summarise()
}

// failed reports whether a record was refused.
func (a *applier) failed() bool {
	return slices.ContainsFunc(a.results, func(r Result) bool { return len(r.Faults) > 0 })
}

// settle tells the records of a batch that stands or falls as one when another was refused.
func (a *applier) settle() error {
	if !a.b.AllOrNone || !a.failed() {
		return nil
	}
	for i := range a.results {
		if r := &a.results[i]; len(r.Faults) == 0 {
			*r = Result{Faults: Faults{rolledBack()}}
		} else if r.Created {
			r.Id, r.Created = "", false
		}
	}
	a.tx.breakUp(rolledBack())
	return nil
}
