package object

import "truckroll/platform/schema"

// ShiftStatus is a row of the list of shift statuses.
type ShiftStatus struct {
	schema.Standard `prefix:"zS3" name:"MasterLabel" object:"setup readonly"`

	MasterLabel string        `field:"readonly"`
	ApiName     string        `field:"readonly"`
	StatusCode  ShiftCategory `field:"readonly"`
	SortOrder   schema.Int    `field:"readonly"`
	IsDefault   bool          `field:"readonly"`
}
