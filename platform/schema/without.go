package schema

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Without returns a catalogue that lacks an object made at run time. While others refer to it that is an error.
func (c *Catalog) Without(name string) (*Catalog, error) {
	all := make([]*Object, 0, len(c.Objects))
	for _, o := range c.Objects {
		all = append(all, o.Clone())
	}
	gone := c.Object(name)
	return assemble(slices.DeleteFunc(all, func(o *Object) bool { return gone != nil && o.Custom && o.Name == gone.Name }))
}

// Declared returns the catalogue as the program declares it: without what administrators added or changed.
func (c *Catalog) Declared() (*Catalog, error) {
	var protos []any
	for _, o := range c.Objects {
		if !o.Custom {
			protos = append(protos, reflect.Zero(o.Type).Interface())
		}
	}
	return Compile(protos...)
}

// Drop takes a field that was added at run time, and its parts, from o.
func (o *Object) Drop(name string) {
	gone := o.Field(name)
	if gone == nil || !gone.Custom {
		return
	}
	o.Fields = slices.DeleteFunc(o.Fields, func(f *Field) bool { return f == gone || f.Parent == gone })
	clear(o.byName)
	for _, f := range o.Fields {
		o.enter(f)
	}
}

// With returns a view of the catalogue in which objects stand in place of those of the same name, for looking up names
// while a definition is read. Its relationships are those of the catalogue.
func (c *Catalog) With(objects []*Object) *Catalog {
	n := &Catalog{Objects: c.Objects, byType: c.byType, byPrefix: c.byPrefix, byName: maps.Clone(c.byName)}
	for _, o := range objects {
		n.byName[o.Name], n.byName[strings.ToLower(o.Name)] = o, o
	}
	return n
}
