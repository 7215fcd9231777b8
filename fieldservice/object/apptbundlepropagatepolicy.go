package object

import "truckroll/platform/schema"

// ApptBundlePropagatePolicy says which values of a bundle its members take over.
type ApptBundlePropagatePolicy struct {
	schema.Standard `prefix:"8XA"`

	Name           string
	BundlePolicyId schema.Ref[ApptBundlePolicy] `field:"required createonly cascade" children:"ApptBundlePropagatePolicies"`

	BundleFieldName       schema.Picklist
	BundleMemberFieldName schema.Picklist
	DateValue             schema.Picklist

	ShouldAddConstantValue bool
	ShouldUpdateOnAdd      bool // Apply when a member is added
	ShouldUpdateOnRemove   bool // Apply when removed
	ShouldUpdateOnUnbundle bool // Apply on unbundle

	AdditionalConstantValue string
	ConstantValue           string
}
