package org

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// definitionRules are the rules by which the catalogue follows the records that define it, in the same transaction.
var definitionRules = record.Book{
	record.Fill("custom object: has a name and a key prefix", fillCustomObject),
	record.Fill("custom field: is one that the catalogue can hold", fillCustomField),
	record.Fill("standard definition: about what is declared, once", fillStandardDefinition),
	record.Fill("validation rule: about an object that is there, once", fillValidationRule),
	record.Follow("custom object: is in the catalogue", followCustomObject),
	record.FollowDelete("custom object: leaves the catalogue", dropCustomObject),
	record.FollowUndelete("custom object: is back in the catalogue", restoreCustomObject),
	record.Follow("custom field: is in the catalogue", followCustomField),
	record.FollowDelete("custom field: leaves the catalogue", dropCustomField),
	record.FollowUndelete("custom field: is back in the catalogue", func(tx *record.Tx, f *CustomField) error {
		return define(tx, definitions{fields: []*CustomField{f}}.over)
	}),
	record.Follow("standard definition: the catalogue says so", func(tx *record.Tx, c record.Change[StandardDefinition]) error {
		return define(tx, definitions{standards: []*StandardDefinition{c.New}}.over)
	}),
	record.FollowDelete("standard definition: as declared again", func(tx *record.Tx, s *StandardDefinition) error {
		return define(tx, definitions{standards: []*StandardDefinition{{SobjectType: s.SobjectType, Field: s.Field}}}.over)
	}),
	record.FollowUndelete("standard definition: holds again", func(tx *record.Tx, s *StandardDefinition) error {
		return define(tx, definitions{standards: []*StandardDefinition{s}}.over)
	}),
	record.Follow("validation rule: holds from now on", followValidationRule),
	record.FollowDelete("validation rule: no longer holds", dropValidationRule),
	record.FollowUndelete("validation rule: holds again", func(tx *record.Tx, v *ValidationRule) error {
		return define(tx, definitions{rules: []*ValidationRule{v}}.over)
	}),
}

// metaDefinition counts the changes of the definition, so that other servers notice them.
const metaDefinition = "definition"

// define changes the definition, and lets the other servers of the database know. Whoever changes it at the same time
// waits here.
func define(tx *record.Tx, change func(record.Definition) (record.Definition, error)) error {
	n, err := definitionVersion(tx.Store())
	if err != nil {
		return err
	}
	if err := tx.Store().SetMeta(metaDefinition, strconv.FormatInt(n+1, 10)); err != nil {
		return err
	}
	return tx.Define(change)
}

func definitionVersion(tx *store.Tx) (int64, error) {
	text, err := tx.Meta(metaDefinition)
	if err != nil || text == "" {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

// developerName is the form of the names that administrators give.
var developerName = regexp.MustCompile(`^[A-Za-z](_?[A-Za-z0-9])*$`)

func checkDeveloperName(name string) error {
	if !developerName.MatchString(name) || len(name) > 40 {
		return badDefinition("DeveloperName", "%q is no name: begin with a letter; letters, digits and single underscores may follow, 40 at most", name)
	}
	return nil
}

func fillCustomObject(tx *record.Tx, c *record.Change[CustomObject]) error {
	o := c.New
	o.DeveloperName = strings.TrimSuffix(o.DeveloperName, customSuffix)
	o.Label = cmp.Or(o.Label, strings.ReplaceAll(o.DeveloperName, "_", " "))
	o.PluralLabel = cmp.Or(o.PluralLabel, o.Label+"s")
	if o.NameFieldType == "AutoNumber" && o.NameFieldFormat != "" {
		if err := record.CheckNumberFormat(o.NameFieldFormat); err != nil {
			return badDefinition("NameFieldFormat", "%s: %v", o.APIName(), err)
		}
	}
	if !c.Insert {
		return nil
	}
	if err := checkDeveloperName(o.DeveloperName); err != nil {
		return err
	}
	if store.Reserved(o.DeveloperName) {
		return badDefinition("DeveloperName", "%q begins as the names that the database keeps to itself: choose another name", o.DeveloperName)
	}
	if taken, err := hasColumn(tx.Store(), o.APIName(), "Id"); err != nil || taken {
		return cmp.Or(err, badDefinition("DeveloperName", "An object %s was deleted and its records are kept: undelete it, or choose another name", o.APIName()))
	}
	prefix, err := freePrefix(tx)
	o.KeyPrefix = prefix
	return err
}

// freePrefix returns a key prefix that no object has: a00, a01, … a0Z, a10, …
func freePrefix(tx *record.Tx) (string, error) {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for {
		n, err := tx.Store().DB().NextNumbers(tx.Store(), "key prefix", 1)
		if err != nil {
			return "", err
		}
		if n > int64(len(digits)*len(digits)) {
			return "", schema.Refuse("LIMIT_EXCEEDED", "There are as many custom objects as there can be")
		}
		prefix := "a" + string(digits[(n-1)/36]) + string(digits[(n-1)%36])
		if tx.Catalog().ById(schema.Id(prefix+strings.Repeat("0", 15))) == nil {
			return prefix, nil
		}
	}
}

// hasColumn reports whether a table has, or once had, the column of a field.
func hasColumn(tx *store.Tx, object, field string) (bool, error) {
	var n int
	err := tx.QueryRow("SELECT COUNT(*) FROM schema_column WHERE object = ? AND field = ?", object, field).Scan(&n)
	return n > 0, err
}

func followCustomObject(tx *record.Tx, c record.Change[CustomObject]) error {
	if err := define(tx, definitions{objects: []*CustomObject{c.New}}.over); err != nil {
		return err
	}
	if c.New.SharingModel == c.Old.SharingModel && c.New.ExternalSharingModel == c.Old.ExternalSharingModel {
		return nil
	}
	return shareCustomObject(tx, c.New)
}

// shareCustomObject gives an object the sharing default that its record says. One that is to be controlled by its
// master is private until it has one.
func shareCustomObject(tx *record.Tx, o *CustomObject) error {
	known, err := record.First[SharingDefault](tx, "SobjectType = ?", o.APIName())
	if err != nil {
		return err
	}
	if known == nil {
		known = &SharingDefault{SobjectType: o.APIName(), GrantsByHierarchy: true}
	}
	known.InternalSharingModel, known.ExternalSharingModel = o.SharingModel, o.ExternalSharingModel
	mastered := access.Master(tx.Catalog().Object(o.APIName()), "") != nil
	for _, model := range []*SharingModel{&known.InternalSharingModel, &known.ExternalSharingModel} {
		if *model == SharingControlledByParent && !mastered {
			*model = SharingPrivate
		}
	}
	return tx.Save(known)
}

func dropCustomObject(tx *record.Tx, o *CustomObject) error {
	name := o.APIName()
	return define(tx, func(d record.Definition) (record.Definition, error) {
		c, err := d.Catalog.Without(name)
		if err != nil {
			return d, badDefinition("", "%s can't be deleted: %v", name, err)
		}
		d.Validations = slices.DeleteFunc(slices.Clone(d.Validations), func(v record.Validation) bool { return strings.EqualFold(v.Object, name) })
		d.Catalog = c
		return d, nil
	})
}

// restoreCustomObject puts an object back with its fields and validation rules.
func restoreCustomObject(tx *record.Tx, o *CustomObject) (err error) {
	d := definitions{objects: []*CustomObject{o}}
	if d.fields, err = record.Find[CustomField](tx, "TableEnumOrId = ?", o.APIName()); err != nil {
		return err
	}
	if d.rules, err = record.Find[ValidationRule](tx, "SobjectType = ?", o.APIName()); err != nil {
		return err
	}
	return define(tx, d.over)
}

// businessObject returns the object that fields are added to or rules are about.
func businessObject(tx *record.Tx, name, field string) (*schema.Object, error) {
	o := tx.Catalog().Object(name)
	switch {
	case o == nil:
		return nil, badDefinition(field, "There is no object %s", name)
	case o.ReadOnly || o.Prefix == "":
		return nil, badDefinition(field, "%s can't be customised: the house alone writes to it", o.Name)
	}
	return o, nil
}

func fillCustomField(tx *record.Tx, c *record.Change[CustomField]) error {
	r := c.New
	r.DeveloperName = strings.TrimSuffix(r.DeveloperName, customSuffix)
	r.Label = cmp.Or(r.Label, strings.ReplaceAll(r.DeveloperName, "_", " "))
	o, err := businessObject(tx, r.TableEnumOrId, "TableEnumOrId")
	if err != nil {
		return err
	}
	r.TableEnumOrId = o.Name
	if c.Insert {
		if err := checkDeveloperName(r.DeveloperName); err != nil {
			return err
		}
		if f := o.Field(r.APIName()); f != nil {
			return duplicateField(r)
		}
	}
	_, err = r.field(tx.Catalog())
	return err
}

func duplicateField(r *CustomField) error {
	return schema.Refuse("DUPLICATE_DEVELOPER_NAME", fmt.Sprintf("There is already a field named %s on %s", r.APIName(), r.TableEnumOrId), "DeveloperName")
}

// followCustomField puts a field into the catalogue. What a deleted field of the same name left behind is not the new
// one's. A new roll-up summary is computed in the background for the parents that are there.
func followCustomField(tx *record.Tx, c record.Change[CustomField]) error {
	r := c.New
	used := false
	if c.Insert {
		var err error
		if used, err = hasColumn(tx.Store(), r.TableEnumOrId, r.APIName()); err != nil {
			return err
		}
	}
	if err := define(tx, definitions{fields: []*CustomField{r}}.over); err != nil {
		return err
	}
	// Only now, when nobody else defines anything, is it known that nobody else defined the same.
	same, err := record.Find[CustomField](tx, "TableEnumOrId = ? AND DeveloperName = ?", r.TableEnumOrId, r.DeveloperName)
	if err != nil {
		return err
	}
	if len(same) > 1 {
		return duplicateField(r)
	}
	f := tx.Catalog().Object(r.TableEnumOrId).Field(r.APIName())
	if used && f.Stored() && f.Kind.Store() != schema.StoreBool {
		column := store.Quote(f.Name)
		if _, err := tx.Store().Exec("UPDATE " + store.Quote(f.Object) + " SET " + column + " = NULL WHERE " + column + " IS NOT NULL"); err != nil {
			return err
		}
	}
	if r.Type == FieldMasterDetail && c.Insert {
		if err := shareDetail(tx, r); err != nil {
			return err
		}
	}
	if r.Type == FieldSummary && (c.Insert || r.SummaryOperation != c.Old.SummaryOperation || r.SummarizedField != c.Old.SummarizedField || r.SummaryFilterFormula != c.Old.SummaryFilterFormula) {
		return record.Enqueue(tx, SummariseJob, SummariseArgs{Object: r.TableEnumOrId, Field: r.APIName()})
	}
	return nil
}

// shareDetail has a custom object that got its master shared as its record says.
func shareDetail(tx *record.Tx, r *CustomField) error {
	o, err := record.First[CustomObject](tx, "DeveloperName = ?", strings.TrimSuffix(r.TableEnumOrId, customSuffix))
	if err != nil || o == nil || o.APIName() != r.TableEnumOrId {
		return err
	}
	return shareCustomObject(tx, o)
}

func dropCustomField(tx *record.Tx, r *CustomField) error {
	object, name := r.TableEnumOrId, r.APIName()
	return define(tx, func(d record.Definition) (record.Definition, error) {
		o := d.Catalog.Object(object)
		if o == nil || o.Field(name) == nil {
			return d, nil
		}
		o = o.Clone()
		o.Drop(name)
		c, err := extended(d.Catalog, []*schema.Object{o})
		d.Catalog = c
		return d, err
	})
}

func fillStandardDefinition(tx *record.Tx, c *record.Change[StandardDefinition]) error {
	s := c.New
	o := tx.Catalog().Object(s.SobjectType)
	if o == nil || o.Custom {
		return badDefinition("SobjectType", "There is no standard object %s", s.SobjectType)
	}
	s.SobjectType = o.Name
	if s.Field != "" {
		f := o.Field(s.Field)
		if f == nil || f.Custom || f.Hidden {
			return badDefinition("Field", "%s has no standard field %s", o.Name, s.Field)
		}
		s.Field = f.Name
	}
	if !c.Insert {
		return nil
	}
	others, err := record.Find[StandardDefinition](tx, "SobjectType = ?", s.SobjectType)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(others, func(other *StandardDefinition) bool { return other.Field == s.Field }) {
		return schema.Refuse("DUPLICATE_VALUE", "There is a definition of "+strings.TrimSuffix(s.SobjectType+"."+s.Field, ".")+" already: change that", "Field")
	}
	return nil
}

func fillValidationRule(tx *record.Tx, c *record.Change[ValidationRule]) error {
	v := c.New
	o, err := businessObject(tx, v.SobjectType, "SobjectType")
	if err != nil {
		return err
	}
	v.SobjectType = o.Name
	if v.ErrorDisplayField != "" {
		f := o.Field(v.ErrorDisplayField)
		if f == nil {
			return badDefinition("ErrorDisplayField", "%s has no field %s", o.Name, v.ErrorDisplayField)
		}
		v.ErrorDisplayField = f.Name
	}
	if !c.Insert && v.ValidationName == c.Old.ValidationName {
		return nil
	}
	if err := checkDeveloperName(v.ValidationName); err != nil {
		return err
	}
	others, err := record.Find[ValidationRule](tx, "SobjectType = ? AND ValidationName = ?", v.SobjectType, v.ValidationName)
	if err == nil && slices.ContainsFunc(others, func(other *ValidationRule) bool { return other.Id != v.Id }) {
		err = schema.Refuse("DUPLICATE_DEVELOPER_NAME", v.SobjectType+" has a validation rule "+v.ValidationName+" already", "ValidationName")
	}
	return err
}

func followValidationRule(tx *record.Tx, c record.Change[ValidationRule]) error {
	if !c.Insert && c.Old.ValidationName != c.New.ValidationName {
		if err := dropValidationRule(tx, c.Old); err != nil {
			return err
		}
	}
	return define(tx, definitions{rules: []*ValidationRule{c.New}}.over)
}

func dropValidationRule(tx *record.Tx, v *ValidationRule) error {
	return define(tx, func(d record.Definition) (record.Definition, error) {
		d.Validations = withoutRule(d.Validations, v)
		return d, nil
	})
}
