package object

import "truckroll/platform/schema"

// TimeSheetEntry is a span of time within a time sheet.
type TimeSheetEntry struct {
	schema.Standard `prefix:"1te" name:"TimeSheetEntryNumber"`

	TimeSheetEntryNumber schema.AutoNumber `format:"TSE-{0000}"`
	Subject              string
	TimeSheetId          schema.Ref[TimeSheet] `field:"required createonly cascade" children:"TimeSheetEntries"`
	Description          schema.LongText

	Status              TimeEntryStatus
	Type                TimeEntryType
	WorkOrderId         schema.Ref[WorkOrder]         `children:"TimeSheetEntries"`
	WorkOrderLineItemId schema.Ref[WorkOrderLineItem] `children:"TimeSheetEntries"`
	BilledLineId        schema.Ref[WorkOrderLineItem] `field:"readonly" children:"BilledTimeSheetEntries" label:"Billed by Line"` // The line that bills it (own)

	StartTime         schema.DateTime
	EndTime           schema.DateTime
	DurationInMinutes schema.Int `field:"readonly" label:"Duration (Minutes)"` // EndTime − StartTime; 0 when one is missing
	TimeBlockSequence schema.Int

	Category         schema.Picklist
	LocationTimeZone schema.Picklist
	StatusComment    string
}

// TimeEntryStatus is the status of an entry of time.
type TimeEntryStatus string

// The values of TimeEntryStatus.
const (
	TimeEntryStatusNew       TimeEntryStatus = "New"
	TimeEntryStatusSubmitted TimeEntryStatus = "Submitted"
	TimeEntryStatusApproved  TimeEntryStatus = "Approved"
)

// Choices implements [schema.Choicer].
func (TimeEntryStatus) Choices() []schema.Choice {
	return choices(TimeEntryStatusNew, TimeEntryStatusSubmitted, TimeEntryStatusApproved)
}

// TimeEntryType says whether time was spent on the job, on administration or on the road.
type TimeEntryType string

// The values of TimeEntryType.
const (
	TimeEntryTypeDirect   TimeEntryType = "Direct"
	TimeEntryTypeIndirect TimeEntryType = "Indirect"
	TimeEntryTypeTravel   TimeEntryType = "Travel"
)

// Choices implements [schema.Choicer].
func (TimeEntryType) Choices() []schema.Choice {
	return choices(TimeEntryTypeDirect, TimeEntryTypeIndirect, TimeEntryTypeTravel)
}
