package object

import "truckroll/platform/schema"

// CostCenter is where the cost of work is booked.
type CostCenter struct {
	schema.Standard `prefix:"zX2"`
	Owned

	Name        string `field:"required"`
	Description schema.LongText
	Code        string `field:"unique" max:"40"`
	IsActive    bool
}
