package object

import (
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// ServiceReport is the document that sums up finished work for the customer.
type ServiceReport struct {
	schema.Standard `prefix:"1SR" name:"ServiceReportNumber" object:"search"`

	ServiceReportNumber      schema.AutoNumber `format:"SRPT-{0000}"`
	ParentId                 schema.AnyRef     `field:"required createonly cascade" to:"ServiceAppointment,WorkOrder,WorkOrderLineItem" children:"ServiceReports"`
	Status                   schema.Picklist
	ContentVersionDocumentId schema.Ref[org.ContentVersion] `field:"readonly" label:"Document"` // The document

	DocumentLength        schema.Int      `field:"readonly"`
	DocumentContentType   schema.Picklist `field:"readonly" choices:"application/pdf"`
	ServiceReportLanguage schema.Picklist `field:"readonly"`
	IsSigned              bool            `field:"readonly"`

	DocumentBody     schema.Blob `field:"readonly"` // Read through the content version
	DocumentName     string      `field:"readonly" max:"40"`
	DocumentTemplate string
	Template         string `field:"readonly"` // Id of the layout
}
