package object

import "truckroll/platform/schema"

// ShiftPatternEntry places a shift template on a day of a pattern.
type ShiftPatternEntry struct {
	schema.Standard `prefix:"1w2"`

	Name            string
	ShiftPatternId  schema.Ref[ShiftPattern]  `field:"required createonly cascade" children:"ShiftPatternEntries"`
	ShiftTemplateId schema.Ref[ShiftTemplate] `children:"ShiftPatternEntries"`
	DayOrder        schema.Int
}
