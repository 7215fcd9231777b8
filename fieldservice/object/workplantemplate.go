package object

import "truckroll/platform/schema"

// WorkPlanTemplate is a checklist to be copied onto work.
type WorkPlanTemplate struct {
	schema.Standard `prefix:"7Iy" object:"search"`
	Owned

	Name                   string `field:"required"`
	Description            schema.LongText
	IsActive               bool       // Must be active to be applied
	RelativeExecutionOrder schema.Int // The order that its plans start with
}
