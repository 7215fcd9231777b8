package object

import "truckroll/platform/schema"

// WorkCapacityUsage is the work that a territory has taken in a period.
type WorkCapacityUsage struct {
	schema.Standard `prefix:"0VP" name:"WorkCapacityUsageNumber"`
	Owned

	WorkCapacityUsageNumber schema.AutoNumber            `format:"WCU-{0000}"`
	ServiceTerritoryId      schema.Ref[ServiceTerritory] `children:"WorkCapacityUsages"`
	StartDate               schema.Date
	EndDate                 schema.Date

	AvailCapacityHours      schema.Decimal // Copied from WorkCapacityAvailability
	ConsumptionToLimitRatio schema.Decimal // Consumed / limit × 100
	LimitationPercentage    schema.Decimal
	LimitationValue         schema.Decimal // Effective limit in hours (percent already converted)
	OriginalLimit           schema.Decimal // Limit when the row was created, if later changed
	TimeConsumedInHours     schema.Decimal
	TimeConsumedInMinutes   schema.Decimal // Durations of scheduled appointments, with average travel

	LimitationUnits    LimitationUnits
	SvcApptField       schema.Picklist
	TimePeriod         CapacityPeriod
	IsSvcTerrOnlyLimit bool `label:"Of Territory Only"`

	CapacityLimitRelaxation string
	SvcApptFieldValDplyNm   string
	SvcApptFieldValue       string
	WcuUniqueField1         string `label:"Unique Key 1"`
	WcuUniqueField2         string `label:"Unique Key 2"`
}
