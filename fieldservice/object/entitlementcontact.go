package object

import "truckroll/platform/schema"

// EntitlementContact is a contact who may use an entitlement.
type EntitlementContact struct {
	schema.Standard `prefix:"0E7"`

	Name          string                  `field:"readonly"`
	ContactId     schema.Ref[Contact]     `field:"required createonly cascade" children:"EntitlementContacts"`
	EntitlementId schema.Ref[Entitlement] `field:"required createonly cascade" children:"EntitlementContacts"`
}
