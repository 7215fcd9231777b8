package org

import "truckroll/platform/schema"

// ContentDocumentLink attaches a file to a record, or gives it to a user or group.
type ContentDocumentLink struct {
	schema.Standard `prefix:"06A" name:"" object:"leaf"`

	ContentDocumentId schema.Ref[ContentDocument] `field:"required createonly cascade" children:"ContentDocumentLinks"`
	LinkedEntityId    schema.AnyRef               `field:"required createonly cascade" to:"*,User,Group" children:"ContentDocumentLinks"`
	ShareType         schema.Picklist             `field:"restricted" choices:"V;C;I" default:"V"`
	Visibility        schema.Picklist             `field:"restricted" choices:"AllUsers;InternalUsers;SharedUsers" default:"AllUsers"`
}
