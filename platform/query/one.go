package query

import (
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Of returns st narrowed to the record with the given id, which must be a query for records. St itself is not changed:
// whoever reads record after record resolves the query once.
func (st *Statement) Of(id schema.Id) *Statement {
	one, set, sel := *st, *st.set, *st.set.sel
	sel.where = all(&compared{sel.cols[set.id], soql.Equal, string(id)}, sel.where)
	sel.limit = 1
	set.sel, one.set = &sel, &set
	return &one
}
