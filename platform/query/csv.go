package query

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// CSV is the form of a table of rows.
type CSV struct {
	Delimiter byte // 0 is a comma
	CRLF      bool // lines end with \r\n
}

// WriteCSV writes up to most rows of a query as CSV with a header, every cell quoted, and returns how many they were
// and the locator of the rows after them, "" when there are none. Rows are written as they are read. A locator that
// was returned before goes on from there; then a.Text is not needed.
func (e *Engine) WriteCSV(ctx context.Context, w io.Writer, a Ask, form CSV, locator string, most int) (rows int, next string, err error) {
	c := &cursor{Text: a.Text, Deleted: a.Deleted, Total: 1}
	if locator != "" {
		if c, err = e.Cursors.open(locator, a.Viewer.User()); err != nil {
			return 0, "", err
		}
		a.Text, a.Deleted = c.Text, c.Deleted
	}
	st, err := Compile(a.Text, a.Catalog, a.Viewer, e.options(a))
	if err != nil {
		return 0, "", err
	}
	if err := st.tabular(c); err != nil {
		return 0, "", err
	}
	out := &table{st: st, form: form, w: bufio.NewWriterSize(w, 64<<10)}
	out.header()
	err = e.view(ctx, a, func(tx *store.Tx) error {
		next, err = out.write(tx, e, a, c, most)
		return err
	})
	if err == nil {
		err = out.w.Flush()
	}
	return out.rows, next, err
}

// tabular refuses queries whose answers are no tables.
func (st *Statement) tabular(c *cursor) error {
	if st.counting || st.grouped || len(st.set.children) > 0 || st.set.sel.offset > 0 {
		return schema.Refuse(CodeMalformed, "A table of rows takes no aggregates, sub-queries or OFFSET.")
	}
	if c.Set != nil || c.After != nil && len(c.After) != len(st.set.keys) {
		return errLocator()
	}
	for _, col := range st.Columns {
		if _, ok := col.entry.(flat); !ok {
			return schema.Refuse(CodeField, fmt.Sprintf("A table of rows takes no %s fields: select the parts of %s instead.", col.Field.Kind, col.Name), col.Name)
		}
	}
	return nil
}

// table writes rows as CSV.
type table struct {
	st   *Statement
	form CSV
	w    *bufio.Writer
	line []byte
	rows int
}

func (t *table) header() {
	t.line = t.line[:0]
	for i, c := range t.st.Columns {
		t.cell(i, append([]byte(nil), c.Name...))
	}
	t.end()
}

// write writes up to most rows that follow a cursor and returns the locator of the rest.
func (t *table) write(tx *store.Tx, e *Engine, a Ask, c *cursor, most int) (next string, err error) {
	set := t.st.set
	if set.sel.limit >= 0 {
		most = min(most, max(0, set.sel.limit-c.Offset))
	}
	w := &writer{dialect: tx.Dialect()}
	w.page(set, pageOf{c.keys(), most + 1})
	var last []any
	more := false
	err = scan(tx, w, len(set.sel.cols), func(row []any, _ int) bool {
		if more = t.rows == most; more {
			return false
		}
		t.row(row)
		last = row
		return true
	})
	if err != nil || !more || set.sel.limit >= 0 && c.Offset+t.rows >= set.sel.limit {
		return "", err
	}
	after := *c
	after.Offset += t.rows
	after.After = keyTexts(set.keysOf(last))
	return e.Cursors.locator(after, a.Viewer.User())
}

func (t *table) row(row []any) {
	t.line = t.line[:0]
	var buf [64]byte
	for i, c := range t.st.Columns {
		t.cell(i, c.entry.(flat).text(buf[:0], row))
	}
	t.end()
	t.rows++
}

func (t *table) cell(i int, text []byte) {
	if i > 0 {
		t.line = append(t.line, t.delimiter())
	}
	t.line = append(t.line, '"')
	for {
		q := bytes.IndexByte(text, '"')
		if q < 0 {
			break
		}
		t.line = append(append(t.line, text[:q+1]...), '"')
		text = text[q+1:]
	}
	t.line = append(append(t.line, text...), '"')
}

func (t *table) delimiter() byte {
	if t.form.Delimiter == 0 {
		return ','
	}
	return t.form.Delimiter
}

// end writes a line. An error stays with the writer until it is flushed.
func (t *table) end() {
	if t.form.CRLF {
		t.line = append(t.line, '\r')
	}
	t.w.Write(append(t.line, '\n'))
}
