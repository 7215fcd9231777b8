package object

import "truckroll/platform/schema"

// TimeSlot is one interval on one weekday of some operating hours.
type TimeSlot struct {
	schema.Standard `prefix:"0Gj" name:"TimeSlotNumber"`

	TimeSlotNumber            schema.AutoNumber                   `format:"TSL-{0000}"`
	OperatingHoursId          schema.Ref[OperatingHours]          `field:"required createonly cascade" children:"TimeSlots"`
	Type                      SlotType                            `field:"required"`
	RecordsetFilterCriteriaId schema.Ref[RecordsetFilterCriteria] `children:"TimeSlots" label:"Record Set Filter"` // Only matching appointments may use the slot
	WorkTypeGroupId           schema.Ref[WorkTypeGroup]           `children:"Timeslots"`                           // Only its work may be booked in the slot
	StartTime                 schema.Time                         `field:"required"`                               // In the zone of the operating hours
	EndTime                   schema.Time                         `field:"required"`                               // 00:00 ends with the day; a night is two slots
	MaxAppointments           schema.Int
	DayOfWeek                 DayOfWeek `field:"required"`
}

// DayOfWeek is a day of the week.
type DayOfWeek string

// The values of DayOfWeek.
const (
	DayOfWeekSunday    DayOfWeek = "Sunday"
	DayOfWeekMonday    DayOfWeek = "Monday"
	DayOfWeekTuesday   DayOfWeek = "Tuesday"
	DayOfWeekWednesday DayOfWeek = "Wednesday"
	DayOfWeekThursday  DayOfWeek = "Thursday"
	DayOfWeekFriday    DayOfWeek = "Friday"
	DayOfWeekSaturday  DayOfWeek = "Saturday"
)

// Choices implements [schema.Choicer].
func (DayOfWeek) Choices() []schema.Choice {
	return choices(
		DayOfWeekSunday, DayOfWeekMonday, DayOfWeekTuesday, DayOfWeekWednesday, DayOfWeekThursday, DayOfWeekFriday,
		DayOfWeekSaturday,
	)
}

// SlotType says whether time is regular or overtime.
type SlotType string

// The values of SlotType.
const (
	SlotTypeNormal   SlotType = "Normal"
	SlotTypeExtended SlotType = "Extended"
)

// Choices implements [schema.Choicer].
func (SlotType) Choices() []schema.Choice {
	return choices(SlotTypeNormal, SlotTypeExtended)
}
