package object

import "truckroll/platform/schema"

// ApptBundleAggrPolicy says how the values of members make a value of the bundle.
type ApptBundleAggrPolicy struct {
	schema.Standard `prefix:"7yi"`

	Name             string
	BundlePolicyId   schema.Ref[ApptBundlePolicy]        `field:"required createonly cascade" children:"ApptBundleAggrPolicies"`
	FilterCriteriaId schema.Ref[RecordsetFilterCriteria] `children:"ApptBundleAggrPolicies"`

	AggregationOrder  schema.Int
	MaxBundleDuration schema.Int

	AggregationAction         schema.Picklist
	AggregationFieldType      schema.Picklist `choices:"Boolean;Date;Numeric;Picklist;Picklist-Multi;Skills;String"`
	BundleFieldName           schema.Picklist
	BundleMemberAddiFieldName schema.Picklist
	BundleMemberFieldName     schema.Picklist
	DateValue                 schema.Picklist
	DownscaleSortDirection    schema.Picklist `choices:"Ascending;Descending"`

	DoesAllowDuplicateStrings  bool
	ShouldUpdateOnCreationOnly bool
	ConstantValue              string
}
