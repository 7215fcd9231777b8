package object

import "truckroll/platform/schema"

// SerializedProductTransaction is an entry in the journal of numbered units, written by the house.
type SerializedProductTransaction struct {
	schema.Standard `prefix:"0jM" object:"readonly"`

	Name                schema.AutoNumber             `format:"SPT-{0000}"`
	SerializedProductId schema.Ref[SerializedProduct] `field:"required createonly cascade" children:"SerializedProductTransactions"`
	RelatedRecordId     schema.AnyRef                 `field:"readonly keep" to:"ProductConsumed,ProductTransfer" children:"SerializedProductTransactions"`
	TransactionType     schema.Picklist
}
