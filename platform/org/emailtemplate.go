package org

import "truckroll/platform/schema"

// EmailTemplate is a letter whose merge fields are filled with the values of a record: {!Contact.Name}.
type EmailTemplate struct {
	schema.Standard `prefix:"00X" object:"setup" label:"Email Template"`

	Name              string          `field:"required" max:"80"`
	DeveloperName     string          `field:"unique" max:"80"`
	Description       string          `max:"600"`
	IsActive          bool            `default:"true" label:"Available for Use"`
	RelatedEntityType string          `max:"80"` // the object whose records it is about; "" is none
	Subject           string          `field:"required" max:"230"`
	Body              schema.LongText `label:"Text Body"`
	HtmlValue         schema.LongText `label:"HTML Body"`

	TemplateType    schema.Picklist `field:"readonly" choices:"text;custom" default:"text"` // custom has HTML
	TemplateStyle   schema.Picklist `field:"readonly" choices:"none" default:"none"`
	Encoding        schema.Picklist `field:"readonly" choices:"UTF-8" default:"UTF-8"`
	NamespacePrefix string          `field:"readonly" max:"15"`
	TimesUsed       schema.Int      `field:"readonly"`
	LastUsedDate    schema.DateTime `field:"readonly"`
}
