package object

import "truckroll/platform/schema"

// ProductServiceCampaign is a recall or an upgrade of many products.
type ProductServiceCampaign struct {
	schema.Standard `prefix:"0iR" name:"ProductServiceCampaignName" object:"search"`
	Owned

	ProductServiceCampaignName string `field:"required"`
	Description                schema.LongText

	Status         WorkStatus   `field:"required"`
	StatusCategory WorkCategory `field:"readonly"`
	Priority       Priority
	Type           schema.Picklist `field:"required" choices:"Modification;Recall;Service;Upgrade"`

	Product2Id schema.Ref[Product2] `children:"ProductServiceCampaignProducts"`
	WorkTypeId schema.Ref[WorkType] `children:"ProductServiceCampaignWorkTypes"`
	StartDate  schema.Date          `field:"required"`
	EndDate    schema.Date
}
