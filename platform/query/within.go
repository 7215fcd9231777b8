package query

import "truckroll/platform/store"

// Within answers the first page of a statement in a transaction that is running, and so sees what it has changed. As
// with [Engine.Run], its further pages are asked for by [Engine.More] if a.Text is its text.
func (e *Engine) Within(tx *store.Tx, st *Statement, a Ask) (*Page, error) { return e.first(tx, st, a) }
