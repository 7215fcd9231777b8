package object

import "truckroll/platform/schema"

// WarrantyTerm is the definition of a warranty: what it covers and for how long.
type WarrantyTerm struct {
	schema.Standard `prefix:"4V3" name:"WarrantyTermName"`
	Owned

	WarrantyTermName string `field:"required"`
	Code             string
	Description      schema.LongText
	IsActive         bool

	Pricebook2Id schema.Ref[Pricebook2] `children:"Pricebook2"`

	ExpensesCovered         schema.Percent
	ExpensesCoveredDuration schema.Int
	LaborCovered            schema.Percent
	LaborCoveredDuration    schema.Int
	PartsCovered            schema.Percent
	PartsCoveredDuration    schema.Int
	WarrantyDuration        schema.Int `field:"required"`

	EffectiveStartDate        WarrantyStart   `field:"required"` // Which asset date starts it
	ExchangeType              schema.Picklist `choices:"Advance Exchange;Loaner;Return Exchange"`
	ExpensesCoveredUnitOfTime UnitOfTime
	LaborCoveredUnitOfTime    UnitOfTime
	PartsCoveredUnitOfTime    UnitOfTime
	WarrantyType              schema.Picklist `field:"required" choices:"Repair;Standard;Supplier"`
	WarrantyUnitOfTime        UnitOfTime      `field:"required"`

	IsTransferable bool
	Exclusions     schema.LongText
}

// WarrantyStart is the date of an asset that starts its warranty.
type WarrantyStart string

// The values of WarrantyStart.
const (
	WarrantyStartInstall     WarrantyStart = "Install Date"
	WarrantyStartManufacture WarrantyStart = "Manufacture Date"
	WarrantyStartPurchase    WarrantyStart = "Purchase Date"
)

// Choices implements [schema.Choicer].
func (WarrantyStart) Choices() []schema.Choice {
	return choices(WarrantyStartInstall, WarrantyStartManufacture, WarrantyStartPurchase)
}
