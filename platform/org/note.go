package org

import "truckroll/platform/schema"

// Note is a text kept with one record.
type Note struct {
	schema.Standard `prefix:"002" name:"Title" object:"search leaf"`

	OwnerId   schema.Ref[User] `field:"owner"`
	ParentId  schema.AnyRef    `field:"required createonly cascade" to:"*" children:"Notes"`
	Title     string           `field:"required" max:"80"`
	Body      schema.LongText
	IsPrivate bool
}
