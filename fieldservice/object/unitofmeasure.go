package object

import "truckroll/platform/schema"

// UnitOfMeasure is a unit that values of attributes are given in.
type UnitOfMeasure struct {
	schema.Standard `prefix:"0hE" plural:"Units of Measure"`
	Owned

	Name        string `field:"required"`
	Description schema.LongText
	UnitCode    string `field:"required unique" max:"40"`
	Type        schema.Picklist
	IsActive    bool
}
