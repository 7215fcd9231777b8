package org

import "truckroll/platform/schema"

// CompactLayout is the fields at the top of a record's page, by which people recognise it.
type CompactLayout struct {
	schema.Standard `prefix:"0AH" name:"DeveloperName" object:"setup"`

	TableEnumOrId   string                 `field:"required createonly index" max:"80" label:"Object"`
	DeveloperName   string                 `field:"required" max:"80"`
	MasterLabel     string                 `field:"required" max:"80"`
	Fields          schema.LongText        `field:"required" max:"2000"` // separated by commas
	RecordTypeId    schema.Ref[RecordType] `field:"cascade"`             // none is all that have none of their own
	NamespacePrefix string                 `field:"readonly" max:"15"`
}
