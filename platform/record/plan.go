package record

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"truckroll/platform/formula"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// plan is what the corridor has worked out about an object, once per catalogue.
type plan struct {
	object  *schema.Object
	table   string          // quoted
	columns []*schema.Field // that are stored, in order
	names   []string        // of columns, quoted
	selects string          // the columns as a SELECT lists them, and then the version

	required    []*schema.Field
	checked     []*schema.Field // whose values have a form to be held to
	references  []*schema.Field // stored references that lead to records
	unique      []*schema.Field
	blobs       []*schema.Field // names of stored content
	numbered    []*schema.Field // auto-numbers
	defaults    []*schema.Field
	createOnly  []*schema.Field
	selfs       []*schema.Field // that lead a new record to itself
	owner       *schema.Field
	summed      []*summary                         // roll-up summaries of parents, over records of this object
	formulas    map[*schema.Field]*formula.Formula // of formula fields
	computed    map[*schema.Field]*formula.Formula // of default values
	validations []validation

	rules [phases][]Rule
	stamp stamps
	empty any // a record without values, to compare new records with; never handed out
}

// stamps are the fields that the house fills on every write.
type stamps struct {
	id, deleted, created, createdBy, modified, modifiedBy, modstamp *schema.Field
}

const versionColumn = `"_version"`

// newPlan works out the plan of o. It is nil for objects whose records have no ids: they aren't kept here.
func newPlan(d Definition, o *schema.Object, b Book) (*plan, error) {
	if o.Prefix == "" {
		return nil, nil
	}
	c, p := d.Catalog, &plan{object: o, table: store.Quote(o.Name), empty: o.New()}
	for _, f := range o.Fields {
		if f.Stored() {
			p.column(f)
		}
	}
	p.selects = strings.Join(p.names, ", ") + ", " + versionColumn
	for ph := range phases {
		p.rules[ph] = b.about(o, ph)
	}
	p.stamp = stamps{o.Field("Id"), o.Field("IsDeleted"), o.Field("CreatedDate"), o.Field("CreatedById"), o.Field("LastModifiedDate"), o.Field("LastModifiedById"), o.Field("SystemModstamp")}
	var wrong [4]error
	p.summed, wrong[0] = summaries(c, o)
	p.formulas, wrong[1] = compileFormulas(c, o)
	p.computed, wrong[2] = compileDefaults(c, o)
	p.validations, wrong[3] = compileValidations(c, o, d.Validations)
	return p, errors.Join(wrong[:]...)
}

// column sorts a stored field by what is to be done with it.
func (p *plan) column(f *schema.Field) {
	p.columns = append(p.columns, f)
	p.names = append(p.names, store.Quote(f.Name))
	if f.Kind == schema.KindId {
		return
	}
	if hasForm(f) {
		p.checked = append(p.checked, f)
	}
	if f.Required && f.Kind != schema.KindBoolean {
		p.required = append(p.required, f)
	}
	if f.Kind == schema.KindReference && len(f.To) > 0 {
		p.references = append(p.references, f)
	}
	if f.Kind == schema.KindBlob {
		p.blobs = append(p.blobs, f)
	}
	if f.Unique {
		p.unique = append(p.unique, f)
	}
	if f.Format != "" {
		p.numbered = append(p.numbered, f)
	}
	if f.Default != "" {
		p.defaults = append(p.defaults, f)
	}
	if f.CreateOnly {
		p.createOnly = append(p.createOnly, f)
	}
	if f.OwnerField {
		p.owner = f
	}
	if f.Self {
		p.selfs = append(p.selfs, f)
	}
}

// id returns the id of rec.
func (p *plan) id(rec any) schema.Id { return schema.Id(p.stamp.id.Text(rec)) }

// isDeleted reports whether rec is in the recycle bin.
func (p *plan) isDeleted(rec any) bool { return p.stamp.deleted.Get(rec).(bool) }

// changed returns the columns that differ between a and b.
func (p *plan) changed(a, b any) []*schema.Field {
	var fields []*schema.Field
	for _, f := range p.columns {
		if !f.Equal(a, b) {
			fields = append(fields, f)
		}
	}
	return fields
}

// assign makes into a copy of rec.
func assign(into, rec any) {
	reflect.ValueOf(into).Elem().Set(reflect.ValueOf(schema.Copy(rec)).Elem())
}

// refersTo reports whether f may lead to records of o.
func refersTo(f *schema.Field, o *schema.Object) bool {
	for _, to := range f.To {
		if to == o.Name {
			return true
		}
	}
	return false
}

// snapshot is a definition and the plans for it. It does not change: a new field makes a new snapshot.
type snapshot struct {
	catalog     *schema.Catalog
	validations []Validation
	book        Book
	plans       map[*schema.Object]*plan
}

func newSnapshot(d Definition, b Book) (*snapshot, error) {
	s := &snapshot{d.Catalog, d.Validations, b, make(map[*schema.Object]*plan, len(d.Catalog.Objects))}
	var errs []error
	for _, o := range d.Catalog.Objects {
		p, err := newPlan(d, o, b)
		if errs = append(errs, err); p != nil {
			s.plans[o] = p
		}
	}
	for _, v := range d.Validations {
		if d.Catalog.Object(v.Object) == nil {
			errs = append(errs, fmt.Errorf("validation rule %s: there is no object %s", v.Name, v.Object))
		}
	}
	return s, errors.Join(errs...)
}

// planOf returns the plan for the Go struct that rec points to. A custom object's records share a Go type, so that
// their id, or the object that they were made for, must tell.
func (s *snapshot) planOf(rec any) (*plan, error) {
	t := reflect.TypeOf(rec)
	if t == nil || t.Kind() != reflect.Pointer {
		return nil, errNotRecord(rec)
	}
	o := s.catalog.Of(t.Elem())
	if c, ok := rec.(*schema.CustomRecord); ok && o == nil && c.Id != "" {
		o = s.catalog.ById(c.Id)
	}
	if p := s.plans[o]; o != nil && p != nil {
		return p, nil
	}
	return nil, errNotRecord(rec)
}

// planById returns the plan for the object that id belongs to, or nil.
func (s *snapshot) planById(id schema.Id) *plan {
	if o := s.catalog.ById(id); o != nil {
		return s.plans[o]
	}
	return nil
}
