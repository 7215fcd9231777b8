// Package hhcrsp reads home health care problems in the JSON of Ceschia, Di Gaspero, Rosati and Schaerf (ITOR 2024),
// into which the instances of Mankowska, Meisel and Bierwirth (2014) have been put, and writes plans in its form.
//
// It does not know the third part of the published cost, the largest tardiness of all: the problem that it makes
// minimises travel and total tardiness, and only [Instance.Cost] counts all three.
package hhcrsp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// scale is how many units of the problem make one of the file, whose distances have three decimals.
const scale = 1000

// Input is the file.
type Input struct {
	Patients  []Patient   `json:"patients"`
	Services  []Service   `json:"services"`
	Carers    []Carer     `json:"caregivers"`
	Offices   []Office    `json:"central_offices"`
	Distances [][]float64 `json:"distances"` // from and to the office, then the patients in their order
}

// Patient needs one service, or two that belong together.
type Patient struct {
	ID              string    `json:"id"`
	Window          []float64 `json:"time_window"` // the end may be missed, at a cost
	Needs           []Need    `json:"required_caregivers"`
	Synchronization *Sync     `json:"synchronization"`
}

// Need is one service for a patient.
type Need struct {
	Service  string   `json:"service"`
	Duration *float64 `json:"duration"` // nil is the service's default
}

// Sync says how two services belong together: simultaneous, or sequential with the least and largest distance
// between their begins.
type Sync struct {
	Type     string    `json:"type"`
	Distance []float64 `json:"distance"`
}

// Service is a kind of care.
type Service struct {
	ID       string  `json:"id"`
	Duration float64 `json:"default_duration"`
}

// Carer starts and ends at the office.
type Carer struct {
	ID        string   `json:"id"`
	Abilities []string `json:"abilities"`
}

// Office is where everybody starts and ends.
type Office struct {
	ID string `json:"id"`
}

// Instance is a problem that was read.
type Instance struct {
	input   Input
	problem *route.Problem
	calls   []visit // by visit of the problem
}

// visit is where a visit of the problem came from.
type visit struct {
	patient int
	service string
	due     float64 // end of the patient's window
}

// Is says whether a text looks like this format.
func Is(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) && bytes.Contains(data, []byte(`"patients"`)) &&
		bytes.Contains(data, []byte(`"caregivers"`))
}

// Read parses the JSON. Errors are [source.Fault] with the path of what is wrong.
func Read(data []byte) (*Instance, error) {
	in := &Instance{problem: &route.Problem{Policy: route.Policy{Terms: []route.Term{
		{Kind: route.Travel, Weight: 1}, {Kind: route.Late, Weight: 1},
	}}}}
	if err := source.JSON(data, &in.input); err != nil {
		return nil, err
	}
	matrix, err := in.matrix()
	if err != nil {
		return nil, err
	}
	in.problem.Modes = []route.Mode{{Name: "carer", Matrix: matrix}}
	durations, err := in.services()
	if err != nil {
		return nil, err
	}
	for i := range in.input.Patients {
		if err := in.patient(i, durations); err != nil {
			return nil, err
		}
	}
	return in, in.carers()
}

// maxEntry bounds times and distances, so that a horizon of them can be counted in 32 bits.
const maxEntry = 50_000

func (in *Instance) matrix() (travel.Matrix, error) {
	n := len(in.input.Patients) + 1
	if len(in.input.Offices) != 1 {
		return nil, source.Faultf("central_offices", "has %d entries, expected one", len(in.input.Offices))
	}
	if len(in.input.Distances) != n {
		return nil, source.Faultf("distances", "has %d rows, expected %d: the office, then each patient", len(in.input.Distances), n)
	}
	var units []int32
	for i, row := range in.input.Distances {
		if len(row) != n {
			return nil, source.Faultf(fmt.Sprintf("distances[%d]", i), "has %d entries, expected %d", len(row), n)
		}
		for j, d := range row {
			if !(d >= 0 && d <= maxEntry) {
				return nil, source.Faultf(fmt.Sprintf("distances[%d][%d]", i, j), "%g is not between 0 and %d", d, maxEntry)
			}
			units = append(units, int32(math.Round(d*scale)))
		}
	}
	return travel.NewTable(n, units, nil)
}

// services are the default durations by name.
func (in *Instance) services() (map[string]float64, error) {
	durations := map[string]float64{}
	for i, s := range in.input.Services {
		at := fmt.Sprintf("services[%d]", i)
		if _, twice := durations[s.ID]; twice || s.ID == "" {
			return nil, source.Faultf(at+".id", "%q is empty or stands twice", s.ID)
		}
		if !(s.Duration >= 0 && s.Duration <= maxEntry) {
			return nil, source.Faultf(at+".default_duration", "%g is not between 0 and %d", s.Duration, maxEntry)
		}
		durations[s.ID] = s.Duration
	}
	return durations, nil
}

func units(v float64) int64 { return int64(math.Round(v * scale)) }

// patient adds the visits to a patient, and what links two of them.
func (in *Instance) patient(i int, durations map[string]float64) error {
	p, at := &in.input.Patients[i], fmt.Sprintf("patients[%d]", i)
	if len(p.Window) != 2 || !(p.Window[0] >= 0 && p.Window[0] <= p.Window[1] && p.Window[1] <= maxEntry) {
		return source.Faultf(at+".time_window", "%v is not a window [from, until] between 0 and %d", p.Window, maxEntry)
	}
	if len(p.Needs) != 1 && len(p.Needs) != 2 {
		return source.Faultf(at+".required_caregivers", "has %d entries, expected one or two", len(p.Needs))
	}
	for k, need := range p.Needs {
		at := fmt.Sprintf("%s.required_caregivers[%d]", at, k)
		duration, known := durations[need.Service]
		if !known {
			return source.Faultf(at+".service", "there is no service %q", need.Service)
		}
		if !in.anyoneCan(need.Service) {
			return source.Faultf(at+".service", "no caregiver has the ability %q", need.Service)
		}
		if need.Duration != nil {
			duration = *need.Duration
		}
		if !(duration >= 0 && duration <= maxEntry) {
			return source.Faultf(at+".duration", "%g is not between 0 and %d", duration, maxEntry)
		}
		in.calls = append(in.calls, visit{i, need.Service, p.Window[1]})
		in.problem.Visits = append(in.problem.Visits, route.Visit{
			ID: p.ID + " " + need.Service, Place: i + 1, Duration: units(duration),
			Release: units(p.Window[0]), Due: units(p.Window[1]) + units(duration),
			Skills: []route.SkillNeed{{Name: need.Service}},
		})
	}
	if len(p.Needs) == 2 {
		return in.link(at, p)
	}
	return nil
}

func (in *Instance) anyoneCan(service string) bool {
	for _, c := range in.input.Carers {
		for _, a := range c.Abilities {
			if a == service {
				return true
			}
		}
	}
	return false
}

// link ties the two visits that were added last.
func (in *Instance) link(at string, p *Patient) error {
	if p.Synchronization == nil {
		return source.Faultf(at+".synchronization", "is missing; two services are simultaneous or sequential")
	}
	first, second := len(in.problem.Visits)-2, len(in.problem.Visits)-1
	in.problem.Links = append(in.problem.Links, route.Link{Kind: route.OtherTechnician, First: first, Second: second})
	s := p.Synchronization
	switch {
	case s.Type == "simultaneous":
		in.problem.Links = append(in.problem.Links, route.Link{Kind: route.SameStart, First: first, Second: second})
		return nil
	case s.Type != "sequential":
		return source.Faultf(at+".synchronization.type", "%q is neither simultaneous nor sequential", s.Type)
	case len(s.Distance) != 2 || !(s.Distance[0] >= 0 && s.Distance[0] <= s.Distance[1] && s.Distance[1] <= maxEntry):
		return source.Faultf(at+".synchronization.distance", "%v is not [least, largest] between 0 and %d", s.Distance, maxEntry)
	}
	// The file counts from begin to begin, a link from end to begin.
	served := in.problem.Visits[first].Duration
	link := route.Link{Kind: route.StartAfter, First: first, Second: second, MinGap: units(s.Distance[0]) - served, MaxGap: units(s.Distance[1]) - served}
	if link.MaxGap == 0 {
		link.MaxGap = -1 // because 0 means no limit; a thousandth of a minute is lost
		link.MinGap = min(link.MinGap, link.MaxGap)
	}
	in.problem.Links = append(in.problem.Links, link)
	return nil
}

func (in *Instance) carers() error {
	seen := map[string]bool{}
	for i, c := range in.input.Carers {
		if seen[c.ID] || c.ID == "" {
			return source.Faultf(fmt.Sprintf("caregivers[%d].id", i), "%q is empty or stands twice", c.ID)
		}
		seen[c.ID] = true
		t := route.Technician{ID: c.ID}
		for _, a := range c.Abilities {
			t.Skills = append(t.Skills, route.Skill{Name: a})
		}
		for _, s := range t.Skills {
			if s.Name == "" {
				return source.Faultf(fmt.Sprintf("caregivers[%d].abilities", i), "has an empty name")
			}
		}
		in.problem.Technicians = append(in.problem.Technicians, t)
		in.problem.Shifts = append(in.problem.Shifts, route.Shift{ID: c.ID, Technician: i, Window: route.Window{From: 0, Until: in.horizon()}})
	}
	if len(in.input.Carers) == 0 {
		return source.Faultf("caregivers", "is empty; somebody must do the work")
	}
	return nil
}

// horizon is late enough that the day never binds, as in the file it has no end.
func (in *Instance) horizon() int64 {
	last := int64(0)
	for _, v := range in.problem.Visits {
		last = max(last, v.Due)
	}
	return 4*last + scale*1000
}

// Problem is what the solver works on.
func (in *Instance) Problem() *route.Problem { return in.problem }

// Figures are the parts of the published cost.
type Figures struct{ Distance, Tardiness, MaxTardiness float64 }

// Figures of a plan, in the file's unit.
func (in *Instance) Figures(plan *route.Solution) (f Figures) {
	for _, r := range plan.Routes {
		at := 0
		for _, stop := range r.Stops {
			v := in.calls[stop.Visit]
			f.Distance += in.input.Distances[at][v.patient+1]
			late := max(0, float64(stop.Begin)/scale-v.due)
			f.Tardiness, f.MaxTardiness = f.Tardiness+late, max(f.MaxTardiness, late)
			at = v.patient + 1
		}
		f.Distance += in.input.Distances[at][0]
	}
	return f
}

// Cost is a third each of distance, total tardiness and largest tardiness.
func (in *Instance) Cost(plan *route.Solution) float64 {
	f := in.Figures(plan)
	return (f.Distance + f.Tardiness + f.MaxTardiness) / 3
}

// output is a plan in the file's family.
type output struct {
	Routes []outputRoute `json:"routes"`
	Absent []string      `json:"absent,omitempty"`
	Cost   float64       `json:"cost"`
}

type outputRoute struct {
	Carer string       `json:"caregiver_id"`
	Stops []outputStop `json:"locations"`
}

type outputStop struct {
	Patient   string  `json:"patient"`
	Service   string  `json:"service"`
	Arrival   float64 `json:"arrival_time"` // begin of service, as in the published solutions
	Departure float64 `json:"departure_time"`
}

// Write puts the plan out as JSON.
func (in *Instance) Write(w io.Writer, plan *route.Solution) error {
	out := output{Routes: []outputRoute{}, Cost: in.Cost(plan)}
	for i, r := range plan.Routes {
		route := outputRoute{Carer: in.input.Carers[i].ID, Stops: []outputStop{}}
		for _, stop := range r.Stops {
			v := in.calls[stop.Visit]
			route.Stops = append(route.Stops, outputStop{in.input.Patients[v.patient].ID, v.service, float64(stop.Begin) / scale, float64(stop.End) / scale})
		}
		out.Routes = append(out.Routes, route)
	}
	for _, a := range plan.Absent {
		out.Absent = append(out.Absent, fmt.Sprintf("%s: %s", in.problem.Visits[a.Visit].ID, a.Reason))
	}
	return json.NewEncoder(w).Encode(out)
}
