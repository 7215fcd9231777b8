package object

import "truckroll/platform/schema"

// ServiceTerritoryMember makes a resource a member of a territory for a period, with its own hours and home base.
type ServiceTerritoryMember struct {
	schema.Standard `prefix:"0Hu" name:"MemberNumber"`

	MemberNumber       schema.AutoNumber            `format:"TM-{0000}"`
	ServiceTerritoryId schema.Ref[ServiceTerritory] `field:"required createonly cascade" children:"ServiceResources"`
	TerritoryType      TerritoryType                // One primary at a time; a relocation suspends it

	OperatingHoursId  schema.Ref[OperatingHours]  // Instead of the territory's
	ServiceResourceId schema.Ref[ServiceResource] `field:"required restrict" children:"ServiceTerritories"`
	TravelModeId      schema.Ref[TravelMode]      `children:"ServiceTerritoryMembers"` // Instead of the territory's

	EffectiveStartDate schema.DateTime `field:"required"`
	EffectiveEndDate   schema.DateTime // Empty = open end
	Address            schema.Address  // Where the resource sets out
	Role               string          `max:"40"`
}

// TerritoryType is the part that a territory plays for its member.
type TerritoryType string

// The values of TerritoryType.
const (
	TerritoryTypePrimary    TerritoryType = "P"
	TerritoryTypeSecondary  TerritoryType = "S"
	TerritoryTypeRelocation TerritoryType = "R"
)

// Choices implements [schema.Choicer].
func (TerritoryType) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(TerritoryTypePrimary), Label: "Primary"},
		{Value: string(TerritoryTypeSecondary), Label: "Secondary"},
		{Value: string(TerritoryTypeRelocation), Label: "Relocation"},
	}
}
