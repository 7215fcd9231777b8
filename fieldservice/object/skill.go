package object

import "truckroll/platform/schema"

// Skill is something that a resource may be able to do.
type Skill struct {
	schema.Standard `prefix:"0C5" name:"MasterLabel" object:"setup search"`

	MasterLabel   string `field:"required" max:"80" label:"Name"`
	DeveloperName string `field:"required unique" max:"80"`
	Description   string `max:"32000"`
	TypeId        schema.Ref[SkillType]
	Language      schema.Picklist
}
