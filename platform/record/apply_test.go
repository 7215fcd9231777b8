package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestUpsert(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		o := h.Catalog().Object("Customer")
		by := Batch{Op: Upsert, By: o.Field("Code")}
		r := h.apply(access.Everything{}, by, "Customer", `{"Code":"A","Name":"first"}`, `{"Code":"a","Name":"second"}`, `{"Code":"B","Name":"b"}`, `{"Name":"none"}`)
		if got := codes(r); !slices.Equal(got, []string{"", "", "", "MISSING_ARGUMENT"}) || !r[0].Created || r[1].Created || r[1].Id != r[0].Id || r[1].Version != 2 {
			t.Errorf("got %+v", r)
		}
		if c := load[Customer](h, r[0].Id); c.Name != "second" {
			t.Errorf("got %+v", c)
		}
		by.UpdateOnly = true
		if r := h.apply(access.Everything{}, by, "Customer", `{"Code":"new","Name":"x"}`); r[0].Faults[0].Code != "NOT_FOUND" {
			t.Errorf("got %+v", r)
		}
		h.apply(access.Everything{}, Batch{Op: Insert}, "Customer", `{"Name":"t1","Alias":"tw"}`, `{"Name":"t2","Alias":"TW"}`)
		r = h.apply(access.Everything{}, Batch{Op: Upsert, By: o.Field("Alias")}, "Customer", `{"Alias":"tw","Name":"x"}`)
		if r[0].Faults[0].Code != "DUPLICATE_EXTERNAL_ID" || r[0].Matches == nil || len(r[0].Matches.Ids) != 2 {
			t.Errorf("got %+v", r)
		}
		byId := h.apply(access.Everything{}, Batch{Op: Upsert, By: o.Field("Id")}, "Customer", `{"Name":"fresh"}`, `{"Id":"`+string(r[0].Matches.Ids[0])+`","Name":"t1b"}`)
		if got := codes(byId); got[0] != "" || got[1] != "" || !byId[0].Created || byId[1].Created {
			t.Errorf("got %+v", byId)
		}
	})
}

func TestUpsertsRace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		o := h.Catalog().Object("Customer")
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				var p Patch
				p.Set(o.Field("Code"), "same")
				p.Set(o.Field("Name"), fmt.Sprint(i))
				err := h.Do(context.Background(), Cause{}, func(tx *Tx) error {
					r, err := tx.Apply(Batch{Op: Upsert, Object: o, By: o.Field("Code"), AllOrNone: true, Patches: []Patch{p}})
					return errors.Join(err, r[0].Faults.err())
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := count[Customer](h, ""); n != 1 {
			t.Errorf("%d customers", n)
		}
	})
}

func TestInsertsRaceForUniqueValue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		o := h.Catalog().Object("Customer")
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 20 {
			wg.Go(func() {
				batch := Batch{Op: Insert, Object: o, Patches: make([]Patch, 3)}
				for i := range batch.Patches {
					batch.Patches[i].Set(o.Field("Name"), "x")
				}
				batch.Patches[1].Set(o.Field("Code"), "same")
				err := h.Do(context.Background(), Cause{}, func(tx *Tx) error {
					r, err := tx.Apply(batch)
					if err != nil {
						return err
					}
					if len(r[0].Faults)+len(r[2].Faults) > 0 {
						t.Errorf("the others were refused too: %+v", r)
					}
					mu.Lock()
					defer mu.Unlock()
					if len(r[1].Faults) == 0 {
						won++
					} else if r[1].Faults[0].Code != "DUPLICATE_VALUE" {
						t.Errorf("got %+v", r[1])
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := count[Customer](h, ""); n != 41 || won != 1 {
			t.Errorf("%d customers, %d won", n, won)
		}
	})
}

func TestConcurrentIncrements(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		o := h.Catalog().Object("Customer")
		c := &Customer{Name: "c", Visits: schema.NewInt(0)}
		h.do(func(tx *Tx) error { return tx.Save(c) })
		increment := func() (done bool) {
			var visits, version int64
			err := h.View(context.Background(), func(v *View) error {
				rec, err := Get(v, schema.Ref[Customer](c.Id))
				if err == nil {
					visits, version = rec.Visits.Int64(), versionOf(v, c.Id)
				}
				return err
			})
			if err != nil {
				t.Error(err)
				return true
			}
			p := Patch{Id: c.Id, Version: version}
			p.Set(o.Field("Visits"), schema.NewInt(visits+1))
			err = h.Do(context.Background(), Cause{}, func(tx *Tx) error {
				r, err := tx.Apply(Batch{Op: Update, Object: o, AllOrNone: true, Patches: []Patch{p}})
				return errors.Join(err, r[0].Faults.err())
			})
			if f := new(Fault); errors.As(err, &f) && f.Code == "PRECONDITION_FAILED" {
				return false
			}
			if err != nil {
				t.Error(err)
			}
			return true
		}
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				for !increment() {
				}
			})
		}
		for range 50 {
			wg.Go(func() {
				// A house's own save of another field must neither lose an increment nor be lost.
				err := h.Do(context.Background(), Cause{}, func(tx *Tx) error {
					rec, err := Lock(tx, schema.Ref[Customer](c.Id))
					if err != nil {
						return err
					}
					rec.Rating = rec.Rating.Or(schema.DecInt(0)).Add(schema.DecInt(1))
					return tx.Save(rec)
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := load[Customer](h, c.Id); got.Visits != schema.NewInt(100) || got.Rating != schema.DecInt(50) {
			t.Errorf("%v visits, rating %v", got.Visits, got.Rating)
		}
	})
}

func TestSaveMergesWhatOthersChanged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		c := &Customer{Name: "c"}
		h.do(func(tx *Tx) error { return tx.Save(c) })
		h.do(func(tx *Tx) error {
			one, err := Get(tx, schema.Ref[Customer](c.Id))
			if err != nil {
				return err
			}
			two, err := Get(tx, schema.Ref[Customer](c.Id))
			if err != nil {
				return err
			}
			one.Alias, two.Phone = "one", "2"
			if err := tx.Save(one); err != nil {
				return err
			}
			return tx.Save(two)
		})
		if got := load[Customer](h, c.Id); got.Alias != "one" || got.Phone != "2" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestPreconditions(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	c := &Customer{Name: "c"}
	h.do(func(tx *Tx) error { return tx.Save(c) })
	seen := h.clock.now()
	h.clock.advance(time.Minute)
	h.do(func(tx *Tx) error { c.Alias = "x"; return tx.Save(c) })
	o := h.Catalog().Object("Customer")
	apply := func(p Patch) string {
		p.Id = c.Id
		p.Set(o.Field("Name"), "d")
		var r []Result
		h.do(func(tx *Tx) (err error) {
			r, err = tx.Apply(Batch{Op: Update, Object: o, Patches: []Patch{p}})
			return err
		})
		return codes(r)[0]
	}
	if got := apply(Patch{UnmodifiedSince: seen}); got != "PRECONDITION_FAILED" {
		t.Errorf("got %q", got)
	}
	if got := apply(Patch{Version: 1}); got != "PRECONDITION_FAILED" {
		t.Errorf("got %q", got)
	}
	if got := apply(Patch{Version: 2, UnmodifiedSince: h.clock.now()}); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestAccessAtWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		u := &User{Name: "u"}
		mine, seen, hidden := &Customer{Name: "mine", Alias: "edit"}, &Customer{Name: "seen", Alias: "see"}, &Customer{Name: "hidden", Code: "H"}
		h.do(func(tx *Tx) error { return tx.Save(u, mine, seen, hidden) })
		project := &Project{CustomerId: schema.Ref[Customer](seen.Id)}
		h.do(func(tx *Tx) error { return tx.Save(project) })
		v := limited{
			id:     u.Id,
			rights: map[string]access.Rights{"Group": 0, "Note": access.Read},
			scopes: map[string]string{"Customer 0": "Alias IN ('edit', 'see')", "Customer 1": "Alias = 'edit'", "Customer 2": "Alias = 'edit'", "Customer 3": "Alias = 'none'", "Task 1": "Project.Customer.Alias = 'edit'"},
		}
		id := func(c *Customer, rest string) string { return `{"Id":"` + string(c.Id) + `"` + rest + `}` }
		check := func(what string, r []Result, want ...string) {
			t.Helper()
			if got := codes(r); !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", what, got, want)
			}
		}
		missing := id(&Customer{Standard: schema.Standard{Id: "001000000000999AAA"}}, `,"Name":"x"`)
		check("update", h.apply(v, Batch{Op: Update}, "Customer", id(mine, `,"Name":"m"`), id(seen, `,"Name":"m"`), id(hidden, `,"Name":"m"`), missing),
			"", "INSUFFICIENT_ACCESS_OR_READONLY", "INVALID_CROSS_REFERENCE_KEY", "INVALID_CROSS_REFERENCE_KEY")
		check("delete", h.apply(v, Batch{Op: Delete}, "Customer", id(seen, ""), id(hidden, "")), "INSUFFICIENT_ACCESS_OR_READONLY", "INVALID_CROSS_REFERENCE_KEY")
		check("transfer", h.apply(v, Batch{Op: Update}, "Customer", id(mine, `,"OwnerId":"`+string(u.Id)+`"`)), "INSUFFICIENT_ACCESS_OR_READONLY")
		check("reference", h.apply(v, Batch{Op: Insert}, "Project", `{"CustomerId":"`+string(hidden.Id)+`"}`, `{"CustomerId":"001000000000999AAA"}`, `{"CustomerId":"`+string(seen.Id)+`"}`, `{"Customer":{"Code":"H"}}`),
			"INVALID_CROSS_REFERENCE_KEY", "INVALID_CROSS_REFERENCE_KEY", "", "INVALID_FIELD")
		check("duplicate", h.apply(v, Batch{Op: Insert}, "Customer", `{"Name":"x","Code":"H"}`), "DUPLICATE_VALUE")
		if r := h.apply(v, Batch{Op: Insert}, "Customer", `{"Name":"x","Code":"H"}`); r[0].Faults[0].Message != "duplicate value found: Code duplicates value on record with id: <unknown>" {
			t.Errorf("got %v", r[0].Faults)
		}
		check("no object", h.apply(v, Batch{Op: Insert}, "Group", `{"Name":"g"}`), "INVALID_TYPE")
		check("no create", h.apply(v, Batch{Op: Insert}, "Note", `{"Name":"n"}`), "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
		check("detail", h.apply(v, Batch{Op: Insert}, "Task", `{"ProjectId":"`+string(project.Id)+`"}`), "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY")
		h.do(func(tx *Tx) error { project.CustomerId = schema.Ref[Customer](mine.Id); return tx.Save(project) })
		check("own detail", h.apply(v, Batch{Op: Insert}, "Task", `{"ProjectId":"`+string(project.Id)+`"}`), "")
		task := h.apply(access.Everything{}, Batch{Op: Insert}, "Task", `{"ProjectId":"`+string(project.Id)+`"}`)
		other := h.apply(access.Everything{}, Batch{Op: Insert}, "Project", `{}`)
		check("create only", h.apply(access.Everything{}, Batch{Op: Update}, "Task", `{"Id":"`+string(task[0].Id)+`","ProjectId":"`+string(other[0].Id)+`"}`, `{"Id":"`+string(task[0].Id)+`","ProjectId":"`+string(project.Id)+`","Title":"t"}`),
			"INVALID_FIELD_FOR_INSERT_UPDATE", "")
		h.do(func(tx *Tx) error { return tx.Delete(mine.Id, hidden.Id) })
		check("deleted", h.apply(v, Batch{Op: Update}, "Customer", id(mine, `,"Name":"m"`), id(hidden, `,"Name":"m"`)), "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY")
		check("undelete", h.apply(v, Batch{Op: Undelete}, "Customer", id(mine, ""), id(hidden, ""), id(seen, "")), "", "INVALID_CROSS_REFERENCE_KEY", "UNDELETE_FAILED")
	})
}

func TestOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		u := &User{Name: "u"}
		h.do(func(tx *Tx) error { return tx.Save(u) })
		cause := Cause{Viewer: limited{id: u.Id}}
		once := func(key, digest, name string) (Answer, bool, error) {
			return h.Once(context.Background(), cause, Key{key, []byte(digest)}, func(tx *Tx) (Answer, error) {
				c := &Customer{Name: name}
				err := tx.Save(c)
				return Answer{201, []byte(c.Id)}, err
			})
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		answers, first := map[string]bool{}, 0
		for range 20 {
			wg.Go(func() {
				a, replayed, err := once("k", "d", "c")
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				answers[string(a.Body)] = true
				if !replayed {
					first++
				}
			})
		}
		wg.Wait()
		if n := count[Customer](h, ""); n != 1 || len(answers) != 1 || first != 1 {
			t.Errorf("%d customers, %d answers, %d were first", n, len(answers), first)
		}
		if _, _, err := once("k", "other", "c"); faultOf(err) != "IDEMPOTENCY_KEY_REUSED : The idempotency key was used for another request. Choose a new key for each request" {
			t.Errorf("got %v", err)
		}
		if _, _, err := once("bad", "d", ""); faultOf(err) != "REQUIRED_FIELD_MISSING Name: Required fields are missing: [Name]" {
			t.Errorf("got %v", err)
		}
		if _, replayed, err := once("bad", "d", "mended"); err != nil || replayed {
			t.Errorf("a failed request was kept: %v", err)
		}
		h.clock.advance((KeyDays*24 + 1) * time.Hour)
		if n, err := h.ForgetKeys(context.Background(), Cause{}); n != 2 || err != nil {
			t.Errorf("forgot %d keys: %v", n, err)
		}
		if _, replayed, err := once("k", "other", "c"); err != nil || replayed {
			t.Errorf("an old key is still known: %v", err)
		}
	})
}

// TestBatchIsAsOneByOne: a batch whose records fail or succeed alone ends as the same patches do one after the other.
func TestBatchIsAsOneByOne(t *testing.T) {
	book := Book{
		Check("bad", func(old, new Customer) error {
			if new.Phone == "bad" {
				return Refuse("FIELD_INTEGRITY_EXCEPTION", "bad")
			}
			return nil
		}),
		Follow("late", func(tx *Tx, c Change[Customer]) error {
			if err := tx.Save(&Note{Name: c.New.Name, AboutId: schema.AnyRef(c.New.Id)}); err != nil {
				return err
			}
			if c.New.Phone == "late" {
				return Refuse("FIELD_INTEGRITY_EXCEPTION", "late")
			}
			return nil
		}),
	}
	whole := newHouse(t, storetest.SQLite(t, store.Options{}), book, nil)
	single := newHouse(t, storetest.SQLite(t, store.Options{}), book, nil)
	clean := func(h *house) {
		h.do(func(tx *Tx) error {
			_, err := tx.Store().Exec(`DELETE FROM "Customer"`)
			return err
		})
	}
	rapid.Check(t, func(rt *rapid.T) {
		clean(whole)
		clean(single)
		var bodies []string
		for range rapid.IntRange(1, 12).Draw(rt, "n") {
			name := rapid.SampledFrom([]string{"x", "y", ""}).Draw(rt, "name")
			code := rapid.SampledFrom([]string{"1", "2", "3", ""}).Draw(rt, "code")
			phone := rapid.SampledFrom([]string{"ok", "bad", "late", "ok"}).Draw(rt, "phone")
			bodies = append(bodies, fmt.Sprintf(`{"Name":%q,"Code":%q,"Phone":%q}`, name, code, phone))
		}
		op := Batch{Op: rapid.SampledFrom([]Op{Insert, Upsert}).Draw(rt, "op")}
		if op.Op == Upsert {
			op.By = whole.Catalog().Object("Customer").Field("Code")
		}
		together := codes(whole.apply(access.Everything{}, op, "Customer", bodies...))
		if op.Op == Upsert {
			op.By = single.Catalog().Object("Customer").Field("Code")
		}
		var apart []string
		for _, b := range bodies {
			apart = append(apart, codes(single.apply(access.Everything{}, op, "Customer", b))...)
		}
		if !slices.Equal(together, apart) {
			rt.Fatalf("%v\ntogether %q\napart    %q", bodies, together, apart)
		}
		if a, b := customers(whole), customers(single); !slices.Equal(a, b) {
			rt.Fatalf("%v\ntogether %v\napart    %v", bodies, a, b)
		}
	})
}

// customers returns the name, the code and the version of each customer.
func customers(h *house) []string {
	h.t.Helper()
	var all []string
	err := h.View(context.Background(), func(v *View) error {
		found, err := Find[Customer](v, "ORDER BY Code, Name")
		for _, c := range found {
			all = append(all, fmt.Sprint(c.Name, c.Code, versionOf(v, c.Id)))
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}
