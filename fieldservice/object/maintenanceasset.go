package object

import "truckroll/platform/schema"

// MaintenanceAsset is an asset that a plan covers, with its own next date, work type and rules.
type MaintenanceAsset struct {
	schema.Standard `prefix:"1MA" name:"MaintenanceAssetNumber"`

	MaintenanceAssetNumber       schema.AutoNumber            `format:"MA-{0000}"`
	MaintenancePlanId            schema.Ref[MaintenancePlan]  `field:"required createonly cascade" children:"MaintenanceAssets"`
	AssetId                      schema.Ref[Asset]            `field:"required cascade" children:"MaintenanceAssets"`
	ContractLineItemId           schema.Ref[ContractLineItem] `children:"MaintenanceAssets"` // Of the plan's contract, and of the asset
	WorkTypeId                   schema.Ref[WorkType]         `children:"MaintenanceAssets"`
	NextSuggestedMaintenanceDate schema.Date                  // Starts from the plan; auto-advanced
}
