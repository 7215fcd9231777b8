package object

import "truckroll/platform/schema"

// ApptBundleConfig is how bundling works throughout the organisation; there is one record.
type ApptBundleConfig struct {
	schema.Standard `prefix:"3Cv"`
	Owned

	Name                        string
	CriteriaForAutoUnbundlingId schema.Ref[RecordsetFilterCriteria] `children:"ApptBundleConfigs"` // Matching bundles are dissolved automatically

	AddToBundleStatuses           schema.MultiPick // Member statuses that may enter a bundle
	BundleStatusesToPropagate     schema.MultiPick // Bundle statuses copied to members
	EmptyBundleStatus             schema.Picklist  // Canceled-category status for an emptied bundle
	MemberStatusesNotToPropagate  schema.MultiPick // Member statuses never overwritten
	RemoveFromBundleStatuses      schema.MultiPick // Statuses that may leave
	StatusOnRemovalFromBundle     schema.Picklist  // Status given to a removed member
	StatusesNotToUpdateOnUnbundle schema.MultiPick

	DoesAddTravelTime      bool // Add travel between members to the bundle's duration
	DoesDeleteEmptyBundles bool
}
