package app

import (
	"slices"
	"testing"

	"truckroll/platform/layout"
)

// TestLayouts holds that every design names what is there, and that every object, designed or not, is laid out whole:
// each
// field that has a place stands there once.
func TestLayouts(t *testing.T) {
	c, err := Catalog()
	if err != nil {
		t.Fatal(err)
	}
	b, err := layout.NewBook(c, Layouts)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range c.Objects {
		names := b.Page(c, o).Names()
		for _, f := range o.Fields {
			n := len(slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n != f.Name }))
			if want := map[bool]int{true: 1}[layout.Placeable(f)]; n != want {
				t.Errorf("%s.%s stands %d times on the page, not %d", o.Name, f.Name, n, want)
			}
		}
		if len(b.Columns(o)) == 0 {
			t.Errorf("%s has lists without columns", o.Name)
		}
	}
}
