package object

import "truckroll/platform/schema"

// ProductRequired is a part that work needs. Work without any of its own takes those of its work type.
type ProductRequired struct {
	schema.Standard `prefix:"0Gn" name:"ProductRequiredNumber" plural:"Products Required"`

	ProductRequiredNumber schema.AutoNumber    `format:"PR-{0000}"`
	ParentRecordId        schema.AnyRef        `field:"required createonly cascade" to:"WorkType,WorkOrder,WorkOrderLineItem" children:"ProductsRequired"`
	Product2Id            schema.Ref[Product2] `field:"required cascade" children:"ProductsRequired"`
	QuantityRequired      schema.Decimal
	QuantityUnitOfMeasure schema.Picklist `choices:"Each"`
	ParentRecordType      string          `field:"readonly" max:"50"`
	ProductName           string          `field:"readonly"`
}
