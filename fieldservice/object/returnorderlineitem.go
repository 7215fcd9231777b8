package object

import "truckroll/platform/schema"

// ReturnOrderLineItem is one product of a return.
type ReturnOrderLineItem struct {
	schema.Standard `prefix:"0Sn" name:"ReturnOrderLineItemNumber"`
	Typed
	Priced

	ReturnOrderLineItemNumber schema.AutoNumber       `format:"ROLI-{0000}"`
	ReturnOrderId             schema.Ref[ReturnOrder] `field:"required createonly cascade" children:"ReturnOrderLineItems"`
	Description               schema.LongText
	Type                      schema.Picklist `choices:"Order Product;Delivery Charge;Fee"`

	AssetId                      schema.Ref[Asset]    `children:"ReturnOrderLineItems"`
	DestinationLocationId        schema.Ref[Location] `children:"DestinationReturnOrderLineItems"`
	OrderItemId                  schema.Ref[OrderItem]
	Product2Id                   schema.Ref[Product2]                   `field:"cascade" children:"ReturnOrderLineItems"` // A line names a product, an asset, an order item, a stock or a request
	ProductItemId                schema.Ref[ProductItem]                `children:"ReturnOrderLineItems"`
	ProductRequestLineItemId     schema.Ref[ProductRequestLineItem]     `children:"ReturnOrderLineItems"`
	ProductServiceCampaignId     schema.Ref[ProductServiceCampaign]     `children:"ReturnOrderLineItems"`
	ProductServiceCampaignItemId schema.Ref[ProductServiceCampaignItem] `children:"ReturnOrderLineItems"`
	SourceLocationId             schema.Ref[Location]                   `children:"SourceReturnOrderLineItems"`

	QuantityExpected schema.Decimal
	QuantityReceived schema.Decimal
	QuantityRejected schema.Decimal
	QuantityReturned schema.Decimal `field:"required"`

	TotalAmount            schema.Currency `field:"readonly"`
	TotalLineAmount        schema.Currency
	TotalLineAmountWithTax schema.Currency `field:"readonly"`
	TotalLineTaxAmount     schema.Currency `field:"readonly"`
	TotalPrice             schema.Currency `field:"readonly"`
	TotalTaxAmount         schema.Currency `field:"readonly"`
	UnitPrice              schema.Currency

	ProcessingPlan        ProcessingPlan
	QuantityUnitOfMeasure schema.Picklist `choices:"Each"`
	ReasonForRejection    schema.Picklist `choices:"Damaged Item;Missing Item or Part;Wrong Item;Expired Warranty"`
	ReasonForReturn       schema.Picklist `choices:"Damaged;Defective;Duplicate Order;Wrong Item;Wrong Quantity;Not Satisfied;Outdated;Other"`
	RepaymentMethod       schema.Picklist `choices:"Replace;Refund;Credit;Return"`
	TypeCode              schema.Picklist `choices:"Product;Charge"`

	ReasonForChangeText string
}

// ProcessingPlan is what becomes of a returned product.
type ProcessingPlan string

// The values of ProcessingPlan.
const (
	ProcessingPlanRepair  ProcessingPlan = "Repair"
	ProcessingPlanDiscard ProcessingPlan = "Discard"
	ProcessingPlanSalvage ProcessingPlan = "Salvage"
	ProcessingPlanRestock ProcessingPlan = "Restock"
)

// Choices implements [schema.Choicer].
func (ProcessingPlan) Choices() []schema.Choice {
	return choices(ProcessingPlanRepair, ProcessingPlanDiscard, ProcessingPlanSalvage, ProcessingPlanRestock)
}
