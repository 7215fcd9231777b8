package vroom

// Output is a plan in the shape of VROOM's answer.
type Output struct {
	Code       int          `json:"code"`
	Error      string       `json:"error,omitempty"`
	Summary    *Summary     `json:"summary,omitempty"`
	Unassigned []Unassigned `json:"unassigned,omitempty"`
	Routes     []Route      `json:"routes,omitempty"`
}

// The codes of an Output.
const (
	CodeDone     = 0
	CodeInternal = 1
	CodeInput    = 2
	CodeRouting  = 3
)

// Totals are the figures that a summary and a route have in common. Duration is travel time alone.
type Totals struct {
	Cost        int64       `json:"cost"`
	Delivery    []int64     `json:"delivery,omitempty"`
	Pickup      []int64     `json:"pickup,omitempty"`
	Setup       int64       `json:"setup"`
	Service     int64       `json:"service"`
	Duration    int64       `json:"duration"`
	WaitingTime int64       `json:"waiting_time"`
	Priority    int64       `json:"priority"`
	Distance    *int64      `json:"distance,omitempty"`
	Violations  []Violation `json:"violations"`
}

// Summary is the whole plan in figures.
type Summary struct {
	Totals
	Routes         int            `json:"routes"`
	Unassigned     int            `json:"unassigned"`
	ComputingTimes ComputingTimes `json:"computing_times"`
}

// ComputingTimes are milliseconds.
type ComputingTimes struct {
	Loading int64 `json:"loading"`
	Solving int64 `json:"solving"`
	Routing int64 `json:"routing"`
}

// Violation is a broken promise; a plan of this solver has one only where the file pins a task outside its windows.
type Violation struct {
	Cause    string `json:"cause"`
	Duration int64  `json:"duration,omitempty"`
}

// Unassigned is a task that is not in the plan, and why.
type Unassigned struct {
	ID            uint64    `json:"id"`
	Type          string    `json:"type"`
	Location      []float64 `json:"location,omitempty"`
	LocationIndex *int      `json:"location_index,omitempty"`
	Description   string    `json:"description,omitempty"`
	Reason        string    `json:"reason"`
}

// Route is what one vehicle does.
type Route struct {
	Vehicle     uint64 `json:"vehicle"`
	Description string `json:"description,omitempty"`
	Totals
	Steps []RouteStep `json:"steps"`
}

// RouteStep is a stop. Duration and Distance are counted from the start of the route.
type RouteStep struct {
	Type          string      `json:"type"`
	Description   string      `json:"description,omitempty"`
	Location      []float64   `json:"location,omitempty"`
	LocationIndex *int        `json:"location_index,omitempty"`
	ID            *uint64     `json:"id,omitempty"`
	Job           *uint64     `json:"job,omitempty"` // of old: the id of a job
	Setup         int64       `json:"setup"`
	Service       int64       `json:"service"`
	WaitingTime   int64       `json:"waiting_time"`
	Load          []int64     `json:"load,omitempty"`
	Arrival       int64       `json:"arrival"`
	Duration      int64       `json:"duration"`
	Distance      *int64      `json:"distance,omitempty"`
	Violations    []Violation `json:"violations"`
}
