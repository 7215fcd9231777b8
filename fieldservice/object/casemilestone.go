package object

import "truckroll/platform/schema"

// CaseMilestone is a milestone of one case, with its target and its clock.
type CaseMilestone struct {
	schema.Standard `prefix:"555"`

	BusinessHoursId schema.Ref[BusinessHours] `field:"readonly"`
	CaseId          schema.Ref[Case]          `field:"readonly cascade" children:"CaseMilestones"`
	MilestoneTypeId schema.Ref[MilestoneType] `field:"readonly"`

	StartDate      schema.DateTime
	CompletionDate schema.DateTime
	TargetDate     schema.DateTime `field:"readonly index"`

	ActualElapsedTimeInDays schema.Decimal `field:"readonly"`
	ActualElapsedTimeInHrs  schema.Decimal `field:"readonly"`
	ActualElapsedTimeInMins schema.Int     `field:"readonly"`
	ElapsedTimeInDays       schema.Decimal `field:"readonly"`
	ElapsedTimeInHrs        schema.Decimal `field:"readonly"`
	ElapsedTimeInMins       schema.Int     `field:"readonly"`
	StoppedTimeInDays       schema.Decimal `field:"readonly"`
	StoppedTimeInHrs        schema.Decimal `field:"readonly"`
	StoppedTimeInMins       schema.Int     `field:"readonly"`
	TargetResponseInDays    schema.Decimal `field:"readonly"`
	TargetResponseInHrs     schema.Decimal `field:"readonly"`
	TargetResponseInMins    schema.Int     `field:"readonly"`
	TimeRemainingInDays     schema.Decimal `field:"readonly"`
	TimeSinceTargetInDays   schema.Decimal `field:"readonly"`

	IsCompleted bool `field:"readonly"`
	IsViolated  bool `field:"readonly"`

	TimeRemainingInHrs    string `field:"readonly" max:"10"`
	TimeRemainingInMins   string `field:"readonly" max:"10"`
	TimeSinceTargetInHrs  string `field:"readonly" max:"10"`
	TimeSinceTargetInMins string `field:"readonly" max:"10"`
}
