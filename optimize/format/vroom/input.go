// Package vroom reads problems in the JSON of VROOM's API (version 1.14) and writes plans in the same shape, so that
// a program which talks to VROOM can talk to the solver of this repository instead.
//
// What it knows not to do it refuses: a maximum load for a break, service times or setup by vehicle type, a price per
// task hour, and a distance limit beside prices other than travel time.
package vroom

// Input is the problem as it stands in the file. Times are seconds, distances metres, coordinates longitude first.
type Input struct {
	Jobs      []Job               `json:"jobs"`
	Shipments []Shipment          `json:"shipments"`
	Vehicles  []Vehicle           `json:"vehicles"`
	Matrices  map[string]Matrices `json:"matrices"` // by profile
	Matrix    *table              `json:"matrix"`   // of old: the durations of profile car
}

// Matrices of one profile. Without Distances no distance is reported; Costs replace travel time as what is minimised.
type Matrices struct {
	Durations *table `json:"durations"`
	Distances *table `json:"distances"`
	Costs     *table `json:"costs"`
}

// Spot is where something is: an index into the matrices, or coordinates.
type Spot struct {
	Location      []float64 `json:"location"`
	LocationIndex *int      `json:"location_index"`
}

// Task is what jobs and the two steps of shipments have in common.
type Task struct {
	Spot
	ID             uint64         `json:"id"`
	Description    string         `json:"description"`
	Setup          int64          `json:"setup"`
	Service        int64          `json:"service"`
	SetupPerType   map[string]any `json:"setup_per_type"`
	ServicePerType map[string]any `json:"service_per_type"`
	TimeWindows    [][]int64      `json:"time_windows"`
}

// Job is work at one place.
type Job struct {
	Task
	Delivery []int64 `json:"delivery"`
	Pickup   []int64 `json:"pickup"`
	Amount   []int64 `json:"amount"` // of old: delivery
	Skills   []int   `json:"skills"`
	Priority int64   `json:"priority"`
}

// Shipment is a pickup and a delivery by the same vehicle.
type Shipment struct {
	Pickup   Task    `json:"pickup"`
	Delivery Task    `json:"delivery"`
	Amount   []int64 `json:"amount"`
	Skills   []int   `json:"skills"`
	Priority int64   `json:"priority"`
}

// Vehicle is a technician with one shift.
type Vehicle struct {
	ID            uint64    `json:"id"`
	Profile       string    `json:"profile"`
	Description   string    `json:"description"`
	Start         []float64 `json:"start"`
	StartIndex    *int      `json:"start_index"`
	End           []float64 `json:"end"`
	EndIndex      *int      `json:"end_index"`
	Capacity      []int64   `json:"capacity"`
	Costs         *Costs    `json:"costs"`
	Skills        []int     `json:"skills"`
	TimeWindow    []int64   `json:"time_window"`
	Breaks        []Break   `json:"breaks"`
	SpeedFactor   *float64  `json:"speed_factor"`
	MaxTasks      *int64    `json:"max_tasks"`
	MaxTravelTime *int64    `json:"max_travel_time"`
	MaxDistance   *int64    `json:"max_distance"`
	Steps         []Step    `json:"steps"`
}

// Costs are prices: of using a vehicle, of an hour and of a kilometre of travel.
type Costs struct {
	Fixed       int64  `json:"fixed"`
	PerHour     *int64 `json:"per_hour"` // 3600, so that a second costs 1
	PerTaskHour int64  `json:"per_task_hour"`
	PerKm       int64  `json:"per_km"`
}

// Break is a rest that begins in one of its windows.
type Break struct {
	ID          uint64    `json:"id"`
	Description string    `json:"description"`
	TimeWindows [][]int64 `json:"time_windows"`
	Service     int64     `json:"service"`
	MaxLoad     []int64   `json:"max_load"`
}

// Step is a part of the plan in force. The search starts from it; a step with a time keeps its vehicle and its time.
type Step struct {
	Type          string `json:"type"` // start, job, pickup, delivery, break or end
	ID            uint64 `json:"id"`
	ServiceAt     *int64 `json:"service_at"`
	ServiceAfter  *int64 `json:"service_after"`
	ServiceBefore *int64 `json:"service_before"`
}
