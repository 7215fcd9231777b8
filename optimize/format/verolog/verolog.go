// Package verolog reads instances of the VeRoLog Solver Challenge 2019 (Gromicho, van 't Hof, Vigo: The VeRoLog Solver
// Challenge 2019, Journal on Vehicle Routing Algorithms 2, 2019): machines are delivered by trucks and, on a later
// day, installed by technicians.
//
// The problem that it makes is a little narrower than the challenge's, so that every plan of it is a plan of the
// challenge: a truck goes out once a day, a technician has two fixed days off in each seven, and a machine is installed
// within [MaxWait] days. It does not know the price of idle machines, nor that trucks and technicians are paid for by
// number: days of work carry a share of that. [Instance.Cost] counts everything as the challenge does.
package verolog

import (
	"fmt"
	"math"
	"strings"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// MaxWait is the most days from a delivery to its installation.
const MaxWait = 3

// day is how far apart two days are in the problem's time; within a day nothing takes time.
const day = 1000

// Prices of the challenge: for a unit of distance, a day of work, and one truck or technician at all.
type Prices struct{ Distance, Day, Each int64 }

// Machine is a kind of machine.
type Machine struct{ Size, Idle int64 }

// Request is a delivery of machines of one kind to one place, and their installation.
type Request struct {
	ID, Location, First, Last, Machine, Amount int
}

// Technician installs machines.
type Technician struct {
	ID, Location int
	MaxDistance  int64
	MaxRequests  int
	Skills       []bool // by machine
}

// Instance is a problem as it stood in the file.
type Instance struct {
	Name               string
	Days               int
	Capacity, MaxTruck int64 // load of a truck, and its longest way in a day
	Truck, Technician  Prices
	Machines           []Machine
	Locations          [][2]float64
	Requests           []Request
	Technicians        []Technician

	problem *route.Problem
}

// Is says whether a text looks like this format.
func Is(data []byte) bool {
	lines := source.NewLines(data)
	return lines.Next() && strings.HasPrefix(lines.Text(), "DATASET = ")
}

// Read parses the text. Errors are [source.Fault].
func Read(data []byte) (*Instance, error) {
	p := &parser{in: &Instance{}, lines: source.NewLines(data), seen: map[string]bool{}}
	if err := p.parse(); err != nil {
		return nil, err
	}
	err := p.in.build()
	return p.in, err
}

// build makes the problem: requests as two linked visits each, trucks and technicians with a shift a day.
func (in *Instance) build() error {
	matrix, err := in.matrix()
	if err != nil {
		return err
	}
	in.problem = &route.Problem{
		Name: in.Name,
		Modes: []route.Mode{
			{Name: "truck", Matrix: matrix, PerMetre: in.Truck.Distance},
			{Name: "technician", Matrix: matrix, PerMetre: in.Technician.Distance},
		},
		Policy: route.Policy{Terms: []route.Term{{Kind: route.Distance, Weight: 1}}},
	}
	for _, r := range in.Requests {
		in.request(r)
	}
	trucks := in.trucks()
	if shifts := in.Days * (trucks + len(in.Technicians)); shifts > maxShifts {
		return source.Faultf("TECHNICIANS", "%d days of %d trucks and %d technicians are more than %d shifts", in.Days, trucks, len(in.Technicians), maxShifts)
	}
	for k := range trucks {
		in.worker(fmt.Sprintf("truck %d", k+1), nil, in.truckShift())
	}
	for i, t := range in.Technicians {
		var skills []route.Skill
		for m, able := range t.Skills {
			if able {
				skills = append(skills, route.Skill{Name: machineSkill(m)})
			}
		}
		in.worker(fmt.Sprintf("technician %d", t.ID), skills, in.technicianShift(i))
	}
	return nil
}

const driving = "delivers"

func machineSkill(machine int) string { return fmt.Sprintf("machine %d", machine+1) }

func (in *Instance) request(r Request) {
	delivery := route.Visit{
		ID: fmt.Sprintf("deliver %d", r.ID), Place: r.Location - 1,
		Windows: []route.Window{{From: int64(r.First) * day, Until: int64(r.Last) * day}},
		Skills:  []route.SkillNeed{{Name: driving}},
		Deliver: []int64{in.load(r)},
	}
	install := route.Visit{
		ID: fmt.Sprintf("install %d", r.ID), Place: r.Location - 1,
		Windows: []route.Window{{From: int64(r.First+1) * day, Until: int64(in.Days) * day}},
		Skills:  []route.SkillNeed{{Name: machineSkill(r.Machine - 1)}},
	}
	first := len(in.problem.Visits)
	in.problem.Visits = append(in.problem.Visits, delivery, install)
	in.problem.Links = append(in.problem.Links, route.Link{
		Kind: route.StartAfter, First: first, Second: first + 1, MinGap: day, MaxGap: MaxWait * day,
	})
}

func (in *Instance) load(r Request) int64 { return in.Machines[r.Machine-1].Size * int64(r.Amount) }

// trucks is a number that is enough to deliver everything in twice its share of the days.
func (in *Instance) trucks() int {
	load := int64(0)
	for _, r := range in.Requests {
		load += in.load(r)
	}
	return min(int(2*load/(in.Capacity*int64(in.Days)))+3, len(in.Requests))
}

// worker adds a technician of the problem with a shift for every day on which shift gives one.
func (in *Instance) worker(id string, skills []route.Skill, shift func(d int) (route.Shift, bool)) {
	p := in.problem
	number := len(p.Technicians)
	if skills == nil {
		skills = []route.Skill{{Name: driving}}
	}
	p.Technicians = append(p.Technicians, route.Technician{ID: id, Skills: skills})
	for d := 1; d <= in.Days; d++ {
		s, works := shift(d)
		if !works {
			continue
		}
		s.ID, s.Technician, s.Day = fmt.Sprintf("%s, day %d", id, d), number, d
		s.Window = route.Window{From: int64(d) * day, Until: int64(d) * day}
		p.Shifts = append(p.Shifts, s)
	}
}

func (in *Instance) truckShift() func(int) (route.Shift, bool) {
	return func(int) (route.Shift, bool) {
		return route.Shift{
			Capacity: []int64{in.Capacity}, MaxDistance: in.MaxTruck, Fixed: in.Truck.Day + in.Truck.Each/int64(in.Days),
		}, true
	}
}

// technicianShift spreads the days off over the week.
func (in *Instance) technicianShift(i int) func(int) (route.Shift, bool) {
	t := in.Technicians[i]
	return func(d int) (route.Shift, bool) {
		return route.Shift{
			Mode: 1, Start: t.Location - 1, End: t.Location - 1, MaxDistance: t.MaxDistance, MaxTasks: t.MaxRequests,
			Fixed: in.Technician.Day + in.Technician.Each/int64(in.Days),
		}, (d+i)%7 < 5
	}
}

// matrix has distances rounded up, as the challenge does, and no durations.
func (in *Instance) matrix() (travel.Matrix, error) {
	n := len(in.Locations)
	distances := make([]int32, n*n)
	for i := range n {
		for j := range n {
			distances[i*n+j] = int32(in.distance(i, j))
		}
	}
	return travel.NewTable(n, make([]int32, n*n), distances)
}

func (in *Instance) distance(i, j int) int64 {
	a, b := in.Locations[i], in.Locations[j]
	return int64(math.Ceil(math.Hypot(a[0]-b[0], a[1]-b[1]) - 1e-9))
}

// Problem is what the solver works on.
func (in *Instance) Problem() *route.Problem { return in.problem }
