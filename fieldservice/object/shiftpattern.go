package object

import "truckroll/platform/schema"

// ShiftPattern is a cycle of days made of shift templates, from which shifts are generated.
type ShiftPattern struct {
	schema.Standard `prefix:"1w1"`
	Owned

	Name          string `field:"required"`
	Description   schema.LongText
	IsActive      bool
	PatternLength schema.Int `field:"required"`
}
