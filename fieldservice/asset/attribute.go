package asset

import (
	"fmt"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillAttribute names an attribute as its definition does, brings its value into one form, and finds the value of a
// list by its text or the text by the value.
func fillAttribute(tx *record.Tx, c *record.Change[object.AssetAttribute]) error {
	a := c.New
	if a.AttributeDefinitionId == "" {
		return nil
	}
	d, err := record.Get(tx, a.AttributeDefinitionId)
	if err != nil {
		return err
	}
	if a.AttributeName == "" {
		a.AttributeName = firstOf(d.Label, d.Name)
	}
	if c.Insert && a.AttributeValue == "" && a.AttributePicklistValueId == "" {
		a.AttributeValue = d.DefaultValue
	}
	if d.DataType != object.AttributeTypePicklist {
		if text, ok := normal(d.DataType, a.AttributeValue); ok {
			a.AttributeValue = text
		}
		return nil
	}
	return fillChoice(tx, c, d)
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// fillChoice keeps the value of a list and its text together; the one that changed leads.
func fillChoice(tx *record.Tx, c *record.Change[object.AssetAttribute], d *object.AttributeDefinition) error {
	a := c.New
	if a.AttributePicklistValueId != "" && (c.Insert || a.AttributePicklistValueId != c.Old.AttributePicklistValueId) {
		v, err := record.Get(tx, a.AttributePicklistValueId)
		if err == nil {
			a.AttributeValue = textOf(v)
		}
		return err
	}
	if a.AttributeValue == c.Old.AttributeValue && !c.Insert {
		return nil
	}
	a.AttributePicklistValueId = ""
	values, err := record.FindBy[object.AttributePicklistValue](tx, "PicklistId", schema.Id(d.PicklistId))
	for _, v := range values {
		if a.AttributeValue != "" && (strings.EqualFold(a.AttributeValue, textOf(v)) || strings.EqualFold(a.AttributeValue, v.Code)) {
			a.AttributePicklistValueId, a.AttributeValue = schema.Ref[object.AttributePicklistValue](v.Id), textOf(v)
		}
	}
	return err
}

// textOf is what people read of a value of a list.
func textOf(v *object.AttributePicklistValue) string { return firstOf(v.DisplayValue, v.Value, v.Name) }

// normal brings a value into the form of its type; ok is false when it is not of the type. Nothing is of every type.
func normal(t object.AttributeType, text string) (normal string, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", true
	}
	switch t {
	case object.AttributeTypeNumber, object.AttributeTypePercent, object.AttributeTypeCurrency:
		n, err := schema.ParseDecimal(text)
		return n.String(), err == nil
	case object.AttributeTypeDate:
		d, err := schema.ParseDate(text)
		return d.String(), err == nil
	case object.AttributeTypeDatetime:
		d, err := schema.ParseDateTime(text)
		return d.String(), err == nil
	case object.AttributeTypeCheckbox:
		low := strings.ToLower(text)
		return low, low == "true" || low == "false"
	}
	return text, true
}

// forms says how values are written, for those who got one wrong.
var forms = map[object.AttributeType]string{
	object.AttributeTypeNumber: "a number such as 12.5", object.AttributeTypePercent: "a number such as 12.5", object.AttributeTypeCurrency: "a number such as 12.50",
	object.AttributeTypeDate: "a date such as 2026-03-02", object.AttributeTypeDatetime: "a time such as 2026-03-02T09:00:00Z", object.AttributeTypeCheckbox: "true or false",
}

func checkAttribute(r record.Reader, old, a object.AssetAttribute) error {
	if a.AttributeDefinitionId == "" {
		if a.AttributeName == "" {
			return record.Refuse("REQUIRED_FIELD_MISSING", "AttributeDefinitionId, AttributeName: say which attribute it is", "AttributeDefinitionId", "AttributeName")
		}
		return nil
	}
	d, err := record.Get(r, a.AttributeDefinitionId)
	if err != nil {
		return err
	}
	switch text, ok := normal(d.DataType, a.AttributeValue); {
	case old.AttributeDefinitionId != a.AttributeDefinitionId && !d.IsActive:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("AttributeDefinitionId: %s is not active", firstOf(d.Label, d.Name)), "AttributeDefinitionId")
	case !ok:
		return record.Refuse("INVALID_INPUT", fmt.Sprintf("AttributeValue: %q is not %s", a.AttributeValue, forms[d.DataType]), "AttributeValue")
	case text == "" && d.IsRequired:
		return record.Refuse("REQUIRED_FIELD_MISSING", fmt.Sprintf("AttributeValue: %s needs a value", firstOf(d.Label, d.Name)), "AttributeValue")
	case d.DataType == object.AttributeTypePicklist:
		if err := checkChoice(r, &a, d); err != nil {
			return err
		}
	}
	return checkOnce(r, &old, &a)
}

// checkChoice holds a value to the list of its definition.
func checkChoice(r record.Reader, a *object.AssetAttribute, d *object.AttributeDefinition) error {
	if a.AttributePicklistValueId == "" {
		if a.AttributeValue == "" {
			return nil
		}
		return record.Refuse("INVALID_INPUT", fmt.Sprintf("AttributeValue: %q is not in the list of %s", a.AttributeValue, firstOf(d.Label, d.Name)), "AttributeValue")
	}
	v, err := record.Get(r, a.AttributePicklistValueId)
	if err != nil || v.PicklistId == d.PicklistId {
		return err
	}
	return record.Refuse("INVALID_INPUT", "AttributePicklistValueId: the value belongs to another list", "AttributePicklistValueId")
}

func checkOnce(r record.Reader, old, a *object.AssetAttribute) error {
	if old.AttributeDefinitionId == a.AttributeDefinitionId {
		return nil
	}
	others, err := record.FindBy[object.AssetAttribute](r, "AssetId", schema.Id(a.AssetId))
	for _, o := range others {
		if o.Id != a.Id && o.AttributeDefinitionId == a.AttributeDefinitionId {
			return record.Refuse("DUPLICATE_VALUE", "AttributeDefinitionId: the asset has this attribute already: "+string(o.Id), "AssetId", "AttributeDefinitionId")
		}
	}
	return err
}

func checkDefinition(_, d object.AttributeDefinition) error {
	switch _, ok := normal(d.DataType, d.DefaultValue); {
	case d.DataType == object.AttributeTypePicklist && d.PicklistId == "":
		return record.Refuse("REQUIRED_FIELD_MISSING", "PicklistId: say from which list the values are", "PicklistId")
	case !ok:
		return record.Refuse("INVALID_INPUT", fmt.Sprintf("DefaultValue: %q is not %s", d.DefaultValue, forms[d.DataType]), "DefaultValue")
	}
	return nil
}
