package query

import (
	"cmp"
	"context"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// Engine answers queries from one organisation's database, page by page.
type Engine struct {
	DB          *store.DB
	Cursors     *Cursors
	Now         func() time.Time
	FiscalStart func() time.Month // the first month of the fiscal year as it is at the moment; nil is January
	Virtual     Virtual           // nil is none
	Budget      time.Duration     // for one page; 0 is ten seconds
}

// Fiscal returns the first month of the fiscal year as it is at the moment.
func (e *Engine) Fiscal() time.Month {
	if e.FiscalStart == nil {
		return time.January
	}
	return e.FiscalStart()
}

// Ask is who asks, and how the answer shall look.
type Ask struct {
	Catalog *schema.Catalog
	Viewer  access.Viewer
	Text    string // of the query
	Deleted bool   // deleted records too: queryAll
	Batch   int    // records in a page, 200 to 2,000; 0 is 2,000
	Base    string // of the API's addresses: /services/data/v60.0

	// Uncounted leaves the records of an answer of several pages uncounted: the count of a million takes longer than
	// their first page. Page.Total is then [Unknown].
	Uncounted bool

	Budget time.Duration // for one page or one table; 0 is the engine's
}

const (
	minBatch = 200
	maxBatch = 2000
	budget   = 10 * time.Second
)

// Query answers the first page of a query.
func (e *Engine) Query(ctx context.Context, a Ask) (*Page, error) {
	st, err := e.Compile(ctx, a)
	if err != nil {
		return nil, err
	}
	return e.run(ctx, a, func(tx *store.Tx) (*Page, error) { return e.first(tx, st, a) })
}

// Run answers the first page of a statement. Its further pages are asked for by [Engine.More] if a.Text is its text.
func (e *Engine) Run(ctx context.Context, st *Statement, a Ask) (*Page, error) {
	return e.run(ctx, a, func(tx *store.Tx) (*Page, error) { return e.first(tx, st, a) })
}

// More answers the page that a locator leads to, which [Engine.Query] or More returned. The query is resolved anew, so
// that the viewer's present rights hold.
func (e *Engine) More(ctx context.Context, a Ask, locator string) (*Page, error) {
	c, err := e.Cursors.open(locator, a.Viewer.User())
	if err != nil {
		return nil, err
	}
	a.Text, a.Deleted, a.Batch = c.Text, c.Deleted, c.Batch
	st, err := e.Compile(ctx, a)
	if err != nil {
		return nil, err
	}
	set, ok := st.setOf(c)
	if !ok || c.Batch == 0 || st.counting || st.grouped || len(c.After) != len(set.keys) {
		return nil, errLocator()
	}
	return e.run(ctx, a, func(tx *store.Tx) (*Page, error) { return e.next(tx, st, set, a, c) })
}

func (e *Engine) options(a Ask) Options {
	return Options{Now: e.Now(), Deleted: a.Deleted, FiscalStart: e.Fiscal(), Virtual: e.Virtual}
}

// view reads within a snapshot and the time that an answer may take.
func (e *Engine) view(ctx context.Context, a Ask, f func(*store.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(a.Budget, e.Budget, budget))
	defer cancel()
	return told(ctx, e.DB.View(ctx, f))
}

func (e *Engine) run(ctx context.Context, a Ask, f func(*store.Tx) (*Page, error)) (p *Page, err error) {
	err = e.view(ctx, a, func(tx *store.Tx) (err error) {
		p, err = f(tx)
		return err
	})
	return p, err
}

func (e *Engine) first(tx *store.Tx, st *Statement, a Ask) (*Page, error) {
	page := &Page{Statement: st, base: a.Base, engine: e, ask: a}
	switch {
	case st.counting:
		n, err := st.count(tx)
		page.Total, page.Done, page.rows = n, true, &rowPage{}
		return page, err
	case st.grouped:
		return page, page.groups(tx)
	}
	return page, page.fill(tx, st.set, &cursor{Text: st.text, Deleted: a.Deleted, Batch: batch(a.Batch)})
}

// next reads the page that a cursor leads to: of the query, or of the children of one record.
func (e *Engine) next(tx *store.Tx, st *Statement, set *rowSet, a Ask, c *cursor) (*Page, error) {
	page := &Page{Statement: st, base: a.Base, engine: e, ask: a}
	return page, page.fill(tx, set, c)
}

func batch(n int) int {
	if n == 0 {
		return maxBatch
	}
	return min(max(n, minBatch), maxBatch)
}

// setOf finds the set that a cursor pages through: the query's own, or the children of one record.
func (st *Statement) setOf(c *cursor) (*rowSet, bool) {
	set := st.set
	for n, i := range c.Set {
		if i < 0 || i >= len(set.children) {
			return nil, false
		}
		child := set.children[i]
		if set = child.rowSet; n == len(c.Set)-1 {
			set = child.under(c.Parent)
		}
	}
	return set, true
}

// under is the set of the children of one record.
func (c *childSet) under(parent string) *rowSet {
	set, sel := *c.rowSet, *c.sel
	sel.where = all(&compared{c.ref, soql.Equal, parent}, sel.where)
	set.sel = &sel
	return &set
}

// count returns how many rows the query finds.
func (st *Statement) count(tx *store.Tx) (n int, err error) {
	w := &writer{dialect: tx.Dialect()}
	w.count(st.set.sel)
	err = tx.QueryRow(w.b.String(), w.args...).Scan(&n)
	return n, err
}
