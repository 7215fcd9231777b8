package verolog

import (
	"fmt"
	"strings"

	"truckroll/optimize/format/source"
)

// What a file may ask for at most; distances are kept as a table.
const (
	maxDays      = 1000
	maxLocations = 2000
	maxItems     = 20_000
	maxShifts    = 200_000 // days times trucks and technicians
)

// parser reads the sections of a file: single values first, then lists whose length stands in their heading.
type parser struct {
	in    *Instance
	lines *source.Lines
	seen  map[string]bool
}

// sections that a file must have, in the order in which the lists refer to one another.
var sections = []string{
	"DAYS", "TRUCK_CAPACITY", "TRUCK_MAX_DISTANCE", "TRUCK_DISTANCE_COST", "TRUCK_DAY_COST", "TRUCK_COST",
	"TECHNICIAN_DISTANCE_COST", "TECHNICIAN_DAY_COST", "TECHNICIAN_COST", "MACHINES", "LOCATIONS", "REQUESTS", "TECHNICIANS",
}

func (p *parser) parse() error {
	for p.lines.Next() {
		fields := p.lines.Fields()
		if len(fields) < 3 || fields[1] != "=" {
			return p.lines.Faultf("expected a heading such as DAYS = 10, found %q", p.lines.Text())
		}
		if err := p.section(fields[0]); err != nil {
			return err
		}
		p.seen[fields[0]] = true
	}
	for _, name := range sections {
		if !p.seen[name] {
			return p.lines.Faultf("the file ends without the section %s", name)
		}
	}
	return nil
}

func (p *parser) section(name string) (err error) {
	in := p.in
	if p.seen[name] {
		return p.lines.Faultf("the section %s stands twice", name)
	}
	switch name {
	case "DATASET":
	case "NAME":
		in.Name = strings.Join(p.lines.Fields()[2:], " ")
	case "DAYS":
		if in.Days, err = p.lines.Count(2, "days", maxDays); err == nil && in.Days < 2 {
			err = p.lines.Faultf("%d days are too few to deliver on one and install on a later", in.Days)
		}
	case "TRUCK_CAPACITY":
		if in.Capacity, err = p.amount(2, "capacity"); err == nil && in.Capacity == 0 {
			err = p.lines.Faultf("a truck without capacity delivers nothing")
		}
	case "TRUCK_MAX_DISTANCE":
		in.MaxTruck, err = p.amount(2, "distance")
	case "MACHINES":
		err = p.list("MACHINES", 1000, p.machine)
	case "LOCATIONS":
		err = p.list("LOCATIONS", maxLocations, p.location)
	case "REQUESTS":
		err = p.list("DAYS TRUCK_CAPACITY TRUCK_MAX_DISTANCE LOCATIONS MACHINES REQUESTS", maxItems, p.request)
	case "TECHNICIANS":
		err = p.list("LOCATIONS MACHINES TECHNICIANS", maxItems, p.technician)
	default:
		err = p.price(name)
	}
	return err
}

func (p *parser) price(name string) (err error) {
	for heading, into := range map[string]*int64{
		"TRUCK_DISTANCE_COST": &p.in.Truck.Distance, "TRUCK_DAY_COST": &p.in.Truck.Day, "TRUCK_COST": &p.in.Truck.Each,
		"TECHNICIAN_DISTANCE_COST": &p.in.Technician.Distance, "TECHNICIAN_DAY_COST": &p.in.Technician.Day, "TECHNICIAN_COST": &p.in.Technician.Each,
	} {
		if heading == name {
			*into, err = p.amount(2, "price")
			return err
		}
	}
	return p.lines.Faultf("the section %q is unknown", name)
}

// amount reads a whole number up to ten million.
func (p *parser) amount(field int, name string) (int64, error) {
	v, err := p.lines.Count(field, name, 10_000_000)
	return int64(v), err
}

// list reads the lines of a section whose items are numbered from 1. The last name is its own; those before it must
// have been read already.
func (p *parser) list(names string, most int, read func() error) error {
	needs := strings.Fields(names)
	for _, need := range needs[:len(needs)-1] {
		if !p.seen[need] {
			return p.lines.Faultf("the section %s must come before %s", need, needs[len(needs)-1])
		}
	}
	name := needs[len(needs)-1]
	count, err := p.lines.Count(2, "number of "+strings.ToLower(name), most)
	if err != nil {
		return err
	}
	if count == 0 {
		return p.lines.Faultf("%s is empty", name)
	}
	for want := 1; want <= count; want++ {
		if !p.lines.Next() {
			return p.lines.Faultf("the file ends after %d of %d %s", want-1, count, name)
		}
		number, err := p.lines.Count(0, "number", most)
		if err != nil {
			return err
		}
		if number != want {
			return p.lines.Faultf("%s number %d, expected %d", name, number, want)
		}
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) machine() error {
	size, err := p.amount(1, "size")
	if err != nil {
		return err
	}
	idle, err := p.amount(2, "idle penalty")
	p.in.Machines = append(p.in.Machines, Machine{size, idle})
	return err
}

func (p *parser) location() error {
	x, err := p.lines.Amount(1, "x")
	if err != nil {
		return err
	}
	y, err := p.lines.Amount(2, "y")
	if err == nil && max(x, y) > 1e6 {
		err = p.lines.Faultf("(%g, %g) lies outside the square up to a million", x, y)
	}
	p.in.Locations = append(p.in.Locations, [2]float64{x, y})
	return err
}

func (p *parser) request() error {
	in := p.in
	r := Request{ID: len(in.Requests) + 1}
	for i, field := range []struct {
		name string
		most int
		into *int
	}{
		{"location", len(in.Locations), &r.Location}, {"first day", in.Days, &r.First}, {"last day", in.Days, &r.Last},
		{"machine", len(in.Machines), &r.Machine}, {"amount", 10_000, &r.Amount},
	} {
		if err := p.positive(1+i, field.name, field.most, field.into); err != nil {
			return err
		}
	}
	switch {
	case r.First > r.Last:
		return p.lines.Faultf("request %d: the window from day %d to day %d is empty", r.ID, r.First, r.Last)
	case r.First >= in.Days:
		return p.lines.Faultf("request %d: delivered on the last day, it cannot be installed on a later one", r.ID)
	case in.load(r) > in.Capacity:
		return p.lines.Faultf("request %d: its load of %d is more than a truck's capacity, %d", r.ID, in.load(r), in.Capacity)
	case 2*in.distance(0, r.Location-1) > in.MaxTruck:
		return p.lines.Faultf("request %d cannot be reached: there and back is %d, a truck may go %d", r.ID, 2*in.distance(0, r.Location-1), in.MaxTruck)
	}
	in.Requests = append(in.Requests, r)
	return nil
}

func (p *parser) positive(field int, name string, most int, into *int) (err error) {
	*into, err = p.lines.Count(field, name, most)
	if err == nil && *into == 0 {
		err = p.lines.Faultf("field %d (%s): 0 is not between 1 and %d", field+1, name, most)
	}
	return err
}

func (p *parser) technician() error {
	in := p.in
	t := Technician{ID: len(in.Technicians) + 1}
	if err := p.positive(1, "location", len(in.Locations), &t.Location); err != nil {
		return err
	}
	distance, err := p.amount(2, "distance")
	if err != nil {
		return err
	}
	t.MaxDistance = distance
	if err := p.positive(3, "requests a day", 10_000, &t.MaxRequests); err != nil {
		return err
	}
	for m := range in.Machines {
		able, err := p.lines.Count(4+m, fmt.Sprintf("machine %d", m+1), 1)
		if err != nil {
			return err
		}
		t.Skills = append(t.Skills, able == 1)
	}
	in.Technicians = append(in.Technicians, t)
	return nil
}
