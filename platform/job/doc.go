// Package job does work in the background, exactly when the transaction that asked for it was committed.
//
// A [Kind] is a sort of work with typed arguments. Enqueued in a transaction, it is a row that a [Queue] leases, so
// that one node at a time works on it; a node that dies loses its leases, and the work is done elsewhere. Work that
// fails is tried again, later each time, and parked when that does not help. Work is done at least once: what must
// happen once calls [Task.Complete] in the transaction that has the effect.
//
// It does not know what the work is, or what the work needs: that is the type E, handed to every function.
package job
