package object

import "truckroll/platform/schema"

// ProductWarrantyTerm gives a warranty to a product or a family of products.
type ProductWarrantyTerm struct {
	schema.Standard `prefix:"5Uj" name:"ProductWarrantyTermNumber"`

	ProductWarrantyTermNumber schema.AutoNumber        `format:"PWT-{0000}"`
	WarrantyTermId            schema.Ref[WarrantyTerm] `field:"required createonly cascade" children:"ProductWarrantyTerms"`
	CoveredProductId          schema.Ref[Product2]     `children:"ProductWarrantyTermProducts"`
	CoveredProductFamily      schema.Picklist
}
