package object

import "truckroll/platform/schema"

// WorkOrderStatus is a row of the list of work order statuses.
type WorkOrderStatus struct {
	schema.Standard `prefix:"zS0" name:"MasterLabel" object:"setup readonly"`

	MasterLabel string       `field:"readonly"`
	ApiName     string       `field:"readonly"`
	StatusCode  WorkCategory `field:"readonly"`
	SortOrder   schema.Int   `field:"readonly"`
	IsDefault   bool         `field:"readonly"`
}
