package object

import "truckroll/platform/schema"

// ServiceCrew is a group of technicians who are scheduled as one.
type ServiceCrew struct {
	schema.Standard `prefix:"1cr" object:"search"`
	Owned

	Name     string     `field:"required"`
	CrewSize schema.Int `field:"required"` // Manual number, not kept in step with members
}
