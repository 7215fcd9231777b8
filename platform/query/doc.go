// Package query turns parsed queries into SQL that respects what the viewer may see, runs it, and streams the answer.
//
//	soql.Query ──Resolve──▶ Statement ──SQL──▶ rows ──▶ JSON, CSV or Row
//
// Names are resolved and rights applied in one step, because a name that the viewer may not read must look exactly like
// a name that does not exist. Sharing is written in the query language itself and added on the root, on every joined
// parent, on every sub-select and on every set of children: a parent that the viewer may not see is null, and a child
// that the viewer may not see is not there. Deleted records are left out everywhere unless they are asked for.
//
// Conditions have two values, as in SOQL: a comparison with a null is false and its negation true. A checkbox of a
// parent that is not there is false. Text is compared without case unless its field is case-sensitive; the empty text
// is null. Every amount is in the one currency of the organisation, so that convertCurrency changes nothing.
//
// TODAY and its like are days of the viewer's zone and weeks of their locale. Date functions see instants in UTC, within
// convertTimezone() in the viewer's zone. Weeks of a month and of a year are counted from their first day.
//
// Answers come in pages. A page is read in one go and its rows are found by their sort keys, never by a count of rows,
// so that pages stay stable while records are written and cost the same however far down they are. Where the next page
// begins stands in a sealed locator that the caller gives back: the server remembers nothing.
//
// The package does not know HTTP, users, how rights are decided, or what any object means.
package query
