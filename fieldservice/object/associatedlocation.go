package object

import "truckroll/platform/schema"

// AssociatedLocation ties an account to a location.
type AssociatedLocation struct {
	schema.Standard `prefix:"0Kt" name:"AssociatedLocationNumber"`

	AssociatedLocationNumber schema.AutoNumber    `format:"AL-{0000}"`
	ParentRecordId           schema.Ref[Account]  `field:"required createonly cascade" children:"AssociatedLocations"`
	Type                     schema.Picklist      `choices:"Bill To;Ship To"`
	LocationId               schema.Ref[Location] `field:"required cascade" children:"AssociatedLocations"`
	ActiveFrom               schema.DateTime
	ActiveTo                 schema.DateTime
}
