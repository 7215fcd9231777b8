package org

import "truckroll/platform/schema"

// RecordType is a variant of an object.
type RecordType struct {
	schema.Standard `prefix:"012" object:"setup"`

	Name            string `field:"required" max:"80"`
	DeveloperName   string `field:"required" max:"80"`
	SobjectType     string `field:"required createonly index" max:"80"`
	Description     string
	IsActive        bool   `default:"true"`
	NamespacePrefix string `field:"readonly" max:"15"`

	PicklistValues schema.LongText `max:"131072"` // JSON, [TypeChoices]; what it does not name is as for all records
}
