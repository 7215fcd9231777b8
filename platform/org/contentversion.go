package org

import "truckroll/platform/schema"

// ContentVersion is one version of a file.
type ContentVersion struct {
	schema.Standard `prefix:"068" name:"Title" object:"leaf"`

	OwnerId                schema.Ref[User]            `field:"owner"`
	ContentDocumentId      schema.Ref[ContentDocument] `field:"createonly cascade" children:"ContentVersions"`
	FirstPublishLocationId schema.AnyRef               `field:"createonly" to:"*"`
	Title                  string                      `field:"required"`
	Description            string                      `max:"1000"`
	ReasonForChange        string                      `max:"1000"`
	PathOnClient           string                      `max:"500"` // its ending says the type of the file
	VersionData            schema.Blob                 `field:"createonly"`
	ContentUrl             schema.URL                  `max:"1300"`
	TagCsv                 string                      `max:"2000"`

	VersionNumber       string          `field:"readonly" max:"20"`
	IsLatest            bool            `field:"readonly"`
	IsMajorVersion      bool            `field:"createonly"`
	ContentSize         schema.Int      `field:"readonly"` // bytes
	Checksum            string          `field:"readonly" max:"64"`
	FileType            string          `field:"readonly" max:"20"`
	FileExtension       string          `field:"readonly" max:"40"`
	ContentLocation     schema.Picklist `field:"createonly" choices:"S;E;L" default:"S"`
	Origin              schema.Picklist `field:"createonly" choices:"C;H" default:"C"`
	PublishStatus       schema.Picklist `field:"readonly" choices:"P;R;U" default:"P"`
	SharingOption       schema.Picklist `choices:"A;R" default:"A"`
	ContentModifiedDate schema.DateTime `field:"readonly"`
}
