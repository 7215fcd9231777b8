package object

import "truckroll/platform/schema"

// ServiceResourceSkill is a skill that a resource holds, at a level and for a period.
type ServiceResourceSkill struct {
	schema.Standard `prefix:"0Hv" name:"SkillNumber"`

	SkillNumber        schema.AutoNumber           `format:"SRS-{0000}"`
	ServiceResourceId  schema.Ref[ServiceResource] `field:"required createonly cascade" children:"ServiceResourceSkills"`
	SkillId            schema.Ref[Skill]           `field:"required cascade" children:"ServiceResources"`
	EffectiveStartDate schema.DateTime             `field:"required"` // The skill counts from here to its end
	EffectiveEndDate   schema.DateTime
	SkillLevel         schema.Decimal // 0 to 99.99
}
