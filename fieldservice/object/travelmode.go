package object

import "truckroll/platform/schema"

// TravelMode is how people travel, for the estimate of travel time.
type TravelMode struct {
	schema.Standard `prefix:"5pL"`
	Owned

	Name                    string
	TravelTimeScalingFactor schema.Decimal
	TransportType           TransportType
	CanUseTollRoads         bool
	IsTransportingHazmat    bool
}

// TransportType is the vehicle that routes are planned for.
type TransportType string

// The values of TransportType.
const (
	TransportTypeCar        TransportType = "Car"
	TransportTypeLightTruck TransportType = "LightTruck"
	TransportTypeHeavyTruck TransportType = "HeavyTruck"
	TransportTypeBicycle    TransportType = "Bicycle"
	TransportTypeWalking    TransportType = "Walking"
)

// Choices implements [schema.Choicer].
func (TransportType) Choices() []schema.Choice {
	return choices(
		TransportTypeCar, TransportTypeLightTruck, TransportTypeHeavyTruck, TransportTypeBicycle,
		TransportTypeWalking,
	)
}
