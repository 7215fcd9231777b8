package object

import "truckroll/platform/schema"

// ApptBundlePolicySvcTerr names a territory in which a bundle policy is valid.
type ApptBundlePolicySvcTerr struct {
	schema.Standard `prefix:"7b0" label:"Bundle Policy Territory"`

	Name               string
	BundlePolicyId     schema.Ref[ApptBundlePolicy] `field:"required createonly cascade" children:"ApptBundlePolicySvcTerrs"`
	ServiceTerritoryId schema.Ref[ServiceTerritory] `children:"BundlePolicySvcTerrs"`
}
