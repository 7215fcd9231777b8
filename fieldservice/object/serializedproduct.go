package object

import "truckroll/platform/schema"

// SerializedProduct is one unit of a product, known by its serial number.
type SerializedProduct struct {
	schema.Standard `prefix:"0jR" object:"search"`
	Owned

	Name           schema.AutoNumber `format:"SP-{0000}"`
	SerialNumber   string            `field:"required index"`
	Status         SerializedStatus
	AssetId        schema.Ref[Asset]       `children:"SerializedProducts"`
	Product2Id     schema.Ref[Product2]    `field:"required cascade" children:"SerializedProducts"`
	ProductItemId  schema.Ref[ProductItem] `children:"SerializedProducts"`
	ExpirationDate schema.Date
	MovedById      schema.AnyRef `field:"readonly keep" to:"ProductConsumed,ProductTransfer" children:"MovedSerializedProducts"` // What moved it last (own)
}

// SerializedStatus is where a numbered unit is in its life.
type SerializedStatus string

// The values of SerializedStatus.
const (
	SerializedStatusAvailable SerializedStatus = "Available"
	SerializedStatusSent      SerializedStatus = "Sent"
	SerializedStatusReceived  SerializedStatus = "Received"
	SerializedStatusConsumed  SerializedStatus = "Consumed"
	SerializedStatusInstalled SerializedStatus = "Installed"
	SerializedStatusLost      SerializedStatus = "Lost"
)

// Choices implements [schema.Choicer].
func (SerializedStatus) Choices() []schema.Choice {
	return choices(
		SerializedStatusAvailable, SerializedStatusSent, SerializedStatusReceived, SerializedStatusConsumed,
		SerializedStatusInstalled, SerializedStatusLost,
	)
}
