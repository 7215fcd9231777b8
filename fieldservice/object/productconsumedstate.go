package object

import "truckroll/platform/schema"

// ProductConsumedState is one numbered unit within a consumption.
type ProductConsumedState struct {
	schema.Standard `prefix:"0pY"`

	Name                string
	ProductConsumedId   schema.Ref[ProductConsumed]   `field:"required createonly cascade" children:"ProductConsumedStates"`
	SerializedProductId schema.Ref[SerializedProduct] `children:"ProductConsumedStates"`
	ConsumedState       schema.Picklist
}
