package object

import "truckroll/platform/schema"

// ProductItem is the stock of one product at one location.
type ProductItem struct {
	schema.Standard `prefix:"0Co" name:"ProductItemNumber" object:"search"`
	Owned

	ProductItemNumber     schema.AutoNumber    `format:"PI-{0000}"`
	SerialNumber          string               `max:"80"`
	LocationId            schema.Ref[Location] `field:"required createonly restrict" children:"ProductItems"` // An inventory location
	Product2Id            schema.Ref[Product2] `field:"required createonly cascade" children:"ProductItems"`
	QuantityOnHand        schema.Decimal       `field:"required"`                           // 1 with a serial number; an edit is written to the journal
	JournalQuantity       schema.Decimal       `field:"readonly"`                           // What the journal sums up to: QuantityOnHand, or the house has lost something (own)
	StockKey              string               `field:"readonly unique casesens" max:"120"` // Location, product and serial number: what there is one of (own)
	AdjustmentReason      string               // Why the quantity was edited last, for the journal (own)
	QuantityUnitOfMeasure schema.Picklist      `choices:"Each"`
	IsProduct2Serialized  bool                 `field:"readonly" label:"Serialized"`
	ProductName           string               `field:"readonly"`
}
