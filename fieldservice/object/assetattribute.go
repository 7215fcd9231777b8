package object

import "truckroll/platform/schema"

// AssetAttribute is a measured value of an asset, such as a meter or a temperature.
type AssetAttribute struct {
	schema.Standard `prefix:"0oV"`

	AssetId                  schema.Ref[Asset]                  `field:"required createonly cascade" children:"AssetAttributes"`
	AttributeDefinitionId    schema.Ref[AttributeDefinition]    `children:"AssetAttributes"`
	AttributePicklistValueId schema.Ref[AttributePicklistValue] `children:"AssetAttributes"`
	AttributeName            string
	AttributeValue           string // Text or number per definition
	ExternalId               string `field:"index"`
}
