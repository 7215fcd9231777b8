package object

import "truckroll/platform/schema"

// EntityMilestone is a milestone of one work order, with its target and its clock.
type EntityMilestone struct {
	schema.Standard `prefix:"1EM"`

	Name string `field:"required"`

	BusinessHoursId schema.Ref[BusinessHours] `field:"readonly"` // The milestone's hours, else the process's, else the record's
	MilestoneTypeId schema.Ref[MilestoneType] `field:"readonly"`
	ParentEntityId  schema.Ref[WorkOrder]     `field:"readonly cascade" children:"EntityMilestones"`
	SlaProcessId    schema.Ref[SlaProcess]    `field:"readonly" children:"EntityMilestones"`

	StartDate      schema.DateTime
	CompletionDate schema.DateTime // Set by people and rules, never by the clock
	TargetDate     schema.DateTime `field:"readonly index"` // StartDate + target minutes counted in business hours

	ActualElapsedTimeInDays schema.Decimal `field:"readonly"`
	ActualElapsedTimeInHrs  schema.Decimal `field:"readonly"`
	ActualElapsedTimeInMins schema.Int     `field:"readonly"` // Elapsed less stopped
	ElapsedTimeInDays       schema.Decimal `field:"readonly"`
	ElapsedTimeInHrs        schema.Decimal `field:"readonly"`
	ElapsedTimeInMins       schema.Int     `field:"readonly"` // Business minutes from start to completion, stops included
	StoppedTimeInDays       schema.Decimal `field:"readonly"`
	StoppedTimeInHrs        schema.Decimal `field:"readonly"`
	StoppedTimeInMins       schema.Int     `field:"readonly"`
	TargetResponseInDays    schema.Decimal `field:"readonly"`
	TargetResponseInHrs     schema.Decimal `field:"readonly"`
	TargetResponseInMins    schema.Int     `field:"readonly"`
	TimeRemainingInDays     schema.Decimal `field:"readonly"`
	TimeSinceTargetInDays   schema.Decimal `field:"readonly"`

	IsCompleted bool `field:"readonly"`
	IsViolated  bool `field:"readonly"` // TargetDate passed before completion

	TimeRemainingInHrs    string `field:"readonly" max:"10"`
	TimeRemainingInMins   string `field:"readonly" max:"10"` // Mm:ss
	TimeSinceTargetInHrs  string `field:"readonly" max:"10"`
	TimeSinceTargetInMins string `field:"readonly" max:"10"` // Mm:ss
}
