package object

import "truckroll/platform/schema"

// ServiceReportLayout is a template of service reports.
type ServiceReportLayout struct {
	schema.Standard `prefix:"0SL" name:"MasterLabel" object:"setup"`

	MasterLabel   string `field:"required" max:"80"`
	DeveloperName string `field:"required" max:"80"`
	Language      schema.Picklist
	TemplateType  schema.Picklist `choices:"ServiceReport;DigitalForm"`

	// Own: what the reports look like.
	Definition schema.LongText `max:"100000"` // A JSON document; empty is the layout that comes with the house
	IsDefault  bool            // Of the organisation: for work that names no layout
}
