package object

import "truckroll/platform/schema"

// MaintenancePlan says what is maintained, for whom, and how far ahead its work orders are made.
type MaintenancePlan struct {
	schema.Standard `prefix:"1MP" name:"MaintenancePlanNumber" object:"search"`
	Owned
	Typed

	MaintenancePlanNumber schema.AutoNumber `format:"MP-{0000}"`
	Description           schema.LongText

	AccountId         schema.Ref[Account]         `children:"MaintenancePlans"`
	ContactId         schema.Ref[Contact]         `children:"MaintenancePlans"`
	LocationId        schema.Ref[Location]        `children:"MaintenancePlans"`
	ServiceContractId schema.Ref[ServiceContract] `children:"MaintenancePlans"` // Locked when an asset points to one of its contract lines
	WorkTypeId        schema.Ref[WorkType]        `children:"MaintenancePlans"` // Default; precedence rule > maintenance asset > plan

	StartDate                    schema.Date `field:"required"` // The first valid day
	EndDate                      schema.Date // The last valid day; empty is without end
	NextSuggestedMaintenanceDate schema.Date `field:"required index"` // Date of the next visit to generate; auto-advanced after each generation

	Frequency                  schema.Int // Work rules go before it
	GenerationHorizon          schema.Int `label:"Generation Horizon (Days)"`       // Days before the next date at which a batch is made
	GenerationTimeframe        schema.Int `field:"required"`                        // How much future each batch covers
	MaintenanceWindowEndDays   schema.Int `label:"Maintenance Window End (Days)"`   // Appointment.DueDate = suggested date + N days
	MaintenanceWindowStartDays schema.Int `label:"Maintenance Window Start (Days)"` // Appointment.EarliestStartTime = suggested date − N days

	FrequencyType             UnitOfTime
	GenerationTimeframeType   UnitOfTime            `field:"required"`
	SvcApptGenerationMethod   AppointmentGeneration `label:"Appointments"` // Fixed once work orders exist
	WorkOrderGenerationMethod WorkGeneration        `label:"Work Orders"`  // Fixed once work orders exist
	WorkOrderGenerationStatus GenerationStatus      `field:"readonly"`

	DoesAutoGenerateWorkOrders bool `label:"Generate Work Orders Automatically"` // Batches are made by themselves, and not on demand
	DoesGenerateUponCompletion bool `label:"Generate after Completion"`          // The next batch waits until the last work order is done, per asset
	MaintenancePlanTitle       string
}

// UnitOfTime is a unit of calendar time.
type UnitOfTime string

// The values of UnitOfTime.
const (
	UnitOfTimeDays   UnitOfTime = "Days"
	UnitOfTimeWeeks  UnitOfTime = "Weeks"
	UnitOfTimeMonths UnitOfTime = "Months"
	UnitOfTimeYears  UnitOfTime = "Years"
)

// Choices implements [schema.Choicer].
func (UnitOfTime) Choices() []schema.Choice {
	return choices(UnitOfTimeDays, UnitOfTimeWeeks, UnitOfTimeMonths, UnitOfTimeYears)
}

// AppointmentGeneration says for what a plan makes appointments.
type AppointmentGeneration string

// The values of AppointmentGeneration.
const (
	AppointmentGenerationPerWorkOrder AppointmentGeneration = "SvcApptPerWorkOrder"
	AppointmentGenerationPerLineItem  AppointmentGeneration = "SvcApptPerWorkOrderLineItem"
)

// Choices implements [schema.Choicer].
func (AppointmentGeneration) Choices() []schema.Choice {
	return choices(AppointmentGenerationPerWorkOrder, AppointmentGenerationPerLineItem)
}

// WorkGeneration says whether each asset gets a work order of its own or a line of one.
type WorkGeneration string

// The values of WorkGeneration.
const (
	WorkGenerationOrderPerAsset WorkGeneration = "WorkOrderPerAsset"
	WorkGenerationLinePerAsset  WorkGeneration = "WorkOrderLineItemPerAsset"
)

// Choices implements [schema.Choicer].
func (WorkGeneration) Choices() []schema.Choice {
	return choices(WorkGenerationOrderPerAsset, WorkGenerationLinePerAsset)
}

// GenerationStatus is how the last generation of work orders went.
type GenerationStatus string

// The values of GenerationStatus.
const (
	GenerationStatusNotStarted           GenerationStatus = "NotStarted"
	GenerationStatusInProgress           GenerationStatus = "InProgress"
	GenerationStatusComplete             GenerationStatus = "Complete"
	GenerationStatusUnsuccessful         GenerationStatus = "Unsuccessful"
	GenerationStatusNoWorkOrderGenerated GenerationStatus = "NoWorkOrderGenerated"
	GenerationStatusNeedsReview          GenerationStatus = "NeedsReview"
)

// Choices implements [schema.Choicer].
func (GenerationStatus) Choices() []schema.Choice {
	return choices(
		GenerationStatusNotStarted, GenerationStatusInProgress, GenerationStatusComplete,
		GenerationStatusUnsuccessful, GenerationStatusNoWorkOrderGenerated, GenerationStatusNeedsReview,
	)
}
