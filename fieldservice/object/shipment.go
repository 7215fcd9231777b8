package object

import "truckroll/platform/schema"

// Shipment is a parcel on its way between locations.
type Shipment struct {
	schema.Standard `prefix:"0OB" name:"ShipmentNumber" object:"search"`
	Owned

	ShipmentNumber schema.AutoNumber `format:"SHIP-{0000}"`
	Description    schema.LongText
	Status         ShipmentStatus

	DeliveredToId         schema.AnyRef           `to:"Group,User"`
	DestinationLocationId schema.Ref[Location]    `children:"DestinationLocationShipments"`
	ReturnOrderId         schema.Ref[ReturnOrder] `children:"ReturnOrderShipments"`
	SourceLocationId      schema.Ref[Location]    `children:"SourceLocationShipments"`

	ActualDeliveryDate   schema.DateTime
	ExpectedDeliveryDate schema.DateTime
	TotalItemsQuantity   schema.Decimal

	ShipFromAddress schema.Address
	ShipToAddress   schema.Address
	TrackingUrl     schema.URL
	Provider        schema.Picklist `choices:"FedEx;UPS;USPS"`

	ShipToName     string `field:"required"`
	TrackingNumber string
}

// ShipmentStatus is where a parcel is.
type ShipmentStatus string

// The values of ShipmentStatus.
const (
	ShipmentStatusShipped   ShipmentStatus = "Shipped"
	ShipmentStatusDelivered ShipmentStatus = "Delivered"
	ShipmentStatusCreated   ShipmentStatus = "Created"
	ShipmentStatusInTransit ShipmentStatus = "In Transit"
	ShipmentStatusVoided    ShipmentStatus = "Voided"
)

// Choices implements [schema.Choicer].
func (ShipmentStatus) Choices() []schema.Choice {
	return choices(
		ShipmentStatusShipped, ShipmentStatusDelivered, ShipmentStatusCreated, ShipmentStatusInTransit,
		ShipmentStatusVoided,
	)
}
