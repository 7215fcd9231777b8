package object

import "truckroll/platform/schema"

// ProductRequestLineItem is one product and quantity of a request.
type ProductRequestLineItem struct {
	schema.Standard `prefix:"0Tw" name:"ProductRequestLineItemNumber"`
	Typed

	ProductRequestLineItemNumber schema.AutoNumber          `format:"PRLI-{0000}"`
	ParentId                     schema.Ref[ProductRequest] `field:"required createonly cascade" children:"ProductRequestLineItems"`
	Description                  schema.LongText
	Status                       RequestStatus

	AccountId             schema.Ref[Account] `children:"ProductRequestLineItems"`
	CareProgramEnrolleeId schema.Ref[CareProgramEnrollee]
	CaseId                schema.Ref[Case]              `children:"ProductRequestLineItems"`
	DestinationLocationId schema.Ref[Location]          `children:"DestinationProductRequestLineItems"`
	Product2Id            schema.Ref[Product2]          `field:"required cascade" children:"ProductRequestLineItems"`
	SourceLocationId      schema.Ref[Location]          `children:"SourceProductRequestLineItems"`
	WorkOrderId           schema.Ref[WorkOrder]         `children:"ProductRequestLineItems"`
	WorkOrderLineItemId   schema.Ref[WorkOrderLineItem] `children:"ProductRequestLineItems"`

	NeedByDate        schema.DateTime
	QuantityRequested schema.Decimal `field:"required"`
	ShipToAddress     schema.Address

	QuantityUnitOfMeasure schema.Picklist `choices:"Each"`
	ShipmentType          schema.Picklist `choices:"Rush;Overnight;Next Business Day;Pick Up"`
}
