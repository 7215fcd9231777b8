package object

import "truckroll/platform/schema"

// Order is an order of products, such as the replacement that comes with a repair.
type Order struct {
	schema.Standard `prefix:"801" name:"OrderNumber" object:"search"`
	Owned
	Typed
	Priced

	OrderNumber  schema.AutoNumber      `format:"{00000000}"`
	AccountId    schema.Ref[Account]    `children:"Orders"`
	Pricebook2Id schema.Ref[Pricebook2] `children:"Orders"`
	Description  schema.LongText

	Status     schema.Picklist `field:"required" choices:"Draft;Activated" default:"Draft"`
	StatusCode schema.Picklist `field:"readonly" choices:"Draft;Activated"`
	Type       schema.Picklist

	EffectiveDate schema.Date `field:"required" label:"Order Start Date"`
	EndDate       schema.Date
	TotalAmount   schema.Currency `field:"readonly"`

	BillingAddress  schema.Address
	ShippingAddress schema.Address
}
