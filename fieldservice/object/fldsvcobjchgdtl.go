package object

import "truckroll/platform/schema"

// FldSvcObjChgDtl is one field and value of a recorded change.
type FldSvcObjChgDtl struct {
	schema.Standard `prefix:"1Iu" label:"Field Service Change Detail"`

	FldSvcObjChgId    schema.Ref[FldSvcObjChg] `field:"required createonly cascade" children:"FldSvcObjChgDtls"`
	FieldChangedName  string
	FieldChangedValue string
}
