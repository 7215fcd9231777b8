package org

import "truckroll/platform/schema"

// CustomField is a field that an administrator added to an object.
type CustomField struct {
	schema.Standard `prefix:"00N" name:"DeveloperName" object:"setup"`

	TableEnumOrId   string          `field:"required createonly index" max:"80" label:"Object"`
	DeveloperName   string          `field:"required createonly" max:"40"` // without the ending __c
	Label           string          `field:"required" max:"40"`
	Description     schema.LongText `max:"1000"`
	InlineHelpText  string          `max:"510"`
	NamespacePrefix string          `field:"readonly" max:"15"`

	Type          FieldType `field:"required"`
	Length        schema.Int
	Precision     schema.Int
	Scale         schema.Int
	VisibleLines  schema.Int
	Required      bool
	IsUnique      bool
	ExternalId    bool
	CaseSensitive bool
	TrackHistory  bool
	DefaultValue  string `max:"1000"` // a value, or a formula for one
	DisplayFormat string `max:"30"`   // of an auto-number

	Formula              schema.LongText `max:"3900"`
	FormulaTreatBlanksAs schema.Picklist `choices:"BlankAsBlank;BlankAsZero" default:"BlankAsZero"`

	ReferenceTo       string          `max:"255"` // objects separated by commas
	RelationshipName  string          `max:"40"`
	RelationshipLabel string          `max:"80"`
	DeleteConstraint  schema.Picklist `field:"restricted" choices:"SetNull;Restrict;Cascade" default:"SetNull"`

	Picklist         schema.LongText `max:"131072"` // the values, as the Tooling API writes a value set
	RestrictedValues bool
	ControllingField string `max:"80"`

	SummaryForeignKey    string          `max:"160"` // of a roll-up: Child__c.Parent__c
	SummarizedField      string          `max:"160"`
	SummaryOperation     schema.Picklist `field:"restricted" choices:"count;sum;min;max"`
	SummaryFilterFormula schema.LongText `max:"3900"`
}

// FieldType is the type of a custom field in the words of the metadata.
type FieldType string

// The values of FieldType. A Summary is a roll-up; a formula has the type of its result and a Formula.
const (
	FieldAutoNumber          FieldType = "AutoNumber"
	FieldCheckbox            FieldType = "Checkbox"
	FieldCurrency            FieldType = "Currency"
	FieldDate                FieldType = "Date"
	FieldDateTime            FieldType = "DateTime"
	FieldEmail               FieldType = "Email"
	FieldEncryptedText       FieldType = "EncryptedText"
	FieldHtml                FieldType = "Html"
	FieldLocation            FieldType = "Location"
	FieldLongTextArea        FieldType = "LongTextArea"
	FieldLookup              FieldType = "Lookup"
	FieldMasterDetail        FieldType = "MasterDetail"
	FieldMultiselectPicklist FieldType = "MultiselectPicklist"
	FieldNumber              FieldType = "Number"
	FieldPercent             FieldType = "Percent"
	FieldPhone               FieldType = "Phone"
	FieldPicklist            FieldType = "Picklist"
	FieldSummary             FieldType = "Summary"
	FieldText                FieldType = "Text"
	FieldTextArea            FieldType = "TextArea"
	FieldTime                FieldType = "Time"
	FieldUrl                 FieldType = "Url"
)

// Choices implements [schema.Choicer].
func (FieldType) Choices() []schema.Choice {
	return choices(
		FieldAutoNumber, FieldCheckbox, FieldCurrency, FieldDate, FieldDateTime, FieldEmail, FieldEncryptedText,
		FieldHtml, FieldLocation, FieldLongTextArea, FieldLookup, FieldMasterDetail, FieldMultiselectPicklist,
		FieldNumber, FieldPercent, FieldPhone, FieldPicklist, FieldSummary, FieldText, FieldTextArea, FieldTime, FieldUrl,
	)
}
