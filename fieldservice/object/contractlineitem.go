package object

import "truckroll/platform/schema"

// ContractLineItem is a product or asset that a service contract covers.
type ContractLineItem struct {
	schema.Standard `prefix:"811" name:"LineItemNumber"`
	Typed
	Priced

	LineItemNumber    schema.AutoNumber           `format:"{00000000}" per:"ServiceContractId"`
	ServiceContractId schema.Ref[ServiceContract] `field:"required createonly cascade" children:"ContractLineItems"`
	Description       schema.LongText
	Status            ContractStatus `field:"readonly"` // From the dates

	AssetId                  schema.Ref[Asset]            `children:"ContractLineItems"`
	LocationId               schema.Ref[Location]         `children:"ContractLineItems"`
	ParentContractLineItemId schema.Ref[ContractLineItem] `children:"ChildContractLineItems"`
	PricebookEntryId         schema.Ref[PricebookEntry]   `field:"required restrict" children:"ContractLineItems"` // Of the contract's price book
	Product2Id               schema.Ref[Product2]         `field:"readonly" children:"ContractLineItems"`
	RootContractLineItemId   schema.Ref[ContractLineItem] `field:"readonly self" children:"DescendantContractLineItems"`

	StartDate schema.Date
	EndDate   schema.Date
	Discount  schema.Percent
	Quantity  schema.Decimal `field:"required"`

	ListPrice  schema.Currency `field:"readonly"`
	Subtotal   schema.Currency `field:"readonly"` // UnitPrice × Quantity
	TotalPrice schema.Currency `field:"readonly"` // Subtotal less discount
	UnitPrice  schema.Currency `field:"required"` // Sales price
}
