package org

import "truckroll/platform/schema"

// ObjectPermissions is what a permission set grants on an object.
type ObjectPermissions struct {
	schema.Standard `prefix:"110" name:"" object:"setup" plural:"Object Permissions"`

	ParentId    schema.Ref[PermissionSet] `field:"required createonly cascade" children:"ObjectPerms"`
	SobjectType string                    `field:"required createonly" max:"80"`

	PermissionsRead             bool
	PermissionsCreate           bool
	PermissionsEdit             bool
	PermissionsDelete           bool
	PermissionsViewAllRecords   bool
	PermissionsModifyAllRecords bool
	PermissionsViewAllFields    bool // also fields of which nothing is said
	PermissionsEditAllFields    bool
}
