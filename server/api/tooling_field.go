package api

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// fieldMetadata is a custom field as metadata.
type fieldMetadata struct {
	Type               org.FieldType   `json:"type,omitempty"`
	Label              string          `json:"label,omitempty"`
	Description        *string         `json:"description"`
	InlineHelpText     *string         `json:"inlineHelpText"`
	Length             *int64          `json:"length"`
	Precision          *int64          `json:"precision"`
	Scale              *int64          `json:"scale"`
	VisibleLines       *int64          `json:"visibleLines"`
	Required           *bool           `json:"required"`
	Unique             *bool           `json:"unique"`
	ExternalId         *bool           `json:"externalId"`
	CaseSensitive      *bool           `json:"caseSensitive"`
	TrackHistory       *bool           `json:"trackHistory"`
	DefaultValue       any             `json:"defaultValue"`
	DisplayFormat      *string         `json:"displayFormat"`
	Formula            *string         `json:"formula"`
	BlanksAs           *string         `json:"formulaTreatBlanksAs"`
	ReferenceTo        any             `json:"referenceTo"`
	RelationshipName   *string         `json:"relationshipName"`
	RelationshipLabel  *string         `json:"relationshipLabel"`
	DeleteConstraint   *string         `json:"deleteConstraint"`
	ValueSet           json.RawMessage `json:"valueSet"`
	SummaryForeignKey  *string         `json:"summaryForeignKey"`
	SummarizedField    *string         `json:"summarizedField"`
	SummaryOperation   *string         `json:"summaryOperation"`
	SummaryFilterItems []filterItem    `json:"summaryFilterItems"`
	SummaryFilter      *string         `json:"summaryFilterFormula"` // what the items are kept as; beyond the metadata that these follow
}

// filterItem is a condition on the records that a roll-up summary sums up.
type filterItem struct {
	Field      string `json:"field"`
	Operation  string `json:"operation"`
	Value      string `json:"value"`
	ValueField string `json:"valueField"`
}

// metadataFault says that metadata can't be read.
func metadataFault(err error) error {
	return schema.Refuse("JSON_PARSER_ERROR", "Metadata: "+err.Error(), "Metadata")
}

func readFieldMetadata(_ *call, catalog *schema.Catalog, fullName string, metadata json.RawMessage, old any) (any, error) {
	f, changed := old.(*org.CustomField)
	if !changed {
		object, name, _ := strings.Cut(fullName, ".")
		if !strings.HasSuffix(name, "__c") {
			return nil, schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "FullName: name the object and the field, such as Account.Region__c, not "+fullName, "FullName")
		}
		f = &org.CustomField{TableEnumOrId: object, DeveloperName: strings.TrimSuffix(name, "__c"), FormulaTreatBlanksAs: "BlankAsZero", DeleteConstraint: "SetNull"}
	}
	var m fieldMetadata
	if err := json.Unmarshal(metadata, &m); err != nil {
		return nil, metadataFault(err)
	}
	m.into(f)
	if m.DefaultValue != nil {
		f.DefaultValue = fmt.Sprint(m.DefaultValue)
	}
	switch to := m.ReferenceTo.(type) {
	case string:
		f.ReferenceTo = to
	case []any:
		f.ReferenceTo = ""
		for _, name := range to {
			f.ReferenceTo = strings.TrimPrefix(f.ReferenceTo+","+fmt.Sprint(name), ",")
		}
	}
	if m.ValueSet != nil && string(m.ValueSet) != "null" {
		f.Picklist = schema.LongText(m.ValueSet)
		var set org.ValueSet
		if err := json.Unmarshal(m.ValueSet, &set); err != nil {
			return nil, metadataFault(err)
		}
		f.RestrictedValues, f.ControllingField = set.Restricted, set.ControllingField
	}
	if m.SummaryFilterItems == nil {
		return f, nil
	}
	filter, err := filterFormula(catalog, m.SummaryFilterItems)
	f.SummaryFilterFormula = schema.LongText(filter)
	return f, err
}

// into sets what the metadata says; what it leaves out stays.
func (m *fieldMetadata) into(f *org.CustomField) {
	set(&f.Description, m.Description)
	set(&f.InlineHelpText, m.InlineHelpText)
	setInt(&f.Length, m.Length)
	setInt(&f.Precision, m.Precision)
	setInt(&f.Scale, m.Scale)
	setInt(&f.VisibleLines, m.VisibleLines)
	set(&f.DisplayFormat, m.DisplayFormat)
	set(&f.Formula, m.Formula)
	set(&f.FormulaTreatBlanksAs, m.BlanksAs)
	set(&f.RelationshipName, m.RelationshipName)
	set(&f.RelationshipLabel, m.RelationshipLabel)
	set(&f.DeleteConstraint, m.DeleteConstraint)
	set(&f.SummaryForeignKey, m.SummaryForeignKey)
	set(&f.SummarizedField, m.SummarizedField)
	set(&f.SummaryOperation, m.SummaryOperation)
	set(&f.SummaryFilterFormula, m.SummaryFilter)
	for to, from := range map[*bool]*bool{&f.Required: m.Required, &f.IsUnique: m.Unique, &f.ExternalId: m.ExternalId, &f.CaseSensitive: m.CaseSensitive, &f.TrackHistory: m.TrackHistory} {
		if from != nil {
			*to = *from
		}
	}
	if m.Type != "" {
		f.Type = m.Type
	}
	if m.Label != "" {
		f.Label = m.Label
	}
}

func set[T ~string](to *T, from *string) {
	if from != nil {
		*to = T(*from)
	}
}

func setInt(to *schema.Int, from *int64) {
	if from != nil {
		*to = schema.NewInt(*from)
	}
}

// operators are what the operations of filter items are in formulas.
var operators = map[string]string{"equals": "%s = %s", "notEqual": "%s <> %s", "lessThan": "%s < %s", "greaterThan": "%s > %s", "lessOrEqual": "%s <= %s",
	"greaterOrEqual": "%s >= %s", "contains": "CONTAINS(%s, %s)", "notContain": "NOT(CONTAINS(%s, %s))", "startsWith": "BEGINS(%s, %s)"}

// filterFormula words filter items as one formula. All of them must hold.
func filterFormula(catalog *schema.Catalog, items []filterItem) (string, error) {
	var terms []string
	for _, i := range items {
		object, name, _ := strings.Cut(i.Field, ".")
		o := catalog.Object(object)
		form, known := operators[i.Operation]
		if o == nil || o.Field(name) == nil || !known {
			return "", schema.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("summaryFilterItems: %s %s: name a field such as Child__c.Kind__c, and an operation such as equals", i.Field, i.Operation), "Metadata")
		}
		terms = append(terms, fmt.Sprintf(form, operand(o.Field(name)), formulaLiteral(o.Field(name), i.Value)))
	}
	if len(terms) < 2 {
		return strings.Join(terms, ""), nil
	}
	return "AND(" + strings.Join(terms, ", ") + ")", nil
}

func operand(f *schema.Field) string {
	if f.Kind == schema.KindPicklist {
		return "TEXT(" + f.Name + ")"
	}
	return f.Name
}

// formulaLiteral writes the value of a filter item in the language of formulas.
func formulaLiteral(f *schema.Field, value string) string {
	switch f.Kind.Store() {
	case schema.StoreBool:
		return strings.ToUpper(value)
	case schema.StoreInt, schema.StoreDecimal:
		return value
	case schema.StoreDate:
		return "DATEVALUE(" + strconv.Quote(value) + ")"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

func showFieldMetadata(rec any) (string, any) {
	f := rec.(*org.CustomField)
	m := fieldMetadata{Type: f.Type, Label: f.Label, Description: text(string(f.Description)), InlineHelpText: text(f.InlineHelpText), Length: number(f.Length),
		Precision: number(f.Precision), Scale: number(f.Scale), VisibleLines: number(f.VisibleLines), Required: &f.Required, Unique: &f.IsUnique, ExternalId: &f.ExternalId,
		CaseSensitive: &f.CaseSensitive, TrackHistory: &f.TrackHistory, DisplayFormat: text(f.DisplayFormat), Formula: text(string(f.Formula)),
		RelationshipName: text(f.RelationshipName), RelationshipLabel: text(f.RelationshipLabel), SummaryForeignKey: text(f.SummaryForeignKey),
		SummarizedField: text(f.SummarizedField), SummaryOperation: text(string(f.SummaryOperation)), SummaryFilter: text(string(f.SummaryFilterFormula))}
	if f.DefaultValue != "" {
		m.DefaultValue = f.DefaultValue
	}
	if f.Formula != "" {
		m.BlanksAs = text(string(f.FormulaTreatBlanksAs))
	}
	if f.ReferenceTo != "" {
		m.ReferenceTo, m.DeleteConstraint = f.ReferenceTo, text(string(f.DeleteConstraint))
	}
	if f.Picklist != "" {
		m.ValueSet = json.RawMessage(f.Picklist)
	}
	return f.TableEnumOrId + "." + f.APIName(), m
}

func number(n schema.Int) *int64 {
	if n.IsNull() {
		return nil
	}
	v := n.Int64()
	return &v
}
