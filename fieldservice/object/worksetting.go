package object

import "truckroll/platform/schema"

// WorkSetting is how the organisation runs its work. There is one record; without it the defaults hold.
type WorkSetting struct {
	schema.Standard `prefix:"zS7" object:"setup" label:"Work Settings" plural:"Work Settings"`

	Name               string     `field:"required" default:"Work"`
	AppointmentDueDays schema.Int `default:"7"`                      // After creation, for appointments made by a work type without a time frame
	AddressSources     string     `default:"Location Asset Account"` // Whose address an order without one takes, the first that has one; empty is none
	TimeFromVisits     bool       // Finished visits are entered in the time sheets of those who made them
	PlansAutomatically bool       `default:"true"` // Selection rules bring plans to new work
}
