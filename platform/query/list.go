package query

import (
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// list resolves the field list of one level of a query.
type list struct {
	*scope
	set     *rowSet
	shapes  map[*place]*shape
	columns []*Column
	exprs   int   // values without a name so far
	path    []int // of the set that it is the field list of
}

// item resolves one entry of the field list of a query for records.
func (l *list) item(item soql.SelectItem, q *soql.Query, depth int) error {
	switch item := item.(type) {
	case *soql.SelectTerm:
		return l.selectTerm(item)
	case *soql.SubQuery:
		return l.childSet(item.Query, depth)
	case *soql.TypeOf:
		return l.typeOf(item)
	case *soql.FieldSet:
		return l.fieldSet(item, q)
	}
	return l.at(item.At(), CodeMalformed, "This entry of the field list is not understood.")
}

// selectTerm resolves a field or a function of the field list.
func (l *list) selectTerm(t *soql.SelectTerm) error {
	path, shown := unwrap(t.Term)
	if path == nil {
		v, p, err := l.shownTerm(t.Term)
		if err != nil {
			return err
		}
		return l.addValue(v, p, t)
	}
	v, p, err := l.column(path)
	if err != nil {
		return err
	}
	if err := l.checkShown(t.Term, v); err != nil {
		return err
	}
	entry, err := l.cell(v, p, shown, l.viewer)
	if err != nil {
		return err
	}
	name := v.kind().Name
	at := l.root
	if t.Alias.Text != "" {
		name = t.Alias.Text
		l.given[strings.ToLower(name)] = v
	} else {
		at = p
	}
	return l.add(at, name, entry, &Column{Field: v.kind(), Label: t.Term.String()}, t.At())
}

// unwrap returns the field within functions that show its value in another form, and these functions, outermost
// first. The path is nil when the term is something else.
func unwrap(t soql.Term) (*soql.Path, []soql.Func) {
	var shown []soql.Func
	for {
		switch x := t.(type) {
		case *soql.Path:
			return x, shown
		case *soql.Call:
			if x.Arg == nil || x.Func != soql.ToLabel && x.Func != soql.Format && x.Func != soql.ConvertCurrency {
				return nil, nil
			}
			shown, t = append(shown, x.Func), x.Arg
		default:
			return nil, nil
		}
	}
}

// checkShown refuses functions on fields that they are not for.
func (l *list) checkShown(t soql.Term, v value) error {
	c, ok := t.(*soql.Call)
	if !ok {
		return nil
	}
	f, fits := v.kind(), true
	switch c.Func {
	case soql.ToLabel:
		fits = f.Kind == schema.KindPicklist || f.Kind == schema.KindMultiPicklist
	case soql.ConvertCurrency:
		fits = f.Kind == schema.KindCurrency
	case soql.Format:
		fits = f.Kind.Store() != schema.StoreText && f.Kind.Store() != schema.StoreNone
	}
	if !fits {
		return l.at(c.Pos, CodeField, "%s() cannot be applied to the field %s of type %s.", c.Func, c.Arg, f.Kind)
	}
	return l.checkShown(c.Arg, v)
}

// shownTerm resolves a function of the field list that makes a value of its own, be it within FORMAT.
func (l *list) shownTerm(t soql.Term) (value, []soql.Func, error) {
	var shown []soql.Func
	for {
		c, ok := t.(*soql.Call)
		if !ok || c.Func != soql.Format || c.Arg == nil {
			break
		}
		shown, t = append(shown, c.Func), c.Arg
	}
	v, _, err := l.term(t)
	return v, shown, err
}

// addValue adds what has no place of its own to the root: by its alias, or as expr0, expr1, ….
func (l *list) addValue(v value, shown []soql.Func, t *soql.SelectTerm) error {
	name := t.Alias.Text
	if name == "" {
		name = exprName(l.exprs)
		l.exprs++
	} else {
		l.given[strings.ToLower(name)] = v
	}
	entry, err := l.cell(v, nil, shown, l.viewer)
	if err != nil {
		return err
	}
	c := &Column{Field: v.kind(), Label: t.Term.String(), Aggregate: isAggregate(t.Term)}
	return l.add(l.root, name, entry, c, t.At())
}

// groupItem resolves an entry of the field list of a query with groups.
func (l *list) groupItem(t *soql.SelectTerm) error {
	term, shown := t.Term, []soql.Func(nil)
	for c, ok := term.(*soql.Call); ok && c.Arg != nil && (c.Func == soql.Format || c.Func == soql.ToLabel || c.Func == soql.ConvertCurrency); c, ok = term.(*soql.Call) {
		shown, term = append(shown, c.Func), c.Arg
	}
	v, err := l.groupedTerm(term)
	if err != nil {
		return err
	}
	if path, ok := term.(*soql.Path); ok && t.Alias.Text == "" {
		entry, err := l.cell(v, nil, shown, l.viewer)
		if err != nil {
			return err
		}
		name := v.kind().Name
		if name == "" {
			name = path.Last().Text
		}
		return l.add(l.root, name, entry, &Column{Field: v.kind(), Label: t.Term.String()}, t.At())
	}
	return l.addValue(v, shown, t)
}

// add enters a value into the shape of a place.
func (l *list) add(p *place, name string, entry cell, c *Column, at soql.Pos) error {
	sh := l.set.shape
	if l.shapes != nil {
		sh = l.shapeOf(p)
	}
	if err := sh.add(name, entry); err != nil {
		return l.at(at, CodeField, "duplicate field selected: %s", name)
	}
	c.entry = entry
	for q := p; q != nil && q.up != nil; q = q.up {
		c.Path = append([]string{q.name}, c.Path...)
	}
	c.Path = append(c.Path, name)
	c.Name = strings.Join(c.Path, ".")
	l.columns = append(l.columns, c)
	return nil
}

// shapeOf is the shape of a place: within that of the place before it.
func (l *list) shapeOf(p *place) *shape {
	if sh := l.shapes[p]; sh != nil {
		return sh
	}
	sh := &shape{place: p}
	l.shapes[p] = sh
	up := l.shapeOf(p.up)
	up.entries = append(up.entries, newEntry(p.name, sh))
	l.identify(sh)
	return sh
}

// identify reads the ids of the objects that a place may be, which tell what it is and whether it is there at all.
func (l *list) identify(sh *shape) {
	if p := sh.place; p.wide() {
		if v := l.lookup(p, idType, idField); v != nil {
			sh.ids = append(sh.ids, idCell{l.sel.col(v), nil})
		}
		return
	}
	for _, t := range sh.place.targets {
		l.use(t)
		sh.ids = append(sh.ids, idCell{l.idOf(t), t.object})
	}
}

// idOf is the column of a target's id.
func (l *list) idOf(t *target) int {
	f := t.object.Field("Id")
	if f == nil {
		f = idType
	}
	return l.sel.col(&column{t, f})
}

// typeOf resolves TYPEOF: other fields for each object that a reference points to.
func (l *list) typeOf(t *soql.TypeOf) error {
	up, last, err := l.walk(t.Reference)
	if err != nil {
		return err
	}
	p, err := l.parent(up, last)
	if err != nil {
		return err
	}
	sh := l.shapeOf(p)
	sh.branches = map[string]*shape{}
	for _, w := range t.When {
		if err := l.when(sh, p, w); err != nil {
			return err
		}
	}
	if t.Else == nil {
		return nil
	}
	sh.otherwise = &shape{place: p, ids: sh.ids}
	defer func() { l.shapes[p] = sh }()
	return l.branch(sh.otherwise, p, t.Else)
}

// when resolves one branch of TYPEOF.
func (l *list) when(sh *shape, p *place, w soql.When) error {
	for _, t := range p.targets {
		if !strings.EqualFold(t.object.Name, w.Object.Text) {
			continue
		}
		q := &place{sel: p.sel, up: p.up, viewer: p.viewer, name: p.name, key: p.key, depth: p.depth, targets: []*target{t}, parents: map[string]*place{}}
		b := &shape{place: q, ids: sh.ids}
		sh.branches[t.object.Name] = b
		return l.branch(b, q, w.Fields)
	}
	return l.noObject(w.Object)
}

// branch resolves the fields of one branch of TYPEOF.
func (l *list) branch(sh *shape, p *place, fields []*soql.Path) error {
	l.shapes[p] = sh
	for _, path := range fields {
		in := *l.scope
		in.root, in.named = p, nil
		v, at, err := in.column(path)
		if err != nil {
			return err
		}
		entry, err := l.cell(v, at, nil, l.viewer)
		if err != nil {
			return err
		}
		if err := l.add(at, v.kind().Name, entry, &Column{Field: v.kind(), Label: path.String()}, path.At()); err != nil {
			return err
		}
	}
	return nil
}

// fieldSet resolves FIELDS(). All readable fields, or the standard or custom ones among them.
func (l *list) fieldSet(f *soql.FieldSet, q *soql.Query) error {
	if f.Set != soql.SetStandard && (q.Limit == nil || q.Limit.N > maxFieldsLimit) {
		return l.at(f.Pos, CodeMalformed, "The SOQL FIELDS function must have a LIMIT of at most %d", maxFieldsLimit)
	}
	t := l.root.targets[0]
	for _, field := range t.object.Fields {
		if field.Custom != (f.Set == soql.SetCustom) && f.Set != soql.SetAll || !l.root.viewer.Reads(t.object, field) {
			continue
		}
		v := l.field(l.root, field.Name)
		entry, err := l.cell(v, l.root, nil, l.viewer)
		if err != nil {
			return err
		}
		if err := l.add(l.root, field.Name, entry, &Column{Field: field, Label: field.Name}, f.Pos); err != nil {
			return err
		}
	}
	return nil
}
