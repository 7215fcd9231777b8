package object

import "truckroll/platform/schema"

// AssignedResource puts a resource on an appointment. Creating one assigns, deleting it unassigns.
type AssignedResource struct {
	schema.Standard `prefix:"03r" name:"AssignedResourceNumber"`

	AssignedResourceNumber schema.AutoNumber              `format:"AR-{0000}"`
	ServiceAppointmentId   schema.Ref[ServiceAppointment] `field:"required createonly cascade" children:"ServiceResources"`

	EventId           schema.Ref[Event]           `field:"readonly"`             // Calendar event mirrored for the user
	ServiceCrewId     schema.Ref[ServiceCrew]     `children:"AssignedResources"` // Of an assignment to a crew, or through one
	ServiceResourceId schema.Ref[ServiceResource] `field:"required cascade" children:"ServiceAppointments"`

	ActualTravelTime    schema.Decimal
	EstimatedTravelTime schema.Decimal // Minutes, from the stop before
	TravelTimeBuffer    schema.Int     // Minutes
	LocationStatus      LocationStatus // Appointment Assistant geofence state

	IsPrimaryResource    bool // Exactly one of an appointment
	IsRequiredResource   bool
	IsTravelFromHomeBase bool

	ApptAssistantInfoUrl schema.LongText `max:"4000"` // Tracking link given to the customer
	Role                 string          `max:"40"`
	Transaction          string
}

// LocationStatus is how near a travelling resource is.
type LocationStatus string

// The values of LocationStatus.
const (
	LocationStatusEnRoute  LocationStatus = "EnRoute"
	LocationStatusLastMile LocationStatus = "LastMile"
)

// Choices implements [schema.Choicer].
func (LocationStatus) Choices() []schema.Choice {
	return choices(LocationStatusEnRoute, LocationStatusLastMile)
}
