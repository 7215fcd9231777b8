package object

import "truckroll/platform/schema"

// SlaProcess is a versioned set of milestones that entitled work goes through.
type SlaProcess struct {
	schema.Standard `prefix:"552" object:"setup"`

	Name            string          `field:"required" max:"120"`
	Description     schema.LongText `max:"255"`
	IsActive        bool
	BusinessHoursId schema.Ref[BusinessHours]
	SobjectType     schema.Picklist `field:"required" choices:"Case;WorkOrder"`
	StartDateField  schema.Picklist `field:"required" choices:"Case.CreatedDate;Case.SlaStartDate;WorkOrder.CreatedDate;WorkOrder.SlaStartDate"` // The date that starts the clock
	NameNorm        string          `max:"240"`
}
