package object

import "truckroll/platform/schema"

// GeolocationBasedAction is what happens when a technician comes near a place, or leaves it.
type GeolocationBasedAction struct {
	schema.Standard `prefix:"16Q"`
	Owned

	Name               string
	Description        schema.LongText
	ReferenceRecordId  schema.AnyRef `to:"ServiceAppointment,ServiceTerritory,ServiceTerritoryMember" children:"GeolocationBasedActions"`
	InitialTimeInvoked schema.DateTime
	LastTimeInvoked    schema.DateTime
	Radius             schema.Int
	ActionType         schema.Picklist
	TriggerType        schema.Picklist `choices:"Enter;Exit"`
	ActionData         schema.LongText
}
