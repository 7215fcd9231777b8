package object

import "truckroll/platform/schema"

// LocationGroup is a group of locations whose stock counts together.
type LocationGroup struct {
	schema.Standard `prefix:"0gh" name:"LocationGroupName"`
	Owned

	LocationGroupName string
	Description       schema.LongText
	IsEnabled         bool
	ShouldSyncWithOci bool
	ExternalReference string `field:"index"`
}
