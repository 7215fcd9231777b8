package object

import "truckroll/platform/schema"

// SkillRequirement is a skill, and perhaps a level of it, that work needs.
type SkillRequirement struct {
	schema.Standard `prefix:"0Hx" name:"SkillNumber"`

	SkillNumber       schema.AutoNumber `format:"SR-{0000}"`
	RelatedRecordId   schema.AnyRef     `field:"required createonly cascade" to:"WorkType,WorkOrder,WorkOrderLineItem,JobProfile" children:"SkillRequirements"`
	SkillId           schema.Ref[Skill] `field:"required cascade" children:"SkillRequirements"`
	SkillLevel        schema.Decimal    // 0 to 99.99; empty is any
	SkillPriority     schema.Int
	IsAdditionalSkill bool
}
