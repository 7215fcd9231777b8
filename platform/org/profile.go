package org

import "truckroll/platform/schema"

// Profile is what a kind of user may do; every user has exactly one.
type Profile struct {
	schema.Standard `prefix:"00e" object:"setup"`

	Name          string `field:"required unique" max:"255"`
	Description   string
	UserType      schema.Picklist `choices:"Standard;PowerCustomerSuccess;CspLitePortal;Guest" default:"Standard"`
	UserLicenseId string          `field:"readonly" max:"18"`

	SystemPermissions
}

// SystemPermissions are what a profile or permission set lets people do beyond single objects. A viewer asks for them
// by name, without the word Permissions: May("ViewSetup").
type SystemPermissions struct {
	PermissionsApiEnabled            bool
	PermissionsViewSetup             bool
	PermissionsViewAllData           bool
	PermissionsModifyAllData         bool
	PermissionsCustomizeApplication  bool
	PermissionsManageUsers           bool
	PermissionsAssignPermissionSets  bool
	PermissionsManageSharing         bool
	PermissionsTransferAnyEntity     bool
	PermissionsBulkApiHardDelete     bool
	PermissionsRunReports            bool
	PermissionsExportReport          bool
	PermissionsViewAuditLog          bool
	PermissionsManageConnectedApps   bool
	PermissionsPasswordNeverExpires  bool
	PermissionsManagePublicListViews bool // share lists with others, and change those that are shared
	PermissionsViewAsUser            bool // look at the house through another user's eyes
	PermissionsForceTwoFactor        bool // a duty: who has it must sign in with a second factor
}
