package object

import "truckroll/platform/schema"

// ProductSellingModel is how a product is sold: once, for a term or without end.
type ProductSellingModel struct {
	schema.Standard `prefix:"0jP"`
	Owned

	Name             string `field:"required"`
	Description      schema.LongText
	SellingModelType schema.Picklist `choices:"OneTime;TermDefined;Evergreen"`
	PricingTerm      schema.Int
	PricingTermUnit  schema.Picklist `choices:"Months;Quarterly;Semi-Annual;Annual"`
	IsActive         bool
}
