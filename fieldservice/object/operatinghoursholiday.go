package object

import "truckroll/platform/schema"

// OperatingHoursHoliday closes some operating hours on a holiday, for the day or a part of it.
type OperatingHoursHoliday struct {
	schema.Standard `prefix:"0jG" name:"OperatingHoursHolidayNumber"`

	OperatingHoursHolidayNumber schema.AutoNumber          `format:"OHH-{0000}"`
	OperatingHoursId            schema.Ref[OperatingHours] `field:"required createonly cascade" children:"OperatingHoursHolidays"`
	HolidayId                   schema.Ref[Holiday]        `field:"required restrict" children:"OperatingHoursHolidays"`
	DateAndTime                 string                     `field:"readonly"`
}
