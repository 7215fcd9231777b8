package object

import "truckroll/platform/schema"

// ServiceReportLayout is a template of service reports.
type ServiceReportLayout struct {
	schema.Standard `prefix:"0SL" name:"MasterLabel" object:"setup"`

	MasterLabel   string `field:"required" max:"80"`
	DeveloperName string `field:"required" max:"80"`
	Language      schema.Picklist
	TemplateType  schema.Picklist `choices:"ServiceReport;DigitalForm"`
}
