package org

import "truckroll/platform/schema"

// StandardDefinition is what administrators made of an object or a field that the program declares: what people call
// it, and the values of a picklist. What is empty is as declared.
type StandardDefinition struct {
	schema.Standard `prefix:"zP3" name:"" object:"setup"`

	SobjectType    string          `field:"required createonly index" max:"80" label:"Object"`
	Field          string          `field:"createonly" max:"80"` // none is the object itself
	Label          string          `max:"40"`
	PluralLabel    string          `max:"40"`
	InlineHelpText string          `max:"510"`
	Picklist       schema.LongText `max:"131072"` // the values, as the Tooling API writes a value set
}
