package object

import "truckroll/platform/schema"

// Quote is an offer to a customer, which can be signed.
type Quote struct {
	schema.Standard `prefix:"0Q0" object:"search"`
	Owned
	Typed
	Priced

	QuoteNumber   schema.AutoNumber       `format:"{00000000}"`
	Name          string                  `field:"required"`
	OpportunityId schema.Ref[Opportunity] `field:"createonly cascade" children:"Quotes"`
	AccountId     schema.Ref[Account]     `field:"readonly" children:"Quotes"`
	ContactId     schema.Ref[Contact]     `children:"Quotes"`
	Pricebook2Id  schema.Ref[Pricebook2]  `children:"Quotes"`
	Description   schema.LongText

	Status         schema.Picklist `choices:"Draft;Needs Review;In Review;Approved;Rejected;Presented;Accepted;Denied"`
	ExpirationDate schema.Date

	Subtotal         schema.Currency `field:"readonly"`
	TotalPrice       schema.Currency `field:"readonly"`
	Tax              schema.Currency
	ShippingHandling schema.Currency
	GrandTotal       schema.Currency `field:"readonly"`

	BillingAddress  schema.Address
	ShippingAddress schema.Address
}
