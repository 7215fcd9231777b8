package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestSaveInsertsAndUpdates(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		c := &Customer{Name: "Acme", Rating: schema.Dec(12345, 3), Visits: schema.NewInt(3), Tags: "c;a", Since: schema.Day(2020, 2, 29), Opens: schema.Clock(8, 30)}
		c.Billing.City = "Oslo"
		h.do(func(tx *Tx) error { return tx.Save(c) })
		got := load[Customer](h, c.Id)
		if got.Name != "Acme" || got.Rating != schema.Dec(1235, 2) || got.Visits != schema.NewInt(3) || got.Tags != "a;c" || got.Billing.City != "Oslo" || got.Since != c.Since || got.Opens != c.Opens {
			t.Errorf("read back %+v", got)
		}
		if got.CreatedDate != schema.At(h.clock.now()) || got.SystemModstamp != got.CreatedDate {
			t.Errorf("created %v, stamped %v", got.CreatedDate, got.SystemModstamp)
		}
		h.clock.advance(1e9)
		got.Name, got.Visits = "Acme 2", schema.Int{}
		h.do(func(tx *Tx) error { return tx.Save(got) })
		again := load[Customer](h, c.Id)
		if again.Name != "Acme 2" || !again.Visits.IsNull() || again.LastModifiedDate == again.CreatedDate {
			t.Errorf("read back %+v", again)
		}
	})
}

func TestRulesRunInOrder(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	var trail []string
	say := func(s string) { trail = append(trail, s) }
	recorder := &Recorder{}
	book := Book{
		Follow("follow 1", func(tx *Tx, c Change[Customer]) error {
			say("follow 1 " + string(c.New.Name))
			if c.Insert {
				return tx.Save(&Project{CustomerId: schema.Ref[Customer](c.New.Id)})
			}
			return nil
		}),
		Check("check", func(old, new Customer) error {
			say("check " + new.Name)
			if new.Name == "bad" {
				return Refuse("FIELD_INTEGRITY_EXCEPTION", "bad", "Name")
			}
			return nil
		}),
		Fill("fill", func(tx *Tx, c *Change[Customer]) error {
			say("fill " + c.New.Name)
			c.New.Alias = "x"
			return nil
		}),
		FillAny("any", func(o *schema.Object) bool { return o.Name == "Project" }, func(tx *Tx, c AnyChange) error {
			say("any " + c.Object.Name)
			return nil
		}),
		CheckWith("with", func(r Reader, old, new Customer) error { say("with " + new.Name); return nil }),
		Follow("follow 2", func(tx *Tx, c Change[Customer]) error { say("follow 2 " + c.New.Name); return nil }),
		Check("never", func(old, new Task) error { return nil }),
	}
	h := newHouse(t, db, book, recorder)
	h.do(func(tx *Tx) error { return tx.Save(&Customer{Name: "a"}, &Customer{Name: "b"}) })
	want := "fill a, fill b, check a, check b, with a, with b, follow 1 a, any Project, follow 1 b, any Project, follow 2 a, follow 2 b"
	if got := strings.Join(trail, ", "); got != want {
		t.Errorf("rules ran\n%s\nnot\n%s", got, want)
	}
	if f := h.refused(func(tx *Tx) error { return tx.Save(&Customer{Name: "bad"}) }); f.Message != "bad" || f.Fields[0] != "Name" {
		t.Errorf("refused with %v", f)
	}
	if n := count[Customer](h, ""); n != 2 {
		t.Errorf("%d customers are there", n)
	}
	if idle := recorder.Idle(book); !slices.Equal(idle, []string{"any", "with", "follow 2", "never"}) {
		t.Errorf("idle rules: %v", idle)
	}
}

func TestFillMayNotSave(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, Book{Fill("sly", func(tx *Tx, c *Change[Customer]) error { return tx.Save(&Note{Name: "x"}) })}, nil)
	err := h.Do(t.Context(), Cause{}, func(tx *Tx) error { return tx.Save(&Customer{Name: "a"}) })
	if err == nil || !strings.Contains(err.Error(), `rule "sly" saves a Note`) {
		t.Errorf("got %v", err)
	}
}

func TestFollowDepth(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, Book{Follow("endless", func(tx *Tx, c Change[Note]) error { return tx.Save(&Note{Name: c.New.Name + "x"}) })}, nil)
	f := h.refused(func(tx *Tx) error { return tx.Save(&Note{Name: "x"}) })
	if f.Code != "LIMIT_EXCEEDED" || !strings.Contains(f.Message, "Note > Note > Note") {
		t.Errorf("got %v", f)
	}
	if n := count[Note](h, ""); n != 0 {
		t.Errorf("%d notes are left", n)
	}
}

func TestSwallowedFailureIsNotCommitted(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	book := Book{Follow("fails", func(tx *Tx, c Change[Note]) error { return Refuse("X", "late") })}
	h := newHouse(t, db, book, nil)
	err := h.Do(t.Context(), Cause{}, func(tx *Tx) error {
		tx.Save(&Note{Name: "x"})
		return nil
	})
	if f := new(Fault); !errors.As(err, &f) || f.Message != "late" {
		t.Errorf("got %v", err)
	}
	h.do(func(tx *Tx) error {
		if err := tx.Try(func() error { return tx.Save(&Note{Name: "y"}) }); err == nil {
			t.Error("nothing failed")
		}
		return tx.Save(&Customer{Name: "kept"})
	})
	if count[Note](h, "") != 0 || count[Customer](h, "") != 1 {
		t.Error("the wrong records are there")
	}
}

func TestBatchFailsInPart(t *testing.T) {
	book := Book{
		Check("no bad", func(old, new Customer) error {
			if strings.HasPrefix(new.Name, "bad") {
				return Refuse("FIELD_INTEGRITY_EXCEPTION", "bad", "Name")
			}
			return nil
		}),
		Follow("late", func(tx *Tx, c Change[Customer]) error {
			if err := tx.Save(&Note{Name: "for " + c.New.Name, AboutId: schema.AnyRef(c.New.Id)}); err != nil {
				return err
			}
			if strings.HasPrefix(c.New.Name, "late") {
				return Refuse("FIELD_INTEGRITY_EXCEPTION", "late", "Name")
			}
			return nil
		}),
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, book, nil)
		var bodies []string
		for i := range 30 {
			name := fmt.Sprintf("good %d", i)
			switch i % 6 {
			case 2:
				name = "bad"
			case 3, 4:
				name = fmt.Sprintf("late %d", i)
			}
			bodies = append(bodies, fmt.Sprintf(`{"Name":%q}`, name))
		}
		results := h.apply(limited{}, Batch{Op: Insert}, "Customer", bodies...)
		for i, r := range results {
			want := map[int]string{2: "bad", 3: "late", 4: "late"}[i%6]
			if want == "" && (len(r.Faults) > 0 || r.Id == "" || !r.Created) || want != "" && (len(r.Faults) != 1 || r.Faults[0].Message != want || r.Id != "") {
				t.Errorf("%d: %+v", i, r)
			}
		}
		if c, n := count[Customer](h, ""), count[Note](h, ""); c != 15 || n != 15 {
			t.Errorf("%d customers and %d notes", c, n)
		}
		results = h.apply(limited{}, Batch{Op: Insert, AllOrNone: true}, "Customer", `{"Name":"x"}`, `{"Name":"late"}`, `{"Name":"y"}`)
		if got := codes(results); !slices.Equal(got, []string{"ALL_OR_NONE_OPERATION_ROLLED_BACK", "FIELD_INTEGRITY_EXCEPTION", "ALL_OR_NONE_OPERATION_ROLLED_BACK"}) {
			t.Errorf("got %v", got)
		}
		results = h.apply(limited{}, Batch{Op: Insert, AllOrNone: true}, "Customer", `{"Name":"x"}`, `{}`)
		if got := codes(results); !slices.Equal(got, []string{"ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"}) {
			t.Errorf("got %v", got)
		}
		if c := count[Customer](h, ""); c != 15 {
			t.Errorf("%d customers", c)
		}
	})
}

// TestLookupsOfABatchAreOneQuery: the first record that asks for its parent, or for its children, asks for all.
func TestLookupsOfABatchAreOneQuery(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	var parents, grand, lists int
	h := newHouse(t, db, Book{
		Fill("look up", func(tx *Tx, c *Change[Project]) error {
			if c.New.CustomerId == "" {
				return nil
			}
			p, err := Get(tx, c.New.CustomerId)
			if err != nil {
				return err
			}
			if parents == 0 {
				parents = len(tx.cache)
			}
			if _, err := Get(tx, p.ParentId); err != nil {
				return err
			}
			if grand == 0 {
				grand = len(tx.cache) - parents
			}
			if _, err := FindBy[Note](tx, "AboutId", schema.Id(c.New.CustomerId)); err != nil {
				return err
			}
			if lists == 0 {
				lists = len(tx.lists)
			}
			return nil
		}),
	}, nil)
	var top, sub, projects []any
	for i := range 40 {
		top = append(top, &Customer{Name: fmt.Sprint("top ", i)})
	}
	h.do(func(tx *Tx) error { return tx.Save(top...) })
	for _, c := range top {
		sub = append(sub, &Customer{Name: "sub", ParentId: schema.Ref[Customer](c.(*Customer).Id)})
	}
	h.do(func(tx *Tx) error { return tx.Save(sub...) })
	for _, c := range sub {
		projects = append(projects, &Project{CustomerId: schema.Ref[Customer](c.(*Customer).Id)})
	}
	h.do(func(tx *Tx) error { return tx.Save(projects...) })
	if parents != 40 || grand != 40 || lists != 40 {
		t.Errorf("the first lookups read %d parents, %d of theirs and %d lists", parents, grand, lists)
	}
}

func TestFindByFollowsWrites(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	h.do(func(tx *Tx) error {
		a, b := &Customer{Name: "a"}, &Customer{Name: "b"}
		if err := tx.Save(a, b); err != nil {
			return err
		}
		notes := func(c *Customer, want int) {
			t.Helper()
			if found, err := FindBy[Note](tx, "AboutId", c.Id); err != nil || len(found) != want {
				t.Errorf("%s has %d notes, not %d: %v", c.Name, len(found), want, err)
			}
		}
		notes(a, 0)
		n := &Note{Name: "n", AboutId: schema.AnyRef(a.Id)}
		if err := tx.Save(n); err != nil {
			return err
		}
		notes(a, 1)
		notes(b, 0)
		n.AboutId = schema.AnyRef(b.Id)
		if err := tx.Save(n); err != nil {
			return err
		}
		notes(a, 0)
		notes(b, 1)
		if err := tx.Delete(n.Id); err != nil {
			return err
		}
		notes(b, 0)
		if err := tx.Undelete(n.Id); err != nil {
			return err
		}
		notes(b, 1)
		tx.Try(func() error {
			if err := tx.Delete(n.Id); err != nil {
				return err
			}
			return Refuse("X", "undone")
		})
		notes(b, 1)
		return nil
	})
}

func TestFind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		var all []any
		for i := range 1200 {
			all = append(all, &Customer{Name: fmt.Sprintf("n%04d'?", i), Visits: schema.NewInt(int64(i)), Rating: schema.Dec(int64(i), 2), Since: schema.Day(2024, 1, 1).AddDays(i)})
		}
		h.do(func(tx *Tx) error { return tx.Save(all...) })
		if n := count[Customer](h, "Name = ?", "n0007'?"); n != 1 {
			t.Errorf("%d by name", n)
		}
		if n := count[Customer](h, "Rating >= ? AND Since < ? AND Active = ?", schema.Dec(10, 2), schema.Day(2024, 1, 21), false); n != 10 {
			t.Errorf("%d by the rest", n)
		}
		if n := count[Customer](h, "Visits IN ? AND Alias = ?", []schema.Int{schema.NewInt(3), schema.NewInt(5)}, ""); n != 2 {
			t.Errorf("%d in the list", n)
		}
		if n := count[Customer](h, "Id IN ?", []schema.Id{}); n != 0 {
			t.Errorf("%d in an empty list", n)
		}
		h.do(func(tx *Tx) error {
			found, err := Find[Customer](tx, "Visits > ? ORDER BY Visits DESC LIMIT 2", 5)
			if err != nil || len(found) != 2 || found[0].Visits != schema.NewInt(1199) {
				t.Errorf("found %d, %v", len(found), err)
			}
			n, last := 0, schema.Id("")
			for c, err := range Each[Customer](tx, "Visits != ?", 0) {
				if err != nil || c.Id <= last {
					t.Fatalf("%v after %v: %v", c.Id, last, err)
				}
				n, last = n+1, c.Id
			}
			if n != 1199 {
				t.Errorf("went through %d", n)
			}
			for _, bad := range []string{"Name = ? AND Name = ?", "Name =", "Nope = 1"} {
				if _, err := Find[Customer](tx, bad, "x"); err == nil {
					t.Errorf("%q was taken", bad)
				}
			}
			return nil
		})
	})
}
