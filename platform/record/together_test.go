package record

import (
	"context"
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// What was made for a batch is known as such, by whatever rule it was made, and can be erased against every rule.
func TestWhatWasMadeTogetherIsErasedTogether(t *testing.T) {
	for name, engine := range map[string]func(testing.TB, store.Options) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, engine(t, store.Options{}), Book{
				Follow("project: begins with a task", func(tx *Tx, c Change[Project]) error {
					if !c.Insert {
						return nil
					}
					return tx.Save(&Task{ProjectId: schema.Ref[Project](c.New.Id), Title: "Begin"})
				}),
				CheckDelete("task: stays", func(Reader, Task) error { return schema.Refuse("NO", "tasks stay") }),
			}, nil)
			kept := &Customer{Name: "Kept"}
			h.do(func(tx *Tx) error { return tx.Save(kept) })
			why := Cause{By: "test", Batch: "made up"}
			made := &Project{Title: "Made up", CustomerId: schema.Ref[Customer](kept.Id)}
			for range 2 {
				p := *made
				if err := h.Do(context.Background(), why, func(tx *Tx) error { return tx.Save(&p) }); err != nil {
					t.Fatal(err)
				}
			}
			var ids []schema.Id
			if err := h.View(context.Background(), func(v *View) (err error) {
				ids, err = Together(v.Store(), "made up")
				return err
			}); err != nil || len(ids) != 4 || ids[0].Prefix() != "a01" || ids[1].Prefix() != "a02" || ids[2].Prefix() != "a01" {
				t.Fatalf("made together: %v %v", ids, err)
			}
			if err := h.Do(context.Background(), Cause{By: "test"}, func(tx *Tx) error { return tx.Delete(ids[0]) }); err == nil {
				t.Error("a rule did not hold")
			}
			h.do(func(tx *Tx) error {
				n, err := tx.Erase(append(ids, "a01000000000999AAA")...)
				if err == nil && n != 4 {
					t.Errorf("%d erased, want 4", n)
				}
				if err == nil {
					err = ForgetTogether(tx.Store(), "made up", ids[1:]...)
				}
				return err
			})
			if err := h.View(context.Background(), func(v *View) error {
				left, err := Together(v.Store(), "made up")
				if len(left) != 1 || left[0] != ids[0] {
					t.Errorf("left of the batch: %v", left)
				}
				projects, err2 := Count[Project](v, "")
				tasks, err3 := Count[Task](v, "")
				customers, err4 := Count[Customer](v, "")
				if projects+tasks != 0 || customers != 1 {
					t.Errorf("%d projects, %d tasks, %d customers are left", projects, tasks, customers)
				}
				for _, e := range []error{err, err2, err3, err4} {
					if e != nil {
						return e
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
}
