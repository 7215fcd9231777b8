package route_test

import (
	"context"
	"fmt"

	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

// Two technicians, three visits. Only Ann can work on gas, and the boiler must be seen to between nine and ten.
func ExampleSolve() {
	minutes := []int32{ // from the depot, the boiler, the meter and the tap, to each of them
		0, 20, 30, 10,
		20, 0, 15, 25,
		30, 15, 0, 30,
		10, 25, 30, 0,
	}
	for i := range minutes {
		minutes[i] *= 60
	}
	matrix, _ := travel.NewTable(4, minutes, nil)
	const hour = 3600
	day := route.Window{From: 8 * hour, Until: 16 * hour}
	problem := &route.Problem{
		Modes: []route.Mode{{Name: "van", Matrix: matrix}},
		Technicians: []route.Technician{
			{ID: "Ann", Skills: []route.Skill{{Name: "gas", Level: 1}}},
			{ID: "Bob"},
		},
		Shifts: []route.Shift{
			{ID: "Ann's day", Technician: 0, Window: day},
			{ID: "Bob's day", Technician: 1, Window: day},
		},
		Visits: []route.Visit{
			{ID: "boiler", Place: 1, Duration: hour, Skills: []route.SkillNeed{{Name: "gas", Level: 1}},
				Windows: []route.Window{{From: 9 * hour, Until: 10 * hour}}},
			{ID: "meter", Place: 2, Duration: hour / 2},
			{ID: "tap", Place: 3, Duration: hour / 2},
		},
	}
	plan, err := route.Solve(context.Background(), problem, route.Options{Iterations: 1000, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range plan.Routes {
		for _, stop := range r.Stops {
			fmt.Printf("%s: %s at %d:%02d\n", problem.Shifts[r.Shift].ID, problem.Visits[stop.Visit].ID, stop.Begin/hour, stop.Begin%hour/60)
		}
	}
	fmt.Println("travel:", plan.Cost.Soft/60, "minutes")
	// Output:
	// Ann's day: boiler at 9:00
	// Ann's day: meter at 10:15
	// Ann's day: tap at 11:15
	// travel: 75 minutes
}

// A visit that cannot be made is left out, and the plan says why.
func ExampleProblem_Insights() {
	matrix, _ := travel.NewTable(2, []int32{0, 600, 600, 0}, nil)
	problem := &route.Problem{
		Modes:       []route.Mode{{Matrix: matrix}},
		Technicians: []route.Technician{{ID: "Ann"}},
		Shifts:      []route.Shift{{Technician: 0, Window: route.Window{From: 0, Until: 3600}}},
		Visits:      []route.Visit{{ID: "wiring", Place: 1, Duration: 900, Skills: []route.SkillNeed{{Name: "electric", Level: 2}}}},
	}
	plan, _ := route.Solve(context.Background(), problem, route.Options{Iterations: 10})
	for _, absent := range plan.Absent {
		for _, insight := range problem.Insights(plan, absent.Visit) {
			fmt.Printf("%s: %v\n", problem.Technicians[insight.Technician].ID, insight.Reason)
		}
	}
	// Output:
	// Ann: the skills are missing
}
