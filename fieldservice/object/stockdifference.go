package object

import "truckroll/platform/schema"

// StockDifference is a stock whose quantity is not what its journal sums up to, as found by the audit of stock. It is
// our own.
type StockDifference struct {
	schema.Standard `prefix:"zK3" name:"StockDifferenceNumber" object:"readonly"`

	StockDifferenceNumber schema.AutoNumber       `format:"SD-{0000}"`
	ProductItemId         schema.Ref[ProductItem] `field:"readonly cascade" children:"StockDifferences"`
	QuantityOnHand        schema.Decimal          `field:"readonly"`
	JournalSum            schema.Decimal          `field:"readonly"`
	IsOpen                bool                    `field:"readonly"` // The last audit found it so
}
