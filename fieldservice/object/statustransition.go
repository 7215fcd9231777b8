package object

import "truckroll/platform/schema"

// StatusTransition allows a change of status. An object without any active one allows every change; one with some
// allows no others.
type StatusTransition struct {
	schema.Standard `prefix:"zS6" name:"StatusTransitionNumber" object:"setup"`

	StatusTransitionNumber schema.AutoNumber `format:"ST-{0000}"`
	SobjectType            string            `field:"required index" max:"80" label:"Object"`
	FromStatus             string            // Empty is any
	ToStatus               string            `field:"required"`
	RequiredFields         schema.LongText   `max:"1000"` // API names separated by spaces, commas or lines: what must be filled with the new status
	ProfileNames           schema.LongText   `max:"1000"` // One a line; empty is everybody
	ReasonRequired         bool              // Whoever takes it must say why, with the change
	IsActive               bool              `default:"true"`
}
