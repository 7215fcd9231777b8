package object

import "truckroll/platform/schema"

// BusinessHours are the weekly hours in which the clocks of service levels run. Exactly one record is the default.
type BusinessHours struct {
	schema.Standard `prefix:"01m" object:"setup" plural:"Business Hours"`

	Name     string `field:"required" max:"80"`
	IsActive bool

	MondayStartTime    schema.Time
	MondayEndTime      schema.Time
	TuesdayStartTime   schema.Time
	TuesdayEndTime     schema.Time
	WednesdayStartTime schema.Time
	WednesdayEndTime   schema.Time
	ThursdayStartTime  schema.Time
	ThursdayEndTime    schema.Time
	FridayStartTime    schema.Time
	FridayEndTime      schema.Time
	SaturdayStartTime  schema.Time
	SaturdayEndTime    schema.Time
	SundayStartTime    schema.Time
	SundayEndTime      schema.Time

	TimeZoneSidKey schema.Picklist `field:"required"` // An IANA name
	IsDefault      bool
}
