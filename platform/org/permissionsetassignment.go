package org

import "truckroll/platform/schema"

// PermissionSetAssignment gives a user a permission set.
type PermissionSetAssignment struct {
	schema.Standard `prefix:"0Pa" name:"" object:"setup"`

	AssigneeId      schema.Ref[User]          `field:"required createonly cascade" children:"PermissionSetAssignments"`
	PermissionSetId schema.Ref[PermissionSet] `field:"required createonly cascade" children:"Assignments"`
	ExpirationDate  schema.DateTime
	IsActive        bool `field:"readonly" default:"true"`
}
