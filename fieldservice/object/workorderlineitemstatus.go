package object

import "truckroll/platform/schema"

// WorkOrderLineItemStatus is a row of the list of line item statuses.
type WorkOrderLineItemStatus struct {
	schema.Standard `prefix:"zS1" name:"MasterLabel" object:"setup readonly"`

	MasterLabel string       `field:"readonly"`
	ApiName     string       `field:"readonly"`
	StatusCode  WorkCategory `field:"readonly"`
	SortOrder   schema.Int   `field:"readonly"`
	IsDefault   bool         `field:"readonly"`
}
