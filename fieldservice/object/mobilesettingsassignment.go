package object

import (
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// MobileSettingsAssignment gives a profile its configuration of the mobile app.
type MobileSettingsAssignment struct {
	schema.Standard `prefix:"00M" object:"setup"`

	FieldServiceMobileSettingsId schema.Ref[FieldServiceMobileSettings] `field:"required createonly cascade" children:"MobileSettingsAssignments"`
	ProfileId                    schema.Ref[org.Profile]
}
