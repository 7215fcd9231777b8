package org

import "truckroll/platform/schema"

// FieldPermissions is what a permission set grants on a field.
type FieldPermissions struct {
	schema.Standard `prefix:"01k" name:"" object:"setup" plural:"Field Permissions"`

	ParentId    schema.Ref[PermissionSet] `field:"required createonly cascade" children:"FieldPerms"`
	SobjectType string                    `field:"required createonly" max:"80"`
	Field       string                    `field:"required createonly" max:"160"` // Account.Rating

	PermissionsRead bool
	PermissionsEdit bool
}
