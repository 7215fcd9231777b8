package object

import "truckroll/platform/schema"

// WorkCapacityAvailability is the hours that a territory has to give in a period.
type WorkCapacityAvailability struct {
	schema.Standard `prefix:"3kq"`
	Owned

	ServiceTerritoryId      schema.Ref[ServiceTerritory] `children:"WorkCapacityAvailabilities"`
	StartDate               schema.Date
	EndDate                 schema.Date
	AvailCapacityHours      schema.Decimal
	AvailCapacityMinutes    schema.Decimal
	TimePeriod              CapacityPeriod
	WcaUniqueField1         string `label:"Unique Key 1"`
	WcaUniqueField2         string `label:"Unique Key 2"`
	WorkCapacityAvailNumber string
}
