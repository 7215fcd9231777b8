package object

import "truckroll/platform/schema"

// MilestoneType is a kind of milestone, such as first response or repair.
type MilestoneType struct {
	schema.Standard `prefix:"557" object:"setup"`

	Name           string          `field:"required" max:"80"`
	Description    schema.LongText `max:"255"`
	RecurrenceType MilestoneRecurrence
}

// MilestoneRecurrence says whether a milestone occurs again: whenever its condition is met anew, or after each end.
type MilestoneRecurrence string

// The values of MilestoneRecurrence.
const (
	MilestoneRecurrenceNone        MilestoneRecurrence = "none"
	MilestoneRecurrenceIndependent MilestoneRecurrence = "recursIndependently"
	MilestoneRecurrenceChained     MilestoneRecurrence = "recursChained"
)

// Choices implements [schema.Choicer].
func (MilestoneRecurrence) Choices() []schema.Choice {
	return choices(MilestoneRecurrenceNone, MilestoneRecurrenceIndependent, MilestoneRecurrenceChained)
}
