package schema

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Catalog is every object of the house. It does not change: what an administrator adds makes a new Catalog.
type Catalog struct {
	Objects []*Object

	byName   map[string]*Object
	byType   map[reflect.Type]*Object
	byPrefix map[string]*Object
}

// Object returns the named object, or nil. Names are matched without case.
func (c *Catalog) Object(name string) *Object {
	if o := c.byName[name]; o != nil {
		return o
	}
	return c.byName[strings.ToLower(name)]
}

// Of returns the object declared by the Go type t, or nil.
func (c *Catalog) Of(t reflect.Type) *Object { return c.byType[t] }

// ById returns the object whose records have ids like id, or nil.
func (c *Catalog) ById(id Id) *Object { return c.byPrefix[id.Prefix()] }

// Compile reads Go declarations into a catalogue. Every mistake in them is returned, for main or a test to die of.
func Compile(protos ...any) (*Catalog, error) {
	var objects []*Object
	var errs []error
	for _, p := range protos {
		o, err := readObject(reflect.TypeOf(p))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		objects = append(objects, o)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return assemble(objects)
}

// Extend returns a catalogue with objects added or replaced by name. The caller keeps no reference to them.
func (c *Catalog) Extend(objects ...*Object) (*Catalog, error) {
	all := make([]*Object, 0, len(c.Objects)+len(objects))
	for _, o := range c.Objects {
		all = append(all, o.Clone())
	}
	for _, n := range objects {
		n = n.Clone()
		if n.Type == nil {
			if err := n.becomeCustom(); err != nil {
				return nil, err
			}
		}
		i := slices.IndexFunc(all, func(o *Object) bool { return strings.EqualFold(o.Name, n.Name) })
		if i >= 0 {
			all[i] = n
		} else {
			all = append(all, n)
		}
	}
	return assemble(all)
}

// Clone returns a copy of o whose fields may be added to or changed without touching o. It has no children until a
// catalogue is extended with it.
func (o *Object) Clone() *Object {
	n := *o
	n.Fields = make([]*Field, len(o.Fields))
	twin := make(map[*Field]*Field, len(o.Fields))
	for i, f := range o.Fields {
		g := *f
		g.Choices, g.To = slices.Clone(f.Choices), slices.Clone(f.To)
		n.Fields[i], twin[f] = &g, &g
	}
	for _, g := range n.Fields {
		g.Parent = twin[g.Parent]
		g.Parts = slices.Clone(g.Parts)
		for i, p := range g.Parts {
			g.Parts[i] = twin[p]
		}
	}
	n.Children, n.byChild = nil, nil
	n.byName, n.name = make(map[string]*Field, 2*len(n.Fields)), nil
	for _, f := range n.Fields {
		n.enter(f)
	}
	return &n
}

// Add adds a custom field to o.
func (o *Object) Add(f Field) *Field {
	f.Custom, f.Object, f.index, f.typ = true, o.Name, nil, nil
	o.Fields = append(o.Fields, &f)
	if o.byName == nil {
		o.byName = map[string]*Field{}
	}
	o.enter(&f)
	return &f
}

// enter makes f known by its name.
func (o *Object) enter(f *Field) {
	o.byName[f.Name], o.byName[strings.ToLower(f.Name)] = f, f
	if f.NameField {
		o.name = f
	}
}

// becomeCustom gives an object made at run time the fields that every custom object has.
func (o *Object) becomeCustom() error {
	base, err := readObject(reflect.TypeFor[CustomRecord]())
	if err != nil {
		return err
	}
	o.Custom, o.Type, o.Searchable = true, base.Type, true
	for _, f := range base.Fields {
		f.Object = o.Name
	}
	o.Fields = append(base.Fields, o.Fields...)
	return nil
}

// assemble indexes objects and derives child relationships; it reports references that lead nowhere.
func assemble(objects []*Object) (*Catalog, error) {
	c := &Catalog{Objects: objects, byName: map[string]*Object{}, byType: map[reflect.Type]*Object{}, byPrefix: map[string]*Object{}}
	var errs []error
	for _, o := range objects {
		errs = append(errs, c.index(o))
	}
	for _, o := range objects {
		for _, f := range o.Fields {
			errs = append(errs, c.relate(o, f))
		}
	}
	for _, o := range objects {
		for _, f := range o.Fields {
			errs = append(errs, c.depends(o, f))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Catalog) index(o *Object) error {
	if c.Object(o.Name) != nil {
		return fmt.Errorf("object %s is declared twice", o.Name)
	}
	if other := c.byPrefix[o.Prefix]; other != nil {
		return fmt.Errorf("objects %s and %s share the key prefix %s", other.Name, o.Name, o.Prefix)
	}
	c.byName[o.Name], c.byName[strings.ToLower(o.Name)] = o, o
	if !o.Custom {
		c.byType[o.Type] = o
	}
	if o.Prefix != "" {
		c.byPrefix[o.Prefix] = o
	}
	o.byName, o.byChild, o.name = make(map[string]*Field, 2*len(o.Fields)), map[string]*Child{}, nil
	for _, f := range o.Fields {
		if o.byName[strings.ToLower(f.Name)] != nil {
			return fmt.Errorf("field %s.%s is declared twice", o.Name, f.Name)
		}
		o.enter(f)
	}
	return nil
}

// resolve settles which objects f may point to. A target whose name ends in "?" may be absent from the catalogue; "*"
// stands for all objects that hold business, but for those that are named with a "-".
func (c *Catalog) resolve(f *Field) {
	if f.targets == nil {
		return
	}
	var to []string
	for _, name := range f.targets {
		wanted, optional := strings.CutSuffix(name, "?")
		if name != "*" && name[0] != '-' && (!optional || c.Object(wanted) != nil) {
			to = append(to, wanted)
		}
	}
	for _, o := range c.Objects {
		if f.ToAny && o.holdsBusiness() && !slices.Contains(to, o.Name) && !slices.Contains(f.targets, "-"+o.Name) {
			to = append(to, o.Name)
		}
	}
	f.To = to
}

// holdsBusiness reports whether a reference to any object leads to o.
func (o *Object) holdsBusiness() bool { return o.Prefix != "" && !o.Setup && !o.Leaf }

// relate enters the child relationship that a reference makes on each of its targets.
func (c *Catalog) relate(o *Object, f *Field) error {
	c.resolve(f)
	for _, to := range f.To {
		target := c.Object(to)
		if target == nil {
			return fmt.Errorf("%s.%s refers to %s, which is not in the catalogue", o.Name, f.Name, to)
		}
		if len(f.To) == 1 {
			f.takeLabel(target)
		}
		child := &Child{Name: f.ChildName, Object: o.Name, Field: f.Name, Delete: f.OnDelete}
		target.Children = append(target.Children, child)
		if child.Name == "" {
			continue
		}
		if other := target.byChild[strings.ToLower(child.Name)]; other != nil {
			return fmt.Errorf("%s.%s and %s.%s both name the child relationship %s of %s", other.Object, other.Field, o.Name, f.Name, child.Name, to)
		}
		target.byChild[strings.ToLower(child.Name)] = child
	}
	return nil
}

// depends reports what f takes from other fields that are not there.
func (c *Catalog) depends(o *Object, f *Field) error {
	for _, name := range []string{f.Controller, f.Per} {
		if name != "" && o.Field(name) == nil {
			return fmt.Errorf("%s.%s follows the field %s, which %s does not have", o.Name, f.Name, name, o.Name)
		}
	}
	if f.RollUp == nil {
		return nil
	}
	child := c.Object(f.RollUp.Child)
	if child == nil {
		return fmt.Errorf("%s.%s sums up %s, which is not in the catalogue", o.Name, f.Name, f.RollUp.Child)
	}
	if via := child.Field(f.RollUp.Via); via == nil || !slices.Contains(via.To, o.Name) {
		return fmt.Errorf("%s.%s sums up %s by %s, which is not a reference to %s", o.Name, f.Name, child.Name, f.RollUp.Via, o.Name)
	}
	if f.RollUp.Field != "" && child.Field(f.RollUp.Field) == nil {
		return fmt.Errorf("%s.%s sums up %s.%s, which does not exist", o.Name, f.Name, child.Name, f.RollUp.Field)
	}
	return nil
}

// ObjectNames returns the names of all objects in alphabetical order.
func (c *Catalog) ObjectNames() []string {
	names := map[string]bool{}
	for _, o := range c.Objects {
		names[o.Name] = true
	}
	return slices.Sorted(maps.Keys(names))
}
