package object

import "truckroll/platform/schema"

// DigitalSignature is a captured signature on a record or a report.
type DigitalSignature struct {
	schema.Standard `prefix:"1DS" name:"DigitalSignatureNumber"`

	DigitalSignatureNumber schema.AutoNumber `format:"DS-{0000}"`
	ParentId               schema.AnyRef     `field:"required createonly cascade" to:"ServiceAppointment,WorkOrder,WorkOrderLineItem,Order,Quote" children:"DigitalSignatures"`
	SignedDate             schema.DateTime   `field:"createonly"`
	DocumentLength         schema.Int        `field:"readonly"`

	DocumentContentType schema.Picklist `field:"createonly"`
	SignatureType       schema.Picklist `field:"createonly" choices:"Default"` // Configurable list; at most one signature of each type per report

	DocumentBody schema.Blob `field:"required createonly"` // An image
	DocumentName string      `field:"readonly" max:"40"`
	Place        string      `field:"createonly"`
	SignedBy     string      `field:"createonly"` // Printed name

	ServiceReportId schema.Ref[ServiceReport] `field:"createonly" children:"DigitalSignatures"` // Own: the report that it was given on
}
