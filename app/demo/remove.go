package demo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Kept is a record of the demo that was left, because a record that the demo did not make refers to it, or to another
// that refers to it.
type Kept struct {
	Object string    `json:"object"`
	Id     schema.Id `json:"id"`
	By     schema.Id `json:"by"` // the record that refers to it
}

// Outcome is what became of the demo's records.
type Outcome struct {
	Removed int    `json:"removed"`
	Kept    []Kept `json:"kept"`
}

// eraseAtOnce is how many records one transaction erases.
const eraseAtOnce = 200

// Remove erases what Fill saved, and nothing else. Records of the demo that real ones hang on stay, and stay known as
// records of the demo. Why says who does it; progress is called after every transaction.
func Remove(ctx context.Context, k *record.Keeper, why record.Cause, progress func(done, total int) error) (*Outcome, error) {
	var ids []schema.Id
	out := &Outcome{Kept: []Kept{}}
	err := k.View(ctx, func(v *record.View) (err error) {
		if ids, err = record.Together(v.Store(), Batch); err != nil {
			return err
		}
		out.Kept, err = hanging(v, ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("demo: what real records hang on: %w", err)
	}
	kept := map[schema.Id]bool{}
	for _, r := range out.Kept {
		kept[r.Id] = true
	}
	ids = slices.DeleteFunc(ids, func(id schema.Id) bool { return kept[id] })
	slices.Reverse(ids) // the last made first: what is half removed looks half made
	for done := 0; done < len(ids); {
		part := ids[done:min(done+eraseAtOnce, len(ids))]
		var late []Kept
		n := 0
		err := k.Do(ctx, why, func(tx *record.Tx) (err error) {
			n, late, err = erase(tx, part)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("demo: remove: %w", err)
		}
		done, out.Removed, out.Kept = done+len(part), out.Removed+n, append(out.Kept, late...)
		if err := progress(done, len(ids)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// erase erases records of the demo, unless somebody has hung a real one on them meanwhile.
func erase(tx *record.Tx, ids []schema.Id) (n int, late []Kept, err error) {
	w := newWeb(tx.Store(), tx.Catalog(), ids)
	for _, o := range objectsOf(tx.Catalog(), ids) {
		if err := w.fromOutside(o, ids); err != nil {
			return 0, nil, err
		}
	}
	late = w.list()
	ids = slices.DeleteFunc(slices.Clone(ids), func(id schema.Id) bool { return w.kept[id].Id != "" })
	if n, err = tx.Erase(ids...); err != nil {
		return n, nil, err
	}
	for _, id := range ids {
		if id.Prefix() == userPrefix {
			err = errors.Join(err, org.EndSessions(tx.Store(), id), org.RightsChanged(tx.Store()))
		}
	}
	return n, late, errors.Join(err, record.ForgetTogether(tx.Store(), Batch, ids...))
}

// objectsOf returns the objects that ids are of.
func objectsOf(c *schema.Catalog, ids []schema.Id) (list []*schema.Object) {
	for _, id := range ids {
		if o := c.ById(id); o != nil && !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	return list
}

const userPrefix = "005"

// hanging returns the records of the demo that others refer to, and those that these refer to in turn.
func hanging(v *record.View, ids []schema.Id) ([]Kept, error) {
	w := newWeb(v.Store(), v.Catalog(), ids)
	for _, o := range objectsOf(v.Catalog(), ids) {
		if err := w.fromOutside(o, nil); err != nil {
			return nil, err
		}
	}
	for len(w.next) > 0 {
		if err := w.further(); err != nil {
			return nil, err
		}
	}
	return w.list(), nil
}

func newWeb(tx *store.Tx, c *schema.Catalog, ids []schema.Id) *web {
	w := &web{tx: tx, catalog: c, demo: map[schema.Id]bool{}, kept: map[schema.Id]Kept{}}
	for _, id := range ids {
		w.demo[id] = true
	}
	return w
}

func (w *web) list() []Kept {
	list := slices.Collect(maps.Values(w.kept))
	slices.SortFunc(list, func(a, b Kept) int { return strings.Compare(string(a.Id), string(b.Id)) })
	return list
}

// web follows references between records.
type web struct {
	tx      *store.Tx
	catalog *schema.Catalog
	demo    map[schema.Id]bool
	kept    map[schema.Id]Kept
	next    []schema.Id // kept records whose own references have not been followed
}

// children calls f for each field by which records refer to those of o, save those that only tell who wrote a record or
// that outlive what they lead to.
func (w *web) children(o *schema.Object, f func(object *schema.Object, field string) error) error {
	for _, c := range o.Children {
		child := w.catalog.Object(c.Object)
		if child == nil || c.Delete == schema.Keep || c.Field == "CreatedById" || c.Field == "LastModifiedById" {
			continue
		}
		if err := f(child, c.Field); err != nil {
			return err
		}
	}
	return nil
}

// fromOutside keeps records of o, among some ids or all, that a record refers to which the demo did not make.
func (w *web) fromOutside(o *schema.Object, among []schema.Id) error {
	args, more := []any{Batch}, ""
	for _, id := range among {
		args = append(args, string(id))
	}
	if among != nil {
		more = " AND b.record IN (" + marks(len(among)) + ")"
	}
	return w.children(o, func(child *schema.Object, field string) error {
		return w.follow(`SELECT DISTINCT c."Id", c.`+store.Quote(field)+` FROM record_batch b JOIN `+store.Quote(child.Name)+` c ON c.`+store.Quote(field)+` = b.record
			WHERE b.batch = ?`+more+` AND c."IsDeleted" = `+w.tx.Dialect().Bool(false)+` AND NOT EXISTS (SELECT 1 FROM record_batch m WHERE m.batch = b.batch AND m.record = c."Id")`, args...)
	})
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// further keeps what the records refer to that were kept last.
func (w *web) further() error {
	byObject := map[*schema.Object][]any{}
	for _, id := range w.next {
		if o := w.catalog.ById(id); o != nil {
			byObject[o] = append(byObject[o], string(id))
		}
	}
	w.next = nil
	for _, o := range w.catalog.Objects { // in an order that is always the same
		for part := range slices.Chunk(byObject[o], 500) {
			if err := w.parents(o, part); err != nil {
				return err
			}
		}
	}
	return nil
}

// parents keeps what some records of o refer to.
func (w *web) parents(o *schema.Object, ids []any) error {
	for _, f := range o.Fields {
		if f.Kind.Store() != schema.StoreText || len(f.To) == 0 || !f.Stored() {
			continue
		}
		if err := w.follow(`SELECT "Id", `+store.Quote(f.Name)+` FROM `+store.Quote(o.Name)+` WHERE "Id" IN (`+marks(len(ids))+`) AND `+store.Quote(f.Name)+` IS NOT NULL`, ids...); err != nil {
			return err
		}
	}
	return nil
}

// follow keeps the records of the demo in the second column, which the first refers to.
func (w *web) follow(query string, args ...any) error {
	rows, err := w.tx.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var by, id schema.Id
		if err := rows.Scan(&by, &id); err != nil {
			return err
		}
		if _, known := w.kept[id]; !known && w.demo[id] {
			w.kept[id] = Kept{w.catalog.ById(id).Name, id, by}
			w.next = append(w.next, id)
		}
	}
	return rows.Err()
}
