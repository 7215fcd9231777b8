package object

import "truckroll/platform/schema"

// AttributeDefinition is an attribute that assets and products can have.
type AttributeDefinition struct {
	schema.Standard `prefix:"zT2"`
	Owned

	Name          string
	Code          string
	DeveloperName string
	Label         string

	Description     schema.LongText
	IsActive        bool
	PicklistId      schema.Ref[AttributePicklist] `children:"AttributeDefinitions"`
	UnitOfMeasureId schema.Ref[UnitOfMeasure]

	DataType   AttributeType
	IsRequired bool

	DefaultHelpText        schema.LongText
	DefaultValue           string
	SourceSystemIdentifier string
	ValueDescription       schema.LongText
}

// AttributeType is the kind of an attribute's value.
type AttributeType string

// The values of AttributeType.
const (
	AttributeTypeCheckbox AttributeType = "Checkbox"
	AttributeTypeNumber   AttributeType = "Number"
	AttributeTypePercent  AttributeType = "Percent"
	AttributeTypeDate     AttributeType = "Date"
	AttributeTypeDatetime AttributeType = "Datetime"
	AttributeTypeText     AttributeType = "Text"
	AttributeTypePicklist AttributeType = "Picklist"
	AttributeTypeCurrency AttributeType = "Currency"
)

// Choices implements [schema.Choicer].
func (AttributeType) Choices() []schema.Choice {
	return choices(
		AttributeTypeCheckbox, AttributeTypeNumber, AttributeTypePercent, AttributeTypeDate, AttributeTypeDatetime,
		AttributeTypeText, AttributeTypePicklist, AttributeTypeCurrency,
	)
}
