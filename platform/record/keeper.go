package record

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Keeper keeps the records of one organisation: nothing else writes to their tables. It is safe for use by many
// goroutines.
type Keeper struct {
	db       *store.DB
	now      func() time.Time
	audit    *audit.Log
	subject  func(*schema.Object, any) string
	recorder *Recorder

	current atomic.Pointer[snapshot]
	defines sync.Mutex // one change of the catalogue at a time
}

// Options are what a [Keeper] is made of.
type Options struct {
	DB          *store.DB // migrated; its tables follow Catalog
	Catalog     *schema.Catalog
	Book        Book
	Validations []Validation
	Audit       *audit.Log
	Now         func() time.Time // nil is the database's clock
	Recorder    *Recorder        // for tests; nil is none

	// Subject names the person whom a record is about, whose key then seals its values in the audit log; "" is
	// nobody's. Nil knows no persons.
	Subject func(o *schema.Object, rec any) string
}

// New returns the keeper of an organisation's records. A rule about a type that the catalogue does not have is an
// error.
func New(o Options) (*Keeper, error) {
	if o.Now == nil {
		o.Now = o.DB.Now
	}
	if o.Audit == nil {
		return nil, errors.New("records are not kept without an audit log")
	}
	for _, r := range o.Book {
		if r.typ != nil && o.Catalog.Of(r.typ) == nil {
			return nil, fmt.Errorf("rule %q is about %v, which is not in the catalogue", r.Name, r.typ)
		}
	}
	k := &Keeper{db: o.DB, now: o.Now, audit: o.Audit, subject: o.Subject, recorder: o.Recorder}
	first, err := newSnapshot(Definition{o.Catalog, o.Validations}, o.Book)
	if err != nil {
		return nil, err
	}
	k.current.Store(first)
	return k, nil
}

// Catalog returns the catalogue as it is now.
func (k *Keeper) Catalog() *schema.Catalog { return k.current.Load().catalog }

// DB returns the database, for what is not a record.
func (k *Keeper) DB() *store.DB { return k.db }

// Book returns the rules, in order.
func (k *Keeper) Book() Book { return k.current.Load().book }

// Cause is on whose behalf, through which door and why a transaction happens. It goes into the audit log with every
// change.
type Cause struct {
	Viewer  access.Viewer // whose rights count; nil is the house itself
	By      string        // the door: "api", "bulk", "sync", "job", "action"
	Of      string        // the batch, run or job that this is a part of
	Request string        // the id of the request
	Batch   string        // what the records that are made are remembered as a part of; "" is nothing. See [Together]

	Actor      audit.Actor   // who did it; its Id is the viewer's when empty
	OnBehalf   schema.Id     // for whom, when the actor does not act for itself
	Device     *audit.Device // that it was done on, when it came in a batch of a device
	ReasonCode string        // why; the door when empty
	Reason     string        // why, in words, where the caller was asked for it
}

// Do runs f in a transaction. All that f saved is durable when Do returns nil, and undone when it returns an error. On
// PostgreSQL f may run again after a conflict with another transaction, so it must have no effect outside tx.
func (k *Keeper) Do(ctx context.Context, why Cause, f func(*Tx) error) error {
	if why.Viewer == nil {
		why.Viewer = access.Everything{}
	}
	var tx *Tx
	err := k.db.Write(ctx, func(db *store.Tx) error {
		tx = &Tx{session: newSession(k, k.current.Load(), db), cause: why, key: newKey()}
		tx.handed, tx.user, tx.zone = map[any]*stored{}, why.Viewer.User(), why.Viewer.Location()
		if err := f(tx); err != nil {
			return err
		}
		return tx.finish()
	})
	if err != nil || len(tx.changes) == 0 {
		return err
	}
	return k.adoptAll(tx.changes)
}

// View runs f over one moment of the database.
func (k *Keeper) View(ctx context.Context, f func(*View) error) error {
	return k.db.View(ctx, func(db *store.Tx) error {
		return f(&View{newSession(k, k.current.Load(), db)})
	})
}

// Tx is one transaction: changes that stand or fall together. It belongs to the goroutine that it was handed to.
type Tx struct {
	session
	cause   Cause
	key     string   // names the transaction in its events
	quiet   string   // the name of the rule that is running and must not save; "" is none
	trail   []string // the objects whose saves are on their way, outermost first
	broken  error    // why this transaction, or the part of it inside Try, can't be kept
	journal []entry
	slab    []fieldChange                          // memory for those of journal
	kept    map[schema.Id]bool                     // records that are pointed to, kept from being deleted; whether they are alive
	sums    map[sumKey]bool                        // roll-up summaries that are out of date
	tries   int                                    // how many Try are running
	undo    []func()                               // takes back what memory holds of the innermost Try
	effects int                                    // counts what rules did, for the recorder
	changes []func(Definition) (Definition, error) // of the definition, made by this transaction
}

// newKey returns a name that no other transaction has.
func newKey() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// Cause returns why the transaction happens.
func (tx *Tx) Cause() Cause { return tx.cause }

// Viewer returns on whose behalf the transaction happens.
func (tx *Tx) Viewer() access.Viewer { return tx.cause.Viewer }

// Context returns the context that the transaction was begun with.
func (tx *Tx) Context() context.Context { return tx.db.Context() }

// finish writes what belongs to the transaction as a whole.
func (tx *Tx) finish() error {
	if tx.broken != nil {
		return tx.broken
	}
	if err := tx.keepTogether(); err != nil {
		return err
	}
	return tx.writeJournal()
}

// Try runs f so that it can fail alone: when f returns an error, or leaves the transaction broken, what f did is
// undone, the transaction is as before, and Try returns the error.
func (tx *Tx) Try(f func() error) error {
	if tx.broken != nil {
		return tx.broken
	}
	tx.tries++
	name := fmt.Sprintf("record_%d", tx.tries)
	defer func() { tx.tries-- }()
	if _, err := tx.db.Exec("SAVEPOINT " + name); err != nil {
		return fmt.Errorf("set a savepoint: %w", err)
	}
	journal, undo, changes := len(tx.journal), len(tx.undo), len(tx.changes)
	err := f()
	if err == nil {
		err = tx.broken
	}
	if err == nil {
		_, err = tx.db.Exec("RELEASE SAVEPOINT " + name)
		return err
	}
	if _, e := tx.db.Exec("ROLLBACK TO SAVEPOINT " + name); e != nil {
		return errors.Join(err, fmt.Errorf("return to a savepoint: %w", e))
	}
	if _, e := tx.db.Exec("RELEASE SAVEPOINT " + name); e != nil {
		return errors.Join(err, fmt.Errorf("release a savepoint: %w", e))
	}
	tx.forget(journal, undo)
	tx.changes = tx.changes[:changes]
	return err
}

// forget makes memory agree with a database that has returned to a savepoint.
func (tx *Tx) forget(journal, undo int) {
	for i := len(tx.undo) - 1; i >= undo; i-- {
		tx.undo[i]()
	}
	tx.undo, tx.journal, tx.broken, tx.sums = tx.undo[:undo], tx.journal[:journal], nil, nil
	tx.kept = nil // the locks went with the savepoint
	tx.cache, tx.loaded, tx.scanned, tx.lists, tx.listed = map[schema.Id]*stored{}, nil, nil, nil, nil
}

// rehand remembers that rec, the caller's own, is now what c is in the database.
func (tx *Tx) rehand(rec any, c *stored) {
	if tx.tries > 0 {
		before, had := tx.handed[rec]
		tx.undo = append(tx.undo, func() {
			if delete(tx.handed, rec); had {
				tx.handed[rec] = before
			}
		})
	}
	tx.handed[rec] = c
}

// breakUp marks the transaction, or the innermost Try, as one that can't be kept.
func (tx *Tx) breakUp(err error) error {
	if tx.broken == nil {
		tx.broken = err
	}
	return err
}
