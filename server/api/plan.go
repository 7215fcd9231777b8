package api

import (
	"slices"
	"strings"
	"sync"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
)

// plans keeps the resolved queries by which single records are read. What a viewer may see is a new value whenever
// their rights change, so that a plan never outlives the rights it was made by.
type plans struct {
	mu   sync.Mutex
	kept map[planKey]*query.Statement
}

type planKey struct {
	catalog *schema.Catalog
	viewer  access.Viewer
	object  string
	fields  string
}

// mostPlans is how many are kept: all objects for some dozens of users. Beyond that all are forgotten, those of
// yesterday's rights with them.
const mostPlans = 4096

// plan returns the query for the named fields of an object's records. One with formulas is resolved each time, because
// a formula may ask for the time.
func (s *Server) plan(c *call, o *schema.Object, names []string) (*query.Statement, error) {
	key := planKey{s.catalog(c), c.viewer, o.Name, strings.Join(names, ", ")}
	s.plans.mu.Lock()
	st := s.plans.kept[key]
	s.plans.mu.Unlock()
	if st != nil {
		return st, nil
	}
	st, err := query.Compile("SELECT "+key.fields+" FROM "+o.Name, key.catalog, key.viewer, s.queryOptions(false))
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(o.Fields, func(f *schema.Field) bool { return f.Formula != "" }) {
		return st, nil
	}
	s.plans.mu.Lock()
	defer s.plans.mu.Unlock()
	if s.plans.kept == nil || len(s.plans.kept) >= mostPlans {
		s.plans.kept = map[planKey]*query.Statement{}
	}
	s.plans.kept[key] = st
	return st, nil
}
