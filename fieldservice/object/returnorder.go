package object

import (
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// ReturnOrder brings stock or a customer's goods back, for repair or credit.
type ReturnOrder struct {
	schema.Standard `prefix:"2oN" name:"ReturnOrderNumber" object:"search"`
	Owned
	Typed
	Priced

	ReturnOrderNumber schema.AutoNumber `format:"RO-{0000}"`
	Description       schema.LongText
	Status            ReturnStatus
	StatusCategory    ReturnCategory `field:"readonly"` // Derived from Status

	AccountId                schema.Ref[Account]  `children:"ReturnOrders"`
	CaseId                   schema.Ref[Case]     `children:"ReturnOrders"`
	ContactId                schema.Ref[Contact]  `children:"ReturnOrders"`
	DestinationLocationId    schema.Ref[Location] `children:"DestinationReturnOrders"`
	OrderId                  schema.Ref[Order]
	ProductRequestId         schema.Ref[ProductRequest]         `children:"ReturnOrders"`
	ProductServiceCampaignId schema.Ref[ProductServiceCampaign] `children:"ReturnOrders"`
	ReturnedById             schema.Ref[org.User]
	SourceLocationId         schema.Ref[Location] `children:"SourceReturnOrders"`

	ExpectedArrivalDate schema.DateTime
	ExpirationDate      schema.DateTime

	GrandTotalAmount schema.Currency `field:"readonly"`
	TotalAmount      schema.Currency `rollup:"SUM ReturnOrderLineItem.ReturnOrderId TotalPrice"`
	TotalTaxAmount   schema.Currency `field:"readonly"`
	ShipFromAddress  schema.Address

	ShipmentType schema.Picklist `choices:"Standard;Rush;Overnight;Next Business Day;Pick Up" default:"Standard"`
}

// ReturnStatus is the status of a return.
type ReturnStatus string

// The values of ReturnStatus.
const (
	ReturnStatusDraft     ReturnStatus = "Draft"
	ReturnStatusSubmitted ReturnStatus = "Submitted"
	ReturnStatusApproved  ReturnStatus = "Approved"
	ReturnStatusCanceled  ReturnStatus = "Canceled"
	ReturnStatusClosed    ReturnStatus = "Closed"
)

// Choices implements [schema.Choicer].
func (ReturnStatus) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(ReturnStatusDraft), Category: string(ReturnCategoryDraft)},
		{Value: string(ReturnStatusSubmitted), Category: string(ReturnCategoryPending)},
		{Value: string(ReturnStatusApproved), Category: string(ReturnCategoryActivated)},
		{Value: string(ReturnStatusCanceled), Category: string(ReturnCategoryCanceled)},
		{Value: string(ReturnStatusClosed), Category: string(ReturnCategoryClosed)},
	}
}

// ReturnCategory is what a status of a return means to rules.
type ReturnCategory string

// The values of ReturnCategory.
const (
	ReturnCategoryDraft     ReturnCategory = "Draft"
	ReturnCategoryActivated ReturnCategory = "Activated"
	ReturnCategoryClosed    ReturnCategory = "Closed"
	ReturnCategoryCanceled  ReturnCategory = "Canceled"
	ReturnCategoryPending   ReturnCategory = "Pending"
)

// Choices implements [schema.Choicer].
func (ReturnCategory) Choices() []schema.Choice {
	return choices(
		ReturnCategoryDraft, ReturnCategoryActivated, ReturnCategoryClosed, ReturnCategoryCanceled,
		ReturnCategoryPending,
	)
}
