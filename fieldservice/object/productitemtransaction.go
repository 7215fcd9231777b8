package object

import "truckroll/platform/schema"

// ProductItemTransaction is an entry in the journal of stock, written by the house.
type ProductItemTransaction struct {
	schema.Standard `prefix:"0TR" name:"ProductItemTransactionNumber" object:"readonly"`

	ProductItemTransactionNumber schema.AutoNumber `format:"PIT-{0000}"`
	Description                  schema.LongText
	ProductItemId                schema.Ref[ProductItem] `field:"readonly cascade" children:"ProductItemTransactions"`
	RelatedRecordId              schema.AnyRef           `field:"readonly keep" to:"ProductConsumed,ProductTransfer,CycleCountEntry" children:"ProductItemTransactions"`
	Quantity                     schema.Decimal          `field:"readonly"` // Signed; negative when stock leaves
	QuantityAfter                schema.Decimal          `field:"readonly"` // On hand once it was written (own)
	TransactionType              StockTransaction        `field:"readonly"`
}

// StockTransaction is why stock changed.
type StockTransaction string

// The values of StockTransaction.
const (
	StockTransactionConsumed    StockTransaction = "Consumed"
	StockTransactionAdjusted    StockTransaction = "Adjusted"
	StockTransactionReplenished StockTransaction = "Replenished"
	StockTransactionTransferred StockTransaction = "Transferred"
)

// Choices implements [schema.Choicer].
func (StockTransaction) Choices() []schema.Choice {
	return choices(
		StockTransactionConsumed, StockTransactionAdjusted, StockTransactionReplenished, StockTransactionTransferred,
	)
}
