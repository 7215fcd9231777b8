package object

import "truckroll/platform/schema"

// ApptBundleAggrDurDnscale shortens the durations of members, since bundled work shares its preparation.
type ApptBundleAggrDurDnscale struct {
	schema.Standard `prefix:"52D" label:"Bundle Duration Downscale"`

	Name                      string
	BundleAggregationPolicyId schema.Ref[ApptBundleAggrPolicy] `field:"required createonly cascade" children:"ApptBundleAggrDurDnscales"`
	FromBundleMemberNumber    schema.Int
	MaxReduction              schema.Int
	PercentageOfReduction     schema.Int
	ToBundleMemberNumber      schema.Int
}
