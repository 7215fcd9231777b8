package object

import "truckroll/platform/schema"

// ApptBundlePolicy says which appointments are bundled, and how many.
type ApptBundlePolicy struct {
	schema.Standard `prefix:"7sT"`
	Owned

	Name             string
	Priority         schema.Int                          // The lowest goes first
	FilterCriteriaId schema.Ref[RecordsetFilterCriteria] `children:"ApptBundlePolicies"` // Which appointments may be members

	ConstantTimeValue          schema.Int // Fallback duration
	LimitAmountOfBundleMembers schema.Int // Max members
	LimitDurationOfBundle      schema.Int // Max minutes

	BundleEndTimeFieldName   schema.Picklist
	BundleStartTimeFieldName schema.Picklist

	CanAllowSchleDepndInBundle    bool
	IsAutomaticBundling           bool
	IsManualBundling              bool
	IsTimeCalcByBundleDurationFld bool // Check bundle duration from start/end field instead of Σ members
}
