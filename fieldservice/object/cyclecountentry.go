package object

import "truckroll/platform/schema"

// CycleCountEntry is what was counted of one stock. It is our own.
type CycleCountEntry struct {
	schema.Standard `prefix:"zK2" name:"CycleCountEntryNumber"`

	CycleCountEntryNumber schema.AutoNumber       `format:"CCE-{0000}"`
	CycleCountId          schema.Ref[CycleCount]  `field:"required createonly cascade" children:"CycleCountEntries"`
	ProductItemId         schema.Ref[ProductItem] `field:"required createonly cascade" children:"CycleCountEntries"`
	CountedQuantity       schema.Decimal          // Empty until it is counted
	SystemQuantity        schema.Decimal          `field:"readonly"` // On hand by the books at the moment of the count
	Difference            schema.Decimal          `field:"readonly"` // Counted less system: what posting adjusts, whatever has moved since
	Reason                schema.LongText         // For the journal
}
