package object

import "truckroll/platform/schema"

// WorkTypeGroupMember puts a work type into a group.
type WorkTypeGroupMember struct {
	schema.Standard `prefix:"0Wz"`

	Name            schema.AutoNumber         `format:"WTGM-{0000}"`
	WorkTypeGroupId schema.Ref[WorkTypeGroup] `field:"required createonly cascade" children:"WorkTypeGroupMembers"`
	WorkTypeId      schema.Ref[WorkType]      `field:"required createonly cascade" children:"WorkTypeGroupMembers"`
}
