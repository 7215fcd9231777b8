package record

import (
	"fmt"

	"truckroll/platform/schema"
)

// MaxBatch is how many records one [Batch] may hold.
const MaxBatch = 10_000

// Op is what a batch does to its records.
type Op string

// The operations of a batch.
const (
	Insert     Op = "insert"
	Update     Op = "update"
	Upsert     Op = "upsert"
	Delete     Op = "delete"     // into the recycle bin
	HardDelete Op = "hardDelete" // for good; needs the permission BulkApiHardDelete
	Undelete   Op = "undelete"
)

// Batch is a change of records of one object, as asked for from outside. It is held to the rights of the transaction's
// viewer and to every rule.
type Batch struct {
	Op         Op
	Object     *schema.Object
	Patches    []Patch       // of deletions, only Id, Version and UnmodifiedSince count
	By         *schema.Field // the external id by which an upsert finds its record; its value is in the patch
	UpdateOnly bool          // an upsert does not insert
	AllOrNone  bool          // one refused record refuses all
}

// Result is what became of one patch of a batch, in order.
type Result struct {
	Id      schema.Id
	Created bool
	Version int64            // after the change
	Faults  Faults           // why the record was refused; none is success
	Matches *MultipleMatches // when an upsert was refused because its external id is not unique
}

// Apply changes the records of a batch. The refusal of a record is told in its Result, not as an error, and leaves the
// others as they are. With AllOrNone one refusal breaks the transaction, or the [Tx.Try] that it happens in: nothing
// more can be done in it, and it will not be committed.
func (tx *Tx) Apply(b Batch) ([]Result, error) {
	if len(b.Patches) > MaxBatch {
		return nil, fault("LIMIT_EXCEEDED", fmt.Sprintf("A batch holds at most %d records", MaxBatch))
	}
	p := tx.plans[b.Object]
	if p == nil {
		return nil, noSuchObject(b.Object.Name)
	}
	a := &applier{tx: tx, b: b, plan: p, results: make([]Result, len(b.Patches))}
	if refusal := a.allowed(); refusal != nil {
		for i := range a.results {
			a.results[i].Faults = Faults{refusal}
		}
		return a.results, a.settle()
	}
	for _, part := range a.parts() {
		if err := a.part(part); err != nil {
			return nil, err
		}
		if b.AllOrNone && a.failed() {
			break
		}
	}
	return a.results, a.settle()
}
