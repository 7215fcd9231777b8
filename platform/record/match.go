package record

import (
	"fmt"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// identify finds out, for each row, whether it is new and which record it is about; the id is kept in r.new until
// loadOld puts a record there.
func (a *applier) identify(rows []*row) error {
	if a.b.Op == Upsert {
		return a.match(rows)
	}
	for _, r := range rows {
		patch := &a.b.Patches[r.at]
		switch {
		case a.b.Op == Insert && patch.Id != "":
			r.faults = append(r.faults, fault("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", "Id"))
		case a.b.Op == Insert:
			r.verb = inserting
		case patch.Id == "":
			r.faults = append(r.faults, fault("MISSING_ARGUMENT", "Id not specified in an update call", "Id"))
		default:
			a.point(r, updating, patch.Id)
		}
	}
	return nil
}

// point makes r be about an existing record.
func (a *applier) point(r *row, v verb, id schema.Id) {
	r.verb, r.new = v, a.plan.object.New()
	a.plan.stamp.id.Set(r.new, string(id))
	if id.Prefix() != a.plan.object.Prefix {
		r.faults = append(r.faults, noSuchRecord())
	}
}

// match finds the records of an upsert by their external ids.
func (a *applier) match(rows []*row) error {
	if a.b.By == nil || a.b.By.Kind == schema.KindId {
		for _, r := range rows {
			if id := a.b.Patches[r.at].Id; id != "" {
				a.point(r, updating, id)
			} else {
				a.insertUnless(r)
			}
		}
		return nil
	}
	found, err := a.tx.byKey(a.plan, a.b.By, a.keys(rows), a.tx.Viewer())
	if err != nil {
		return err
	}
	for _, r := range rows {
		v, ok := a.b.Patches[r.at].value(a.b.By)
		ids := found[a.tx.foldKey(a.b.By, v)]
		switch {
		case a.b.Patches[r.at].Id != "":
			r.faults = append(r.faults, fault("INVALID_FIELD", "The Id field should not be specified in the sobject data.", "Id"))
		case !ok || schema.IsNull(v):
			r.faults = append(r.faults, fault("MISSING_ARGUMENT", a.b.By.Name+" not specified", a.b.By.Name))
		case len(ids) == 0:
			a.insertUnless(r)
		case len(ids) == 1:
			a.point(r, updating, ids[0])
		default:
			m := &MultipleMatches{a.b.By, ids}
			a.results[r.at].Matches = m
			r.faults = append(r.faults, fault("DUPLICATE_EXTERNAL_ID", m.Error(), a.b.By.Name))
		}
	}
	return nil
}

// insertUnless makes r an insert, which an upsert may have been told not to do.
func (a *applier) insertUnless(r *row) {
	r.verb = inserting
	if a.b.UpdateOnly {
		r.faults = append(r.faults, fault("NOT_FOUND", "Provided external ID field does not exist or is not accessible: "+a.byName(), a.byName()))
	}
}

func (a *applier) byName() string {
	if a.b.By == nil {
		return "Id"
	}
	return a.b.By.Name
}

func (a *applier) keys(rows []*row) []any {
	var keys []any
	for _, r := range rows {
		if v, ok := a.b.Patches[r.at].value(a.b.By); ok && !schema.IsNull(v) {
			keys = append(keys, v)
		}
	}
	return keys
}

// foldKey makes values of an external id comparable as the database compares them.
func (tx *Tx) foldKey(f *schema.Field, v any) any {
	if s, ok := v.(string); ok && !f.CaseSensitive {
		return store.Fold(s)
	}
	return v
}

// byKey returns the ids of the records that have the given values in f, those that v can see, by folded value.
func (tx *Tx) byKey(p *plan, f *schema.Field, values []any, v access.Viewer) (map[any][]schema.Id, error) {
	found := map[any][]schema.Id{}
	var ids []schema.Id
	for len(values) > 0 {
		n := min(len(values), maxIds)
		hits, err := tx.haveValue(p, f, values[:n])
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			found[tx.foldKey(f, h.value)] = append(found[tx.foldKey(f, h.value)], h.id)
			ids = append(ids, h.id)
		}
		values = values[n:]
	}
	seen, err := tx.within(p, ids, v, access.ReadLevel)
	if err != nil || seen == nil {
		return found, err
	}
	for key, ids := range found {
		found[key] = only(ids, seen)
	}
	return found, nil
}

func only(ids []schema.Id, seen map[schema.Id]bool) []schema.Id {
	var left []schema.Id
	for _, id := range ids {
		if seen[id] {
			left = append(left, id)
		}
	}
	return left
}

// hit is a record that has a value in some field.
type hit struct {
	id    schema.Id
	value any
}

// haveValue returns the undeleted records that have one of at most maxIds values in f.
func (tx *Tx) haveValue(p *plan, f *schema.Field, values []any) ([]hit, error) {
	column := store.Quote(f.Name)
	compared, fold := column, f.Kind.Store() == schema.StoreText && !f.CaseSensitive
	if fold {
		compared = tx.db.Dialect().Fold(column)
	}
	args := make([]any, padded(len(values)))
	for i := range args {
		v := values[min(i, len(values)-1)]
		if s, ok := v.(string); ok && fold {
			args[i] = store.Fold(s)
			continue
		}
		x, err := f.Column(v)
		if err != nil {
			return nil, outOfRange(f, fmt.Sprint(v))
		}
		args[i] = x
	}
	rows, err := tx.db.Query(`SELECT "Id", `+column+" FROM "+p.table+" WHERE "+compared+" IN "+marks(len(values))+` AND "IsDeleted" = `+tx.db.Dialect().Bool(false)+` ORDER BY "Id"`, args...)
	if err != nil {
		return nil, fmt.Errorf("look for %s.%s: %w", p.object.Name, f.Name, err)
	}
	defer rows.Close()
	var hits []hit
	for rows.Next() {
		var id string
		var raw any
		if err := rows.Scan(&id, &raw); err != nil {
			return nil, err
		}
		v, err := f.FromColumn(raw)
		if err != nil {
			return nil, err
		}
		hits = append(hits, hit{schema.Id(id), v})
	}
	return hits, rows.Err()
}

// linkKey names a record by an external id.
type linkKey struct {
	to    *schema.Object
	by    *schema.Field
	value any
}

// findLinks finds the parents that the chunk's patches name by external ids; one query for each kind of name.
func (a *applier) findLinks(at []int) (map[linkKey]schema.Id, error) {
	type group struct {
		to *schema.Object
		by *schema.Field
	}
	values := map[group][]any{}
	for _, i := range at {
		for _, l := range a.b.Patches[i].Links {
			values[group{l.To, l.By}] = append(values[group{l.To, l.By}], l.Value)
		}
	}
	links := map[linkKey]schema.Id{}
	for g, vs := range values {
		p := a.tx.plans[g.to]
		if p == nil {
			continue
		}
		found, err := a.tx.byKey(p, g.by, vs, a.tx.Viewer())
		if err != nil {
			return nil, err
		}
		for _, v := range vs {
			if ids := found[a.tx.foldKey(g.by, v)]; len(ids) == 1 {
				links[linkKey{g.to, g.by, v}] = ids[0]
			}
		}
	}
	return links, nil
}

// loadOld locks and loads the records that exist, and holds each to the viewer's rights and the caller's preconditions.
func (a *applier) loadOld(rows []*row) error {
	var ids []schema.Id
	for _, r := range rows {
		if r.verb != inserting && len(r.faults) == 0 {
			ids = append(ids, r.id())
		}
	}
	if len(ids) == 0 {
		return nil
	}
	if err := a.tx.lock(a.plan, ids, a.b.Op != Update && a.b.Op != Upsert); err != nil {
		return err
	}
	seen, err := a.tx.within(a.plan, ids, a.tx.Viewer(), access.ReadLevel)
	if err != nil {
		return err
	}
	open, err := a.tx.within(a.plan, ids, a.tx.Viewer(), a.level())
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.verb == inserting || len(r.faults) > 0 {
			continue
		}
		r.base = a.tx.cache[r.id()]
		if f := a.openTo(r, seen, open); f != nil {
			r.faults = append(r.faults, f)
			r.base = nil
		}
	}
	return a.transfers(rows)
}

// level returns what the viewer wants to do with a record.
func (a *applier) level() access.Level {
	if a.b.Op == Update || a.b.Op == Upsert {
		return access.EditLevel
	}
	return access.DeleteLevel
}

// openTo returns why r is not open to the viewer, or nil. A record that can't be seen is one that does not exist.
func (a *applier) openTo(r *row, seen, open map[schema.Id]bool) *Fault {
	id := r.id()
	switch deleted := r.base != nil && a.plan.isDeleted(r.base.rec); {
	case r.base == nil, seen != nil && !seen[id]:
		return noSuchRecord()
	case deleted && a.b.Op != Undelete && a.b.Op != HardDelete:
		return isDeleted()
	case !deleted && a.b.Op == Undelete:
		return fault("UNDELETE_FAILED", "Entity is not in the recycle bin")
	case open != nil && !open[id]:
		return noAccess()
	}
	return r.precondition(&a.b.Patches[r.at])
}

// transfers holds changes of the owner to the right to transfer.
func (a *applier) transfers(rows []*row) error {
	if a.plan.owner == nil || a.b.Op != Update && a.b.Op != Upsert {
		return nil
	}
	var ids []schema.Id
	var moving []*row
	for _, r := range rows {
		if r.base == nil {
			continue
		}
		if v, ok := a.b.Patches[r.at].value(a.plan.owner); ok && v != a.plan.owner.Text(r.base.rec) {
			ids, moving = append(ids, r.id()), append(moving, r)
		}
	}
	open, err := a.tx.within(a.plan, ids, a.tx.Viewer(), access.TransferLevel)
	if err != nil || open == nil {
		return err
	}
	for _, r := range moving {
		if !open[r.id()] {
			r.faults = append(r.faults, noAccess())
		}
	}
	return nil
}
