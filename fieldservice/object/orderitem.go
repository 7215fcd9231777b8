package object

import "truckroll/platform/schema"

// OrderItem is a line of an order.
type OrderItem struct {
	schema.Standard `prefix:"802" name:"OrderItemNumber" label:"Order Product"`
	Priced

	OrderItemNumber  schema.AutoNumber          `format:"{0000000000}"`
	OrderId          schema.Ref[Order]          `field:"required createonly cascade" children:"OrderItems"`
	Product2Id       schema.Ref[Product2]       `field:"createonly" children:"OrderItems"`
	PricebookEntryId schema.Ref[PricebookEntry] `field:"required createonly restrict" children:"OrderItems"`
	Description      string

	Quantity    schema.Decimal `field:"required"`
	UnitPrice   schema.Currency
	ListPrice   schema.Currency `field:"readonly"`
	TotalPrice  schema.Currency `field:"readonly"`
	ServiceDate schema.Date
	EndDate     schema.Date
}
