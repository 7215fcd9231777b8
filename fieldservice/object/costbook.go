package object

import "truckroll/platform/schema"

// CostBook is a list of costs that a price book is based on.
type CostBook struct {
	schema.Standard `prefix:"zX4"`
	Owned

	Name        string `field:"required"`
	Description schema.LongText
	IsActive    bool
}
