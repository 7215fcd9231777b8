package query

import (
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// Options is what a query depends on beside its text, the catalogue and the viewer.
type Options struct {
	// Now is the moment that TODAY and its like are relative to.
	Now time.Time
	// Deleted reads deleted records too: queryAll.
	Deleted bool
	// FiscalStart is the first month of the fiscal year; 0 is January.
	FiscalStart time.Month
	// Level is what the viewer wants to do with the records: those out of reach at this level are not there.
	Level access.Level
	// Virtual answers for objects that have no table; nil when there are none.
	Virtual Virtual
}

// Virtual answers for objects whose records are derived from others: histories, shares, lists of statuses.
type Virtual interface {
	// Virtual returns the named object, or nil. Names are matched without case.
	Virtual(name string) *schema.Object
	// Source returns the SELECT that a virtual object is read from, with ? for each argument, and the arguments. Its
	// columns are named as the object's stored fields and hold what [schema.Field.Column] says; Id is one of them and
	// different in each row. The query adds the viewer's scope on the object. False is returned for objects with a
	// table of their own.
	Source(o *schema.Object, v access.Viewer) (sql string, args []any, ok bool)
}

// The limits of one query.
const (
	maxParents     = 5     // relationships in one path
	maxJoins       = 55    // parents read by one SELECT
	maxChildSets   = 20    // sub-queries in one field list
	maxChildDepth  = 5     // sub-queries within sub-queries
	maxSubSelects  = 20    // semi-joins in one query
	maxValues      = 20000 // literals in all conditions of one query
	maxOffset      = 2000
	maxFieldsLimit = 200  // rows of a query with FIELDS(ALL) or FIELDS(CUSTOM)
	maxGroups      = 2000 // rows of an aggregate query, which has no next page
	maxCubeTerms   = 3    // terms of ROLLUP and CUBE
)
