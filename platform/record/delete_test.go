package record

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// estate is a customer with a project of two tasks, and notes about each.
type estate struct {
	customer    *Customer
	project     *Project
	tasks       [2]*Task
	about, kept *Note // notes on the customer and, to be kept, on the project
	onTask      *Note
}

func newEstate(h *house) *estate {
	h.t.Helper()
	e := &estate{customer: &Customer{Name: "C"}}
	h.do(func(tx *Tx) error {
		if err := tx.Save(e.customer); err != nil {
			return err
		}
		e.project = &Project{CustomerId: schema.Ref[Customer](e.customer.Id), Title: "P"}
		if err := tx.Save(e.project); err != nil {
			return err
		}
		for i := range e.tasks {
			e.tasks[i] = &Task{ProjectId: schema.Ref[Project](e.project.Id), Title: fmt.Sprint(i)}
		}
		e.about = &Note{Name: "about", AboutId: schema.AnyRef(e.customer.Id)}
		e.kept = &Note{Name: "kept", AboutId: schema.AnyRef(e.project.Id), KeptId: schema.AnyRef(e.project.Id)}
		if err := tx.Save(e.tasks[0], e.tasks[1], e.about, e.kept); err != nil {
			return err
		}
		e.onTask = &Note{Name: "on task", AboutId: schema.AnyRef(e.tasks[0].Id)}
		return tx.Save(e.onTask)
	})
	return e
}

func TestDeleteAndUndelete(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		e := newEstate(h)
		h.do(func(tx *Tx) error { return tx.Delete(e.tasks[1].Id) })
		h.do(func(tx *Tx) error { return tx.Delete(e.project.Id) })
		if p, task := load[Project](h, e.project.Id), load[Task](h, e.tasks[0].Id); !p.IsDeleted || !task.IsDeleted {
			t.Errorf("project deleted %v, its task %v", p.IsDeleted, task.IsDeleted)
		}
		if n := load[Note](h, e.kept.Id); n.AboutId != "" || n.KeptId != schema.AnyRef(e.project.Id) || n.IsDeleted {
			t.Errorf("the note about the project is %+v", n)
		}
		if n := load[Note](h, e.onTask.Id); n.AboutId != "" {
			t.Errorf("the note on the task is %+v", n)
		}
		if f := h.refused(func(tx *Tx) error { return tx.Undelete(e.tasks[0].Id) }); f.Code != "UNDELETE_FAILED" {
			t.Errorf("a task came back without its project: %v", f)
		}
		h.do(func(tx *Tx) error {
			e.kept.AboutId = schema.AnyRef(e.customer.Id)
			return tx.Save(e.kept)
		})
		h.do(func(tx *Tx) error { return tx.Undelete(e.project.Id) })
		if p, task, gone := load[Project](h, e.project.Id), load[Task](h, e.tasks[0].Id), load[Task](h, e.tasks[1].Id); p.IsDeleted || task.IsDeleted || !gone.IsDeleted {
			t.Errorf("came back: project %v, task %v, the task deleted before %v", !p.IsDeleted, !task.IsDeleted, !gone.IsDeleted)
		}
		if n := load[Note](h, e.onTask.Id); n.AboutId != schema.AnyRef(e.tasks[0].Id) {
			t.Errorf("the reference to the task did not come back: %+v", n)
		}
		if n := load[Note](h, e.kept.Id); n.AboutId != schema.AnyRef(e.customer.Id) {
			t.Errorf("a newer reference was overwritten: %+v", n)
		}
		if f := h.refused(func(tx *Tx) error { return tx.Undelete(e.project.Id) }); f.Code != "UNDELETE_FAILED" {
			t.Errorf("what is not deleted came back: %v", f)
		}
		h.do(func(tx *Tx) error { return tx.Undelete(e.tasks[1].Id) })
	})
}

func TestDeleteRestricted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		e := newEstate(h)
		u, idle := &User{Name: "checker"}, &User{Name: "idle"}
		h.do(func(tx *Tx) error {
			if err := tx.Save(u, idle); err != nil {
				return err
			}
			e.tasks[0].CheckerId = schema.Ref[User](u.Id)
			return tx.Save(e.tasks[0])
		})
		f := h.refused(func(tx *Tx) error { return tx.Delete(u.Id, idle.Id) })
		if f.Code != "DELETE_FAILED" || f.Message != "Your attempt to delete User checker could not be completed because it is associated with the following records: Task 001" {
			t.Errorf("got %v", f)
		}
		r := h.apply(access.Everything{}, Batch{Op: Delete}, "User", `{"Id":"`+string(u.Id)+`"}`, `{"Id":"`+string(idle.Id)+`"}`)
		if got := codes(r); !slices.Equal(got, []string{"DELETE_FAILED", ""}) {
			t.Errorf("got %v", got)
		}
		h.do(func(tx *Tx) error { return tx.Delete(e.project.Id) })
		h.do(func(tx *Tx) error { return tx.Delete(u.Id) })
	})
}

func TestDeletionRules(t *testing.T) {
	var heard []string
	book := Book{
		CheckDelete("busy", func(r Reader, old Task) error {
			p, err := Get(r, old.ProjectId)
			if err == nil && p.Stage == "Run" && old.Title == "0" {
				return Refuse("DELETE_FAILED", "the project is running")
			}
			return err
		}),
		FollowDelete("heard", func(tx *Tx, old *Task) error {
			heard = append(heard, "deleted "+old.Title)
			return nil
		}),
		FollowUndelete("heard again", func(tx *Tx, back *Task) error {
			heard = append(heard, "back "+back.Title)
			return nil
		}),
	}
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, book, nil)
	e, free := newEstate(h), newEstate(h)
	h.do(func(tx *Tx) error { e.project.Stage = "Run"; return tx.Save(e.project) })
	r := h.apply(access.Everything{}, Batch{Op: Delete}, "Project", `{"Id":"`+string(e.project.Id)+`"}`, `{"Id":"`+string(free.project.Id)+`"}`)
	if got := codes(r); !slices.Equal(got, []string{"DELETE_FAILED", ""}) {
		t.Errorf("got %v", got)
	}
	if load[Task](h, e.tasks[1].Id).IsDeleted || !load[Task](h, free.tasks[1].Id).IsDeleted {
		t.Error("the wrong tasks were deleted")
	}
	h.apply(access.Everything{}, Batch{Op: Undelete}, "Project", `{"Id":"`+string(free.project.Id)+`"}`)
	if want := []string{"deleted 0", "deleted 1", "back 0", "back 1"}; !slices.Equal(heard, want) {
		t.Errorf("heard %v", heard)
	}
}

func TestCascadeOfThousands(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	p := &Project{Title: "big"}
	h.do(func(tx *Tx) error {
		if err := tx.Save(p); err != nil {
			return err
		}
		var tasks []any
		for range 3000 {
			tasks = append(tasks, &Task{ProjectId: schema.Ref[Project](p.Id)})
		}
		return tx.Save(tasks...)
	})
	h.do(func(tx *Tx) error { return tx.Delete(p.Id) })
	if n := count[Task](h, ""); n != 0 {
		t.Fatalf("%d tasks are left", n)
	}
	h.do(func(tx *Tx) error { return tx.Undelete(p.Id) })
	if n := count[Task](h, "ProjectId = ?", p.Id); n != 3000 {
		t.Fatalf("%d tasks came back", n)
	}
	h.do(func(tx *Tx) error { return tx.Delete(p.Id) })
	if n, err := h.PurgeBin(context.Background(), Cause{By: "job"}); n != 0 || err != nil {
		t.Fatalf("purged %d too early: %v", n, err)
	}
	h.clock.advance(BinDays*24*time.Hour + time.Minute)
	if n, err := h.PurgeBin(context.Background(), Cause{By: "job"}); n != 3001 || err != nil {
		t.Fatalf("purged %d: %v", n, err)
	}
	err := h.View(context.Background(), func(v *View) error {
		_, err := GetAny(v, p.Id)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "no record") {
		t.Errorf("the purged project is still there: %v", err)
	}
}

func TestHardDelete(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		e := newEstate(h)
		body := `{"Id":"` + string(e.project.Id) + `"}`
		if r := h.apply(limited{}, Batch{Op: HardDelete}, "Project", body); r[0].Faults[0].Code != "INSUFFICIENT_ACCESS_OR_READONLY" {
			t.Errorf("got %+v", r)
		}
		if r := h.apply(limited{may: map[string]bool{"BulkApiHardDelete": true}}, Batch{Op: HardDelete}, "Project", body); r[0].Faults != nil {
			t.Errorf("got %+v", r)
		}
		r := h.apply(access.Everything{}, Batch{Op: Undelete}, "Project", body)
		if r[0].Faults[0].Code != "INVALID_CROSS_REFERENCE_KEY" {
			t.Errorf("got %+v", r)
		}
		if n := load[Note](h, e.kept.Id); n.AboutId != "" {
			t.Errorf("the note still refers to %s", n.AboutId)
		}
	})
}

func TestUndeleteTakenValue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		a, b := &Customer{Name: "a", Code: "1"}, &Customer{Name: "b", Code: "1"}
		h.do(func(tx *Tx) error { return tx.Save(a) })
		h.do(func(tx *Tx) error { return tx.Delete(a.Id) })
		h.do(func(tx *Tx) error { return tx.Save(b) })
		if f := h.refused(func(tx *Tx) error { return tx.Undelete(a.Id) }); f.Code != "DUPLICATE_VALUE" {
			t.Errorf("got %v", f)
		}
	})
}
