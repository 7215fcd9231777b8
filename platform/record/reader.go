package record

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Reader reads records as the house sees them: every record, every field. It is a [*Tx] or a [*View]. What it has read
// it keeps, so that asking twice costs one query.
type Reader interface{ reader() *session }

// View is a reader over one moment of the database, in which nothing can be changed.
type View struct{ session }

func (s *session) reader() *session { return s }

// session is what a transaction and a view have in common.
type session struct {
	*snapshot
	keeper *Keeper
	db     *store.Tx
	now    time.Time
	user   schema.Id      // for whom; "" is the house
	zone   *time.Location // of the user

	cache   map[schema.Id]*stored
	loaded  []*stored                 // of cache, in the order of loading
	scanned map[*plan]int             // how much of loaded has been searched for references to a plan's object
	lists   map[listKey][]*stored     // of FindBy
	listed  map[*plan][]*schema.Field // fields for which lists holds something
	frames  []*frame                  // the batches that are on their way, innermost last
	handed  map[any]*stored           // what a record was when it was handed out; nil in a view
}

// stored is a record as the database has it. It is never handed out, only copies of it.
type stored struct {
	plan    *plan
	rec     any
	version int64
	locked  bool // by this transaction, so that nobody else changes it
}

// listKey names the records that refer to id by field.
type listKey struct {
	field *schema.Field
	id    schema.Id
}

// frame is one batch in the corridor; lookups of one of its records are made for all of them.
type frame struct {
	plan *plan
	rows []*row
	byId map[schema.Id]*row // made when first asked for
}

func newSession(k *Keeper, snap *snapshot, db *store.Tx) session {
	return session{snapshot: snap, keeper: k, db: db, now: k.now().UTC().Truncate(time.Millisecond), zone: time.UTC, cache: map[schema.Id]*stored{}}
}

// Now returns the time of the transaction, in UTC to the millisecond. It stays the same throughout.
func (s *session) Now() time.Time { return s.now }

// Catalog returns the catalogue as it is in this transaction.
func (s *session) Catalog() *schema.Catalog { return s.catalog }

// Store returns the running database transaction, for what is not a record.
func (s *session) Store() *store.Tx { return s.db }

func errNotRecord(rec any) error {
	return fmt.Errorf("record: %T is not a pointer to a record of the catalogue", rec)
}

// ErrNotFound is returned when a reference leads nowhere.
var ErrNotFound = errors.New("record: there is no record with this id")

// Get returns the record that ref points to, deleted or not. A null reference gives an empty record. The record is the
// caller's own: it may be changed and saved.
func Get[T any](r Reader, ref schema.Ref[T]) (*T, error) {
	if ref == "" {
		return new(T), nil
	}
	s := r.reader()
	o := s.catalog.Of(reflect.TypeFor[T]())
	if o == nil {
		return nil, errNotRecord(new(T))
	}
	rec, err := s.get(s.plans[o], schema.Id(ref))
	if err != nil {
		return nil, err
	}
	return rec.(*T), nil
}

// GetAny returns the record with the given id, of whichever object, as a pointer to its Go struct.
func GetAny(r Reader, id schema.Id) (any, error) {
	s := r.reader()
	p := s.planById(id)
	if p == nil {
		return nil, fmt.Errorf("%w: %s", ErrNotFound, id)
	}
	return s.get(p, id)
}

func (s *session) get(p *plan, id schema.Id) (any, error) {
	c, err := s.fetch(p, id)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, fmt.Errorf("%w: %s %s", ErrNotFound, p.object.Name, id)
	}
	return s.hand(c), nil
}

// hand gives out a copy of c, and remembers what it was, so that a later Save writes only what was changed in it.
func (s *session) hand(c *stored) any {
	rec := schema.Copy(c.rec)
	if s.handed != nil {
		s.handed[rec] = c
	}
	return rec
}

// fetch returns a record from the cache, or loads it together with all that the running batches will ask for next; nil
// when there is none.
func (s *session) fetch(p *plan, id schema.Id) (*stored, error) {
	if c, ok := s.cache[id]; ok {
		return c, nil
	}
	ids := s.neighbours(p, id)
	for len(ids) > 0 {
		n := min(len(ids), maxIds)
		if err := s.load(p, ids[:n], ""); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return s.cache[id], nil
}

// load reads records by id into the cache; those that do not exist are remembered too. lock is a suffix of SELECT.
func (s *session) load(p *plan, ids []schema.Id, lock string) error {
	found, err := s.selectRows(p, `"Id" IN `+marks(len(ids)), idArgs(ids), lock)
	if err != nil {
		return err
	}
	for _, id := range ids {
		s.cache[id] = nil
	}
	for _, c := range found {
		c.locked = lock != "" || s.db.Writable() && s.db.Dialect().ForUpdate() == ""
		s.keep(c)
	}
	return nil
}

func (s *session) keep(c *stored) {
	s.cache[c.plan.id(c.rec)] = c
	s.loaded = append(s.loaded, c)
}

// neighbours returns the ids of p's object that the running batches, and the records read so far, refer to and that
// have not been loaded; id comes first.
func (s *session) neighbours(p *plan, id schema.Id) []schema.Id {
	ids := []schema.Id{id}
	taken := map[schema.Id]bool{id: true}
	add := func(q *plan, rec any) {
		for _, f := range q.references {
			if !refersTo(f, p.object) {
				continue
			}
			to := schema.Id(f.Text(rec))
			if to == "" || taken[to] || to.Prefix() != p.object.Prefix {
				continue
			}
			if _, known := s.cache[to]; !known {
				taken[to] = true
				ids = append(ids, to)
			}
		}
	}
	for _, f := range s.frames {
		for _, r := range f.rows {
			add(f.plan, r.new)
		}
	}
	if s.scanned == nil {
		s.scanned = map[*plan]int{}
	}
	for _, c := range s.loaded[s.scanned[p]:] {
		add(c.plan, c.rec)
	}
	s.scanned[p] = len(s.loaded)
	return ids
}

// selectRows reads the records of p's object that meet a condition in SQL.
func (s *session) selectRows(p *plan, where string, args []any, tail string) ([]*stored, error) {
	var found []*stored
	err := s.eachRow(p, where, args, tail, func(c *stored) error {
		found = append(found, c)
		return nil
	})
	return found, err
}

func (s *session) eachRow(p *plan, where string, args []any, tail string, f func(*stored) error) error {
	rows, err := s.db.Query("SELECT "+p.selects+" FROM "+p.table+" WHERE "+where+tail, args...)
	if err != nil {
		return fmt.Errorf("read %s: %w", p.object.Name, err)
	}
	defer rows.Close()
	raw := make([]any, len(p.columns)+1)
	dest := make([]any, len(raw))
	for i := range raw {
		dest[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return fmt.Errorf("read %s: %w", p.object.Name, err)
		}
		c, err := p.stored(raw)
		if err != nil {
			return err
		}
		if err := f(c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// stored makes a record of what the database gave for the columns and the version.
func (p *plan) stored(raw []any) (*stored, error) {
	c := &stored{plan: p, rec: p.object.New()}
	for i, f := range p.columns {
		if raw[i] == nil {
			continue
		}
		x, err := f.FromColumn(raw[i])
		if err != nil {
			return nil, err
		}
		f.Set(c.rec, x)
	}
	c.version, _ = raw[len(p.columns)].(int64)
	return c, nil
}

// maxIds is how many ids one IN list holds.
const maxIds = 512

// marks returns "(?, ?, …)" for n arguments, rounded up so that few different texts are prepared; idArgs pads alike.
func marks(n int) string {
	return "(" + strings.TrimSuffix(strings.Repeat("?, ", padded(n)), ", ") + ")"
}

func padded(n int) int {
	for _, size := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256} {
		if n <= size {
			return size
		}
	}
	return maxIds
}

// idArgs returns ids as arguments for marks, the last one repeated.
func idArgs(ids []schema.Id) []any {
	args := make([]any, padded(len(ids)))
	for i := range args {
		args[i] = string(ids[min(i, len(ids)-1)])
	}
	return args
}
