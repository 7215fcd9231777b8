package object

import "truckroll/platform/schema"

// PricebookEntry is the price of a product in a price book.
type PricebookEntry struct {
	schema.Standard `prefix:"01u" label:"Price Book Entry" plural:"Price Book Entries"`
	Priced

	Name         string                 `field:"readonly"`
	ProductCode  string                 `field:"readonly"`
	Pricebook2Id schema.Ref[Pricebook2] `field:"required createonly cascade" children:"PricebookEntries"`
	Product2Id   schema.Ref[Product2]   `field:"required createonly cascade" children:"PricebookEntries"`

	IsActive              bool
	ProductSellingModelId schema.Ref[ProductSellingModel]
	UnitPrice             schema.Currency `field:"required"` // List price

	IsArchived       bool `field:"readonly"`
	IsDerived        bool
	UseStandardPrice bool // Take the price of the standard book
}
