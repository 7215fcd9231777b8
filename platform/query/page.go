package query

import (
	"truckroll/platform/store"
)

// rowPage is the rows of one page as the database gave them.
type rowPage struct {
	rows     [][]any
	children *family // of the rows; nil when none are asked for
	total    int     // of all pages
	more     bool
	next     string // the locator of the next page of children
	size     int    // bytes of text in it
}

// family is the children of the rows of one page, or of several pages that were read together.
type family struct {
	sets   map[*childSet]map[string]*rowPage // by the parent's id
	sealed bool                              // next pages have their locators
}

func newFamily(sets []*childSet) *family {
	f := &family{sets: map[*childSet]map[string]*rowPage{}}
	for _, c := range sets {
		f.sets[c] = map[string]*rowPage{}
	}
	return f
}

// The sizes of a page.
const (
	maxPageBytes  = 4 << 20 // of text, after which a page ends early
	maxChildBytes = 8 << 20 // of text in the children of a page
	maxChildRows  = 50_000  // children of a page
	childChunk    = 200     // parents whose children are read at once
)

// read reads one page of a set, without children.
func (s *rowSet) read(tx *store.Tx, p pageOf) (*rowPage, error) {
	w := &writer{dialect: tx.Dialect()}
	w.page(s, pageOf{p.after, p.rows + 1})
	page := &rowPage{}
	err := scan(tx, w, len(s.sel.cols), func(row []any, size int) bool {
		if len(page.rows) == p.rows || page.size+size > maxPageBytes && len(page.rows) > 0 && !s.small() {
			page.more = true
			return false
		}
		page.rows = append(page.rows, row)
		page.size += size
		return true
	})
	return page, err
}

// scan runs a statement and gives each row to f until it returns false, with the bytes of text in the row.
func scan(tx *store.Tx, w *writer, cols int, f func(row []any, size int) bool) error {
	rows, err := tx.Query(w.b.String(), w.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	dest := make([]any, cols)
	for rows.Next() {
		row := make([]any, cols)
		for i := range row {
			dest[i] = &row[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		if !f(row, sizeOf(row)) {
			return nil
		}
	}
	return rows.Err()
}

func sizeOf(row []any) int {
	n := 0
	for i, x := range row {
		switch x := x.(type) {
		case string:
			n += len(x)
		case []byte:
			row[i] = string(x)
			n += len(x)
		}
	}
	return n
}

// addChildren reads the children of a page's rows, set by set. When they are too many, the page is cut so that those
// of the rows that remain are complete.
func (s *rowSet) addChildren(tx *store.Tx, page *rowPage, most int) error {
	if len(s.children) == 0 || len(page.rows) == 0 {
		return nil
	}
	page.children = newFamily(s.children)
	rows, size, count := page.rows, 0, 0
	for from := 0; from < len(rows); from += childChunk {
		if count > maxChildRows || size > maxChildBytes {
			page.rows, page.more = rows[:from], true
			return nil
		}
		for _, c := range s.children {
			n, bytes, err := c.readInto(tx, page.children.sets[c], rows[from:min(from+childChunk, len(rows))], most)
			if err != nil {
				return err
			}
			count, size = count+n, size+bytes
		}
	}
	return nil
}

// readInto reads the children of some parents, and the children of these.
func (c *childSet) readInto(tx *store.Tx, into map[string]*rowPage, parents [][]any, most int) (count, size int, err error) {
	ids := make([]any, len(parents))
	for i, row := range parents {
		ids[i] = row[c.of]
	}
	w := &writer{dialect: tx.Dialect()}
	w.childPage(c, ids, most)
	cols := len(c.sel.cols)
	all := &rowPage{}
	err = scan(tx, w, cols+2, func(row []any, bytes int) bool {
		parent, _ := row[c.by].(string)
		p := into[parent]
		if p == nil {
			p = &rowPage{total: c.total(row[cols+1])}
			into[parent] = p
		}
		p.rows = append(p.rows, row[:cols])
		all.rows = append(all.rows, row[:cols])
		count, size = count+1, size+bytes
		return true
	})
	if err != nil {
		return 0, 0, err
	}
	for _, p := range into {
		p.more = p.total > len(p.rows)
	}
	if err := c.addGrandchildren(tx, into, all, most); err != nil {
		return 0, 0, err
	}
	return count, size, nil
}

// addGrandchildren reads the children of children, for all parents at once.
func (c *childSet) addGrandchildren(tx *store.Tx, into map[string]*rowPage, all *rowPage, most int) error {
	if len(c.children) == 0 {
		return nil
	}
	below := newFamily(c.children)
	for _, g := range c.children {
		for from := 0; from < len(all.rows); from += childChunk {
			if _, _, err := g.readInto(tx, below.sets[g], all.rows[from:min(from+childChunk, len(all.rows))], most); err != nil {
				return err
			}
		}
	}
	for _, p := range into {
		if p.children == nil {
			p.children = below
		}
	}
	return nil
}

// total is how many children of one parent the set has, within its LIMIT and OFFSET.
func (c *childSet) total(siblings any) int {
	n, _ := siblings.(int64)
	total := max(0, int(n)-c.sel.offset)
	if c.sel.limit >= 0 {
		total = min(total, c.sel.limit)
	}
	return total
}

// keysOf is what the page after a row begins after.
func (s *rowSet) keysOf(row []any) []any {
	keys := make([]any, len(s.keys))
	for i, col := range s.keys {
		keys[i] = row[col]
	}
	return keys
}
