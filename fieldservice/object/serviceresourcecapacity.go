package object

import "truckroll/platform/schema"

// ServiceResourceCapacity is how much a resource without a calendar, such as a contractor, takes in a period.
type ServiceResourceCapacity struct {
	schema.Standard `prefix:"0Hy" name:"CapacityNumber"`

	CapacityNumber      schema.AutoNumber           `format:"SRC-{0000}"`
	ServiceResourceId   schema.Ref[ServiceResource] `field:"required createonly cascade" children:"ServiceResourceCapacities"`
	StartDate           schema.Date                 `field:"required"`
	EndDate             schema.Date
	CapacityInHours     schema.Decimal // At least one of hours / work items is needed
	CapacityInWorkItems schema.Int     // Number of appointments
	TimePeriod          CapacityPeriod // Days/weeks/months window the limit applies to
}

// CapacityPeriod is the length of a period of capacity.
type CapacityPeriod string

// The values of CapacityPeriod.
const (
	CapacityPeriodDay   CapacityPeriod = "Day"
	CapacityPeriodWeek  CapacityPeriod = "Week"
	CapacityPeriodMonth CapacityPeriod = "Month"
)

// Choices implements [schema.Choicer].
func (CapacityPeriod) Choices() []schema.Choice {
	return choices(CapacityPeriodDay, CapacityPeriodWeek, CapacityPeriodMonth)
}
