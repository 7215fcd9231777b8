package object

import "truckroll/platform/schema"

// AssetWarranty is the warranty of one asset, or an extension of it.
type AssetWarranty struct {
	schema.Standard `prefix:"4xo" name:"AssetWarrantyNumber"`

	AssetWarrantyNumber schema.AutoNumber        `format:"AW-{0000}"`
	AssetId             schema.Ref[Asset]        `field:"required createonly cascade" children:"WarrantyAssets"`
	Pricebook2Id        schema.Ref[Pricebook2]   `children:"AssetWarrantyPricebooks"`
	WarrantyTermId      schema.Ref[WarrantyTerm] `children:"AssetWarrantyTerms"`

	StartDate              schema.Date `field:"required"`
	EndDate                schema.Date
	ExpensesCoveredEndDate schema.Date
	LaborCoveredEndDate    schema.Date
	PartsCoveredEndDate    schema.Date

	ExpensesCovered schema.Percent
	LaborCovered    schema.Percent
	PartsCovered    schema.Percent

	ExchangeType   schema.Picklist `choices:"Advance Exchange;Loaner;Return Exchange"`
	WarrantyType   schema.Picklist `choices:"Repair;Standard;Supplier"`
	IsTransferable bool
	Exclusions     schema.LongText
}
