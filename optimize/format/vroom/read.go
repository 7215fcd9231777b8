package vroom

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// Measure makes the matrix of a profile where the file gives coordinates and no matrices.
type Measure func(profile string, points []travel.Point) (travel.Matrix, error)

// Estimate is a Measure that needs no map: [travel.EstimateOf] the profile.
func Estimate(profile string, points []travel.Point) (travel.Matrix, error) {
	return travel.NewGlobe(points, travel.EstimateOf(travel.Mode(profile)))
}

// Instance is a problem that was read, with what writing a plan needs.
type Instance struct {
	input   *Input
	problem *route.Problem
	visits  []visit  // by visit of the problem
	leaves  []leaves // by shift
	modes   []mode   // by mode of the problem
	scale   int64    // soft cost of one unit of VROOM's cost
	sizes   int      // dimensions of loads
	loading time.Duration
}

// visit is where a visit of the problem came from.
type visit struct {
	kind string // job, pickup or delivery
	task *Task
}

// leaves is what VROOM reports of a vehicle and the problem does not keep.
type leaves struct {
	vehicle *Vehicle
	breaks  []*Break // in the order of the shift
}

// mode is what is reported of a mode: the matrix before any price, and whether its distances are known.
type mode struct {
	matrix    travel.Matrix
	distances bool
}

// Is says whether a text looks like this format.
func Is(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) && bytes.Contains(data, []byte(`"vehicles"`))
}

// Read parses the JSON. A nil measure is Estimate. Errors are [source.Fault] with the JSON path of what is wrong.
func Read(data []byte, measure Measure) (*Instance, error) {
	began := time.Now()
	if measure == nil {
		measure = Estimate
	}
	r := &reader{in: &Instance{input: &Input{}, problem: &route.Problem{}, scale: 1}, measure: measure}
	if err := source.JSON(data, r.in.input); err != nil {
		return nil, withoutGoNames(err)
	}
	for _, stage := range []func() error{
		r.begin, r.sizes, r.prices, r.horizon, r.vehicles, r.jobs, r.shipments, r.steps, r.reachable,
	} {
		if err := stage(); err != nil {
			return nil, err
		}
	}
	r.in.loading = time.Since(began)
	return r.in, nil
}

// withoutGoNames drops the names of embedded structs from a path.
func withoutGoNames(err error) error {
	var fault *source.Fault
	if errors.As(err, &fault) {
		fault.Place = strings.NewReplacer("Task.", "", "Spot.", "").Replace(fault.Place)
	}
	return err
}

// reader builds the problem stage by stage.
type reader struct {
	in       *Instance
	measure  Measure
	points   []travel.Point
	placeOf  map[travel.Point]int
	matrices map[string]mode // by profile, once made
	modeOf   map[modeKey]int
	priced   bool // costs are anything but travel time
	number   map[string]int
	always   route.Window // for a vehicle without a time_window
}

// begin takes over the old way to give a matrix.
func (r *reader) begin() error {
	in := r.in.input
	if in.Matrix != nil {
		if in.Matrices == nil {
			in.Matrices = map[string]Matrices{}
		}
		in.Matrices["car"] = Matrices{Durations: in.Matrix}
	}
	if len(in.Vehicles) == 0 {
		return source.Faultf("vehicles", "is empty; at least one vehicle is needed")
	}
	r.placeOf, r.matrices, r.modeOf, r.number = map[travel.Point]int{}, map[string]mode{}, map[modeKey]int{}, map[string]int{}
	return nil
}

// place is the number of a spot in the matrices; there is none for a vehicle that starts or ends anywhere.
func (r *reader) place(at string, s Spot, vehicle bool) (int, error) {
	index, location := at+".location_index", at+".location"
	if vehicle {
		index, location = at+"_index", at
	}
	if len(r.in.input.Matrices) > 0 {
		switch {
		case s.LocationIndex == nil && vehicle && s.Location == nil:
			return route.Anywhere, nil
		case s.LocationIndex == nil:
			return 0, source.Faultf(index, "is missing; where matrices are given, every place needs its row")
		case *s.LocationIndex < 0:
			return 0, source.Faultf(index, "%d is negative", *s.LocationIndex)
		}
		return *s.LocationIndex, nil
	}
	if s.Location == nil {
		if vehicle {
			return route.Anywhere, nil
		}
		return 0, source.Faultf(location, "is missing; give [longitude, latitude], or matrices and a location_index")
	}
	if len(s.Location) != 2 {
		return 0, source.Faultf(location, "has %d numbers, expected [longitude, latitude]", len(s.Location))
	}
	p := travel.Point{Lat: s.Location[1], Lon: s.Location[0]}
	if err := p.Validate(); err != nil {
		return 0, source.Faultf(location, "%v", err)
	}
	place, known := r.placeOf[p]
	if !known {
		place = len(r.points)
		r.placeOf[p] = place
		r.points = append(r.points, p)
	}
	return place, nil
}

// sizes finds the number of dimensions of loads, which must be the same all over.
func (r *reader) sizes() error {
	in := r.in.input
	var err error
	for i := range in.Jobs {
		j := &in.Jobs[i]
		if j.Delivery == nil {
			j.Delivery = j.Amount
		}
		err = errors.Join(err, r.size(fmt.Sprintf("jobs[%d].delivery", i), j.Delivery), r.size(fmt.Sprintf("jobs[%d].pickup", i), j.Pickup))
	}
	for i, s := range in.Shipments {
		err = errors.Join(err, r.size(fmt.Sprintf("shipments[%d].amount", i), s.Amount))
	}
	for i, v := range in.Vehicles {
		err = errors.Join(err, r.size(fmt.Sprintf("vehicles[%d].capacity", i), v.Capacity))
	}
	return err
}

func (r *reader) size(place string, amounts []int64) error {
	for i, a := range amounts {
		if a < 0 || a >= 1<<30 {
			return source.Faultf(fmt.Sprintf("%s[%d]", place, i), "%d is not between 0 and %d", a, 1<<30-1)
		}
	}
	if len(amounts) > 0 && r.in.sizes > 0 && len(amounts) != r.in.sizes {
		return source.Faultf(place, "has %d amounts, others have %d; all must have the same number", len(amounts), r.in.sizes)
	}
	r.in.sizes = max(r.in.sizes, len(amounts))
	return nil
}

func (r *reader) jobs() error {
	for i := range r.in.input.Jobs {
		j := &r.in.input.Jobs[i]
		at := fmt.Sprintf("jobs[%d]", i)
		v, err := r.task(at, "job", &j.Task)
		if err != nil {
			return err
		}
		v.Deliver, v.Pickup = j.Delivery, j.Pickup
		if err := r.needs(at, v, j.Skills, j.Priority); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) shipments() error {
	for i := range r.in.input.Shipments {
		s := &r.in.input.Shipments[i]
		at := fmt.Sprintf("shipments[%d]", i)
		first := len(r.in.problem.Visits)
		for _, half := range []struct {
			kind string
			task *Task
		}{{"pickup", &s.Pickup}, {"delivery", &s.Delivery}} {
			v, err := r.task(at+"."+half.kind, half.kind, half.task)
			if err != nil {
				return err
			}
			if err := r.needs(at, v, s.Skills, s.Priority); err != nil {
				return err
			}
		}
		r.in.problem.Visits[first].Pickup = s.Amount
		r.in.problem.Links = append(r.in.problem.Links, route.Link{Kind: route.Shipment, First: first, Second: first + 1})
	}
	return nil
}

// task adds a visit.
func (r *reader) task(at, kind string, t *Task) (*route.Visit, error) {
	place, err := r.place(at, t.Spot, false)
	if err != nil {
		return nil, err
	}
	key := kind + " " + strconv.FormatUint(t.ID, 10)
	if _, twice := r.number[key]; twice {
		return nil, source.Faultf(at+".id", "%d stands twice among the %ss", t.ID, kind)
	}
	if len(t.SetupPerType)+len(t.ServicePerType) > 0 {
		return nil, source.Faultf(at, "setup_per_type and service_per_type are not supported; use a vehicle's speed_factor or plain service")
	}
	if err := duration(at+".setup", t.Setup); err != nil {
		return nil, err
	}
	if err := duration(at+".service", t.Service); err != nil {
		return nil, err
	}
	windows, err := windowsOf(at+".time_windows", t.TimeWindows)
	if err != nil {
		return nil, err
	}
	r.number[key] = len(r.in.problem.Visits)
	r.in.visits = append(r.in.visits, visit{kind, t})
	r.in.problem.Visits = append(r.in.problem.Visits, route.Visit{
		ID: key, Place: place, Duration: t.Service, Setup: t.Setup, Windows: windows,
	})
	return &r.in.problem.Visits[len(r.in.problem.Visits)-1], nil
}

func duration(place string, seconds int64) error {
	if seconds < 0 || seconds > maxMoment {
		return source.Faultf(place, "%d is not between 0 and %d seconds", seconds, maxMoment)
	}
	return nil
}

func (r *reader) needs(at string, v *route.Visit, skills []int, priority int64) error {
	if priority < 0 || priority > 100 {
		return source.Faultf(at+".priority", "%d is not between 0 and 100", priority)
	}
	v.Priority = priority
	for _, s := range skills {
		v.Skills = append(v.Skills, route.SkillNeed{Name: strconv.Itoa(s)})
	}
	for i, s := range skills {
		if !r.anyoneHas(s) {
			return source.Faultf(fmt.Sprintf("%s.skills[%d]", at, i), "no vehicle has skill %d", s)
		}
	}
	return nil
}

func (r *reader) anyoneHas(skill int) bool {
	return slices.ContainsFunc(r.in.input.Vehicles, func(v Vehicle) bool { return slices.Contains(v.Skills, skill) })
}

// maxMoment is the last moment that a file may name; Unix time stays below it for thousands of years.
const maxMoment = 1 << 38

// windowsOf sorts windows and joins those that overlap. None is always.
func windowsOf(at string, pairs [][]int64) ([]route.Window, error) {
	var windows []route.Window
	for i, pair := range pairs {
		w, err := windowOf(fmt.Sprintf("%s[%d]", at, i), pair)
		if err != nil {
			return nil, err
		}
		windows = append(windows, w)
	}
	slices.SortFunc(windows, func(a, b route.Window) int { return int(a.From - b.From) })
	var joined []route.Window
	for _, w := range windows {
		if last := len(joined) - 1; last >= 0 && w.From <= joined[last].Until {
			joined[last].Until = max(joined[last].Until, w.Until)
		} else {
			joined = append(joined, w)
		}
	}
	return joined, nil
}

func windowOf(at string, pair []int64) (route.Window, error) {
	if len(pair) != 2 {
		return route.Window{}, source.Faultf(at, "has %d numbers, expected [from, until]", len(pair))
	}
	w := route.Window{From: pair[0], Until: pair[1]}
	switch {
	case w.From < 0 || w.Until > maxMoment:
		return w, source.Faultf(at, "[%d, %d] is not between 0 and %d", w.From, w.Until, maxMoment)
	case w.From > w.Until:
		return w, source.Faultf(at, "[%d, %d] is empty; its end must not be before its begin", w.From, w.Until)
	}
	return w, nil
}
