package object

import "truckroll/platform/schema"

// ApptBundleSortPolicy orders the members of a bundle, or the candidates for it.
type ApptBundleSortPolicy struct {
	schema.Standard `prefix:"0lU"`

	Name           string
	BundlePolicyId schema.Ref[ApptBundlePolicy] `field:"required createonly cascade" children:"ApptBundleSortPolicies"`
	SortOrder      schema.Int
	SortDirection  schema.Picklist `choices:"Ascending;Descending"`
	SortFieldName  schema.Picklist
	SortType       schema.Picklist
}
