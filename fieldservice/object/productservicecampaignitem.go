package object

import "truckroll/platform/schema"

// ProductServiceCampaignItem is an asset or a product within a campaign.
type ProductServiceCampaignItem struct {
	schema.Standard `prefix:"23N"`

	Status                           WorkStatus
	StatusCategory                   WorkCategory
	AssetId                          schema.Ref[Asset]                  `children:"ProductServiceCampaignItems"`
	Product2Id                       schema.Ref[Product2]               `children:"ProductServiceCampaignItems"`
	ProductServiceCampaignId         schema.Ref[ProductServiceCampaign] `children:"ProductServiceCampaignItems"`
	SerializedProductId              schema.Ref[SerializedProduct]      `children:"ProductServiceCampaignItems"`
	ProductServiceCampaignItemNumber string
}
