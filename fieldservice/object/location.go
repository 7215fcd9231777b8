package object

import "truckroll/platform/schema"

// Location is any place: a warehouse, a van, a site, a plant or a floor of it.
type Location struct {
	schema.Standard `prefix:"131" object:"search"`
	Owned
	Typed

	Name        string `field:"required"`
	Description string

	LogoId           schema.Ref[ContentAsset]
	ParentLocationId schema.Ref[Location] `children:"ChildLocations"`
	RootLocationId   schema.Ref[Location] `field:"readonly self"`
	VisitorAddressId schema.Ref[Address]  // Address record shown to visitors

	CloseDate     schema.Date
	OpenDate      schema.Date
	LocationLevel schema.Int `field:"readonly"` // 1 at the root
	Location      schema.Location

	LocationType        schema.Picklist `field:"required" choices:"Warehouse;Site;Van;Plant"`
	TimeZone            schema.Picklist
	IsInventoryLocation bool // It can hold stock
	AllowsNegativeStock bool // More may leave it than is known to be there (own)

	DrivingDirections string `max:"1000"`
	ExternalReference string `field:"index"`
}
