package org

import "truckroll/platform/schema"

// ContentDocument is a file throughout its versions.
type ContentDocument struct {
	schema.Standard `prefix:"069" name:"Title" object:"search leaf"`

	OwnerId                  schema.Ref[User]           `field:"owner"`
	Title                    string                     `field:"required"`
	Description              string                     `max:"1000"`
	LatestPublishedVersionId schema.Ref[ContentVersion] `field:"readonly"`
	ParentId                 schema.AnyRef              `field:"readonly" to:"*"` // the record that it was first published on

	FileType            string          `field:"readonly" max:"20"`
	FileExtension       string          `field:"readonly" max:"40"`
	ContentSize         schema.Int      `field:"readonly"`
	ContentModifiedDate schema.DateTime `field:"readonly"`
	PublishStatus       schema.Picklist `field:"readonly" choices:"P;R;U" default:"P"`
	SharingOption       schema.Picklist `choices:"A;R" default:"A"`
	IsArchived          bool
}
