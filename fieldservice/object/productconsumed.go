package object

import "truckroll/platform/schema"

// ProductConsumed is a part used on the job. One that names a product item takes it from stock.
type ProductConsumed struct {
	schema.Standard `prefix:"0Gv" name:"ProductConsumedNumber" plural:"Products Consumed"`
	Priced

	ProductConsumedNumber schema.AutoNumber     `format:"PC-{0000}"`
	WorkOrderId           schema.Ref[WorkOrder] `field:"required createonly cascade" children:"ProductsConsumed"`
	Description           schema.LongText

	PricebookEntryId    schema.Ref[PricebookEntry]    `children:"ProductsConsumed"`
	Product2Id          schema.Ref[Product2]          `field:"readonly" children:"ProductsConsumed"`
	ProductItemId       schema.Ref[ProductItem]       `field:"createonly" children:"ProductsConsumed"` // The stock it is taken from; never below 0
	WorkOrderLineItemId schema.Ref[WorkOrderLineItem] `field:"cascade" children:"ProductsConsumed"`

	Discount         schema.Percent
	QuantityConsumed schema.Decimal `field:"required"`
	Subtotal         schema.Decimal // UnitPrice × QuantityConsumed

	ListPrice             schema.Currency
	TotalPrice            schema.Currency // After discount
	UnitPrice             schema.Currency
	QuantityUnitOfMeasure schema.Picklist `field:"readonly" choices:"Each"`

	IsConsumed           bool
	IsProduct2Serialized bool   `label:"Serialized"`
	ProductName          string `field:"readonly"`
}
