package org

import "truckroll/platform/schema"

// SharingDefault is what people see of an object without any sharing.
type SharingDefault struct {
	schema.Standard `prefix:"zP0" name:"" object:"setup"`

	SobjectType          string       `field:"required createonly unique" max:"80"`
	InternalSharingModel SharingModel `field:"required" default:"Private"`
	ExternalSharingModel SharingModel `field:"required" default:"Private"`
	GrantsByHierarchy    bool         `default:"true"` // who stands above an owner in the roles sees what the owner sees
}

// SharingModel is what people see of records that are not theirs.
type SharingModel string

// The values of SharingModel.
const (
	SharingPrivate            SharingModel = "Private"
	SharingRead               SharingModel = "Read"
	SharingReadWrite          SharingModel = "ReadWrite"
	SharingFullAccess         SharingModel = "FullAccess"
	SharingControlledByParent SharingModel = "ControlledByParent"
)

// Choices implements [schema.Choicer].
func (SharingModel) Choices() []schema.Choice {
	return choices(SharingPrivate, SharingRead, SharingReadWrite, SharingFullAccess, SharingControlledByParent)
}
