package object

import "truckroll/platform/schema"

// Address is a postal address of a location.
type Address struct {
	schema.Standard `prefix:"130"`

	Name              schema.AutoNumber    `format:"ADDR-{0000}"`
	ParentId          schema.Ref[Location] `field:"required createonly cascade" children:"Addresses"`
	Description       string
	Address           schema.Address
	AddressType       schema.Picklist `choices:"Mailing;Shipping;Billing;Home"`
	LocationType      schema.Picklist `field:"required" choices:"Warehouse;Site;Van;Plant" default:"Warehouse"`
	TimeZone          schema.Picklist
	DrivingDirections string `max:"1000"`
}
