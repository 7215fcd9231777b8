// Package event tells what changed, to whoever follows.
//
// Events are appended to an outbox in the transaction of the change, so that there is an event exactly when there is
// a change. A [Feed] reads committed events in one order, which on PostgreSQL is that of transactions settled (never
// that of a sequence, whose numbers commit out of order), keeps the latest in memory and hands them to its readers.
// Each event has a replay id, by which a reader that went away goes on where it was; events are kept for 72 hours.
//
// It does not know who may see an event: it gives every reader every event, and doors filter.
package event
