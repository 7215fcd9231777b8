package verolog

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"truckroll/optimize/route"
)

// Totals are what the challenge pays for.
type Totals struct {
	TruckDistance, TruckDays, Trucks                int64
	TechnicianDistance, TechnicianDays, Technicians int64
	Idle                                            int64 // price of machines that wait for installation
}

// Totals of a plan. Trucks are counted as the most on any one day.
func (in *Instance) Totals(plan *route.Solution) (t Totals) {
	trucks, technicians := make([]int64, in.Days+1), map[int]bool{}
	delivered, installed := map[int]int{}, map[int]int{}
	for i := range plan.Routes {
		r, s := &plan.Routes[i], &in.problem.Shifts[i]
		if len(r.Stops) == 0 {
			continue
		}
		days := installed
		if s.Mode == 0 {
			days = delivered
			t.TruckDistance, t.TruckDays = t.TruckDistance+r.Distance, t.TruckDays+1
			trucks[s.Day]++
		} else {
			t.TechnicianDistance, t.TechnicianDays = t.TechnicianDistance+r.Distance, t.TechnicianDays+1
			technicians[s.Technician] = true
		}
		for _, stop := range r.Stops {
			days[stop.Visit/2] = s.Day
		}
	}
	t.Trucks, t.Technicians = slices.Max(trucks), int64(len(technicians))
	for i, r := range in.Requests {
		if installed[i] > 0 {
			wait := int64(installed[i] - delivered[i] - 1)
			t.Idle += wait * in.Machines[r.Machine-1].Idle * int64(r.Amount)
		}
	}
	return t
}

// Cost is what the challenge charges for a plan.
func (in *Instance) Cost(plan *route.Solution) float64 {
	t := in.Totals(plan)
	return float64(t.TruckDistance*in.Truck.Distance + t.TruckDays*in.Truck.Day + t.Trucks*in.Truck.Each +
		t.TechnicianDistance*in.Technician.Distance + t.TechnicianDays*in.Technician.Day + t.Technicians*in.Technician.Each + t.Idle)
}

// Write lists what each truck and each technician does by day, in the challenge's form.
func (in *Instance) Write(w io.Writer, plan *route.Solution) error {
	var text strings.Builder
	t := in.Totals(plan)
	fmt.Fprintf(&text, "DATASET = VeRoLog challenge 2019\nNAME = %s\n\n", in.Name)
	fmt.Fprintf(&text, "TRUCK_DISTANCE = %d\nNUMBER_OF_TRUCK_DAYS = %d\nNUMBER_OF_TRUCKS_USED = %d\n", t.TruckDistance, t.TruckDays, t.Trucks)
	fmt.Fprintf(&text, "TECHNICIAN_DISTANCE = %d\nNUMBER_OF_TECHNICIAN_DAYS = %d\nNUMBER_OF_TECHNICIANS_USED = %d\n", t.TechnicianDistance, t.TechnicianDays, t.Technicians)
	fmt.Fprintf(&text, "IDLE_MACHINE_COSTS = %d\nTOTAL_COST = %.0f\n", t.Idle, in.Cost(plan))
	for d := 1; d <= in.Days; d++ {
		trucks, technicians := in.day(plan, d, 0), in.day(plan, d, 1)
		fmt.Fprintf(&text, "\nDAY = %d\nNUMBER_OF_TRUCKS = %d\n%s", d, len(trucks), strings.Join(trucks, ""))
		fmt.Fprintf(&text, "NUMBER_OF_TECHNICIANS = %d\n%s", len(technicians), strings.Join(technicians, ""))
	}
	for _, a := range plan.Absent {
		fmt.Fprintf(&text, "\nNOT PLANNED %s: %s", in.problem.Visits[a.Visit].ID, a.Reason)
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// day lists the routes of one mode on one day: a number, then the requests. Trucks are numbered afresh each day,
// because they are all alike and stand at the depot overnight.
func (in *Instance) day(plan *route.Solution, d, mode int) (lines []string) {
	for i := range plan.Routes {
		s := &in.problem.Shifts[i]
		if s.Day != d || s.Mode != mode || len(plan.Routes[i].Stops) == 0 {
			continue
		}
		number := len(lines) + 1
		if mode == 1 {
			number = in.Technicians[s.Technician-in.trucks()].ID
		}
		line := fmt.Sprint(number)
		for _, stop := range plan.Routes[i].Stops {
			line += fmt.Sprintf(" %d", stop.Visit/2+1)
		}
		lines = append(lines, line+"\n")
	}
	return lines
}
