package object

import "truckroll/platform/schema"

// ApptBundleRestrictPolicy names a field that must be equal throughout a bundle.
type ApptBundleRestrictPolicy struct {
	schema.Standard `prefix:"6KP"`

	Name                      string
	BundlePolicyId            schema.Ref[ApptBundlePolicy] `field:"required createonly cascade" children:"ApptBundleRestrictPolicies"`
	RestrictionFieldName      schema.Picklist
	DoesAllowEmpty            bool // Empty value is acceptable
	DoesRestrictAutomaticMode bool
	DoesRestrictManualMode    bool
	IsRestrictByDateOnly      bool // Compare only the calendar date
}
