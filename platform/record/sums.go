package record

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"truckroll/platform/formula"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// summary is a roll-up summary field of a parent, seen from the child.
type summary struct {
	field  *schema.Field // of the parent
	via    *schema.Field // the child's reference to the parent
	of     *schema.Field // of the child that is summed up; nil counts
	filter *formula.Formula
}

// sumKey names the roll-up summary of one parent.
type sumKey struct {
	sum    *summary
	parent schema.Id
}

// summaries returns the roll-up summaries over records of o.
func summaries(c *schema.Catalog, o *schema.Object) ([]*summary, error) {
	var all []*summary
	for _, parent := range c.Objects {
		for _, f := range parent.Fields {
			if f.RollUp == nil || c.Object(f.RollUp.Child) != o {
				continue
			}
			s, err := newSummary(c, o, parent, f)
			if err != nil {
				return nil, fmt.Errorf("the roll-up summary %s.%s: %w", parent.Name, f.Name, err)
			}
			all = append(all, s)
		}
	}
	return all, nil
}

func newSummary(c *schema.Catalog, o, parent *schema.Object, f *schema.Field) (*summary, error) {
	s := &summary{field: f, via: o.Field(f.RollUp.Via)}
	if s.via == nil || !refersTo(s.via, parent) {
		return nil, fmt.Errorf("%s.%s does not lead to %s", o.Name, f.RollUp.Via, parent.Name)
	}
	if !slices.Contains([]string{"COUNT", "SUM", "MIN", "MAX"}, f.RollUp.Function) {
		return nil, fmt.Errorf("there is no function %s: choose COUNT, SUM, MIN or MAX", f.RollUp.Function)
	}
	if f.RollUp.Function != "COUNT" {
		if s.of = o.Field(f.RollUp.Field); s.of == nil || !s.of.Stored() {
			return nil, fmt.Errorf("%s has no field %s that is kept", o.Name, f.RollUp.Field)
		}
	}
	if f.RollUp.Filter == "" {
		return s, nil
	}
	filter, err := formula.Parse(f.RollUp.Filter, names{c, o}, formula.Options{BlankAsZero: true}, formula.TypeBoolean)
	if err != nil {
		return nil, err
	}
	for _, x := range filter.Fields {
		if r := x.Key.(route); r.ofUser || len(r.steps) > 0 || !r.field.Stored() {
			return nil, fmt.Errorf("the filter may only use stored fields of %s, not %s", o.Name, x.Path)
		}
	}
	s.filter = filter
	return s, filter.InSQL()
}

// outdate notes which roll-up summaries a written row has made wrong.
func (tx *Tx) outdate(r *row) {
	for _, s := range r.plan.summed {
		for _, rec := range []any{r.old, r.new} {
			if id := schema.Id(s.via.Text(rec)); id != "" && tx.isOf(id, s.field.Object) {
				if tx.sums == nil {
					tx.sums = map[sumKey]bool{}
				}
				tx.sums[sumKey{s, id}] = true
			}
		}
	}
}

// isOf reports whether id is that of a record of the named object: a reference to several objects is summed up on each.
func (tx *Tx) isOf(id schema.Id, object string) bool {
	p := tx.planById(id)
	return p != nil && p.object.Name == object
}

// summarise brings roll-up summaries up to date, once the outermost save has done everything else. The parents go
// through the corridor as any record does, and may have summaries of their own above them.
func (tx *Tx) summarise() error {
	if len(tx.trail) > 0 {
		return nil
	}
	for round := 0; len(tx.sums) > 0; round++ {
		if round == maxDepth {
			return fault("LIMIT_EXCEEDED", "Roll-up summaries set off each other without end")
		}
		stale := tx.sums
		tx.sums = nil
		if err := tx.sumUp(stale); err != nil {
			return err
		}
	}
	return nil
}

// sumUp computes stale summaries and saves the parents whose values changed.
func (tx *Tx) sumUp(stale map[sumKey]bool) error {
	parents := map[*plan]map[schema.Id][]*summary{}
	for key := range stale {
		p := tx.planById(key.parent)
		if p == nil {
			continue
		}
		if parents[p] == nil {
			parents[p] = map[schema.Id][]*summary{}
		}
		parents[p][key.parent] = append(parents[p][key.parent], key.sum)
	}
	plans := slices.SortedFunc(maps.Keys(parents), func(a, b *plan) int { return strings.Compare(a.object.Name, b.object.Name) })
	for _, p := range plans { // in one order everywhere, so that transactions do not lock each other out
		sums := parents[p]
		var ids []schema.Id
		for id := range sums {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for part := range slices.Chunk(ids, maxIds) {
			if err := tx.sumPart(p, part, sums); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) sumPart(p *plan, ids []schema.Id, sums map[schema.Id][]*summary) error {
	// The parents are locked before their children are counted: whoever comes second counts the first one's too.
	if err := tx.lock(p, ids, false); err != nil {
		return err
	}
	byId := map[schema.Id]*row{}
	var rows []*row
	bySum := map[*summary][]schema.Id{}
	for _, id := range ids {
		c := tx.cache[id]
		if c == nil || p.isDeleted(c.rec) {
			continue
		}
		r := &row{plan: p, verb: updating, base: c, old: schema.Copy(c.rec), new: schema.Copy(c.rec)}
		byId[id], rows = r, append(rows, r)
		for _, s := range sums[id] {
			bySum[s] = append(bySum[s], id)
		}
	}
	for s, ids := range bySum {
		if err := tx.compute(s, ids, byId); err != nil {
			return err
		}
	}
	rows = slices.DeleteFunc(rows, func(r *row) bool { return len(p.changed(r.base.rec, r.new)) == 0 })
	if len(rows) == 0 {
		return nil
	}
	if err := tx.pass(p, rows, true); err != nil {
		return err
	}
	for _, r := range rows {
		if err := r.faults.err(); err != nil {
			return err
		}
	}
	return nil
}

// compute sets a summary of some parents.
func (tx *Tx) compute(s *summary, ids []schema.Id, rows map[schema.Id]*row) error {
	none := s.field.Zero()
	if s.field.RollUp.Function == "COUNT" || s.field.RollUp.Function == "SUM" {
		none = s.number(0)
	}
	for _, id := range ids {
		s.field.Set(rows[id].new, none)
	}
	text, err := tx.sumText(s, len(ids))
	if err != nil {
		return err
	}
	found, err := tx.db.Query(text, idArgs(ids)...)
	if err != nil {
		return fmt.Errorf("sum up %s.%s: %w", s.field.Object, s.field.Name, err)
	}
	defer found.Close()
	for found.Next() {
		var id schema.Id
		var raw any
		if err := found.Scan(&id, &raw); err != nil {
			return err
		}
		if raw == nil {
			continue
		}
		x, err := s.value(raw)
		if err != nil {
			return err
		}
		s.field.Set(rows[id].new, x)
	}
	return found.Err()
}

// sumText returns the statement that computes a summary of n parents.
func (tx *Tx) sumText(s *summary, n int) (string, error) {
	via := store.Quote(s.via.Name)
	value := "COUNT(*)"
	if s.of != nil {
		value = s.field.RollUp.Function + "(" + store.Quote(s.of.Name) + ")"
		if s.field.RollUp.Function == "SUM" {
			value = "CAST(" + value + " AS BIGINT)"
		}
	}
	where := via + " IN " + marks(n) + ` AND "IsDeleted" = ` + tx.db.Dialect().Bool(false)
	if s.filter != nil {
		target := formula.Target{Dialect: formula.SQLite, Now: tx.zoned(), Column: func(f *formula.Field) formula.Column {
			return formula.Column{SQL: store.Quote(f.Key.(route).field.Name)}
		}}
		if tx.db.Dialect().Name() == "postgres" {
			target.Dialect = formula.PostgreSQL
		}
		filter, err := s.filter.SQL(target, 0)
		if err != nil {
			return "", fmt.Errorf("the filter of %s.%s: %w", s.field.Object, s.field.Name, err)
		}
		where += " AND (" + filter + ")"
	}
	return "SELECT " + via + ", " + value + " FROM " + store.Quote(s.via.Object) + " WHERE " + where + " GROUP BY " + via, nil
}

// number returns a count, or a sum of units, in the form in which the summary is kept.
func (s *summary) number(units int64) any {
	scale := 0
	if s.of != nil && s.of.Kind.Store() == schema.StoreDecimal {
		scale = s.of.Scale
	}
	if s.field.Kind.Store() == schema.StoreInt {
		return schema.NewInt(schema.Dec(units, scale).Round(0).Int64())
	}
	return schema.Dec(units, scale)
}

// value returns what the database computed in the form in which the summary is kept.
func (s *summary) value(raw any) (any, error) {
	n, isInt := raw.(int64)
	numeric := s.of == nil || s.of.Kind.Store() == schema.StoreInt || s.of.Kind.Store() == schema.StoreDecimal
	if numeric && isInt {
		return s.number(n), nil
	}
	return s.field.FromColumn(raw)
}
