package org

import (
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/store"
)

// keeps are the rights of who keeps a part of the configuration.
const keeps = access.Read | access.Create | access.Edit | access.Delete | access.ViewAll | access.ModifyAll

// implied are the rights on configuration that come with a system permission. What they may not be used for (making
// someone more than one is oneself) the rules of these objects refuse.
var implied = []struct {
	permission string
	objects    string // names, separated by spaces
	rights     access.Rights
}{
	{"ManageUsers", "User UserRole Group GroupMember QueueSobject", keeps},
	{"ManageUsers", "LoginHistory ViewAsSession", access.Read | access.ViewAll},
	{"AssignPermissionSets", "PermissionSetAssignment", keeps},
	{"ManageSharing", "SharingDefault SharingRule UserRole Group GroupMember QueueSobject", keeps},
	{"ManageConnectedApps", "ConnectedApplication", keeps},
}

// readImplied adds to each set the rights that come with its permissions.
func (s *snapshot) readImplied(*store.Tx) error {
	for _, set := range s.sets {
		for _, i := range implied {
			if !set.Permits(i.permission) {
				continue
			}
			for name := range strings.FieldsSeq(i.objects) {
				g := set.Objects[name]
				g.Rights |= i.rights
				g.ReadFields, g.EditFields = true, g.EditFields || i.rights.Has(access.Edit)
				set.Objects[name] = g
			}
		}
	}
	return nil
}

// PermissionNames returns the system permissions in order of declaration, as a viewer is asked for them: ViewSetup.
func PermissionNames() []string {
	_, names := permissionColumns()
	return names
}
