package object

import "truckroll/platform/schema"

// CareProgramEnrollee is a person enrolled in a care programme who is sent products.
type CareProgramEnrollee struct {
	schema.Standard `prefix:"zX5"`
	Owned

	Name        string `field:"required"`
	Description schema.LongText
	AccountId   schema.Ref[Account]
	IsActive    bool
}
