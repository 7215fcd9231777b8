package object

import "truckroll/platform/schema"

// WorkType is a template for work: how long it takes, and the skills, parts and plans that it brings.
type WorkType struct {
	schema.Standard `prefix:"08q" object:"search"`
	Owned
	Typed

	Name        string `field:"required"`
	Description schema.LongText

	OperatingHoursId        schema.Ref[OperatingHours]      `children:"OperatingHours"`
	ProductId               schema.Ref[Product2]            `children:"WorkTypes"`
	ServiceReportTemplateId schema.Ref[ServiceReportLayout] `children:"WorkTypes"`

	DurationInMinutes schema.Decimal `field:"readonly" label:"Duration (Minutes)"`
	DurationType      DurationType   `field:"required" default:"Hours"` // Default Hours

	BlockTimeAfterAppointment  schema.Int
	BlockTimeBeforeAppointment schema.Int
	EstimatedDuration          schema.Decimal `field:"required"` // Copied to the work
	MinimumCrewSize            schema.Int
	RecommendedCrewSize        schema.Int
	TimeframeEnd               schema.Int
	TimeframeStart             schema.Int

	BlockTimeAfterUnit     DurationType
	BlockTimeBeforeUnit    DurationType
	DefaultAppointmentType schema.Picklist
	TimeFrameEndUnit       TimeFrameUnit
	TimeFrameStartUnit     TimeFrameUnit

	ShouldAutoCreateSvcAppt bool `label:"Create an Appointment Automatically"` // Work that has no appointment yet gets one
}

// TimeFrameUnit is the unit of how soon and how far ahead slots are offered.
type TimeFrameUnit string

// The values of TimeFrameUnit.
const (
	TimeFrameUnitDays  TimeFrameUnit = "Days"
	TimeFrameUnitHours TimeFrameUnit = "Hours"
)

// Choices implements [schema.Choicer].
func (TimeFrameUnit) Choices() []schema.Choice {
	return choices(TimeFrameUnitDays, TimeFrameUnitHours)
}
