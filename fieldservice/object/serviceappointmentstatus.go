package object

import "truckroll/platform/schema"

// ServiceAppointmentStatus is a row of the list of appointment statuses.
type ServiceAppointmentStatus struct {
	schema.Standard `prefix:"zS2" name:"MasterLabel" object:"setup readonly"`

	MasterLabel string              `field:"readonly"`
	ApiName     string              `field:"readonly"`
	StatusCode  AppointmentCategory `field:"readonly"`
	SortOrder   schema.Int          `field:"readonly"`
	IsDefault   bool                `field:"readonly"`
}
