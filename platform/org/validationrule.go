package org

import "truckroll/platform/schema"

// ValidationRule refuses records for which its formula is true.
type ValidationRule struct {
	schema.Standard `prefix:"03d" name:"ValidationName" object:"setup"`

	SobjectType           string          `field:"required createonly index" max:"80"`
	ValidationName        string          `field:"required" max:"80"`
	Description           schema.LongText `max:"1000"`
	Active                bool            `default:"true"`
	ErrorConditionFormula schema.LongText `field:"required" max:"3900"`
	ErrorMessage          string          `field:"required"`
	ErrorDisplayField     string          `max:"80"` // none puts the message above the record
	NamespacePrefix       string          `field:"readonly" max:"15"`
}
