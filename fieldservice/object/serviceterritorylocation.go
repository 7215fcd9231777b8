package object

import "truckroll/platform/schema"

// ServiceTerritoryLocation ties a location, such as a depot, to a territory.
type ServiceTerritoryLocation struct {
	schema.Standard `prefix:"1Sl" name:"ServiceTerritoryLocationNumber"`

	ServiceTerritoryLocationNumber schema.AutoNumber            `format:"STL-{0000}"`
	ServiceTerritoryId             schema.Ref[ServiceTerritory] `field:"required createonly cascade" children:"Locations"`
	LocationId                     schema.Ref[Location]         `field:"required cascade" children:"ServiceTerritories"`
}
