package object

import "truckroll/platform/schema"

// SkillType groups skills of one kind.
type SkillType struct {
	schema.Standard `prefix:"zX0"`
	Owned

	Name        string `field:"required"`
	Description schema.LongText
	IsActive    bool
}
