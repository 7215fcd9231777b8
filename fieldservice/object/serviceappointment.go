package object

import "truckroll/platform/schema"

// ServiceAppointment is a visit, or a remote slot, in which the work of its parent is done. It is what gets
// scheduled, dispatched and optimised.
type ServiceAppointment struct {
	schema.Standard `prefix:"08p" name:"AppointmentNumber" object:"search"`
	Owned
	Typed

	AppointmentNumber schema.AutoNumber `format:"SA-{0000}"`
	Subject           string

	AdditionalInformation string
	Comments              string
	Description           schema.LongText
	ServiceNote           string `max:"32000"`

	Status         AppointmentStatus   `field:"index"`
	StatusCategory AppointmentCategory `field:"readonly index"`

	AccountId          schema.Ref[Account] `field:"readonly" children:"ServiceAppointmentAccount"` // The work's
	BundlePolicyId     schema.Ref[ApptBundlePolicy]
	ContactId          schema.Ref[Contact]            `children:"ServiceAppointments"` // The work's, until it is changed
	ParentRecordId     schema.AnyRef                  `field:"createonly cascade" to:"Account,Asset,Lead,Opportunity,WorkOrder,WorkOrderLineItem,Case" children:"ServiceAppointments"`
	RelatedBundleId    schema.Ref[ServiceAppointment] `children:"BundledServiceAppointments"` // The bundle that it belongs to
	ServiceTerritoryId schema.Ref[ServiceTerritory]   `children:"ServiceAppointments"`        // The work's, until it is changed
	WorkTypeId         schema.Ref[WorkType]           // The parent's

	EarliestStartTime      schema.DateTime `field:"required index" label:"Earliest Start"` // Start of the window in which the work is permitted
	DueDate                schema.DateTime `field:"required index"`                        // End of the window; with the start, what the customer was promised
	ActualStartTime        schema.DateTime `label:"Actual Start"`
	ActualEndTime          schema.DateTime `label:"Actual End"`
	ArrivalWindowStartTime schema.DateTime `label:"Arrival Window Start"`
	ArrivalWindowEndTime   schema.DateTime `label:"Arrival Window End"` // The latest arrival promised to the customer
	Duration               schema.Decimal
	DurationInMinutes      schema.Decimal `field:"readonly" label:"Duration (Minutes)"`
	DurationType           DurationType
	SchedStartTime         schema.DateTime `field:"index" label:"Scheduled Start"` // Needed before a resource can be assigned
	SchedEndTime           schema.DateTime `field:"index" label:"Scheduled End"`

	ActualDuration schema.Decimal // Minutes; filled once, when both actual times are first there
	Address        schema.Address
	Email          schema.Email
	Phone          schema.Phone

	AppointmentType            schema.Picklist
	ParentRecordStatusCategory WorkCategory `field:"readonly"` // Of a work order or line

	IsAnonymousBooking   bool
	IsBundle             bool // It stands for its members
	IsBundleMember       bool
	IsManuallyBundled    bool
	IsOffsiteAppointment bool // Remote work: no travel

	// Own: what happened at earlier visits, and what was planned first.
	ReturnOfId             schema.Ref[ServiceAppointment] `field:"createonly" children:"ReturnVisits" label:"Return Visit of"` // The visit that did not finish the work
	VisitNumber            schema.Int                     `field:"readonly"`                                                   // 1, and one more for each return
	OriginalSchedStartTime schema.DateTime                `field:"readonly" label:"Originally Scheduled Start"`                // As first scheduled; never changed
	OriginalSchedEndTime   schema.DateTime                `field:"readonly" label:"Originally Scheduled End"`
	CannotCompleteReason   string                         // Needed when the work could not be completed

	CancellationReason string
	ParentRecordType   string `field:"readonly" max:"50"`
	Transaction        string // The last run of the optimiser that moved it
}

// AppointmentStatus is the status of an appointment.
type AppointmentStatus string

// The values of AppointmentStatus.
const (
	AppointmentStatusNone           AppointmentStatus = "None"
	AppointmentStatusScheduled      AppointmentStatus = "Scheduled"
	AppointmentStatusDispatched     AppointmentStatus = "Dispatched"
	AppointmentStatusInProgress     AppointmentStatus = "In Progress"
	AppointmentStatusCompleted      AppointmentStatus = "Completed"
	AppointmentStatusCannotComplete AppointmentStatus = "Cannot Complete"
	AppointmentStatusCanceled       AppointmentStatus = "Canceled"
)

// Choices implements [schema.Choicer].
func (AppointmentStatus) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(AppointmentStatusNone), Category: string(AppointmentCategoryNone), Default: true},
		{Value: string(AppointmentStatusScheduled), Category: string(AppointmentCategoryScheduled)},
		{Value: string(AppointmentStatusDispatched), Category: string(AppointmentCategoryDispatched)},
		{Value: string(AppointmentStatusInProgress), Category: string(AppointmentCategoryInProgress)},
		{Value: string(AppointmentStatusCompleted), Category: string(AppointmentCategoryCompleted)},
		{Value: string(AppointmentStatusCannotComplete), Category: string(AppointmentCategoryCannotComplete)},
		{Value: string(AppointmentStatusCanceled), Category: string(AppointmentCategoryCanceled)},
	}
}

// AppointmentCategory is what a status of an appointment means to rules. CheckedIn is for walk-in queues.
type AppointmentCategory string

// The values of AppointmentCategory.
const (
	AppointmentCategoryNone           AppointmentCategory = "None"
	AppointmentCategoryScheduled      AppointmentCategory = "Scheduled"
	AppointmentCategoryDispatched     AppointmentCategory = "Dispatched"
	AppointmentCategoryInProgress     AppointmentCategory = "InProgress"
	AppointmentCategoryCannotComplete AppointmentCategory = "CannotComplete"
	AppointmentCategoryCompleted      AppointmentCategory = "Completed"
	AppointmentCategoryCanceled       AppointmentCategory = "Canceled"
	AppointmentCategoryCheckedIn      AppointmentCategory = "CheckedIn"
)

// Choices implements [schema.Choicer].
func (AppointmentCategory) Choices() []schema.Choice {
	return choices(
		AppointmentCategoryNone, AppointmentCategoryScheduled, AppointmentCategoryDispatched,
		AppointmentCategoryInProgress, AppointmentCategoryCannotComplete, AppointmentCategoryCompleted,
		AppointmentCategoryCanceled, AppointmentCategoryCheckedIn,
	)
}
