package object

import "truckroll/platform/schema"

// Entitlement is the support that an account, an asset or a contract line may get. It names the process that sets its
// clocks.
type Entitlement struct {
	schema.Standard `prefix:"550" object:"search"`

	Name   string          `field:"required"`
	Status ContractStatus  `field:"readonly"` // From the dates
	Type   schema.Picklist `choices:"Phone Support;Web Support"`

	AccountId               schema.Ref[Account]          `field:"required cascade" children:"Entitlements"`
	AssetId                 schema.Ref[Asset]            `children:"Entitlements"`
	AssetWarrantyId         schema.Ref[AssetWarranty]    `children:"AssetWarranties"`
	BusinessHoursId         schema.Ref[BusinessHours]    `children:"Entitlements"`
	ContractLineItemId      schema.Ref[ContractLineItem] `children:"Entitlements"`
	LocationId              schema.Ref[Location]         `children:"AssetWarranties"`
	ServiceContractId       schema.Ref[ServiceContract]  `children:"Entitlements"`
	SlaProcessId            schema.Ref[SlaProcess]
	SvcApptBookingWindowsId schema.Ref[OperatingHours] `label:"Booking Windows"` // Arrival windows offered in booking

	StartDate schema.Date
	EndDate   schema.Date

	CasesPerEntitlement      schema.Int
	RemainingCases           schema.Int // One less per case
	RemainingWorkOrders      schema.Int // One less per work order
	WorkOrdersPerEntitlement schema.Int

	IsPerIncident bool // Each case or work order uses one up
}
