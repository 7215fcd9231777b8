package record

import (
	"slices"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// FindBy returns the undeleted records of T whose named field refers to id, ordered by id. While a batch is on its way
// through the rules, one query looks for the records of all of the batch.
func FindBy[T any](r Reader, field string, id schema.Id) ([]*T, error) {
	s := r.reader()
	p, err := s.planOf(new(T))
	if err != nil {
		return nil, err
	}
	f := p.object.Field(field)
	if f == nil || f.Kind != schema.KindReference {
		return nil, noSuchField(p.object, field)
	}
	if id == "" {
		return nil, nil
	}
	found, err := s.list(p, f, id)
	if err != nil {
		return nil, err
	}
	recs := make([]*T, len(found))
	for i, c := range found {
		recs[i] = s.hand(c).(*T)
	}
	return recs, nil
}

// list returns the records that refer to id by f.
func (s *session) list(p *plan, f *schema.Field, id schema.Id) ([]*stored, error) {
	if found, ok := s.lists[listKey{f, id}]; ok {
		return found, nil
	}
	ids := s.alsoListed(f, id)
	if s.lists == nil {
		s.lists, s.listed = map[listKey][]*stored{}, map[*plan][]*schema.Field{}
	}
	if !slices.Contains(s.listed[p], f) {
		s.listed[p] = append(s.listed[p], f)
	}
	for part := range slices.Chunk(ids, maxIds) {
		for _, id := range part {
			s.lists[listKey{f, id}] = nil
		}
		column := store.Quote(f.Name)
		found, err := s.selectRows(p, column+" IN "+marks(len(part))+` AND "IsDeleted" = `+s.db.Dialect().Bool(false), idArgs(part), ` ORDER BY "Id"`)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			key := listKey{f, schema.Id(f.Text(c.rec))}
			s.lists[key] = append(s.lists[key], s.known(c))
		}
	}
	return s.lists[listKey{f, id}], nil
}

// known returns what the cache holds of a record that was read again, or takes it into the cache.
func (s *session) known(c *stored) *stored {
	if old := s.cache[c.plan.id(c.rec)]; old != nil && old.version == c.version {
		return old
	}
	s.keep(c)
	return c
}

// alsoListed returns id and the other ids that the running batches will ask for after it.
func (s *session) alsoListed(f *schema.Field, id schema.Id) []schema.Id {
	ids := []schema.Id{id}
	taken := map[schema.Id]bool{id: true}
	add := func(other schema.Id) {
		if other == "" || taken[other] {
			return
		}
		taken[other] = true
		if _, known := s.lists[listKey{f, other}]; !known {
			ids = append(ids, other)
		}
	}
	for _, fr := range s.frames {
		own := refersTo(f, fr.plan.object)
		for _, r := range fr.rows {
			if own {
				add(r.id())
			}
			for _, g := range fr.plan.references {
				if sameTarget(f, g) {
					add(schema.Id(g.Text(r.new)))
				}
			}
		}
	}
	return ids
}

// sameTarget reports whether f and g may lead to records of one object.
func sameTarget(f, g *schema.Field) bool {
	return slices.ContainsFunc(f.To, func(to string) bool { return slices.Contains(g.To, to) })
}

// forgetLists drops the lists of FindBy and Every that a written row is, or was, a part of.
func (s *session) forgetLists(r *row) {
	delete(s.lists, listKey{r.plan.stamp.id, ""})
	for _, f := range s.listed[r.plan] {
		delete(s.lists, listKey{f, schema.Id(f.Text(r.new))})
		if r.base != nil {
			delete(s.lists, listKey{f, schema.Id(f.Text(r.base.rec))})
		}
	}
}
