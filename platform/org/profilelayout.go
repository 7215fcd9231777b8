package org

import "truckroll/platform/schema"

// ProfileLayout gives a layout to a profile and a record type. None stands for all that have no layout of their own.
type ProfileLayout struct {
	schema.Standard `prefix:"01G" name:"" object:"setup"`

	LayoutId      schema.Ref[Layout]     `field:"required cascade" children:"ProfileLayouts"`
	TableEnumOrId string                 `field:"readonly index" max:"80" label:"Object"`
	ProfileId     schema.Ref[Profile]    `field:"cascade"`
	RecordTypeId  schema.Ref[RecordType] `field:"cascade"`
}
