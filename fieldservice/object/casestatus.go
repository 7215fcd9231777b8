package object

import "truckroll/platform/schema"

// CaseStatus is a row of the list of case statuses.
type CaseStatus struct {
	schema.Standard `prefix:"zS5" name:"MasterLabel" object:"setup readonly"`

	MasterLabel string     `field:"readonly"`
	ApiName     string     `field:"readonly"`
	SortOrder   schema.Int `field:"readonly"`
	IsDefault   bool       `field:"readonly"`
	IsClosed    bool       `field:"readonly"`
}
