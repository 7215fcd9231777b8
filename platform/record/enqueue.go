package record

import "truckroll/platform/job"

// Enqueue has work done in the background, exactly when the transaction is committed.
func Enqueue[E, A any](tx *Tx, k job.Kind[E, A], args A) error {
	tx.effects++
	return k.Enqueue(tx.db, args)
}
