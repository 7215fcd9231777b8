package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestObjectsStayOffSystemTables: on both engines an object named as a table of the house is refused in words, and one
// with the suffix of custom objects has a table of its own beside it, unless the engine keeps the name to itself.
func TestObjectsStayOffSystemTables(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, c := context.Background(), catalog(t, Site{})
		_, err := db.Sync(ctx, c)
		must(t, err)
		var system []string
		write(t, db, func(tx *store.Tx) (err error) { system, err = tx.SystemTables(); return err })
		if all := " " + strings.Join(system, " ") + " "; !strings.Contains(all, " job ") || !strings.Contains(all, " session ") || strings.Contains(all, " Site ") {
			t.Fatalf("system tables: %v", system)
		}
		for _, name := range system {
			upper := strings.ToUpper(name[:1]) + name[1:]
			if _, err := db.Sync(ctx, extended(t, c, upper, false)); err == nil || !strings.Contains(err.Error(), "another name") {
				t.Errorf("object %s: %v", upper, err)
			}
			r, err := db.Sync(ctx, extended(t, c, upper+"__c", true))
			if store.Reserved(name) {
				if err == nil || !strings.Contains(err.Error(), "the database's own") {
					t.Errorf("object %s__c: %v", upper, err)
				}
				continue
			}
			if err != nil || len(r.Tables) != 1 {
				t.Errorf("object %s__c: %+v, %v", upper, r.Tables, err)
			}
		}
	})
}

// extended returns c with one more object, which has the fields of Site that refer to nothing.
func extended(t *testing.T, c *schema.Catalog, name string, custom bool) *schema.Catalog {
	o := c.Object("Site").Clone()
	o.Name, o.Custom, o.Prefix = name, custom, "zzz"
	o.Fields = slices.DeleteFunc(o.Fields, func(f *schema.Field) bool { return f.Kind == schema.KindReference })
	for _, f := range o.Fields {
		f.Object = name
	}
	wider, err := c.Extend(o)
	must(t, err)
	return wider
}
