package object

import "truckroll/platform/schema"

// EntitlementTemplate is an entitlement that comes with a product.
type EntitlementTemplate struct {
	schema.Standard `prefix:"551" object:"setup"`

	Name                string          `field:"required" max:"120"`
	Type                schema.Picklist `choices:"Phone Support;Web Support"`
	BusinessHoursId     schema.Ref[BusinessHours]
	SlaProcessId        schema.Ref[SlaProcess]
	CasesPerEntitlement schema.Int
	Term                schema.Int // Days
	IsPerIncident       bool
	NamespacePrefix     string `field:"readonly" max:"15"`
}
