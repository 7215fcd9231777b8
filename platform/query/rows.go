package query

import (
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Row is one row of an answer, for callers within the house. It is valid until the next.
type Row struct {
	st    *Statement
	cells []any
}

// Id is the id of the record; "" in groups.
func (r Row) Id() schema.Id {
	if r.st.set.id < 0 {
		return ""
	}
	id, _ := r.cells[r.st.set.id].(string)
	return schema.Id(id)
}

// Value is the i-th of the statement's columns, in the Go type of its field's [schema.Store]; averages and distances
// are float64. Null is the zero value of that type, and nil for compound fields, which have no value of their own.
func (r Row) Value(i int) any {
	c := r.st.Columns[i]
	f, ok := c.entry.(flat)
	if !ok {
		return nil
	}
	if x := f.plain(r.cells); x != nil {
		return x
	}
	return c.Field.Zero()
}

// IsNull reports whether the i-th of the statement's columns is null.
func (r Row) IsNull(i int) bool {
	f, ok := r.st.Columns[i].entry.(flat)
	return !ok || f.plain(r.cells) == nil
}

// AppendText appends the i-th of the statement's columns as CSV has it.
func (r Row) AppendText(b []byte, i int) []byte {
	if f, ok := r.st.Columns[i].entry.(flat); ok {
		return f.text(b, r.cells)
	}
	return b
}

// Each reads all rows within tx, in order and without sets of children. While they are read f must not use tx. With
// FOR UPDATE, and when tx may write, the records are locked until it ends.
func (st *Statement) Each(tx *store.Tx, f func(Row) error) error {
	w := &writer{dialect: tx.Dialect()}
	if st.counting {
		w.count(st.set.sel)
	} else {
		w.selection(st.set.sel)
	}
	if lock := tx.Dialect().ForUpdate(); st.ForUpdate && tx.Writable() && lock != "" {
		w.text(lock + " OF " + st.set.sel.root.alias)
	}
	var failed error
	err := scan(tx, w, len(st.set.sel.cols), func(row []any, _ int) bool {
		failed = f(Row{st, row})
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	return err
}

// Count returns how many rows the query finds, within its LIMIT and OFFSET.
func (st *Statement) Count(tx *store.Tx) (int, error) { return st.count(tx) }
