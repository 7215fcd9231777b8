package object

import "truckroll/platform/schema"

// Shift is a dated working interval of a resource, or an open one that nobody has taken yet.
type Shift struct {
	schema.Standard `prefix:"0a0" name:"ShiftNumber"`
	Owned
	Typed

	ShiftNumber schema.AutoNumber `format:"SH-{0000}"`
	Label       string

	Status         ShiftStage    `field:"required"`
	StatusCategory ShiftCategory `field:"readonly"` // Only confirmed shifts make a resource available
	Type           string

	JobProfileId              schema.Ref[JobProfile]              `children:"JobProfiles"`
	RecordsetFilterCriteriaId schema.Ref[RecordsetFilterCriteria] `children:"ShiftRecordsetFilterCriteria" label:"Record Set Filter"` // Which work may be put into it
	ServiceResourceId         schema.Ref[ServiceResource]         `children:"ShiftServiceResources"`                                  // Empty = unassigned/open shift
	ServiceTerritoryId        schema.Ref[ServiceTerritory]        `children:"ShiftServiceTerritories"`
	ShiftTemplateId           schema.Ref[ShiftTemplate]           `children:"Shifts"`

	StartTime           schema.DateTime `field:"required index"`
	EndTime             schema.DateTime `field:"required"`
	RecurrenceStartDate schema.Date
	RecurrenceEndDate   schema.Date

	TimeSlotType   SlotType `field:"required"` // Extended = overtime
	IsHolidayShift bool
	IsNonStandard  bool

	BackgroundColor   string // #rgb / #rrggbb
	RecurrencePattern string // RFC 5545
}

// ShiftStage is the status of a shift.
type ShiftStage string

// The values of ShiftStage.
const (
	ShiftStageTentative ShiftStage = "Tentative"
	ShiftStagePublished ShiftStage = "Published"
	ShiftStageConfirmed ShiftStage = "Confirmed"
)

// Choices implements [schema.Choicer].
func (ShiftStage) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(ShiftStageTentative), Category: string(ShiftCategoryTentative), Default: true},
		{Value: string(ShiftStagePublished), Category: string(ShiftCategoryPublished)},
		{Value: string(ShiftStageConfirmed), Category: string(ShiftCategoryConfirmed)},
	}
}

// ShiftCategory is what a status of a shift means to rules.
type ShiftCategory string

// The values of ShiftCategory.
const (
	ShiftCategoryTentative ShiftCategory = "Tentative"
	ShiftCategoryPublished ShiftCategory = "Published"
	ShiftCategoryConfirmed ShiftCategory = "Confirmed"
)

// Choices implements [schema.Choicer].
func (ShiftCategory) Choices() []schema.Choice {
	return choices(ShiftCategoryTentative, ShiftCategoryPublished, ShiftCategoryConfirmed)
}
