package object

import "truckroll/platform/schema"

// AttributePicklistValue is one value of an attribute's list.
type AttributePicklistValue struct {
	schema.Standard `prefix:"0v6"`

	Name         string
	Code         string
	PicklistId   schema.Ref[AttributePicklist] `field:"required createonly cascade" children:"AttributePicklistValues"`
	Status       schema.Picklist
	Sequence     schema.Decimal
	IsDefault    bool
	Abbreviation string
	DisplayValue string
	Value        string
}
