// Package route plans who goes where, and in what order: technicians' shifts, the visits to be made in them, and a
// policy that says what makes a plan good.
//
// Describe the world as a [Problem], call [Solve], read the [Solution]:
//
//	plan, err := route.Solve(ctx, problem, route.Options{Time: 10 * time.Second})
//
// Solve is an anytime search. It returns the best plan found when its time, its iterations or its context end,
// whichever is first. Given a seed and a number of iterations the plan is the same on every machine, with any number
// of threads. A plan in a Solution always keeps every constraint; what does not fit is left out, with a [Reason].
//
// # What the package does not know
//
// It knows no customers, calendars, records or maps: only indices, seconds and metres. Distances come from a
// [truckroll/optimize/travel.Matrix].
package route
