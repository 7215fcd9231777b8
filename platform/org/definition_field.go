package org

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// customSuffix ends the API names of what administrators add.
const customSuffix = "__c"

// APIName returns the name of the field in the API: with its ending.
func (f *CustomField) APIName() string { return f.DeveloperName + customSuffix }

// APIName returns the name of the object in the API: with its ending.
func (o *CustomObject) APIName() string { return o.DeveloperName + customSuffix }

func badDefinition(field, format string, args ...any) error {
	return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(format, args...), field)
}

// fieldForms are the kinds of fields by the types of the metadata, with their usual and their largest size.
var fieldForms = map[FieldType]struct {
	kind         schema.Kind
	length, most int
}{
	FieldAutoNumber: {schema.KindText, 30, 30}, FieldCheckbox: {kind: schema.KindBoolean}, FieldCurrency: {kind: schema.KindCurrency},
	FieldDate: {kind: schema.KindDate}, FieldDateTime: {kind: schema.KindDateTime}, FieldEmail: {schema.KindEmail, 80, 80},
	FieldEncryptedText: {schema.KindEncrypted, 175, 175}, FieldHtml: {schema.KindLongText, 32768, 131072}, FieldLocation: {kind: schema.KindLocation},
	FieldLongTextArea: {schema.KindLongText, 32768, 131072}, FieldLookup: {schema.KindReference, 18, 18}, FieldMasterDetail: {schema.KindReference, 18, 18},
	FieldMultiselectPicklist: {schema.KindMultiPicklist, 4099, 4099}, FieldNumber: {kind: schema.KindDouble}, FieldPercent: {kind: schema.KindPercent},
	FieldPhone: {schema.KindPhone, 40, 40}, FieldPicklist: {schema.KindPicklist, 255, 255}, FieldSummary: {kind: schema.KindDouble},
	FieldText: {schema.KindText, 255, 255}, FieldTextArea: {schema.KindLongText, 255, 255}, FieldTime: {kind: schema.KindTime}, FieldUrl: {schema.KindURL, 255, 255},
}

// maxDigits is how many digits a number may have.
const maxDigits = 18

// field returns the field that r describes. Roll-up summaries get their kind from the catalogue c.
func (r *CustomField) field(c *schema.Catalog) (schema.Field, error) {
	form, ok := fieldForms[r.Type]
	if !ok {
		return schema.Field{}, badDefinition("Type", "%s: there is no field type %s", r.APIName(), r.Type)
	}
	f := schema.Field{Name: r.APIName(), Label: cmp.Or(r.Label, strings.ReplaceAll(r.DeveloperName, "_", " ")), Help: r.InlineHelpText, Kind: form.kind,
		Length: form.length, Required: r.Required, Unique: r.IsUnique, ExternalId: r.ExternalId, CaseSensitive: r.CaseSensitive}
	if n := int(r.Length.Int64()); n != 0 && form.most > 0 && r.Type != FieldLookup && r.Type != FieldMasterDetail {
		if n < 1 || n > form.most {
			return f, badDefinition("Length", "%s: the length of %s is 1 to %d, not %d", r.APIName(), r.Type, form.most, n)
		}
		f.Length = n
	}
	steps := []func(*schema.Field) error{r.number, r.picklist, r.reference, r.derived, r.defaults}
	if r.Type == FieldSummary {
		steps = []func(*schema.Field) error{func(f *schema.Field) error { return r.summary(c, f) }}
	}
	for _, step := range steps {
		if err := step(&f); err != nil {
			return f, err
		}
	}
	return f, r.unique(&f)
}

// unique refuses keys of kinds that records are not found by.
func (r *CustomField) unique(f *schema.Field) error {
	if !f.Unique && !f.ExternalId {
		return nil
	}
	if !slices.Contains([]FieldType{FieldText, FieldEmail, FieldNumber, FieldAutoNumber}, r.Type) || f.Formula != "" {
		return badDefinition("IsUnique", "%s: a %s field can't be unique or an external id; choose Text, Number, Email or AutoNumber", r.APIName(), r.Type)
	}
	return nil
}

// number sets the digits of a number.
func (r *CustomField) number(f *schema.Field) error {
	if f.Kind.Store() != schema.StoreDecimal {
		return nil
	}
	f.Precision, f.Scale = maxDigits, int(r.Scale.Int64())
	if !r.Precision.IsNull() {
		f.Precision = int(r.Precision.Int64())
	}
	if r.Scale.IsNull() && f.Kind != schema.KindDouble {
		f.Scale = 2
	}
	if f.Precision < 1 || f.Precision > maxDigits || f.Scale < 0 || f.Scale > f.Precision {
		return badDefinition("Precision", "%s: a number has 1 to %d digits, of which 0 to that many stand after the point; not %d and %d", r.APIName(), maxDigits, f.Precision, f.Scale)
	}
	return nil
}

// picklist sets the choices of a picklist.
func (r *CustomField) picklist(f *schema.Field) error {
	if f.Kind != schema.KindPicklist && f.Kind != schema.KindMultiPicklist || r.Formula != "" {
		return nil
	}
	set, choices, err := readValueSet(string(r.Picklist), r.APIName())
	if err != nil {
		return err
	}
	f.Choices, f.Restricted = choices, r.RestrictedValues || set.Restricted
	f.Controller = cmp.Or(r.ControllingField, set.ControllingField)
	f.Default = defaultOf(choices)
	return nil
}

func defaultOf(choices []schema.Choice) string {
	for _, c := range choices {
		if c.Default {
			return c.Value
		}
	}
	return ""
}

// reference sets where a reference leads.
func (r *CustomField) reference(f *schema.Field) error {
	if f.Kind != schema.KindReference {
		return nil
	}
	for name := range strings.SplitSeq(r.ReferenceTo, ",") {
		if name = strings.TrimSpace(name); name != "" {
			f.To = append(f.To, name)
		}
	}
	if len(f.To) == 0 {
		return badDefinition("ReferenceTo", "%s: name the object that the field refers to", r.APIName())
	}
	if r.RelationshipName != "" {
		f.ChildName = strings.TrimSuffix(r.RelationshipName, "__r") + "__r"
	}
	switch {
	case r.Type == FieldMasterDetail:
		f.OnDelete, f.Required = schema.Cascade, true
	case strings.EqualFold(string(r.DeleteConstraint), "Restrict"):
		f.OnDelete = schema.Restrict
	case strings.EqualFold(string(r.DeleteConstraint), "Cascade"):
		f.OnDelete = schema.Cascade
	}
	return nil
}

// formulaTypes are the types that a formula may have.
var formulaTypes = []FieldType{FieldCheckbox, FieldCurrency, FieldDate, FieldDateTime, FieldNumber, FieldPercent, FieldText, FieldTime}

// formulaLength is the most characters that the text of a formula has.
const formulaLength = 1300

// derived sets what a field is computed or numbered by.
func (r *CustomField) derived(f *schema.Field) error {
	if r.Type == FieldAutoNumber {
		f.Format, f.ReadOnly = cmp.Or(r.DisplayFormat, "{0}"), true
		if err := record.CheckNumberFormat(f.Format); err != nil {
			return badDefinition("DisplayFormat", "%s: %v", r.APIName(), err)
		}
	}
	if r.Formula == "" {
		return nil
	}
	if !slices.Contains(formulaTypes, r.Type) {
		return badDefinition("Formula", "%s: a formula can't be of type %s", r.APIName(), r.Type)
	}
	f.Formula, f.Calculated, f.ReadOnly, f.Required = string(r.Formula), true, true, false
	f.Blanks = r.FormulaTreatBlanksAs == "BlankAsBlank"
	if r.Type == FieldText {
		f.Length = formulaLength
	}
	return nil
}

// defaults sets the default value: of a checkbox true or false, of all others a formula.
func (r *CustomField) defaults(f *schema.Field) error {
	switch {
	case r.Type == FieldCheckbox && f.Formula == "":
		if f.Default = strings.ToLower(cmp.Or(r.DefaultValue, "false")); f.Default != "true" && f.Default != "false" {
			return badDefinition("DefaultValue", "%s: the default value of a checkbox is true or false", r.APIName())
		}
	case r.DefaultValue == "" || f.Default != "":
	case !f.Createable():
		return badDefinition("DefaultValue", "%s: a field that nobody sets has no default value", r.APIName())
	default:
		f.Default = "=" + strings.TrimPrefix(r.DefaultValue, "=")
	}
	return nil
}

// summary sets what a roll-up summary sums up. Its kind is that of the summarised field.
func (r *CustomField) summary(c *schema.Catalog, f *schema.Field) error {
	object, via, ok := strings.Cut(r.SummaryForeignKey, ".")
	child := c.Object(object)
	if !ok || child == nil || child.Field(via) == nil {
		return badDefinition("SummaryForeignKey", "%s: %q does not name a reference of the records that are summed up, such as Child__c.Parent__c", r.APIName(), r.SummaryForeignKey)
	}
	f.Calculated, f.ReadOnly, f.Required, f.Unique, f.ExternalId = true, true, false, false, false
	f.Precision, f.Scale = maxDigits, 0
	f.RollUp = &schema.RollUp{Child: child.Name, Via: child.Field(via).Name, Function: strings.ToUpper(string(r.SummaryOperation)), Filter: string(r.SummaryFilterFormula)}
	if f.RollUp.Function == "COUNT" {
		return nil
	}
	_, name, _ := strings.Cut(r.SummarizedField, ".")
	of := child.Field(name)
	if of == nil || !of.Stored() {
		return badDefinition("SummarizedField", "%s: %q does not name a stored field of %s", r.APIName(), r.SummarizedField, child.Name)
	}
	numeric := of.Kind.Store() == schema.StoreDecimal || of.Kind.Store() == schema.StoreInt
	dated := of.Kind.Store() == schema.StoreDate || of.Kind.Store() == schema.StoreInstant
	if !numeric && (!dated || f.RollUp.Function == "SUM") {
		return badDefinition("SummarizedField", "%s: %s of %s can't be summed up by %s", r.APIName(), of.Name, child.Name, r.SummaryOperation)
	}
	f.RollUp.Field, f.Scale = of.Name, of.Scale
	if of.Kind.Store() != schema.StoreInt {
		f.Kind = of.Kind
	}
	return nil
}

// addField adds a custom field, and the parts of a location, to o. A field of that name is replaced.
func addField(o *schema.Object, f schema.Field) {
	o.Drop(f.Name)
	whole := o.Add(f)
	if f.Kind != schema.KindLocation {
		return
	}
	const degreePlaces = 15
	base := strings.TrimSuffix(f.Name, customSuffix)
	for _, name := range []string{"Latitude", "Longitude"} {
		part := o.Add(schema.Field{Name: base + "__" + name + "__s", Label: f.Label + " (" + name + ")", Kind: schema.KindDouble, Precision: maxDigits, Scale: degreePlaces, Required: f.Required})
		part.Parent = whole
		whole.Parts = append(whole.Parts, part)
	}
	whole.Required = false
}
