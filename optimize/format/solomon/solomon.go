// Package solomon reads vehicle routing problems with time windows in the text form of Solomon (1987) and of Gehring
// and Homberger (1999), and writes plans in the form of CVRPLIB.
//
// It knows nothing of technicians: a vehicle is a technician without skills.
package solomon

import (
	"fmt"
	"io"
	"math"
	"strings"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// Convention is how distances are rounded and what is minimised; the published tables differ in both.
type Convention int

const (
	// Dimacs minimises distance alone, every distance cut off after one decimal (12th DIMACS challenge, CVRPLIB).
	Dimacs Convention = iota
	// Sintef minimises vehicles, then distance, in double precision (SINTEF's TOP pages). Times are kept to a ten
	// thousandth and rounded up, so that a plan is feasible in the reals too.
	Sintef
)

// scale is how many units of the problem make one of the file.
func (c Convention) scale() float64 {
	if c == Sintef {
		return 10_000
	}
	return 10
}

// units is a distance of the file in units of the problem.
func (c Convention) units(distance float64) float64 {
	if c == Sintef {
		return math.Ceil(distance*c.scale() - 1e-6)
	}
	return math.Floor(distance * c.scale())
}

// Customer is one line of the table; the first is the depot.
type Customer struct {
	ID                              int
	X, Y, Demand, Ready, Due, Serve float64
}

// Instance is a problem as it stood in the file.
type Instance struct {
	Name       string
	Vehicles   int
	Capacity   float64
	Customers  []Customer // the depot first
	Convention Convention

	problem *route.Problem
}

// What a file may ask for at most; the matrix of the customers is kept in memory.
const (
	maxVehicles  = 100_000
	maxCustomers = 10_000
)

// Is says whether a text looks like this format.
func Is(data []byte) bool {
	lines := source.NewLines(data)
	return lines.Skip(2) && strings.EqualFold(lines.Text(), "VEHICLE")
}

// Read parses the text. Errors are [source.Fault].
func Read(data []byte, convention Convention) (*Instance, error) {
	in := &Instance{Convention: convention}
	lines := source.NewLines(data)
	if !lines.Next() {
		return nil, lines.Faultf("the file is empty; expected the instance's name")
	}
	in.Name = lines.Text()
	if err := in.readFleet(lines); err != nil {
		return nil, err
	}
	for _, heading := range []string{"CUSTOMER", "CUST NO."} {
		if !lines.Next() || !strings.HasPrefix(strings.ToUpper(lines.Text()), heading) {
			return nil, lines.Faultf("expected the heading %q, found %q", heading, lines.Text())
		}
	}
	seen := map[int]bool{}
	for lines.Next() {
		c, err := readCustomer(lines)
		if err != nil {
			return nil, err
		}
		if err := in.admit(lines, c, seen[c.ID]); err != nil {
			return nil, err
		}
		seen[c.ID] = true
		in.Customers = append(in.Customers, c)
	}
	if len(in.Customers) == 0 {
		return nil, lines.Faultf("the table has no line; expected the depot, then the customers")
	}
	problem, err := in.build()
	in.problem = problem
	return in, err
}

func (in *Instance) readFleet(lines *source.Lines) (err error) {
	for _, heading := range []string{"VEHICLE", "NUMBER CAPACITY"} {
		if !lines.Next() || !strings.EqualFold(lines.Text(), heading) {
			return lines.Faultf("expected the heading %q, found %q", heading, lines.Text())
		}
	}
	if !lines.Next() {
		return lines.Faultf("expected the number of vehicles and their capacity")
	}
	if in.Vehicles, err = lines.Count(0, "number of vehicles", maxVehicles); err != nil {
		return err
	}
	in.Capacity, err = lines.Amount(1, "capacity")
	return err
}

func readCustomer(lines *source.Lines) (Customer, error) {
	id, err := lines.Count(0, "customer number", 1<<30)
	c := Customer{ID: id}
	if err != nil {
		return c, err
	}
	if c.X, err = lines.Number(1, "x"); err != nil {
		return c, err
	}
	if c.Y, err = lines.Number(2, "y"); err != nil {
		return c, err
	}
	for i, field := range []struct {
		into *float64
		name string
	}{{&c.Demand, "demand"}, {&c.Ready, "ready time"}, {&c.Due, "due date"}, {&c.Serve, "service time"}} {
		if *field.into, err = lines.Amount(3+i, field.name); err != nil {
			return c, err
		}
	}
	return c, nil
}

// admit refuses a line that no plan could satisfy, or that stands twice.
func (in *Instance) admit(lines *source.Lines, c Customer, twice bool) error {
	if c.Ready > c.Due {
		return lines.Faultf("customer %d: the window from %g to %g is empty; the ready time must not be after the due date", c.ID, c.Ready, c.Due)
	}
	if c.Demand > in.Capacity {
		return lines.Faultf("customer %d: demand %g is more than a vehicle's capacity, %g", c.ID, c.Demand, in.Capacity)
	}
	if c.Demand != math.Trunc(c.Demand) {
		return lines.Faultf("customer %d: demand %g is not a whole number", c.ID, c.Demand)
	}
	if twice {
		return lines.Faultf("customer %d stands twice; give each line its own number", c.ID)
	}
	if len(in.Customers) > maxCustomers {
		return lines.Faultf("more than %d customers", maxCustomers)
	}
	if len(in.Customers) > 0 {
		depot := in.Customers[0]
		if there := depot.Ready + distance(depot, c); there > c.Due {
			return lines.Faultf("customer %d cannot be reached in time: the earliest arrival is %.1f, the window closes at %g", c.ID, there, c.Due)
		}
	}
	return nil
}

func distance(a, b Customer) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }

func (in *Instance) build() (*route.Problem, error) {
	matrix, err := in.matrix()
	if err != nil {
		return nil, err
	}
	unit := func(v float64) int64 { return int64(math.Round(v * in.Convention.scale())) }
	depot := in.Customers[0]
	p := &route.Problem{
		Name:   in.Name,
		Modes:  []route.Mode{{Name: "vehicle", Matrix: matrix}},
		Policy: route.Policy{FewFirst: in.Convention == Sintef, Terms: []route.Term{{Kind: route.Travel, Weight: 1}}},
	}
	for v := range in.Vehicles {
		p.Technicians = append(p.Technicians, route.Technician{ID: fmt.Sprint(v + 1)})
		p.Shifts = append(p.Shifts, route.Shift{
			ID: fmt.Sprint(v + 1), Technician: v, Capacity: []int64{int64(in.Capacity)},
			Window: route.Window{From: unit(depot.Ready), Until: unit(depot.Due)},
		})
	}
	for place, c := range in.Customers[1:] {
		p.Visits = append(p.Visits, route.Visit{
			ID: fmt.Sprint(c.ID), Place: place + 1, Duration: unit(c.Serve),
			Windows: []route.Window{{From: unit(c.Ready), Until: unit(c.Due)}},
			Deliver: []int64{int64(c.Demand)},
		})
	}
	return p, nil
}

func (in *Instance) matrix() (travel.Matrix, error) {
	n := len(in.Customers)
	units := make([]int32, n*n)
	for i, a := range in.Customers {
		for j, b := range in.Customers {
			u := in.Convention.units(distance(a, b))
			if !(u < float64(travel.Unreachable)) {
				return nil, source.Faultf(fmt.Sprintf("customer %d", b.ID), "lies %g from customer %d; coordinates this far apart cannot be computed with", distance(a, b), a.ID)
			}
			units[i*n+j] = int32(u)
		}
	}
	return travel.NewTable(n, units, nil)
}

// Problem is what the solver works on.
func (in *Instance) Problem() *route.Problem { return in.problem }

// Cost is the total distance of a plan in the file's unit, by the convention.
func (in *Instance) Cost(plan *route.Solution) float64 {
	total := 0.0
	for _, r := range plan.Routes {
		at := in.Customers[0]
		for _, stop := range r.Stops {
			next := in.Customers[in.problem.Visits[stop.Visit].Place]
			total += in.length(at, next)
			at = next
		}
		if len(r.Stops) > 0 {
			total += in.length(at, in.Customers[0])
		}
	}
	if in.Convention == Dimacs {
		return math.Round(total*10) / 10
	}
	return total
}

func (in *Instance) length(a, b Customer) float64 {
	if in.Convention == Dimacs {
		return in.Convention.units(distance(a, b)) / 10
	}
	return distance(a, b)
}

// Used is the number of vehicles that a plan needs.
func (in *Instance) Used(plan *route.Solution) int {
	used := 0
	for _, r := range plan.Routes {
		if len(r.Stops) > 0 {
			used++
		}
	}
	return used
}

// Write lists the routes by customer numbers, then the cost.
func (in *Instance) Write(w io.Writer, plan *route.Solution) error {
	var text strings.Builder
	number := 0
	for _, r := range plan.Routes {
		if len(r.Stops) == 0 {
			continue
		}
		number++
		fmt.Fprintf(&text, "Route #%d:", number)
		for _, stop := range r.Stops {
			fmt.Fprintf(&text, " %s", in.problem.Visits[stop.Visit].ID)
		}
		text.WriteString("\n")
	}
	for _, absent := range plan.Absent {
		fmt.Fprintf(&text, "Unserved %s: %s\n", in.problem.Visits[absent.Visit].ID, absent.Reason)
	}
	if in.Convention == Dimacs {
		fmt.Fprintf(&text, "Cost %.1f\n", in.Cost(plan))
	} else {
		fmt.Fprintf(&text, "Cost %.4f\n", in.Cost(plan))
	}
	_, err := io.WriteString(w, text.String())
	return err
}
