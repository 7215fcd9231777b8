package query

import (
	"io"
	"strconv"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Page is one page of an answer, read and ready to be written.
type Page struct {
	Statement *Statement
	Total     int    // records of all pages; [Unknown] when nobody asked
	Done      bool   // this is the last page
	Locator   string // of the next page; "" when done

	base   string
	engine *Engine
	ask    Ask
	set    *rowSet
	rows   *rowPage
}

// Unknown is the [Page.Total] of an answer whose records were not to be counted.
const Unknown = -1

// fill reads the page of a set that a cursor leads to. The total is counted once, on a first page that is not the last.
func (page *Page) fill(tx *store.Tx, set *rowSet, c *cursor) error {
	rows := c.Batch
	if set.sel.limit >= 0 {
		rows = min(rows, max(0, set.sel.limit-c.Offset))
	}
	page.set, page.rows = set, &rowPage{}
	if rows > 0 {
		read, err := set.read(tx, pageOf{c.keys(), rows})
		if err != nil {
			return err
		}
		if err := set.addChildren(tx, read, maxBatch); err != nil {
			return err
		}
		page.rows = read
	}
	if err := page.sealChildren(page.rows.children, c); err != nil {
		return err
	}
	offset := c.Offset + len(page.rows.rows)
	if set.sel.limit >= 0 && offset >= set.sel.limit {
		page.rows.more = false
	}
	return page.end(tx, c, offset)
}

// sealChildren gives every set of children that goes on the locator of its next page.
func (page *Page) sealChildren(f *family, c *cursor) error {
	if f == nil || f.sealed {
		return nil
	}
	f.sealed = true
	for set, parents := range f.sets {
		for parent, child := range parents {
			if err := page.sealChildren(child.children, c); err != nil {
				return err
			}
			if !child.more {
				continue
			}
			next := cursor{Text: c.Text, Deleted: c.Deleted, Batch: c.Batch, Offset: len(child.rows), Total: child.total, Set: set.path, Parent: parent}
			next.After = keyTexts(set.keysOf(child.rows[len(child.rows)-1]))
			var err error
			if child.next, err = page.engine.Cursors.locator(next, page.ask.Viewer.User()); err != nil {
				return err
			}
		}
	}
	return nil
}

// end finds out how many records there are and seals the locator of the next page.
func (page *Page) end(tx *store.Tx, c *cursor, offset int) error {
	page.Total, page.Done = c.Total, !page.rows.more
	if c.Total == 0 {
		page.Total = offset
		switch {
		case !page.rows.more:
		case page.ask.Uncounted:
			page.Total = Unknown
		default:
			n, err := page.Statement.count(tx)
			if err != nil {
				return err
			}
			page.Total = n
		}
	}
	if page.Done {
		return nil
	}
	next := *c
	next.Offset, next.Total = offset, page.Total
	next.After = keyTexts(page.set.keysOf(page.rows.rows[len(page.rows.rows)-1]))
	var err error
	page.Locator, err = page.engine.Cursors.locator(next, page.ask.Viewer.User())
	return err
}

// groups reads the answer of a query of aggregates.
func (page *Page) groups(tx *store.Tx) error {
	sel := *page.Statement.set.sel
	if sel.limit < 0 || sel.limit > maxGroups {
		sel.limit = maxGroups + 1
	}
	w := &writer{dialect: tx.Dialect()}
	w.selection(&sel)
	rows := &rowPage{}
	err := scan(tx, w, len(sel.cols), func(row []any, _ int) bool {
		rows.rows = append(rows.rows, row)
		return true
	})
	if len(rows.rows) > maxGroups {
		return schema.Refuse(CodeExceeded, "Aggregate query has more than "+strconv.Itoa(maxGroups)+" rows and no further pages; use LIMIT, or conditions that leave fewer groups.")
	}
	page.set, page.rows, page.Total, page.Done = page.Statement.set, rows, len(rows.rows), true
	return err
}

// AppendJSON appends the page as the API's answer to a query.
func (page *Page) AppendJSON(b []byte) []byte {
	b = append(b, `{"totalSize":`...)
	b = strconv.AppendInt(b, int64(page.Total), 10)
	b = append(b, `,"done":`...)
	b = strconv.AppendBool(b, page.Done)
	if page.Locator != "" {
		b = append(b, `,"nextRecordsUrl":`...)
		b = schema.AppendJSONString(b, page.base+"/query/"+page.Locator)
	}
	b = append(b, `,"records":[`...)
	b = page.AppendRecords(b)
	return append(b, "]}"...)
}

// AppendRecords appends the page's records with commas between them.
func (page *Page) AppendRecords(b []byte) []byte {
	if page.set == nil {
		return b
	}
	return page.encoder().records(b, page.set, page.rows)
}

// WriteTo writes the page as the API's answer to a query, a piece at a time.
func (page *Page) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(page.AppendJSON(make([]byte, 0, 64<<10)))
	return int64(n), err
}

// Len returns the number of records in the page.
func (page *Page) Len() int { return len(page.rows.rows) }

// Ids returns the ids of the page's records; none for groups.
func (page *Page) Ids() []schema.Id {
	if page.set == nil || page.set.id < 0 {
		return nil
	}
	ids := make([]schema.Id, 0, len(page.rows.rows))
	for _, row := range page.rows.rows {
		id, _ := row[page.set.id].(string)
		ids = append(ids, schema.Id(id))
	}
	return ids
}

func (page *Page) encoder() *encoder {
	return &encoder{base: page.base + "/sobjects/", queries: page.base + "/query/"}
}
