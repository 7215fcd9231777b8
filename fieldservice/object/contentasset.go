package object

import (
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// ContentAsset is a file with a name of its own, such as the logo of a place.
type ContentAsset struct {
	schema.Standard   `prefix:"03S" name:"MasterLabel"`
	DeveloperName     string                          `field:"required unique" max:"80"`
	MasterLabel       string                          `field:"required"`
	ContentDocumentId schema.Ref[org.ContentDocument] `field:"required createonly cascade" children:"ContentAssets"`
}
