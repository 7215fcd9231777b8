package vroom

import (
	"fmt"
	"slices"
	"strconv"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// modeKey tells modes apart: vehicles that travel alike share one.
type modeKey struct {
	profile        string
	speed          float64
	perHour, perKm int64
}

func (v *Vehicle) mode() modeKey {
	key := modeKey{profile: "car", speed: 1, perHour: 3600}
	if v.Profile != "" {
		key.profile = v.Profile
	}
	if v.SpeedFactor != nil {
		key.speed = *v.SpeedFactor
	}
	if v.Costs != nil {
		key.perKm = v.Costs.PerKm
		if v.Costs.PerHour != nil {
			key.perHour = *v.Costs.PerHour
		}
	}
	return key
}

// priceScale is how finely prices are counted once they are more than travel time.
const priceScale = 100

// prices finds out whether a second of travel costs 1 for everyone. If not, the price of each leg takes the place of
// its distance in the problem, in hundredths, and distances are only reported.
func (r *reader) prices() error {
	in := r.in.input
	for profile, m := range in.Matrices {
		r.priced = r.priced || m.Costs != nil
		if m.Durations == nil {
			return source.Faultf("matrices."+profile+".durations", "is missing")
		}
	}
	for i, v := range in.Vehicles {
		at, key := fmt.Sprintf("vehicles[%d]", i), v.mode()
		r.priced = r.priced || key.perHour != 3600 || key.perKm != 0
		if v.Costs == nil {
			continue
		}
		if min(key.perHour, key.perKm, v.Costs.Fixed) < 0 || max(key.perHour, key.perKm, v.Costs.Fixed) > 1e7 {
			return source.Faultf(at+".costs", "a price is not between 0 and 10000000")
		}
		if v.Costs.PerTaskHour != 0 {
			return source.Faultf(at+".costs.per_task_hour", "is not supported; leave it out")
		}
	}
	r.in.problem.Policy.Terms = []route.Term{{Kind: route.Travel, Weight: 1}}
	if r.priced {
		r.in.scale = priceScale
		r.in.problem.Policy.Terms = []route.Term{{Kind: route.Distance, Weight: 1}}
	}
	return nil
}

func (r *reader) vehicles() error {
	in, p := r.in.input, r.in.problem
	if err := r.collectPlaces(); err != nil {
		return err
	}
	seen := map[uint64]bool{}
	for i := range in.Vehicles {
		v, at := &in.Vehicles[i], fmt.Sprintf("vehicles[%d]", i)
		if seen[v.ID] {
			return source.Faultf(at+".id", "%d stands twice among the vehicles", v.ID)
		}
		seen[v.ID] = true
		shift, err := r.shift(at, v)
		if err != nil {
			return err
		}
		shift.Technician = i
		technician := route.Technician{ID: shift.ID}
		for _, s := range v.Skills {
			technician.Skills = append(technician.Skills, route.Skill{Name: strconv.Itoa(s)})
		}
		p.Technicians, p.Shifts = append(p.Technicians, technician), append(p.Shifts, shift)
	}
	return nil
}

// collectPlaces numbers all coordinates before the first matrix is made.
func (r *reader) collectPlaces() error {
	in := r.in.input
	for i, v := range in.Vehicles {
		at := fmt.Sprintf("vehicles[%d]", i)
		if _, err := r.place(at+".start", Spot{v.Start, v.StartIndex}, true); err != nil {
			return err
		}
		if _, err := r.place(at+".end", Spot{v.End, v.EndIndex}, true); err != nil {
			return err
		}
	}
	for i, j := range in.Jobs {
		if _, err := r.place(fmt.Sprintf("jobs[%d]", i), j.Spot, false); err != nil {
			return err
		}
	}
	for i, s := range in.Shipments {
		at := fmt.Sprintf("shipments[%d]", i)
		if _, err := r.place(at+".pickup", s.Pickup.Spot, false); err != nil {
			return err
		}
		if _, err := r.place(at+".delivery", s.Delivery.Spot, false); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) shift(at string, v *Vehicle) (s route.Shift, err error) {
	s = route.Shift{ID: strconv.FormatUint(v.ID, 10), Window: r.always}
	if s.Start, err = r.place(at+".start", Spot{v.Start, v.StartIndex}, true); err != nil {
		return s, err
	}
	if s.End, err = r.place(at+".end", Spot{v.End, v.EndIndex}, true); err != nil {
		return s, err
	}
	if s.Start == route.Anywhere && s.End == route.Anywhere {
		return s, source.Faultf(at, "has neither start nor end; give at least one")
	}
	if v.TimeWindow != nil {
		if s.Window, err = windowOf(at+".time_window", v.TimeWindow); err != nil {
			return s, err
		}
		s.Window.Until = min(s.Window.Until, s.Window.From+maxHorizon)
	}
	if s.Mode, err = r.modeOfVehicle(at, v); err != nil {
		return s, err
	}
	if r.in.sizes > 0 {
		s.Capacity = make([]int64, r.in.sizes) // a vehicle without capacity has no room for any load
		copy(s.Capacity, v.Capacity)
	}
	if v.Costs != nil {
		s.Fixed = v.Costs.Fixed * r.in.scale
	}
	if err := r.limits(at, v, &s); err != nil {
		return s, err
	}
	s.Breaks, err = r.breaks(at, v, s.Window)
	return s, err
}

func (r *reader) limits(at string, v *Vehicle, s *route.Shift) error {
	tasks := int64(0)
	for _, limit := range []struct {
		name string
		from *int64
		into *int64
	}{{"max_tasks", v.MaxTasks, &tasks}, {"max_travel_time", v.MaxTravelTime, &s.MaxTravel}, {"max_distance", v.MaxDistance, &s.MaxDistance}} {
		if limit.from == nil {
			continue
		}
		if *limit.from < 1 || *limit.from > maxMoment {
			return source.Faultf(at+"."+limit.name, "%d is not between 1 and %d; leave out a vehicle that may do nothing", *limit.from, maxMoment)
		}
		*limit.into = *limit.from
	}
	s.MaxTasks = int(tasks)
	if s.MaxDistance > 0 && r.priced {
		return source.Faultf(at+".max_distance", "is not supported beside costs other than travel time")
	}
	if s.MaxDistance > 0 && !r.in.modes[s.Mode].distances {
		return source.Faultf(at+".max_distance", "needs matrices.%s.distances", v.mode().profile)
	}
	return nil
}

// breaks are put in order of their first windows, as VROOM does.
func (r *reader) breaks(at string, v *Vehicle, always route.Window) ([]route.Break, error) {
	type pair struct {
		rest route.Break
		from *Break
	}
	var pairs []pair
	for i := range v.Breaks {
		b, at := &v.Breaks[i], fmt.Sprintf("%s.breaks[%d]", at, i)
		if err := duration(at+".service", b.Service); err != nil {
			return nil, err
		}
		if b.MaxLoad != nil {
			return nil, source.Faultf(at+".max_load", "is not supported; leave it out")
		}
		windows, err := windowsOf(at+".time_windows", b.TimeWindows)
		if err != nil {
			return nil, err
		}
		if windows == nil {
			windows = []route.Window{always}
		}
		pairs = append(pairs, pair{route.Break{ID: strconv.FormatUint(b.ID, 10), Windows: windows, Duration: b.Service}, b})
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return int(a.rest.Windows[0].From - b.rest.Windows[0].From) })
	l := leaves{vehicle: v}
	var breaks []route.Break
	for _, p := range pairs {
		breaks, l.breaks = append(breaks, p.rest), append(l.breaks, p.from)
	}
	r.in.leaves = append(r.in.leaves, l)
	return breaks, nil
}

// modeOfVehicle finds or makes the mode that a vehicle travels in.
func (r *reader) modeOfVehicle(at string, v *Vehicle) (int, error) {
	key := v.mode()
	if m, known := r.modeOf[key]; known {
		return m, nil
	}
	base, err := r.matrix(at, key.profile)
	if err != nil {
		return 0, err
	}
	matrix, err := travel.AtSpeed(base.matrix, key.speed)
	if err != nil {
		return 0, source.Faultf(at+".speed_factor", "%v", err)
	}
	seen := matrix
	if r.priced {
		costs, err := r.costs(key)
		if err != nil {
			return 0, err
		}
		seen = fares{matrix, costs, key.perHour, key.perKm}
	}
	r.modeOf[key] = len(r.in.modes)
	r.in.modes = append(r.in.modes, mode{matrix, base.distances})
	r.in.problem.Modes = append(r.in.problem.Modes, route.Mode{Name: key.profile, Matrix: seen})
	return r.modeOf[key], nil
}

// matrix of a profile, from the file or measured between its coordinates.
func (r *reader) matrix(at, profile string) (mode, error) {
	if m, known := r.matrices[profile]; known {
		return m, nil
	}
	m := mode{distances: true}
	var err error
	if len(r.in.input.Matrices) == 0 {
		m.matrix, err = r.measure(profile, r.points)
		if err != nil {
			return m, source.Faultf(at+".profile", "no travel times for %q: %v", profile, err)
		}
	} else {
		given, has := r.in.input.Matrices[profile]
		if !has {
			return m, source.Faultf(at+".profile", "there is no matrices.%s", profile)
		}
		m, err = given.read("matrices." + profile)
	}
	r.matrices[profile] = m
	return m, err
}

// read checks and joins the tables of a profile.
func (m Matrices) read(at string) (mode, error) {
	if err := m.Durations.check(at+".durations", 0); err != nil {
		return mode{}, err
	}
	n := len(m.Durations.rows)
	if m.Distances != nil {
		if err := m.Distances.check(at+".distances", n); err != nil {
			return mode{}, err
		}
	}
	if m.Costs != nil {
		if err := m.Costs.check(at+".costs", n); err != nil {
			return mode{}, err
		}
	}
	distances := make([]int32, n*n)
	if m.Distances != nil {
		distances = m.Distances.cells
	}
	table, err := travel.NewTable(n, m.Durations.cells, distances)
	return mode{table, m.Distances != nil}, err
}

// costs is the table of custom costs of a mode, or nil.
func (r *reader) costs(key modeKey) (travel.Matrix, error) {
	m := r.in.input.Matrices[key.profile]
	if m.Costs == nil {
		return nil, nil
	}
	if key.perHour != 3600 || key.perKm != 0 {
		return nil, source.Faultf("matrices."+key.profile+".costs", "cannot be used by a vehicle with costs.per_hour or costs.per_km")
	}
	return travel.NewTable(len(m.Costs.rows), m.Costs.cells, nil)
}

// fares is a matrix whose "distance" is the price of a leg in hundredths.
type fares struct {
	travel.Matrix
	costs          travel.Matrix // nil unless the file has its own
	perHour, perKm int64
}

// Distance is the price.
func (f fares) Distance(from, to int) int32 {
	d := f.Matrix.Duration(from, to)
	if d >= travel.Unreachable {
		return travel.Unreachable
	}
	if f.costs != nil {
		return int32(min(int64(f.costs.Duration(from, to))*priceScale, int64(travel.Unreachable)))
	}
	price := (f.perHour*int64(d)*priceScale + 1800) / 3600
	if f.perKm > 0 {
		price += (f.perKm*int64(f.Matrix.Distance(from, to))*priceScale + 500) / 1000
	}
	return int32(min(price, int64(travel.Unreachable)))
}
