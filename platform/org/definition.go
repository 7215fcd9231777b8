package org

import (
	"cmp"
	"slices"
	"strings"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// definitions are records that say what the catalogue has beside what the program declares.
type definitions struct {
	objects   []*CustomObject
	standards []*StandardDefinition
	fields    []*CustomField
	rules     []*ValidationRule
}

// over adds the definitions to d. What is there already is replaced.
func (s definitions) over(d record.Definition) (record.Definition, error) {
	c, err := s.withObjects(d.Catalog)
	if err != nil {
		return d, err
	}
	e := &editor{from: c, clones: map[string]*schema.Object{}}
	for _, r := range s.objects {
		e.describe(r)
	}
	for _, r := range s.standards {
		if err := e.standard(r); err != nil {
			return d, err
		}
	}
	if err := e.fields(s.fields); err != nil {
		return d, err
	}
	if c, err = e.catalog(); err != nil {
		return d, err
	}
	return record.Definition{Catalog: c, Validations: s.withRules(c, d.Validations)}, nil
}

// withObjects adds custom objects that are not there.
func (s definitions) withObjects(c *schema.Catalog) (*schema.Catalog, error) {
	var fresh []*schema.Object
	for _, r := range s.objects {
		switch o := c.Object(r.APIName()); {
		case o == nil:
			fresh = append(fresh, &schema.Object{Name: r.APIName(), Prefix: r.KeyPrefix})
		case !o.Custom || o.Prefix != r.KeyPrefix:
			return nil, badDefinition("DeveloperName", "There is an object %s already", o.Name)
		}
	}
	if fresh == nil {
		return c, nil
	}
	return extended(c, fresh)
}

// extended is [schema.Catalog.Extend] whose refusals can be mended.
func extended(c *schema.Catalog, objects []*schema.Object) (*schema.Catalog, error) {
	next, err := c.Extend(objects...)
	if err != nil {
		return nil, schema.Refuse("FIELD_INTEGRITY_EXCEPTION", err.Error())
	}
	return next, nil
}

// withRules adds validation rules; those that are not active go, and those of objects in the recycle bin wait.
func (s definitions) withRules(c *schema.Catalog, known []record.Validation) []record.Validation {
	all := slices.Clone(known)
	for _, r := range s.rules {
		all = withoutRule(all, r)
		if r.Active && c.Object(r.SobjectType) != nil {
			all = append(all, record.Validation{Object: r.SobjectType, Name: r.ValidationName, Condition: string(r.ErrorConditionFormula), Message: r.ErrorMessage, Field: r.ErrorDisplayField})
		}
	}
	return all
}

func withoutRule(all []record.Validation, r *ValidationRule) []record.Validation {
	return slices.DeleteFunc(slices.Clone(all), func(v record.Validation) bool {
		return strings.EqualFold(v.Object, r.SobjectType) && strings.EqualFold(v.Name, r.ValidationName)
	})
}

// editor changes copies of objects of a catalogue.
type editor struct {
	from     *schema.Catalog
	declared *schema.Catalog // as the program declares it; nil until it is asked for
	clones   map[string]*schema.Object
	order    []*schema.Object
}

// edit returns the copy of an object, or nil.
func (e *editor) edit(name string) *schema.Object {
	o := e.from.Object(name)
	if o == nil {
		return nil
	}
	if e.clones[o.Name] == nil {
		e.clones[o.Name] = o.Clone()
		e.order = append(e.order, e.clones[o.Name])
	}
	return e.clones[o.Name]
}

// catalog returns the catalogue with the copies in it.
func (e *editor) catalog() (*schema.Catalog, error) {
	if len(e.order) == 0 {
		return e.from, nil
	}
	return extended(e.from, e.order)
}

// describe gives a custom object what its record says of it.
func (e *editor) describe(r *CustomObject) {
	o := e.edit(r.APIName())
	o.Label, o.LabelPlural, o.Help, o.Searchable = r.Label, r.PluralLabel, string(r.Description), r.EnableSearch
	o.Navigation = r.ShowInNavigation
	name := o.NameField()
	name.Label = cmp.Or(r.NameFieldLabel, r.Label+" Name")
	name.Format, name.ReadOnly, name.Required = "", false, true
	if r.NameFieldType == "AutoNumber" {
		name.Format, name.ReadOnly, name.Required = cmp.Or(r.NameFieldFormat, "{0}"), true, false
	}
}

// standard changes a declared object or field. What the record leaves empty is as declared.
func (e *editor) standard(r *StandardDefinition) (err error) {
	if e.declared == nil {
		if e.declared, err = e.from.Declared(); err != nil {
			return err
		}
	}
	o, was := e.edit(r.SobjectType), e.declared.Object(r.SobjectType)
	if o == nil || was == nil {
		return badDefinition("SobjectType", "There is no standard object %s", r.SobjectType)
	}
	if r.Field == "" {
		o.Label, o.LabelPlural = cmp.Or(r.Label, was.Label), cmp.Or(r.PluralLabel, was.LabelPlural)
		return nil
	}
	f, old := o.Field(r.Field), was.Field(r.Field)
	if f == nil || old == nil {
		return badDefinition("Field", "%s has no standard field %s", o.Name, r.Field)
	}
	f.Label, f.Help = cmp.Or(r.Label, old.Label), cmp.Or(r.InlineHelpText, old.Help)
	f.Choices, f.Default, f.Controller = slices.Clone(old.Choices), old.Default, old.Controller
	if r.Picklist == "" {
		return nil
	}
	return standardValues(o, f, old, string(r.Picklist))
}

// standardValues gives a declared picklist of o other values, which may depend on another field. Where the declared
// values have categories, which rules depend on, each new value has one of these.
func standardValues(o *schema.Object, f, old *schema.Field, text string) error {
	if f.Kind != schema.KindPicklist && f.Kind != schema.KindMultiPicklist {
		return badDefinition("Picklist", "%s is no picklist", f.Name)
	}
	set, choices, err := readValueSet(text, f.Object+"."+f.Name)
	if err != nil {
		return err
	}
	if !mayControl(o, f, set.ControllingField) {
		return badDefinition("Picklist", "%s.%s can't depend on %s; name another picklist or checkbox of %s (controllingField)", o.Name, f.Name, set.ControllingField, o.Name)
	}
	categories := categoriesOf(old)
	for i := range choices {
		c := &choices[i]
		if known := old.Choice(c.Value); c.Category == "" && known != nil {
			c.Category = known.Category
		}
		if len(categories) > 0 && !slices.Contains(categories, c.Category) {
			return badDefinition("Picklist", "%s.%s: the value %q needs a category (groupingString), one of %s", f.Object, f.Name, c.Value, strings.Join(categories, ", "))
		}
	}
	f.Choices, f.Controller = choices, set.ControllingField
	if d := defaultOf(choices); d != "" || f.Choice(f.Default) == nil {
		f.Default = d
	}
	return nil
}

// mayControl reports whether the choices of f may depend on a field of o. A field that is not there yet may be a custom
// one that comes after; the catalogue refuses it if none does.
func mayControl(o *schema.Object, f *schema.Field, name string) bool {
	control := o.Field(name)
	return control == nil || control.Name != f.Name && (control.Kind == schema.KindPicklist || control.Kind == schema.KindBoolean)
}

func categoriesOf(f *schema.Field) []string {
	var all []string
	for _, c := range f.Choices {
		if c.Category != "" && !slices.Contains(all, c.Category) {
			all = append(all, c.Category)
		}
	}
	return all
}

// fields adds custom fields. A roll-up summary waits until what it sums up is there.
func (e *editor) fields(all []*CustomField) error {
	waiting := all
	for len(waiting) > 0 {
		var later []*CustomField
		var failed error
		for _, r := range waiting {
			o := e.edit(r.TableEnumOrId)
			if o == nil {
				continue // of an object that is in the recycle bin
			}
			f, err := r.field(e.seen())
			if err != nil && r.Type == FieldSummary {
				later, failed = append(later, r), err
				continue
			}
			if err != nil {
				return err
			}
			addField(o, f)
		}
		if len(later) == len(waiting) {
			return failed
		}
		waiting = later
	}
	return nil
}

// seen is the catalogue as it stands, copies included, for looking up names.
func (e *editor) seen() *schema.Catalog {
	return e.from.With(e.order)
}
