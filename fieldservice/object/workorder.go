package object

import "truckroll/platform/schema"

// WorkOrder is the job itself: what has to be done, for whom, where, under which contract and at what price.
type WorkOrder struct {
	schema.Standard `prefix:"0WO" name:"WorkOrderNumber" object:"search"`
	Owned
	Typed
	Priced

	WorkOrderNumber schema.AutoNumber `format:"{00000000}"`
	Subject         string
	Description     schema.LongText
	PostWorkSummary schema.LongText

	Status         WorkStatus   `field:"index"`
	StatusCategory WorkCategory `field:"readonly index"` // What rules depend on; statuses are renamed, categories never
	IsClosed       bool         `field:"readonly"`       // The category of the status is Closed
	Priority       Priority

	AccountId                    schema.Ref[Account]       `children:"WorkOrders"`
	AssetId                      schema.Ref[Asset]         `children:"WorkOrders"` // The one asset to be serviced; lines name several
	AssetWarrantyId              schema.Ref[AssetWarranty] `children:"WorkOrders"`
	BusinessHoursId              schema.Ref[BusinessHours] `children:"WorkOrders"` // Used when neither milestone nor process has hours
	CaseId                       schema.Ref[Case]          `children:"WorkOrders"`
	ContactId                    schema.Ref[Contact]       `children:"WorkOrders"`
	CostCenterId                 schema.Ref[CostCenter]
	EntitlementId                schema.Ref[Entitlement] `children:"WorkOrders"` // Starts the milestones of its process
	JobExpenseTypeId             schema.Ref[JobExpenseType]
	LocationId                   schema.Ref[Location]                   `children:"WorkOrders"`
	MaintenancePlanId            schema.Ref[MaintenancePlan]            `children:"WorkOrders"`                  // The plan that it came from
	MaintenanceWorkRuleId        schema.Ref[MaintenanceWorkRule]        `field:"readonly" children:"WorkOrders"` // The rule that it came from
	ParentWorkOrderId            schema.Ref[WorkOrder]                  `children:"ChildWorkOrders"`             // At most 10,000 in one tree, and no circles
	Pricebook2Id                 schema.Ref[Pricebook2]                 `children:"WorkOrders"`                  // Lines take their prices from it
	ProductServiceCampaignId     schema.Ref[ProductServiceCampaign]     `children:"WorkOrders"`
	ProductServiceCampaignItemId schema.Ref[ProductServiceCampaignItem] `children:"WorkOrders"`
	ReturnOrderId                schema.Ref[ReturnOrder]                `field:"readonly" children:"WorkOrders"` // The return line's
	ReturnOrderLineItemId        schema.Ref[ReturnOrderLineItem]        `children:"WorkOrders"`
	RootWorkOrderId              schema.Ref[WorkOrder]                  `field:"readonly self" children:"DescendantWorkOrders"` // Top of the hierarchy; itself without a parent
	ServiceContractId            schema.Ref[ServiceContract]            `children:"WorkOrders"`
	ServiceReportTemplateId      schema.Ref[ServiceReportLayout]        `children:"WorkOrders"` // Goes before the work type's
	ServiceTerritoryId           schema.Ref[ServiceTerritory]           `children:"WorkOrders"` // Appointments take it over
	WorkTypeId                   schema.Ref[WorkType]                   `children:"WorkOrders"` // Brings duration, skills, parts, articles and crew sizes where there are none yet

	StartDate                schema.DateTime // For people; no rule sets it
	EndDate                  schema.DateTime // For people; no rule sets it
	Duration                 schema.Decimal
	DurationInMinutes        schema.Decimal  `field:"readonly" label:"Duration (Minutes)"`
	DurationType             DurationType    // Hours when neither it nor the work type says
	SlaStartDate             schema.DateTime `label:"Service Level Start"`                // Entry to the process; a change moves every target
	SlaExitDate              schema.DateTime `field:"readonly" label:"Service Level End"` // Leaving the process
	StopStartDate            schema.DateTime `field:"readonly" label:"Stopped Since"`     // Since when it is stopped
	SuggestedMaintenanceDate schema.Date     // The date that the plan computed

	Discount                schema.Percent `field:"readonly"` // Average of the lines: (Subtotal - TotalPrice) / Subtotal
	LineItemCount           schema.Int     `rollup:"COUNT WorkOrderLineItem.WorkOrderId"`
	MinimumCrewSize         schema.Int     // From the work type; fewer people are not sent
	RecommendedCrewSize     schema.Int     // From the work type; a wish
	ServiceAppointmentCount schema.Int     `rollup:"COUNT ServiceAppointment.ParentRecordId"` // Of the order itself, not of its lines

	GrandTotal schema.Currency `field:"readonly"`                                    // TotalPrice + Tax
	Subtotal   schema.Currency `rollup:"SUM WorkOrderLineItem.WorkOrderId Subtotal"` // Of the lines, before discount and tax
	Tax        schema.Currency // An amount, not a rate
	TotalPrice schema.Currency `rollup:"SUM WorkOrderLineItem.WorkOrderId TotalPrice"` // Of the lines, after discount and before tax

	Address                        schema.Address
	ServiceReportLanguage          schema.Picklist // Empty is the language of the report's author
	IsGeneratedFromMaintenancePlan bool            `field:"readonly"`
	IsStopped                      bool            // Pauses the clocks of milestones

	MilestoneStatus            string `field:"readonly" max:"30"` // Of the open milestones, in words
	PreWorkBriefPromptTemplate string // Kept as it comes
}

// WorkStatus is the status of work: what people choose and administrators may rename.
type WorkStatus string

// The statuses of work that every organisation starts with.
const (
	WorkStatusNew            WorkStatus = "New"
	WorkStatusInProgress     WorkStatus = "In Progress"
	WorkStatusOnHold         WorkStatus = "On Hold"
	WorkStatusCompleted      WorkStatus = "Completed"
	WorkStatusCannotComplete WorkStatus = "Cannot Complete"
	WorkStatusClosed         WorkStatus = "Closed"
	WorkStatusCanceled       WorkStatus = "Canceled"
)

// Choices implements [schema.Choicer].
func (WorkStatus) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(WorkStatusNew), Category: string(WorkCategoryNew), Default: true},
		{Value: string(WorkStatusInProgress), Category: string(WorkCategoryInProgress)},
		{Value: string(WorkStatusOnHold), Category: string(WorkCategoryOnHold)},
		{Value: string(WorkStatusCompleted), Category: string(WorkCategoryCompleted)},
		{Value: string(WorkStatusCannotComplete), Category: string(WorkCategoryCannotComplete)},
		{Value: string(WorkStatusClosed), Category: string(WorkCategoryClosed)},
		{Value: string(WorkStatusCanceled), Category: string(WorkCategoryCanceled)},
	}
}

// WorkCategory is what a status of work means to rules.
type WorkCategory string

// The values of WorkCategory.
const (
	WorkCategoryNew            WorkCategory = "New"
	WorkCategoryInProgress     WorkCategory = "InProgress"
	WorkCategoryOnHold         WorkCategory = "OnHold"
	WorkCategoryCompleted      WorkCategory = "Completed"
	WorkCategoryClosed         WorkCategory = "Closed"
	WorkCategoryNone           WorkCategory = "None"
	WorkCategoryCannotComplete WorkCategory = "CannotComplete"
	WorkCategoryCanceled       WorkCategory = "Canceled"
)

// Choices implements [schema.Choicer].
func (WorkCategory) Choices() []schema.Choice {
	return choices(
		WorkCategoryNew, WorkCategoryInProgress, WorkCategoryOnHold, WorkCategoryCompleted, WorkCategoryClosed,
		WorkCategoryNone, WorkCategoryCannotComplete, WorkCategoryCanceled,
	)
}

// Priority is how urgent work is; Critical goes first.
type Priority string

// The values of Priority.
const (
	PriorityLow      Priority = "Low"
	PriorityMedium   Priority = "Medium"
	PriorityHigh     Priority = "High"
	PriorityCritical Priority = "Critical"
)

// Choices implements [schema.Choicer].
func (Priority) Choices() []schema.Choice {
	return choices(PriorityLow, PriorityMedium, PriorityHigh, PriorityCritical)
}

// DurationType is the unit of a duration.
type DurationType string

// The values of DurationType.
const (
	DurationTypeHours   DurationType = "Hours"
	DurationTypeMinutes DurationType = "Minutes"
)

// Choices implements [schema.Choicer].
func (DurationType) Choices() []schema.Choice {
	return choices(DurationTypeHours, DurationTypeMinutes)
}
