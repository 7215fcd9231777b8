package object

import "truckroll/platform/schema"

// WorkCapacityLimit is the most work that a territory takes in a period, as a whole or of one stream.
type WorkCapacityLimit struct {
	schema.Standard `prefix:"0VQ" name:"WorkCapacityLimitNumber"`
	Owned

	WorkCapacityLimitNumber schema.AutoNumber `format:"WCL-{0000}"`
	Description             string
	IsActive                bool                         // An active limit is not edited
	ServiceTerritoryId      schema.Ref[ServiceTerritory] `children:"WorkCapacityLimits"`

	StartDate       schema.Date
	EndDate         schema.Date
	LimitationValue schema.Decimal // Hours or percent of available capacity

	LimitationUnits LimitationUnits
	SvcApptField    schema.Picklist // The appointment field that tells streams apart; one for all limits
	TimePeriod      CapacityPeriod

	IsMonday           bool
	IsTuesday          bool
	IsWednesday        bool
	IsThursday         bool
	IsFriday           bool
	IsSaturday         bool
	IsSunday           bool
	IsSvcTerrOnlyLimit bool `label:"Of Territory Only"` // Of the whole territory, not of one stream

	CapacityLimitRelaxation string // Hours from the midnight of the day at which the limit yields: 0, +n or -n; empty is never
	SvcApptFieldValDplyNm   string // The value as people read it
	SvcApptFieldValue       string // The stream
}

// LimitationUnits is the unit of a limit: hours, or a part of what is available.
type LimitationUnits string

// The values of LimitationUnits.
const (
	LimitationUnitsHours      LimitationUnits = "Hours"
	LimitationUnitsPercentage LimitationUnits = "Percentage"
)

// Choices implements [schema.Choicer].
func (LimitationUnits) Choices() []schema.Choice {
	return choices(LimitationUnitsHours, LimitationUnitsPercentage)
}
