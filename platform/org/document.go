package org

import "truckroll/platform/schema"

// Document is a file that belongs to no record, such as a logo.
type Document struct {
	schema.Standard `prefix:"015" object:"search leaf"`

	Name              string `field:"required"`
	DeveloperName     string `field:"required unique" max:"80"`
	AuthorId          schema.Ref[User]
	Description       string
	Body              schema.Blob
	BodyLength        schema.Int `field:"readonly"` // bytes
	ContentType       string     `max:"120"`
	Type              string     `max:"40"` // the ending of its name
	Url               schema.URL `max:"1000"`
	Keywords          string
	IsPublic          bool
	IsInternalUseOnly bool
}
