package object

import "truckroll/platform/schema"

// TimeSheet is a resource's record of time for a period.
type TimeSheet struct {
	schema.Standard `prefix:"1ts" name:"TimeSheetNumber"`
	Owned
	Typed

	TimeSheetNumber   schema.AutoNumber `format:"TS-{0000}"`
	Status            TimeSheetStatus
	ServiceResourceId schema.Ref[ServiceResource] `field:"required restrict" children:"TimeSheets"`

	StartDate     schema.Date     `field:"required"`
	StartDateTime schema.DateTime `label:"Start"`
	EndDate       schema.Date     `field:"required"`
	EndDateTime   schema.DateTime `label:"End"`

	TimeSheetEntryCount    schema.Int     `rollup:"COUNT TimeSheetEntry.TimeSheetId"`
	TotalDurationInHours   schema.Decimal `field:"readonly"`
	TotalDurationInMinutes schema.Int     `rollup:"SUM TimeSheetEntry.TimeSheetId DurationInMinutes"`
	StatusComment          string
}

// TimeSheetStatus is the status of a time sheet.
type TimeSheetStatus string

// The values of TimeSheetStatus.
const (
	TimeSheetStatusNew       TimeSheetStatus = "New"
	TimeSheetStatusSubmitted TimeSheetStatus = "Submitted"
	TimeSheetStatusApproved  TimeSheetStatus = "Approved"
	TimeSheetStatusRecalled  TimeSheetStatus = "Recalled"
)

// Choices implements [schema.Choicer].
func (TimeSheetStatus) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(TimeSheetStatusNew), Default: true},
		{Value: string(TimeSheetStatusSubmitted)},
		{Value: string(TimeSheetStatusApproved)},
		{Value: string(TimeSheetStatusRecalled)},
	}
}
