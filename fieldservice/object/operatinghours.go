package object

import "truckroll/platform/schema"

// OperatingHours is a named weekly calendar in one time zone; its time slots are its content.
type OperatingHours struct {
	schema.Standard `prefix:"0OH" object:"search" plural:"Operating Hours"`
	Owned

	Name                  string `field:"required"`
	Description           schema.LongText
	TimeZone              schema.Picklist `field:"required"` // An IANA name; the zone of all its slots
	OperatingHoursRowType string
}
