package object

import "truckroll/platform/schema"

// ProductTransferState is one numbered unit within a transfer.
type ProductTransferState struct {
	schema.Standard `prefix:"0nw"`

	Name                string
	ProductTransferId   schema.Ref[ProductTransfer]   `field:"required createonly cascade" children:"ProductTransferStates"`
	SerializedProductId schema.Ref[SerializedProduct] `children:"ProductTransferStates"`
	Action              schema.Picklist
	TransferState       schema.Picklist
}
