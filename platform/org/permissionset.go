package org

import "truckroll/platform/schema"

// PermissionSet adds to what its users may do. Every profile has one of its own, which holds its permissions on objects and fields.
type PermissionSet struct {
	schema.Standard `prefix:"0PS" object:"setup" name:"Label"`

	Name             string `field:"required unique" max:"80"`
	Label            string `field:"required" max:"80"`
	Description      string
	Type             schema.Picklist     `field:"readonly" choices:"Regular;Profile;Group" default:"Regular"`
	ProfileId        schema.Ref[Profile] `field:"readonly cascade" children:"PermissionSets"`
	IsOwnedByProfile bool                `field:"readonly"`
	IsCustom         bool                `field:"readonly"`
	NamespacePrefix  string              `field:"readonly" max:"15"`

	SystemPermissions
}
