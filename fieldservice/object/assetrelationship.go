package object

import "truckroll/platform/schema"

// AssetRelationship says that one asset replaced or upgraded another.
type AssetRelationship struct {
	schema.Standard `prefix:"1AR" name:"AssetRelationshipNumber"`

	AssetRelationshipNumber schema.AutoNumber `format:"AREL-{0000}"`
	AssetId                 schema.Ref[Asset] `field:"required createonly cascade" children:"PrimaryAssets"` // New asset
	RelatedAssetId          schema.Ref[Asset] `field:"required restrict" children:"RelatedAssets"`           // Old asset
	FromDate                schema.DateTime
	ToDate                  schema.DateTime
	RelationshipType        schema.Picklist `choices:"Replacement;Upgrade;Crossgrade"`
}
