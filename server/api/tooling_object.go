package api

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// objectMetadata is a custom object as metadata.
type objectMetadata struct {
	Label                string     `json:"label,omitempty"`
	PluralLabel          string     `json:"pluralLabel,omitempty"`
	Description          *string    `json:"description"`
	DeploymentStatus     string     `json:"deploymentStatus,omitempty"`
	SharingModel         string     `json:"sharingModel,omitempty"`
	ExternalSharingModel string     `json:"externalSharingModel,omitempty"`
	NameField            *nameField `json:"nameField"`
	EnableActivities     *bool      `json:"enableActivities"`
	EnableHistory        *bool      `json:"enableHistory"`
	EnableReports        *bool      `json:"enableReports"`
	EnableSearch         *bool      `json:"enableSearch"`
	ShowInNavigation     *bool      `json:"showInNavigation"` // beyond the metadata that these follow
}

type nameField struct {
	Type          string `json:"type"`
	Label         string `json:"label"`
	DisplayFormat string `json:"displayFormat,omitempty"`
}

func readObjectMetadata(_ *call, _ *schema.Catalog, fullName string, metadata json.RawMessage, old any) (any, error) {
	o, changed := old.(*org.CustomObject)
	if !changed {
		if !strings.HasSuffix(fullName, "__c") {
			return nil, schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "FullName: the name of a custom object ends in __c, such as Meter__c, not "+fullName, "FullName")
		}
		o = &org.CustomObject{DeveloperName: strings.TrimSuffix(fullName, "__c"), NameFieldType: "Text", SharingModel: org.SharingReadWrite,
			ExternalSharingModel: org.SharingPrivate, DeploymentStatus: "Deployed", EnableSearch: true, ShowInNavigation: true}
	}
	var m objectMetadata
	if err := json.Unmarshal(metadata, &m); err != nil {
		return nil, metadataFault(err)
	}
	o.Label, o.PluralLabel = cmp.Or(m.Label, o.Label), cmp.Or(m.PluralLabel, o.PluralLabel)
	set(&o.Description, m.Description)
	o.DeploymentStatus = schema.Picklist(cmp.Or(m.DeploymentStatus, string(o.DeploymentStatus)))
	o.SharingModel = org.SharingModel(cmp.Or(m.SharingModel, string(o.SharingModel)))
	o.ExternalSharingModel = org.SharingModel(cmp.Or(m.ExternalSharingModel, string(o.ExternalSharingModel)))
	for to, from := range map[*bool]*bool{&o.EnableActivities: m.EnableActivities, &o.EnableHistory: m.EnableHistory, &o.EnableReports: m.EnableReports, &o.EnableSearch: m.EnableSearch, &o.ShowInNavigation: m.ShowInNavigation} {
		if from != nil {
			*to = *from
		}
	}
	if n := m.NameField; n != nil {
		o.NameFieldType, o.NameFieldLabel, o.NameFieldFormat = schema.Picklist(cmp.Or(n.Type, "Text")), n.Label, n.DisplayFormat
	}
	return o, nil
}

func showObjectMetadata(rec any) (string, any) {
	o := rec.(*org.CustomObject)
	return o.APIName(), objectMetadata{Label: o.Label, PluralLabel: o.PluralLabel, Description: text(string(o.Description)), DeploymentStatus: string(o.DeploymentStatus),
		SharingModel: string(o.SharingModel), ExternalSharingModel: string(o.ExternalSharingModel), EnableActivities: &o.EnableActivities, EnableHistory: &o.EnableHistory,
		EnableReports: &o.EnableReports, EnableSearch: &o.EnableSearch, ShowInNavigation: &o.ShowInNavigation, NameField: &nameField{string(o.NameFieldType), o.NameFieldLabel, o.NameFieldFormat}}
}

// ruleMetadata is a validation rule as metadata.
type ruleMetadata struct {
	Active            *bool   `json:"active"`
	Description       *string `json:"description"`
	Condition         *string `json:"errorConditionFormula"`
	ErrorDisplayField *string `json:"errorDisplayField"`
	ErrorMessage      *string `json:"errorMessage"`
}

func readRuleMetadata(_ *call, _ *schema.Catalog, fullName string, metadata json.RawMessage, old any) (any, error) {
	v, changed := old.(*org.ValidationRule)
	if !changed {
		object, name, _ := strings.Cut(fullName, ".")
		v = &org.ValidationRule{SobjectType: object, ValidationName: name, Active: true}
	}
	var m ruleMetadata
	if err := json.Unmarshal(metadata, &m); err != nil {
		return nil, metadataFault(err)
	}
	if m.Active != nil {
		v.Active = *m.Active
	}
	set(&v.Description, m.Description)
	set(&v.ErrorConditionFormula, m.Condition)
	set(&v.ErrorDisplayField, m.ErrorDisplayField)
	set(&v.ErrorMessage, m.ErrorMessage)
	return v, nil
}

func showRuleMetadata(rec any) (string, any) {
	v := rec.(*org.ValidationRule)
	condition := string(v.ErrorConditionFormula)
	return v.SobjectType + "." + v.ValidationName, ruleMetadata{&v.Active, text(string(v.Description)), &condition, text(v.ErrorDisplayField), &v.ErrorMessage}
}

// valuesMetadata is the values of a declared picklist as metadata.
type valuesMetadata struct {
	Sorted           bool               `json:"sorted"`
	Values           []org.CustomValue  `json:"standardValue"`
	ControllingField *string            `json:"controllingField"` // this and the next go beyond the metadata that these follow
	Settings         []org.ValueSetting `json:"valueSettings"`
}

// readValuesMetadata reads the values of a picklist whose full name is Object.Field. What they depend on stays unless
// the metadata says it.
func readValuesMetadata(_ *call, catalog *schema.Catalog, fullName string, metadata json.RawMessage, old any) (any, error) {
	d, changed := old.(*org.StandardDefinition)
	if !changed {
		object, name, _ := strings.Cut(fullName, ".")
		if o := catalog.Object(object); o == nil || o.Field(name) == nil {
			return nil, schema.Refuse("NOT_FOUND", "There is no picklist "+fullName+"; name it as Object.Field")
		}
		d = &org.StandardDefinition{SobjectType: object, Field: name}
	}
	var m valuesMetadata
	if err := json.Unmarshal(metadata, &m); err != nil {
		return nil, metadataFault(err)
	}
	next := keptValues(d)
	next.Definition = org.ValueSetBody{Sorted: m.Sorted, Values: m.Values}
	set(&next.ControllingField, m.ControllingField)
	if m.Settings != nil {
		next.Settings = m.Settings
	}
	next.Settings = slices.DeleteFunc(next.Settings, func(s org.ValueSetting) bool {
		return next.ControllingField == "" || !slices.ContainsFunc(m.Values, func(v org.CustomValue) bool { return strings.EqualFold(v.Name(), s.ValueName) })
	})
	b, err := json.Marshal(next)
	d.Picklist = schema.LongText(b)
	return d, err
}

func showValuesMetadata(rec any) (string, any) {
	d := rec.(*org.StandardDefinition)
	kept := keptValues(d)
	return d.SobjectType + "." + d.Field, valuesMetadata{kept.Definition.Sorted, kept.Definition.Values, text(kept.ControllingField), kept.Settings}
}

func keptValues(d *org.StandardDefinition) (kept org.ValueSet) {
	_ = json.Unmarshal([]byte(d.Picklist), &kept) // what is kept was read before it was kept
	return kept
}

// declaredValues returns the values of a picklist that nobody has changed, as a definition that is not kept.
func declaredValues(catalog *schema.Catalog, fullName string) (any, error) {
	object, name, _ := strings.Cut(fullName, ".")
	o := catalog.Object(object)
	if o == nil || o.Field(name) == nil || o.Custom || o.Field(name).Choices == nil {
		return nil, nil
	}
	b, err := json.Marshal(org.WriteValueSet(o.Field(name)))
	return &org.StandardDefinition{SobjectType: o.Name, Field: o.Field(name).Name, Picklist: schema.LongText(b)}, err
}
