package object

import "truckroll/platform/schema"

// WorkOrderLineItem is one part of a work order: a task, an asset to be serviced or a product sold. It can carry its
// own appointments, skills, parts and steps.
type WorkOrderLineItem struct {
	schema.Standard `prefix:"1WL" name:"LineItemNumber" object:"search"`
	Typed
	Priced

	LineItemNumber schema.AutoNumber `format:"{00000000}" per:"WorkOrderId"`
	Subject        string
	WorkOrderId    schema.Ref[WorkOrder] `field:"required createonly cascade" children:"WorkOrderLineItems"`
	Description    schema.LongText

	Status         WorkStatus   // Backed by WorkOrderLineItemStatus; independent from the parent's status
	StatusCategory WorkCategory `field:"readonly"` // Derived from Status
	IsClosed       bool         `field:"readonly"`
	Priority       Priority

	AssetId                      schema.Ref[Asset]         `children:"WorkOrderLineItems"` // Not inherited from the work order
	AssetWarrantyId              schema.Ref[AssetWarranty] `children:"WorkOrderLineItems"`
	CostCenterId                 schema.Ref[CostCenter]
	JobExpenseTypeId             schema.Ref[JobExpenseType]
	LocationId                   schema.Ref[Location]                   `children:"WorkOrderLineItems"`
	MaintenancePlanId            schema.Ref[MaintenancePlan]            `children:"WorkOrderLineItems"`
	MaintenanceWorkRuleId        schema.Ref[MaintenanceWorkRule]        `field:"readonly" children:"WorkOrderLineItems"`
	OrderId                      schema.Ref[Order]                      // Replacement order
	ParentWorkOrderLineItemId    schema.Ref[WorkOrderLineItem]          `children:"ChildWorkOrderLineItems"` // Sub-line in the same work order
	PricebookEntryId             schema.Ref[PricebookEntry]             `children:"WorkOrderLineItems"`      // Of the work order's price book
	Product2Id                   schema.Ref[Product2]                   `children:"WorkOrderLineItems"`      // The price book entry's
	ProductServiceCampaignId     schema.Ref[ProductServiceCampaign]     `children:"WorkOrderLineItems"`
	ProductServiceCampaignItemId schema.Ref[ProductServiceCampaignItem] `children:"WorkOrderLineItems"`
	ReturnOrderId                schema.Ref[ReturnOrder]                `field:"readonly" children:"WorkOrderLineItems"`
	ReturnOrderLineItemId        schema.Ref[ReturnOrderLineItem]        `children:"WorkOrderLineItems"`
	RootWorkOrderLineItemId      schema.Ref[WorkOrderLineItem]          `field:"readonly self" children:"DescendantWorkOrderLineItems"` // Top of the line hierarchy
	ServiceReportTemplateId      schema.Ref[ServiceReportLayout]        `children:"WorkOrderLineItems"`
	ServiceTerritoryId           schema.Ref[ServiceTerritory]           `children:"WorkOrderLineItems"`
	WorkTypeId                   schema.Ref[WorkType]                   `children:"WorkOrderLineItems"`

	StartDate                schema.DateTime
	EndDate                  schema.DateTime
	Duration                 schema.Decimal // From the work type; the order's is another
	DurationInMinutes        schema.Decimal `field:"readonly" label:"Duration (Minutes)"`
	DurationType             DurationType
	SuggestedMaintenanceDate schema.Date

	Discount                schema.Percent
	MinimumCrewSize         schema.Int
	Quantity                schema.Decimal
	RecommendedCrewSize     schema.Int
	ServiceAppointmentCount schema.Int `rollup:"COUNT ServiceAppointment.ParentRecordId"`

	ListPrice  schema.Currency `field:"readonly"` // PricebookEntry.UnitPrice; 0 with no entry
	Subtotal   schema.Currency `field:"readonly"` // UnitPrice × Quantity
	TotalPrice schema.Currency `field:"readonly"` // Subtotal × (1 − Discount/100)
	UnitPrice  schema.Currency // Starts as ListPrice, may be overridden

	Address                        schema.Address
	IsGeneratedFromMaintenancePlan bool `field:"readonly"`
}
