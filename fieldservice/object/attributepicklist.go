package object

import "truckroll/platform/schema"

// AttributePicklist is a list of values that an attribute may take.
type AttributePicklist struct {
	schema.Standard `prefix:"0v5"`
	Owned

	Name        string
	Code        string
	Description schema.LongText
	Status      schema.Picklist
	DataType    AttributeType
}
