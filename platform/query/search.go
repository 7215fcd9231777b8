package query

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// Found is the answer to a search: records of several objects, in the order in which these were asked for, and within
// an object, unless the search says otherwise, the most relevant first. How relevant a record is depends on all others,
// so that a viewer who may not see them all gets the newest first.
type Found struct {
	base string
	sets []foundSet
}

// foundSet is what was found of one object.
type foundSet struct {
	st   *Statement
	rows [][]any
}

const (
	maxFound   = 2000    // records in an answer
	firstHits  = 2000    // hits asked of the index at first
	maxHits    = 500_000 // hits looked through for those that the viewer may see
	hitChunk   = 500     // records read at once
	maxSorted  = 20_000  // hits that are sorted by a field
	leastRunes = 2       // characters of a word that is searched
)

// Search answers a search, a.Text, in SOSL. A record is found by what the viewer may read of it, and shown as far as
// they may see it.
func (e *Engine) Search(ctx context.Context, a Ask) (*Found, error) {
	s, err := soql.ParseSearch(a.Text)
	if err != nil {
		return nil, malformed(CodeSearch, err)
	}
	return e.SearchTree(ctx, s, a)
}

// SearchTree answers a search that has been read or put together. Without objects all are searched that the viewer may
// read.
func (e *Engine) SearchTree(ctx context.Context, s *soql.Search, a Ask) (*Found, error) {
	m, err := match(s.Text, s.Find)
	if err != nil {
		return nil, err
	}
	f := &finding{match: m, scope: scopes[s.In], left: maxFound}
	if s.Limit != nil {
		f.left = min(f.left, s.Limit.N)
	}
	if err := f.resolve(s, a, e.options(a)); err != nil {
		return nil, err
	}
	found := &Found{base: a.Base}
	err = e.view(ctx, a, func(tx *store.Tx) error {
		for i := range f.wanted {
			set, err := f.find(tx, &f.wanted[i])
			if err != nil {
				return err
			}
			found.sets = append(found.sets, set)
			f.left -= len(set.rows)
		}
		return nil
	})
	return found, err
}

// scopes are the kinds of text that a search looks at.
var scopes = map[soql.Group]store.Scope{
	soql.GroupName: store.InName, soql.GroupEmail: store.InEmail, soql.GroupPhone: store.InPhone,
	soql.GroupSidebar: store.InName | store.InEmail | store.InPhone,
}

// match turns what is searched for into what the index understands.
func match(text string, f soql.Find) (store.Match, error) {
	switch f := f.(type) {
	case *soql.FindAll:
		parts, err := allMatches(text, f.Terms)
		return store.All(parts), err
	case *soql.FindAny:
		parts, err := allMatches(text, f.Terms)
		return store.Any(parts), err
	case *soql.FindNot:
		parts, err := allMatches(text, []soql.Find{f.Keep, f.Drop})
		if err != nil {
			return nil, err
		}
		return store.Not{Keep: parts[0], Drop: parts[1]}, nil
	case *soql.FindPhrase:
		return store.Phrase(strings.Join(f.Words, " ")), nil
	case *soql.FindWord:
		if letters := strings.NewReplacer("*", "", "?", "", `\`, "").Replace(f.Pattern); utf8.RuneCountInString(letters) < leastRunes {
			r := &resolver{text: text}
			return nil, r.at(f.Pos, CodeSearch, "search term must be longer than one character: %s", f.Pattern)
		}
		return store.Phrase(f.Pattern), nil
	}
	return store.Any{}, nil
}

func allMatches(text string, terms []soql.Find) ([]store.Match, error) {
	parts := make([]store.Match, 0, len(terms))
	for _, t := range terms {
		m, err := match(text, t)
		if err != nil {
			return nil, err
		}
		parts = append(parts, m)
	}
	return parts, nil
}

// finding is a search that is being answered.
type finding struct {
	match  store.Match
	scope  store.Scope
	wanted []wanted
	left   int // records that still fit into the answer
}

// wanted is an object of a search.
type wanted struct {
	st     *Statement
	sorted bool
	id     *column
	newest bool     // first, because relevance would tell of records that the viewer may not see
	judged []judged // what a record is found by; nil when the index may be trusted: the viewer reads all of it
}

// judged is a field by which records are found, and where it is in a row.
type judged struct {
	field *schema.Field
	col   int
}

// resolve resolves what is wanted of each object.
func (f *finding) resolve(s *soql.Search, a Ask, o Options) error {
	returning := s.Returning
	if returning == nil {
		for _, object := range a.Catalog.Objects {
			if object.Searchable && a.Viewer.Object(object).Has(access.Read) {
				returning = append(returning, soql.Return{Object: soql.Name{Text: object.Name}})
			}
		}
	}
	for _, ret := range returning {
		r := &resolver{catalog: a.Catalog, viewer: a.Viewer, options: o, text: s.Text}
		w, err := r.wanted(ret)
		if err != nil {
			return err
		}
		f.wanted = append(f.wanted, w)
	}
	return nil
}

// wanted resolves one object of RETURNING, which is a query without FROM.
func (r *resolver) wanted(ret soql.Return) (wanted, error) {
	if ret.ListView.Text != "" {
		return wanted{}, r.at(ret.ListView.Pos, CodeField, "A search is not narrowed by list views: use WHERE.")
	}
	q := &soql.Query{Pos: ret.Object.Pos, Text: r.text, Select: ret.Select, From: soql.From{Object: &soql.Path{Parts: []soql.Name{ret.Object}}},
		Where: ret.Where, Order: ret.Order, Limit: ret.Limit, Offset: ret.Offset}
	if q.Select == nil {
		q.Select = []soql.SelectItem{&soql.SelectTerm{Term: name("Id")}}
	}
	st, err := r.statement(q)
	switch {
	case err != nil:
		return wanted{}, err
	case st.counting || st.grouped || len(st.set.children) > 0:
		return wanted{}, r.at(ret.Object.Pos, CodeSearch, "A search returns fields of records, without aggregates and sub-queries.")
	case !st.Object.Searchable:
		return wanted{}, r.at(ret.Object.Pos, CodeType, "entity type %s does not support search", st.Object.Name)
	}
	w := wanted{st: st, sorted: ret.Order != nil, id: &column{st.set.sel.root, st.Object.Field("Id")}}
	w.judge(r.viewer)
	w.newest = !w.sorted && (w.judged != nil || r.viewer.Scope(st.Object, access.ReadLevel) != nil)
	return w, nil
}

// judge adds the texts that a record is found by to what is read, when the viewer may not read some of them.
func (w *wanted) judge(v access.Viewer) {
	all := true
	var judges []judged
	for _, f := range w.st.Object.Fields {
		if !f.Stored() || f.Hidden || w.kindOf(f) == 0 {
			continue
		}
		if !v.Reads(w.st.Object, f) {
			all = false
			continue
		}
		judges = append(judges, judged{field: f})
	}
	if all {
		return
	}
	for i, j := range judges {
		judges[i].col = w.st.set.sel.col(&column{w.st.set.sel.root, j.field})
	}
	w.judged = judges
}

// kindOf is the kind of text that a record is found by a field as; 0 when it is not found by it.
func (*wanted) kindOf(f *schema.Field) store.Scope {
	switch {
	case f.NameField && f.Kind.Store() == schema.StoreText:
		return store.InName
	case f.Kind == schema.KindEmail:
		return store.InEmail
	case f.Kind == schema.KindPhone:
		return store.InPhone
	case f.Kind == schema.KindText, f.Kind == schema.KindLongText, f.Kind == schema.KindURL:
		return store.InText
	}
	return 0
}

// holds reports whether a row is found by what the viewer may read of it.
func (w *wanted) holds(m store.Match, scope store.Scope, row []any) bool {
	if w.judged == nil {
		return true
	}
	var d store.Document
	for _, j := range w.judged {
		s, ok := row[j.col].(string)
		if !ok {
			continue
		}
		switch w.kindOf(j.field) {
		case store.InName:
			d.Name = append(d.Name, s)
		case store.InEmail:
			d.Email = append(d.Email, s)
		case store.InPhone:
			d.Phone = append(d.Phone, s)
		default:
			d.Text = append(d.Text, s)
		}
	}
	return d.Holds(m, scope)
}

// find finds records of one object. Hits that the viewer may not see must not crowd out those that they may, so that
// the index is asked for more and more of them until there are enough.
func (f *finding) find(tx *store.Tx, w *wanted) (foundSet, error) {
	sel := w.st.set.sel
	most := f.left + sel.offset
	if sel.limit >= 0 {
		most = min(f.left, sel.limit) + sel.offset
	}
	set := foundSet{st: w.st}
	if most == sel.offset {
		return set, nil
	}
	seen, match := 0, f.match
	if w.judged != nil {
		match = without(match) // what must not be in a record must not be in what the viewer may read of it
	}
	for n := firstHits; ; n *= 8 {
		hits, err := tx.Search(match, f.scope, []string{w.st.Object.Name}, n)
		if err != nil {
			return set, err
		}
		rows, err := f.read(tx, w, hits[min(seen, len(hits)):], most-len(set.rows))
		if err != nil {
			return set, err
		}
		set.rows, seen = append(set.rows, rows...), len(hits)
		if !w.whole() && len(set.rows) >= most || len(hits) < n || n >= maxHits {
			break
		}
	}
	if w.sorted {
		if err := w.sort(tx, &set); err != nil {
			return set, err
		}
	}
	if w.newest {
		slices.SortFunc(set.rows, func(a, b []any) int { return strings.Compare(b[w.st.set.id].(string), a[w.st.set.id].(string)) })
	}
	set.rows = set.rows[min(sel.offset, len(set.rows)):min(most, len(set.rows))]
	return set, nil
}

// without is a match with nothing left in it that a record must not hold; whatever m finds it finds, too.
func without(m store.Match) store.Match {
	switch m := m.(type) {
	case store.Not:
		return without(m.Keep)
	case store.All:
		parts := make(store.All, len(m))
		for i, p := range m {
			parts[i] = without(p)
		}
		return parts
	case store.Any:
		parts := make(store.Any, len(m))
		for i, p := range m {
			parts[i] = without(p)
		}
		return parts
	}
	return m
}

// whole reports whether all that is found must be known before the first record can be told.
func (w *wanted) whole() bool { return w.sorted || w.newest }

// read reads the records behind hits, in their order; when they are not sorted later, no more than are wanted.
func (f *finding) read(tx *store.Tx, w *wanted, hits []store.Hit, most int) ([][]any, error) {
	var out [][]any
	for from := 0; from < len(hits); from += hitChunk {
		if len(out) >= most && !w.whole() || len(out) > maxSorted {
			break
		}
		chunk := hits[from:min(from+hitChunk, len(hits))]
		rows, err := w.rows(tx, chunk)
		if err != nil {
			return nil, err
		}
		for _, h := range chunk {
			if row := rows[string(h.Record)]; row != nil && w.holds(f.match, f.scope, row) {
				out = append(out, row)
			}
		}
	}
	return out, nil
}

// rows reads what the viewer may see of some records and meets the object's own conditions, by id.
func (w *wanted) rows(tx *store.Tx, hits []store.Hit) (map[string][]any, error) {
	ids := make([]any, len(hits))
	for i, h := range hits {
		ids[i] = string(h.Record)
	}
	out := make(map[string][]any, len(hits))
	err := w.scan(tx, ids, nil, func(id string, row []any) { out[id] = row })
	return out, err
}

// sort brings the rows into the order that was asked for.
func (w *wanted) sort(tx *store.Tx, set *foundSet) error {
	rows := set.rows[:min(len(set.rows), maxSorted)]
	ids := make([]any, len(rows))
	for i, row := range rows {
		ids[i] = row[w.st.set.id]
	}
	set.rows = nil
	if len(ids) == 0 {
		return nil
	}
	return w.scan(tx, ids, w.st.set.order(), func(_ string, row []any) { set.rows = append(set.rows, row) })
}

// scan reads the rows of the statement that have one of the ids.
func (w *wanted) scan(tx *store.Tx, ids []any, order []orderTerm, f func(id string, row []any)) error {
	sel := *w.st.set.sel
	sel.where, sel.order = all(&within{w.id, ids}, sel.where), order
	sel.limit, sel.offset = -1, 0
	out := &writer{dialect: tx.Dialect()}
	out.selection(&sel)
	return scan(tx, out, len(sel.cols), func(row []any, _ int) bool {
		id, _ := row[w.st.set.id].(string)
		f(id, row)
		return true
	})
}
