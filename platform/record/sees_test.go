package record

import (
	"context"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

func TestSees(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		mine, other, gone := &Customer{Name: "Mine"}, &Customer{Name: "Other"}, &Customer{Name: "Mine"}
		h.do(func(tx *Tx) error { return tx.Save(mine, other, gone) })
		h.do(func(tx *Tx) error { return tx.Delete(gone.Id) })
		scoped := limited{scopes: map[string]string{"Customer 0": "Name = 'Mine'"}}
		blind := limited{rights: map[string]access.Rights{"Customer": 0}}
		for _, c := range []struct {
			name string
			v    access.Viewer
			id   schema.Id
			want bool
		}{
			{"the house, all", access.Everything{}, other.Id, true},
			{"within the scope", scoped, mine.Id, true},
			{"out of the scope", scoped, other.Id, false},
			{"in the bin", scoped, gone.Id, false},
			{"without rights on the object", blind, mine.Id, false},
			{"nothing", scoped, "", false},
		} {
			err := h.View(context.Background(), func(v *View) error {
				got, err := Sees(v, c.v, c.id)
				if got != c.want {
					t.Errorf("%s: %v", c.name, got)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
