package object

import "truckroll/platform/schema"

// WorkStepStatus is a row of the list of step statuses.
type WorkStepStatus struct {
	schema.Standard `prefix:"zS4" name:"MasterLabel" object:"setup readonly"`

	MasterLabel string       `field:"readonly"`
	ApiName     string       `field:"readonly"`
	StatusCode  StepCategory `field:"readonly"`
	SortOrder   schema.Int   `field:"readonly"`
	IsDefault   bool         `field:"readonly"`
}
