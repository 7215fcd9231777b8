package object

import (
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// ServiceResource is a person, a crew or an asset that can be assigned to appointments.
type ServiceResource struct {
	schema.Standard `prefix:"0Hn" object:"search"`
	Owned
	Typed

	Name         string `field:"required"`
	Description  schema.LongText
	IsActive     bool         // A resource is never deleted, only made inactive
	ResourceType ResourceType `default:"T"`

	AccountId              schema.Ref[Account]  `children:"ServiceResources"` // Contractor company
	AssetId                schema.Ref[Asset]    `children:"ServiceResources"` // Of an asset
	LocationId             schema.Ref[Location] `children:"ServiceResources"` // Where its stock is: the van
	RelatedRecordId        schema.Ref[org.User] `field:"unique"`              // The user it is; none for crews and assets
	SchedulingConstraintId schema.Ref[SchedulingConstraint]
	ServiceCrewId          schema.Ref[ServiceCrew] `children:"ServiceResources"` // Of a crew

	LastKnownLocationDate schema.DateTime
	LastKnownLocation     schema.Location
	IsCapacityBased       bool // Limited by its capacity instead of a calendar
	IsOptimizationCapable bool
}

// ResourceType is what a resource is.
type ResourceType string

// The values of ResourceType.
const (
	ResourceTypeTechnician ResourceType = "T"
	ResourceTypeDispatcher ResourceType = "D"
	ResourceTypeCrew       ResourceType = "C"
	ResourceTypeAgent      ResourceType = "A"
	ResourceTypeAsset      ResourceType = "S"
	ResourceTypePlanner    ResourceType = "P"
)

// Choices implements [schema.Choicer].
func (ResourceType) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(ResourceTypeTechnician), Label: "Technician"},
		{Value: string(ResourceTypeDispatcher), Label: "Dispatcher"},
		{Value: string(ResourceTypeCrew), Label: "Crew"},
		{Value: string(ResourceTypeAgent), Label: "Agent"},
		{Value: string(ResourceTypeAsset), Label: "Asset"},
		{Value: string(ResourceTypePlanner), Label: "Planner"},
	}
}
