package org

import "truckroll/platform/schema"

// GroupMember puts a user, or another group, into a group.
type GroupMember struct {
	schema.Standard `prefix:"011" name:"" object:"setup"`

	GroupId       schema.Ref[Group] `field:"required createonly cascade" children:"GroupMembers"`
	UserOrGroupId schema.AnyRef     `field:"required createonly cascade" to:"User,Group"`
}
