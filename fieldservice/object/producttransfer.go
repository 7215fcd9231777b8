package object

import "truckroll/platform/schema"

// ProductTransfer moves parts from one location to another.
type ProductTransfer struct {
	schema.Standard `prefix:"0Lu" name:"ProductTransferNumber" object:"search"`
	Owned
	Typed

	ProductTransferNumber schema.AutoNumber `format:"PT-{0000}"`
	Description           string            `max:"32000"`
	Status                TransferStatus

	DestinationLocationId    schema.Ref[Location]               `children:"DestinationProductTransfers"`
	Product2Id               schema.Ref[Product2]               `field:"cascade" children:"ProductTransfers"`  // Needed when SourceProductItemId is empty
	ProductRequestId         schema.Ref[ProductRequest]         `field:"readonly" children:"ProductTransfers"` // Derived from the line
	ProductRequestLineItemId schema.Ref[ProductRequestLineItem] `children:"ProductTransfers"`
	ReceivedById             schema.AnyRef                      `to:"Group,User"`
	ReturnOrderId            schema.Ref[ReturnOrder]            `field:"readonly" children:"ProductTransfers"` // Derived from the return line
	ReturnOrderLineItemId    schema.Ref[ReturnOrderLineItem]    `children:"ProductTransfers"`
	ShipmentId               schema.Ref[Shipment]               `children:"ProductTransfers"`
	SourceLocationId         schema.Ref[Location]               `children:"SourceProductTransfers"`
	SourceProductItemId      schema.Ref[ProductItem]            `children:"ProductTransfers"` // Stock it leaves from

	ExpectedPickupDate           schema.DateTime
	ShipmentExpectedDeliveryDate schema.DateTime `field:"readonly"`
	QuantityReceived             schema.Decimal
	QuantitySent                 schema.Decimal `field:"required"`

	ShipmentTrackingUrl   schema.URL      `field:"readonly"`
	QuantityUnitOfMeasure schema.Picklist `choices:"Each"`
	ShipmentStatus        ShipmentStatus  `field:"readonly"`

	IsProduct2Serialized bool `field:"readonly" label:"Serialized"`
	IsReceived           bool // Moves the stock, and closes the transfer
	IsSent               bool

	Product2TransferRecordMode string `label:"Product Transfer Record Mode"`
	ShipmentTrackingNumber     string `field:"readonly"`
}

// TransferStatus is the status of a transfer.
type TransferStatus string

// The values of TransferStatus.
const (
	TransferStatusReadyForPickup TransferStatus = "Ready For Pickup"
	TransferStatusCompleted      TransferStatus = "Completed"
)

// Choices implements [schema.Choicer].
func (TransferStatus) Choices() []schema.Choice {
	return choices(TransferStatusReadyForPickup, TransferStatusCompleted)
}
