package record

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/formula"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

type User struct {
	schema.Standard `prefix:"005"`
	Name            string `field:"name"`
	Seen            schema.Int
}

type Group struct {
	schema.Standard `prefix:"00G"`
	Name            string `field:"name"`
}

type Customer struct {
	schema.Standard `prefix:"001"`
	OwnerId         schema.AnyRef `to:"User,Group" field:"owner"`
	Name            string        `max:"40" field:"name required"`
	Code            string        `max:"20" field:"unique external"`
	Alias           string        `max:"20" field:"external"`
	Email           schema.Email
	Website         schema.URL
	Phone           schema.Phone
	Region          schema.Picklist  `choices:"North;South" field:"restricted"`
	Town            schema.Picklist  `choices:"Oslo;Rome" field:"restricted" controller:"Region"`
	Tags            schema.MultiPick `choices:"a;b;c" field:"restricted"`
	Rating          schema.Decimal   `precision:"5" scale:"2"`
	Visits          schema.Int
	Active          bool `default:"true"`
	Since           schema.Date
	Opens           schema.Time
	Next            schema.DateTime
	ParentId        schema.Ref[Customer] `children:"Branches"`
	Secret          string
	Born            string         `field:"createonly"`
	Billing         schema.Address `parts:"Billing"`
}

type Project struct {
	schema.Standard `prefix:"a01" name:"Number"`
	OwnerId         schema.AnyRef        `to:"User,Group" field:"owner"`
	Number          schema.AutoNumber    `format:"P-{0000}"`
	CustomerId      schema.Ref[Customer] `children:"Projects"`
	Stage           schema.Picklist      `choices:"Plan;Run;Done" field:"restricted required" default:"Plan"`
	Title           string
	TaskCount       schema.Int     `field:"calculated"`
	Hours           schema.Decimal `field:"calculated" scale:"1"`
}

type Task struct {
	schema.Standard `prefix:"a02" name:"Line"`
	Line            schema.AutoNumber   `format:"{000}" per:"ProjectId"`
	ProjectId       schema.Ref[Project] `children:"Tasks" field:"cascade required createonly"`
	Hours           schema.Decimal      `scale:"1"`
	Title           string
	CheckerId       schema.Ref[User] `children:"Checks" field:"restrict"`
}

type Note struct {
	schema.Standard `prefix:"a03"`
	Name            string        `field:"name"`
	AboutId         schema.AnyRef `to:"Customer,Project,Task" children:"Notes"`
	KeptId          schema.AnyRef `to:"Project" children:"KeptNotes" field:"keep"`
	Body            schema.Blob
}

func catalog(t testing.TB) *schema.Catalog {
	t.Helper()
	c, err := schema.Compile(User{}, Group{}, Customer{}, Project{}, Task{}, Note{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// clock is the time that tests set.
type clock struct{ ms atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.ms.Store(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).UnixMilli())
	return c
}

func (c *clock) now() time.Time          { return time.UnixMilli(c.ms.Load()) }
func (c *clock) advance(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// house is a keeper over a fresh database.
type house struct {
	*Keeper
	t     testing.TB
	clock *clock
	log   *audit.Log
}

func newHouse(t testing.TB, db *store.DB, book Book, recorder *Recorder) *house {
	t.Helper()
	c := catalog(t)
	if _, err := db.Sync(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, clock: newClock()}
	log, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	if err != nil {
		t.Fatal(err)
	}
	h.log = log
	k, err := New(Options{DB: db, Catalog: c, Audit: log, Book: book, Now: h.clock.now, Recorder: recorder})
	if err != nil {
		t.Fatal(err)
	}
	h.Keeper = k
	return h
}

// do runs f for the house itself, and fails the test when that fails.
func (h *house) do(f func(*Tx) error) {
	h.t.Helper()
	if err := h.Do(context.Background(), Cause{By: "test"}, f); err != nil {
		h.t.Fatal(err)
	}
}

// refused runs f and returns the fault that it ends with.
func (h *house) refused(f func(*Tx) error) *Fault {
	h.t.Helper()
	err := h.Do(context.Background(), Cause{By: "test"}, f)
	faults, ok := FaultsOf(err)
	if !ok {
		h.t.Fatalf("expected a fault, got %v", err)
	}
	return faults[0]
}

// apply applies JSON patches to records of the named object on behalf of v.
func (h *house) apply(v access.Viewer, b Batch, object string, bodies ...string) []Result {
	h.t.Helper()
	b.Object = h.Catalog().Object(object)
	r := NewPatchReader(h.Catalog(), b.Object, v, b.Op == Insert)
	for _, body := range bodies {
		p, err := r.JSON([]byte(body))
		if err != nil {
			h.t.Fatalf("%s: %v", body, err)
		}
		b.Patches = append(b.Patches, p)
	}
	var results []Result
	err := h.Do(context.Background(), Cause{Viewer: v, By: "test"}, func(tx *Tx) (err error) {
		results, err = tx.Apply(b)
		return err
	})
	if _, ok := FaultsOf(err); err != nil && !ok {
		h.t.Fatal(err)
	}
	return results
}

// codes returns the code of the first fault of each result, "" for success.
func codes(results []Result) []string {
	all := make([]string, len(results))
	for i, r := range results {
		if len(r.Faults) > 0 {
			all[i] = r.Faults[0].Code
		}
	}
	return all
}

func load[T any](h *house, id schema.Id) *T {
	h.t.Helper()
	var rec *T
	err := h.View(context.Background(), func(v *View) (err error) {
		rec, err = Get(v, schema.Ref[T](id))
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return rec
}

func count[T any](h *house, where string, args ...any) int {
	h.t.Helper()
	var n int
	err := h.View(context.Background(), func(v *View) (err error) {
		n, err = Count[T](v, where, args...)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// limited is a viewer who sees and edits less than everything.
type limited struct {
	access.Everything
	id     schema.Id
	rights map[string]access.Rights
	hidden map[string]bool   // Object.Field
	fixed  map[string]bool   // Object.Field that can't be edited
	scopes map[string]string // by object and level: "Customer 0"
	may    map[string]bool
}

func (l limited) User() schema.Id { return l.id }
func (l limited) Object(o *schema.Object) access.Rights {
	if r, ok := l.rights[o.Name]; ok {
		return r
	}
	return access.Read | access.Create | access.Edit | access.Delete
}
func (l limited) Reads(o *schema.Object, f *schema.Field) bool { return !l.hidden[o.Name+"."+f.Name] }
func (l limited) Edits(o *schema.Object, f *schema.Field) bool {
	return !l.fixed[o.Name+"."+f.Name] && l.Reads(o, f)
}
func (l limited) May(p string) bool { return l.may[p] }
func (l limited) Scope(o *schema.Object, level access.Level) soql.Expr {
	text, ok := l.scopes[fmt.Sprintf("%s %d", o.Name, level)]
	if !ok {
		return nil
	}
	e, err := soql.ParseCondition(text)
	if err != nil {
		panic(err)
	}
	return e
}

// each runs f on each engine, over databases that can compute formulas.
func each(t *testing.T, f func(*testing.T, *store.DB)) {
	t.Helper()
	var scalars []store.Function
	for _, s := range formula.Scalars() {
		scalars = append(scalars, store.Function(s))
	}
	t.Run("sqlite", func(t *testing.T) { f(t, storetest.SQLite(t, store.Options{Functions: scalars})) })
	t.Run("postgres", func(t *testing.T) { f(t, storetest.Postgres(t, store.Options{})) })
}

// versionOf returns how often a record that was read through r has been written, 1 after its insert; 0 when it is not
// there or has not been read.
func versionOf(r Reader, id schema.Id) int64 {
	if c := r.reader().cache[id]; c != nil {
		return c.version
	}
	return 0
}
