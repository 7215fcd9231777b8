package object

import "truckroll/platform/schema"

// ServiceTerritory is a region or business unit in which work is done: the unit of optimisation and of sight.
type ServiceTerritory struct {
	schema.Standard `prefix:"0Hh" object:"search"`
	Owned
	Typed

	Name        string `field:"required"`
	Description schema.LongText
	IsActive    bool // An inactive one takes no members and no work

	OperatingHoursId       schema.Ref[OperatingHours]   `field:"required restrict" children:"ServiceTerritories"` // Default working hours for members and booking
	ParentTerritoryId      schema.Ref[ServiceTerritory] `children:"ChildServiceTerritories"`                      // Hierarchy ≤10,000 nodes
	SchedulingConstraintId schema.Ref[SchedulingConstraint]
	TopLevelTerritoryId    schema.Ref[ServiceTerritory] `field:"readonly self" children:"DescendantTerritories"`
	TravelModeId           schema.Ref[TravelMode]       `children:"ServiceTerritories"`

	AvgTravelTime                schema.Int     // Minutes added per appointment to the use of capacity
	TravelTimeBuffer             schema.Int     // Minutes per trip, for parking and walking
	TypicalInTerritoryTravelTime schema.Decimal `label:"Typical Travel Time within Territory"` // Minutes
	Address                      schema.Address
}
