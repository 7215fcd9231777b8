package object

import "truckroll/platform/schema"

// WorkTypeGroup is a group of work types, for booking or for limits of capacity.
type WorkTypeGroup struct {
	schema.Standard `prefix:"0VS"`
	Owned

	Name                  string `field:"required"`
	AdditionalInformation schema.MultiPick
	Description           schema.LongText
	IsActive              bool
	GroupType             WorkTypeGroupType `field:"required"` // A work type is in one active capacity group at most
}

// WorkTypeGroupType says whether a group serves booking or capacity.
type WorkTypeGroupType string

// The values of WorkTypeGroupType.
const (
	WorkTypeGroupTypeDefault  WorkTypeGroupType = "Default"
	WorkTypeGroupTypeCapacity WorkTypeGroupType = "Capacity"
)

// Choices implements [schema.Choicer].
func (WorkTypeGroupType) Choices() []schema.Choice {
	return choices(WorkTypeGroupTypeDefault, WorkTypeGroupTypeCapacity)
}
