package org

import "truckroll/platform/schema"

// Attachment is a file kept with one record.
type Attachment struct {
	schema.Standard `prefix:"00P" object:"leaf"`

	OwnerId     schema.Ref[User] `field:"owner"`
	ParentId    schema.AnyRef    `field:"required createonly cascade" to:"*" children:"Attachments"`
	Name        string           `field:"required"`
	Description string           `max:"500"`
	Body        schema.Blob      `field:"required"`
	BodyLength  schema.Int       `field:"readonly"` // bytes
	ContentType string           `max:"120"`
	IsPrivate   bool
}
