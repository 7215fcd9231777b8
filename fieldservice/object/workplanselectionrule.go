package object

import "truckroll/platform/schema"

// WorkPlanSelectionRule says for which work a plan template is taken: every condition that is set must match.
type WorkPlanSelectionRule struct {
	schema.Standard `prefix:"0gr" name:"WorkPlanSelectionRuleNumber"`
	Owned

	WorkPlanSelectionRuleNumber schema.AutoNumber `format:"WPSR-{0000}"`
	Description                 string
	IsActive                    bool

	AccountId          schema.Ref[Account]          `children:"WorkPlanSelectionRules"`
	AssetId            schema.Ref[Asset]            `children:"WorkPlanSelectionRules"`
	LocationId         schema.Ref[Location]         `children:"WorkPlanSelectionRules"`
	Product2Id         schema.Ref[Product2]         `children:"WorkPlanSelectionRules"`
	ServiceContractId  schema.Ref[ServiceContract]  `children:"WorkPlanSelectionRules"`
	ServiceTerritoryId schema.Ref[ServiceTerritory] `children:"WorkPlanSelectionRules"`
	WorkPlanTemplateId schema.Ref[WorkPlanTemplate] `field:"required cascade" children:"WorkPlanSelectionRules"`
	WorkTypeId         schema.Ref[WorkType]         `children:"WorkPlanSelectionRules"`
}
