package object

import "truckroll/platform/schema"

// JobExpenseType is a kind of cost that work gives rise to.
type JobExpenseType struct {
	schema.Standard `prefix:"zX3"`
	Owned

	Name        string `field:"required"`
	Description schema.LongText
	Code        string `field:"unique" max:"40"`
	IsActive    bool
}
