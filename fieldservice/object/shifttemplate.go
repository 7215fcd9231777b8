package object

import "truckroll/platform/schema"

// ShiftTemplate is a shift to be copied: a time of day and a duration.
type ShiftTemplate struct {
	schema.Standard `prefix:"zT0"`
	Owned

	Name        string
	Description schema.LongText
	IsActive    bool

	JobProfileId              schema.Ref[JobProfile]              `children:"ShiftTemplates"`
	RecordsetFilterCriteriaId schema.Ref[RecordsetFilterCriteria] `children:"ShiftTemplates" label:"Record Set Filter"`
	StartTime                 schema.Time
	Duration                  schema.Decimal // In ShiftTemplateDurationType units

	ShiftTemplateDurationType DurationType
	TimeSlotType              SlotType
	IsNonStandard             bool
	BackgroundColor           string
}
