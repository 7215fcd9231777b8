package object

import "truckroll/platform/schema"

// Holiday is a day or a recurring day on which business hours, or the operating hours joined to it, do not count.
type Holiday struct {
	schema.Standard `prefix:"0C0" object:"setup"`

	Name        string `field:"required" max:"80"`
	Description string `max:"100"`

	ActivityDate          schema.Date // Date when it is not recurrent
	NextOccurrenceDate    schema.Date
	RecurrenceStartDate   schema.Date
	RecurrenceEndDateOnly schema.Date

	EndTimeInMinutes        schema.Int // From midnight
	RecurrenceDayOfMonth    schema.Int
	RecurrenceDayOfWeekMask schema.Int // Sunday 1, Monday 2, Tuesday 4 … Saturday 64
	RecurrenceInterval      schema.Int
	StartTimeInMinutes      schema.Int // From midnight, unless it lasts all day

	RecurrenceInstance    RecurrenceInstance
	RecurrenceMonthOfYear schema.Picklist `choices:"January;February;March;April;May;June;July;August;September;October;November;December"`
	RecurrenceType        RecurrenceType

	IsAllDay     bool
	IsRecurrence bool
}

// RecurrenceType is how a holiday comes back.
type RecurrenceType string

// The values of RecurrenceType.
const (
	RecurrenceTypeRecursDaily        RecurrenceType = "RecursDaily"
	RecurrenceTypeRecursEveryWeekday RecurrenceType = "RecursEveryWeekday"
	RecurrenceTypeRecursMonthly      RecurrenceType = "RecursMonthly"
	RecurrenceTypeRecursMonthlyNth   RecurrenceType = "RecursMonthlyNth"
	RecurrenceTypeRecursWeekly       RecurrenceType = "RecursWeekly"
	RecurrenceTypeRecursYearly       RecurrenceType = "RecursYearly"
	RecurrenceTypeRecursYearlyNth    RecurrenceType = "RecursYearlyNth"
)

// Choices implements [schema.Choicer].
func (RecurrenceType) Choices() []schema.Choice {
	return choices(
		RecurrenceTypeRecursDaily, RecurrenceTypeRecursEveryWeekday, RecurrenceTypeRecursMonthly,
		RecurrenceTypeRecursMonthlyNth, RecurrenceTypeRecursWeekly, RecurrenceTypeRecursYearly,
		RecurrenceTypeRecursYearlyNth,
	)
}

// RecurrenceInstance is which of the weekdays of a month is meant.
type RecurrenceInstance string

// The values of RecurrenceInstance.
const (
	RecurrenceInstanceFirst  RecurrenceInstance = "First"
	RecurrenceInstanceSecond RecurrenceInstance = "Second"
	RecurrenceInstanceThird  RecurrenceInstance = "Third"
	RecurrenceInstanceFourth RecurrenceInstance = "Fourth"
	RecurrenceInstanceLast   RecurrenceInstance = "Last"
)

// Choices implements [schema.Choicer].
func (RecurrenceInstance) Choices() []schema.Choice {
	return choices(
		RecurrenceInstanceFirst, RecurrenceInstanceSecond, RecurrenceInstanceThird, RecurrenceInstanceFourth,
		RecurrenceInstanceLast,
	)
}
