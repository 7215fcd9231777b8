package object

import "truckroll/platform/schema"

// RecordsetFltrCritMonitor watches whether an asset meets a set of criteria.
type RecordsetFltrCritMonitor struct {
	schema.Standard `prefix:"0yH" label:"Criteria Monitor"`

	Name                      string
	Description               string
	AssetId                   schema.Ref[Asset]                   `children:"RecordsetFltrCritMonitors"`
	RecordsetFilterCriteriaId schema.Ref[RecordsetFilterCriteria] `children:"RecordsetFltrCritMonitors" label:"Record Set Filter"`
	IsWithinThreshold         bool
}
