package record

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// told is an event as it is kept.
type told struct {
	Ids    []schema.Id `json:"ids"`
	Change string      `json:"change"`
	Fields []string    `json:"fields"`
}

func outbox(h *house) []told {
	h.t.Helper()
	var all []told
	err := h.DB().View(context.Background(), func(tx *store.Tx) error {
		rows, err := tx.Query("SELECT body FROM outbox ORDER BY n")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var body []byte
			var e told
			if err := rows.Scan(&body); err != nil {
				return err
			}
			if err := json.Unmarshal(body, &e); err != nil {
				return err
			}
			all = append(all, e)
		}
		return rows.Err()
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

// TestEveryChangeIsToldAndLogged: whatever is done, each record has an audit entry for each of its versions, and events
// that add up to its life; the log verifies.
func TestEveryChangeIsToldAndLogged(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	ids := []schema.Id{}
	alive := map[schema.Id]bool{}
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 4).Draw(rt, "transactions") {
			undone := rapid.Bool().Draw(rt, "undone")
			before := len(ids)
			was := map[schema.Id]bool{}
			for id, a := range alive {
				was[id] = a
			}
			err := h.Do(context.Background(), Cause{By: "test"}, func(tx *Tx) error {
				for range rapid.IntRange(1, 5).Draw(rt, "steps") {
					if err := step(rt, tx, &ids, alive); err != nil {
						return err
					}
				}
				if undone {
					return Refuse("X", "undone")
				}
				return nil
			})
			if undone {
				ids, alive = ids[:before], was
			} else if err != nil {
				rt.Fatal(err)
			}
		}
	})
	creates, changes := map[schema.Id]int{}, map[schema.Id]int64{}
	for _, e := range outbox(h) {
		for _, id := range e.Ids {
			if changes[id]++; e.Change == "CREATE" {
				creates[id]++
			}
		}
	}
	for _, id := range ids {
		var version int64
		err := h.View(context.Background(), func(v *View) error {
			_, err := GetAny(v, id)
			version = versionOf(v, id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if creates[id] != 1 || changes[id] != version {
			t.Fatalf("%s has version %d, but was told of %d times, %d of them as new", id, version, changes[id], creates[id])
		}
		err = h.DB().View(context.Background(), func(tx *store.Tx) error {
			past, err := h.log.History(tx, id, 0, 1000)
			if err == nil && int64(len(past)) != version {
				err = fmt.Errorf("%s has version %d and %d audit entries", id, version, len(past))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.log.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// step does something to some customer.
func step(rt *rapid.T, tx *Tx, ids *[]schema.Id, alive map[schema.Id]bool) error {
	kind := rapid.IntRange(0, 4).Draw(rt, "kind")
	if kind == 0 || len(*ids) == 0 {
		c := &Customer{Name: "c"}
		err := tx.Save(c)
		if err == nil {
			*ids, alive[c.Id] = append(*ids, c.Id), true
		}
		return err
	}
	id := rapid.SampledFrom(*ids).Draw(rt, "id")
	switch {
	case !alive[id]:
		alive[id] = true
		return tx.Undelete(id)
	case kind == 1:
		alive[id] = false
		return tx.Delete(id)
	}
	c, err := Get(tx, schema.Ref[Customer](id))
	if err != nil {
		return err
	}
	c.Alias = rapid.StringMatching("[a-c]").Draw(rt, "alias")
	return tx.Save(c)
}

func TestEventsOfABatch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		h.apply(access.Everything{}, Batch{Op: Insert}, "Customer", `{"Name":"a"}`, `{"Name":"b"}`, `{"Name":"c","Alias":"x"}`, `{}`)
		e := outbox(h)
		if len(e) != 2 || len(e[0].Ids) != 2 || e[0].Change != "CREATE" || !slices.Equal(e[1].Fields, []string{"Name", "Alias", "Active"}) {
			t.Errorf("told %+v", e)
		}
		h.do(func(tx *Tx) error {
			tx.Try(func() error {
				if err := tx.Save(&Customer{Name: "gone"}); err != nil {
					return err
				}
				return Refuse("X", "no")
			})
			return nil
		})
		if n := len(outbox(h)); n != 2 {
			t.Errorf("%d events", n)
		}
	})
}
