package record

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// MaxBatch is how many records one [Batch] may hold.
const MaxBatch = 10_000

// Op is what a batch does to its records.
type Op string

// The operations of a batch.
const (
	Insert     Op = "insert"
	Update     Op = "update"
	Upsert     Op = "upsert"
	Delete     Op = "delete"     // into the recycle bin
	HardDelete Op = "hardDelete" // for good; needs the permission BulkApiHardDelete
	Undelete   Op = "undelete"
)

// Batch is a change of records of one object, as asked for from outside. It is held to the rights of the transaction's
// viewer and to every rule.
type Batch struct {
	Op         Op
	Object     *schema.Object
	Patches    []Patch       // of deletions, only Id, Version and UnmodifiedSince count
	By         *schema.Field // the external id by which an upsert finds its record; its value is in the patch
	UpdateOnly bool          // an upsert does not insert
	AllOrNone  bool          // one refused record refuses all
}

// Result is what became of one patch of a batch, in order.
type Result struct {
	Id      schema.Id
	Created bool
	Version int64            // after the change
	Faults  Faults           // why the record was refused; none is success
	Matches *MultipleMatches // when an upsert was refused because its external id is not unique
}

// Apply changes the records of a batch. The refusal of a record is told in its Result, not as an error, and leaves the
// others as they are. With AllOrNone one refusal breaks the transaction, or the [Tx.Try] that it happens in: nothing
// more can be done in it, and it will not be committed.
func (tx *Tx) Apply(b Batch) ([]Result, error) {
	if len(b.Patches) > MaxBatch {
		return nil, fault("LIMIT_EXCEEDED", fmt.Sprintf("A batch holds at most %d records", MaxBatch))
	}
	p := tx.plans[b.Object]
	if p == nil {
		return nil, noSuchObject(b.Object.Name)
	}
	a := &applier{tx: tx, b: b, plan: p, results: make([]Result, len(b.Patches))}
	if refusal := a.allowed(); refusal != nil {
		for i := range a.results {
			a.results[i].Faults = Faults{refusal}
		}
		return a.results, a.settle()
	}
	for _, part := range a.parts() {
		if err := a.part(part); err != nil {
			return nil, err
		}
		if b.AllOrNone && a.failed() {
			break
		}
	}
	return a.results, a.settle()
}

// applier takes one batch through the corridor.
type applier struct {
	tx      *Tx
	b       Batch
	plan    *plan
	results []Result
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
		return a.meet(at)
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
	for _, r := range rows {
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

// rows loads what the chunk's patches are about and lays the patches over it.
func (a *applier) rows(at []int) ([]*row, error) {
	rows := make([]*row, len(at))
	for i, n := range at {
		rows[i] = &row{plan: a.plan, at: n, outside: true}
	}
	if err := a.identify(rows); err != nil {
		return nil, err
	}
	if err := a.loadOld(rows); err != nil {
		return nil, err
	}
	if a.b.Op == Delete || a.b.Op == HardDelete || a.b.Op == Undelete {
		return rows, nil
	}
	links, err := a.findLinks(at)
	if err != nil {
		return nil, err
	}
	empty := a.plan.object.New()
	for _, r := range rows {
		if len(r.faults) == 0 {
			a.lay(r, empty, links)
		}
	}
	return rows, nil
}

// lay makes the new record of r from the old one and its patch.
func (a *applier) lay(r *row, empty any, links map[linkKey]schema.Id) {
	patch := &a.b.Patches[r.at]
	if r.verb == inserting {
		r.old, r.new = empty, a.plan.object.New()
	} else {
		r.old, r.new = schema.Copy(r.base.rec), schema.Copy(r.base.rec)
	}
	for _, v := range patch.Values {
		v.Field.Set(r.new, v.Value)
		r.given = append(r.given, v.Field)
	}
	for _, l := range patch.Links {
		id := links[linkKey{l.To, l.By, l.Value}]
		if id == "" {
			r.faults = append(r.faults, noLinked(l))
			continue
		}
		l.Field.Set(r.new, string(id))
		r.given = append(r.given, l.Field)
	}
	if r.verb == updating {
		r.keepCreateOnly()
	}
}

func noLinked(l Link) *Fault {
	return fault("INVALID_FIELD", fmt.Sprintf("Foreign key external ID: %v not found for field %s in entity %s", l.Value, l.By.Name, l.To.Name), l.Field.Relationship())
}

// keepCreateOnly refuses that a caller changes what is set for good on insert.
func (r *row) keepCreateOnly() {
	var names []string
	for _, f := range r.plan.createOnly {
		if slices.Contains(r.given, f) && !f.Equal(r.base.rec, r.new) {
			names = append(names, f.Name)
		}
	}
	if names != nil {
		r.faults = append(r.faults, notWritable(names...))
	}
}

// precondition holds a record to what the caller saw of it.
func (r *row) precondition(p *Patch) *Fault {
	modified := r.plan.stamp.modified.Get(r.base.rec).(schema.DateTime).Time().Truncate(time.Second)
	switch {
	case p.Version != 0 && p.Version != r.base.version:
		return moved(fmt.Sprintf("The record has version %d, not %d: someone else changed it. Read it again", r.base.version, p.Version))
	case !p.UnmodifiedSince.IsZero() && modified.After(p.UnmodifiedSince):
		return moved(fmt.Sprintf("The record was changed at %s. Read it again", modified.Format(time.RFC3339)))
	}
	return nil
}
