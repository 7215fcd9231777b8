package org

import "truckroll/platform/schema"

// Layout is a page layout that an administrator made for an object. ProfileLayout says whom it is for.
type Layout struct {
	schema.Standard `prefix:"00h" object:"setup"`

	TableEnumOrId   string          `field:"required createonly index" max:"80" label:"Object"`
	Name            string          `field:"required" max:"80"`
	Body            schema.LongText `field:"required" max:"131072"` // sections and related lists, as the Metadata API writes them
	NamespacePrefix string          `field:"readonly" max:"15"`
}
