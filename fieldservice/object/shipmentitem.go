package object

import "truckroll/platform/schema"

// ShipmentItem is one line of a shipment.
type ShipmentItem struct {
	schema.Standard `prefix:"0ob" name:"ShipmentItemNumber"`

	ShipmentItemNumber    schema.AutoNumber    `format:"SI-{0000}"`
	ShipmentId            schema.Ref[Shipment] `field:"required createonly cascade" children:"ShipmentItems"`
	Description           string
	Product2Id            schema.Ref[Product2]            `children:"ShipmentItems"`
	ReturnOrderLineItemId schema.Ref[ReturnOrderLineItem] `children:"ReturnOrderLineItemShipmentItems"`
	ExpectedDeliveryDate  schema.DateTime
	Quantity              schema.Decimal
	TrackingUrl           schema.URL
	TrackingNumber        string
}
