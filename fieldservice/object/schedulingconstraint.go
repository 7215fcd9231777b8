package object

import "truckroll/platform/schema"

// SchedulingConstraint is a limit on schedules that resources and territories share.
type SchedulingConstraint struct {
	schema.Standard `prefix:"zX1"`
	Owned

	Name        string `field:"required"`
	Description schema.LongText
	IsActive    bool
}
