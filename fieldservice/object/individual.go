package object

import "truckroll/platform/schema"

// Individual is the person behind contacts and leads, with what they allow to be done with their data.
type Individual struct {
	schema.Standard `prefix:"0PK" object:"search"`
	UserOwned

	Name       string          `field:"readonly name" max:"121"` // first and last name
	FirstName  string          `max:"40"`
	LastName   string          `field:"required" max:"80"`
	Salutation schema.Picklist `choices:"Mr.;Ms.;Mrs.;Dr.;Prof.;Mx."`

	HasOptedOutProcessing  bool
	HasOptedOutProfiling   bool
	HasOptedOutSolicit     bool
	HasOptedOutTracking    bool
	HasOptedOutGeoTracking bool
	SendIndividualData     bool
	ShouldForget           bool
}
