package record

import (
	"truckroll/platform/formula"
	"truckroll/platform/store"
)

// Functions lists what formulas need SQLite to know. A database of records is opened with them.
func Functions() []store.Function {
	var all []store.Function
	for _, s := range formula.Scalars() {
		all = append(all, store.Function{Name: s.Name, Args: s.Args, Call: s.Call})
	}
	return all
}
