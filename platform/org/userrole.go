package org

import "truckroll/platform/schema"

// UserRole is a place in the hierarchy of the organisation; who stands above sees what those below own.
type UserRole struct {
	schema.Standard `prefix:"00E" object:"setup"`

	Name              string               `field:"required" max:"80"`
	DeveloperName     string               `field:"unique" max:"80"`
	ParentRoleId      schema.Ref[UserRole] `field:"restrict"`
	RollupDescription string               `max:"80"`
	PortalType        schema.Picklist      `field:"readonly" choices:"None;CustomerPortal;Partner" default:"None"`
}
