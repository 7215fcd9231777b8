package object

import "truckroll/platform/schema"

// ReorderPoint says when stock of a product at a location is to be filled up, and to how much. It is our own.
type ReorderPoint struct {
	schema.Standard `prefix:"zK0" name:"ReorderPointNumber" object:"search"`
	Owned

	ReorderPointNumber schema.AutoNumber    `format:"RP-{0000}"`
	LocationId         schema.Ref[Location] `field:"required createonly cascade" children:"ReorderPoints"` // One of a product and location
	Product2Id         schema.Ref[Product2] `field:"required createonly cascade" children:"ReorderPoints"`
	SourceLocationId   schema.Ref[Location] `children:"SourceReorderPoints"` // Where it is filled up from; empty is bought
	MinimumQuantity    schema.Decimal       `field:"required"`               // Fewer, with what is on its way, are asked for
	TargetQuantity     schema.Decimal       `field:"required"`               // Up to these
	IsActive           bool                 `default:"true"`
}
