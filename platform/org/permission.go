package org

import "truckroll/platform/access"

// Permissions returns the system permissions that a viewer has, by the names that [access.Viewer.May] knows, in the
// order of [SystemPermissions].
func Permissions(v access.Viewer) []string {
	held := []string{}
	_, names := permissionColumns()
	for _, name := range names {
		if v.May(name) {
			held = append(held, name)
		}
	}
	return held
}
