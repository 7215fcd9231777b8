package record

import (
	"fmt"
	"math"
	"slices"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// within returns which of the records with the given ids are open to v at level l, deleted ones too; nil means all.
func (tx *Tx) within(p *plan, ids []schema.Id, v access.Viewer, l access.Level) (map[schema.Id]bool, error) {
	if len(ids) == 0 || v.Scope(p.object, l) == nil {
		return nil, nil
	}
	open := make(map[schema.Id]bool, len(ids))
	for part := range slices.Chunk(ids, maxIds) {
		found, err := tx.ids(selectIds(p.object, &soql.In{Left: path("Id"), Values: literals(part)}), v, query.Options{Now: tx.now, Level: l, Deleted: true})
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			open[id] = true
		}
	}
	return open, nil
}

// mayAdd refuses new records that an outside caller added to a master which is not open to them for changes: records
// without an owner are shared as their master is, so that the question is whether the caller could edit them.
func (tx *Tx) mayAdd(p *plan, rows []*row) error {
	if !p.object.Detail {
		return nil
	}
	var ids []schema.Id
	for _, r := range rows {
		if r.outside && r.verb == inserting {
			ids = append(ids, r.id())
		}
	}
	open, err := tx.within(p, ids, tx.Viewer(), access.EditLevel)
	if err != nil || open == nil {
		return err
	}
	for _, r := range rows {
		if r.outside && r.verb == inserting && !open[r.id()] {
			r.faults, r.late = append(r.faults, noAccessAcross()), true
			tx.breakUp(r.faults.err())
		}
	}
	return nil
}

// selectIds returns SELECT Id FROM o WHERE where.
func selectIds(o *schema.Object, where soql.Expr) *soql.Query {
	return &soql.Query{
		Select: []soql.SelectItem{&soql.SelectTerm{Term: path("Id")}},
		From:   soql.From{Object: path(o.Name)},
		Where:  where,
	}
}

func path(name string) *soql.Path { return &soql.Path{Parts: []soql.Name{{Text: name}}} }

func literals(ids []schema.Id) []soql.Literal {
	all := make([]soql.Literal, len(ids))
	for i, id := range ids {
		all[i] = &soql.String{Value: string(id)}
	}
	return all
}

// ids returns the ids that a query for them finds, in its order.
func (s *session) ids(q *soql.Query, v access.Viewer, o query.Options) ([]schema.Id, error) {
	st, err := query.Resolve(q, s.catalog, v, o)
	if err != nil {
		return nil, err
	}
	most := math.MaxInt32
	if q.Limit != nil {
		most = q.Limit.N
	}
	text, args := st.SQL(s.db.Dialect(), most)
	rows, err := s.db.Query(text, args...)
	if err != nil {
		return nil, fmt.Errorf("find records: %w", err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var id string
	dest := []any{&id} // and the sort keys, which nobody needs
	for range columns[1:] {
		dest = append(dest, new(any))
	}
	var found []schema.Id
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		found = append(found, schema.Id(id))
	}
	return found, rows.Err()
}
