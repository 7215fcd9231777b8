package query

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Compile reads a query as the viewer may ask it. A mistake of grammar, an unknown name and a name that the viewer may
// not read are a *schema.Fault.
func Compile(text string, c *schema.Catalog, v access.Viewer, o Options) (*Statement, error) {
	q, err := soql.Parse(text)
	if err != nil {
		return nil, malformed(CodeMalformed, err)
	}
	return Resolve(q, c, v, o)
}

// Resolve checks a query against the catalogue as the viewer sees it.
func Resolve(q *soql.Query, c *schema.Catalog, v access.Viewer, o Options) (*Statement, error) {
	r := &resolver{catalog: c, viewer: v, options: o, text: q.Text}
	return r.statement(q)
}

// resolver holds what all parts of one query share.
type resolver struct {
	catalog *schema.Catalog
	viewer  access.Viewer
	options Options
	text    string // of the whole query; "" when it was not written by anyone
	aliases int
	values  int
	subs    int

	formulas int                // formula fields that are being resolved, one within the other
	houses   map[*target]*place // from which formulas look around

	fault error // the first that could not be returned at once
}

func (r *resolver) alias() string { r.aliases++; return "t" + strconv.Itoa(r.aliases-1) }

func (r *resolver) fail(err error) {
	if r.fault == nil {
		r.fault = err
	}
}

// object returns the named object as far as v may read it, or nil.
func (r *resolver) object(name string, v access.Viewer) *schema.Object {
	o := r.catalog.Object(name)
	if o == nil && r.options.Virtual != nil {
		o = r.options.Virtual.Virtual(name)
	}
	if o == nil || !v.Object(o).Has(access.Read) {
		return nil
	}
	return o
}

// scope is what the names within one SELECT mean.
type scope struct {
	*resolver
	sel   *selection
	root  *place
	named map[string]*place // by lower-case alias
	given map[string]value  // what the field list gives a name, by lower-case name
}

// selection begins a SELECT from o, read with the eyes of v. It shares the alias of like when that is given.
func (r *resolver) selection(o *schema.Object, v access.Viewer, like *target) *scope {
	sel := &selection{limit: -1}
	root := &place{sel: sel, viewer: v, parents: map[string]*place{}}
	t := &target{object: o, place: root}
	if like != nil {
		t.alias = like.alias
	} else {
		t.alias = r.alias()
	}
	t.source = r.source(o, v)
	root.targets, sel.root = []*target{t}, t
	return &scope{resolver: r, sel: sel, root: root, named: map[string]*place{}, given: map[string]value{}}
}

// source is what a virtual object is read from; nil for an object with a table.
func (r *resolver) source(o *schema.Object, v access.Viewer) *source {
	if r.options.Virtual == nil {
		return nil
	}
	if sql, args, ok := r.options.Virtual.Source(o, v); ok {
		return &source{sql, args}
	}
	return nil
}

// visible is what a record of the root must meet to be there for v: shared with v, and not deleted.
func (s *scope) visible(v access.Viewer, l access.Level) cond {
	o := s.root.targets[0].object
	var terms []cond
	if f := o.Field("IsDeleted"); f != nil && !s.options.Deleted {
		terms = append(terms, &flagged{&column{s.root.targets[0], f}, false})
	}
	if shared := v.Scope(o, l); shared != nil {
		subs, values := s.subs, s.values
		s.subs, s.values = math.MinInt, math.MinInt // limits are for what callers write
		c, err := s.house().cond(shared)
		s.subs, s.values = subs, values
		if err != nil {
			s.fail(fmt.Errorf("the scope of %s: %v", o.Name, err))
			return nil
		}
		terms = append(terms, c)
	}
	return all(terms...)
}

// house is s for the house's own conditions, which may read every field of every record. Its parents are joined apart.
func (s *scope) house() *scope {
	if _, ok := s.root.viewer.(access.Everything); ok {
		return s
	}
	root := &place{sel: s.sel, viewer: access.Everything{}, targets: s.root.targets, parents: map[string]*place{}}
	return &scope{resolver: s.resolver, sel: s.sel, root: root, named: map[string]*place{}, given: map[string]value{}}
}

// from resolves the FROM clause of an outermost query or a sub-select.
func (r *resolver) from(f soql.From, v access.Viewer) (*scope, error) {
	name := f.Object.Last()
	o := r.object(name.Text, v)
	if o == nil || len(f.Object.Parts) > 1 {
		return nil, r.noObject(f.Object.Parts[0])
	}
	s := r.selection(o, v, nil)
	return s, s.names(f)
}

// names enters the names that paths may begin with.
func (s *scope) names(f soql.From) error {
	o := s.root.targets[0].object
	if o.Reference(o.Name) == nil {
		s.named[strings.ToLower(o.Name)] = s.root
	}
	if f.Alias.Text != "" {
		s.named[strings.ToLower(f.Alias.Text)] = s.root
	}
	for _, m := range f.More {
		p, last, err := s.walk(m.Path)
		if err != nil {
			return err
		}
		q, err := s.parent(p, last)
		if err != nil {
			return err
		}
		if m.Alias.Text != "" {
			s.named[strings.ToLower(m.Alias.Text)] = q
		}
	}
	return nil
}

// where resolves the conditions of q and adds what makes rows visible.
func (s *scope) where(q *soql.Query, v access.Viewer, l access.Level) error {
	seen := s.visible(v, l)
	using, err := s.using(q.Scope)
	if err != nil {
		return err
	}
	var asked cond
	if q.Where != nil {
		if asked, err = s.cond(q.Where); err != nil {
			return err
		}
	}
	s.sel.where = all(seen, using, asked)
	for _, j := range s.sel.joins {
		j.filtered = true
	}
	return s.fault
}
