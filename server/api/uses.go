package api

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/formula"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// use is something that depends on a field or an object.
type use struct {
	Kind   string    `json:"kind"`   // formula, default, rollUp, dependentPicklist, reference, validationRule, or setting
	Object string    `json:"object"` // what it is about; of a setting, what it is a record of
	Name   string    `json:"name"`
	Label  string    `json:"label"`
	Id     schema.Id `json:"id,omitempty"` // of the record that keeps it, unless it is a field
	Firm   bool      `json:"firm"`         // it keeps the field from being deleted
}

// readUses answers GET /tooling/uses/{object} and GET /tooling/uses/{object}/{field}.
func (s *Server) readUses(c *call) (*answer, error) {
	if !c.viewer.May("ViewSetup") && !c.viewer.May(access.CustomizeApplication) {
		return nil, schema.Refuse("INSUFFICIENT_ACCESS", "The permission ViewSetup is needed to see what depends on a field")
	}
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	u := &users{catalog: s.catalog(c), object: o, uses: []use{}}
	if name, asked := c.args["field"]; asked {
		if u.field = o.Field(name); u.field == nil || !c.viewer.Reads(o, u.field) {
			return nil, schema.Refuse("NOT_FOUND", o.Name+" has no field "+name)
		}
	}
	err = s.keeper.View(c.ctx, func(v *record.View) error {
		u.ofCatalog()
		if err := u.ofRules(v); err != nil {
			return err
		}
		return u.ofSettings(v, c.viewer)
	})
	if err != nil {
		return nil, err
	}
	return ok(map[string]any{"uses": u.uses})
}

// users looks for what depends on a field, or on an object where field is nil.
type users struct {
	catalog *schema.Catalog
	object  *schema.Object
	field   *schema.Field
	uses    []use
}

func (u *users) add(kind string, o *schema.Object, f *schema.Field) {
	u.uses = append(u.uses, use{Kind: kind, Object: o.Name, Name: f.Name, Label: o.Label + ": " + f.Label, Firm: kind != "dependentPicklist" && kind != "reference"})
}

// ofCatalog finds the fields that are derived from what is asked about.
func (u *users) ofCatalog() {
	for _, o := range u.catalog.Objects {
		for _, f := range o.Fields {
			if o == u.object && f == u.field || f.Parent != nil {
				continue
			}
			u.ofField(o, f)
		}
	}
}

func (u *users) ofField(o *schema.Object, f *schema.Field) {
	if u.field == nil {
		if f.Kind == schema.KindReference && slices.Contains(f.To, u.object.Name) && f.Custom && o != u.object {
			u.add("reference", o, f)
		}
		if o != u.object && f.RollUp != nil && f.RollUp.Child == u.object.Name {
			u.add("rollUp", o, f)
		}
		return
	}
	if f.Formula != "" && u.reads(o, f.Formula) {
		u.add("formula", o, f)
	}
	if text, computed := strings.CutPrefix(f.Default, "="); computed && u.reads(o, text) {
		u.add("default", o, f)
	}
	if o == u.object && f.Controller != "" && o.Field(f.Controller) == u.field {
		u.add("dependentPicklist", o, f)
	}
	if r := f.RollUp; r != nil && u.sums(r) {
		u.add("rollUp", o, f)
	}
}

// sums reports whether a roll-up summary is made of the field.
func (u *users) sums(r *schema.RollUp) bool {
	child := u.catalog.Object(r.Child)
	if child == nil {
		return false
	}
	named := child == u.object && (child.Field(r.Via) == u.field || r.Field != "" && child.Field(r.Field) == u.field)
	return named || r.Filter != "" && u.reads(child, r.Filter)
}

// reads reports whether a formula about o reads the field, or leads over it.
func (u *users) reads(o *schema.Object, text string) bool {
	f, err := record.ReadFormula(u.catalog, o, text, formula.Options{})
	return err == nil && slices.Contains(record.Reads(f), u.field)
}

// ofRules finds validation rules, those that are not active included.
func (u *users) ofRules(v *record.View) error {
	rules, err := record.Find[org.ValidationRule](v, "ORDER BY SobjectType, ValidationName")
	if err != nil && !errors.Is(err, record.ErrNotFound) {
		return err
	}
	for _, r := range rules {
		o := u.catalog.Object(r.SobjectType)
		if o == nil || u.field == nil {
			continue
		}
		shows := o == u.object && o.Field(r.ErrorDisplayField) == u.field
		if shows || u.reads(o, string(r.ErrorConditionFormula)) {
			u.uses = append(u.uses, use{Kind: "validationRule", Object: o.Name, Name: r.ValidationName, Label: o.Label + ": " + r.ValidationName, Id: r.Id, Firm: r.Active && !shows})
		}
	}
	return nil
}

// unrelated are configuration that tells of definitions rather than depends on them, or that is found otherwise.
var unrelated = []string{"CustomField", "CustomObject", "StandardDefinition", "ValidationRule", "FieldPermissions", "ObjectPermissions", "SharingDefault", "User", "Organization"}

// ofSettings finds other records of the configuration, such as lists, layouts and transitions, whose text names the
// field.
func (u *users) ofSettings(v *record.View, who access.Viewer) error {
	if u.field == nil {
		return nil
	}
	word, err := regexp.Compile(`(^|[^\w.])(` + regexp.QuoteMeta(u.object.Name) + `\.)?` + regexp.QuoteMeta(u.field.Name) + `($|\W)`)
	if err != nil {
		return fmt.Errorf("look for %s: %w", u.field.Name, err)
	}
	for _, o := range u.catalog.Objects {
		about := cmp.Or(o.Field("SobjectType"), o.Field("TableEnumOrId"))
		if !o.Setup || o.ReadOnly || about == nil || slices.Contains(unrelated, o.Name) || !who.Object(o).Has(access.Read) {
			continue
		}
		recs, err := record.FindAny(v, o, about.Name+" = ? ORDER BY Id", u.object.Name)
		if err != nil {
			return err
		}
		for _, rec := range recs {
			u.ofSetting(o, rec, word)
		}
	}
	return nil
}

func (u *users) ofSetting(o *schema.Object, rec any, word *regexp.Regexp) {
	for _, f := range o.Fields {
		if f.Kind.Store() != schema.StoreText || f.Name == "SobjectType" || f.Name == "TableEnumOrId" || !word.MatchString(f.Text(rec)) {
			continue
		}
		name, label := "", o.Label
		if n := o.NameField(); n != nil && !n.Null(rec) {
			name = n.Text(rec)
			label += ": " + name
		}
		u.uses = append(u.uses, use{Kind: "setting", Object: o.Name, Name: name, Label: label, Id: schema.StandardOf(rec).Id})
		return
	}
}
