// Package route plans who goes where, and in what order: technicians' shifts, the visits to be made in them, and a
// policy that says what makes a plan good.
//
// Describe the world as a [Problem], call [Solve], read the [Solution]:
//
//	plan, err := route.Solve(ctx, problem, route.Options{Time: 10 * time.Second})
//
// Solve is an anytime search. It returns the best plan found when its time, its iterations or its context end,
// whichever is first. Given a seed and a number of iterations the plan is the same on every machine, with any number
// of threads. A plan keeps every constraint; what does not fit is left out, with a [Reason].
//
// # For those who know other solvers
//
// A Visit is VROOM's job or PyVRP's client; a Shift is a vehicle, and somebody who works on ten days has ten of them. A
// shipment is two visits and a [Link]. Priorities come before cost, as in VROOM; a visit that is Optional has a Price
// instead, as PyVRP's clients have. Everything is an integer: seconds, metres, and costs that are sums of weights times
// units.
//
// # How it works
//
// A Problem is compiled into a model of small integers (compile.go), in which whatever does not depend on the plan is
// decided. The plan is kept as linked tours with labels (plan.go) that tell in constant time whether a visit fits
// between two others: the earliest end of service so far, and the latest arrival from which the rest can be kept.
// Problems with one window and one load take the quickest path (plain.go). The others have a label for each number of
// breaks taken (labels.go), packed for shifts with one break at most (gap.go), and where times have a price the tour is
// followed stop by stop (walker.go).
//
// A worker (worker.go) improves a plan by ruin and recreate: it takes strings of visits out around a seed (ruin.go),
// puts them back one by one where they cost least (recreate.go), and keeps the result if simulated annealing says so,
// or undoes it (undo.go). This is SISR (Christiaens and Vanden Berghe, Transportation Science 54(2), 2020). Where visits
// may be worth it only together, now and then a few are put back at any cost.
//
// Where shifts are all alike in a plain problem, a second engine does better: a herd of plans (herd.go) is bred. Children
// have tours of both parents (cross.go) and are improved by local search in loose plans (loose.go, descend.go, move.go), in
// which visits may be late and shifts overloaded at a price that goes with how many children keep the rules. Time warp
// (warp.go) makes each move's lateness a matter of a few additions. Many children are then polished by ruin and recreate.
// This is hybrid genetic search (Vidal and others, Computers & Operations Research 40, 2013 and 140, 2022).
//
// How workers work side by side depends on kind and size:
//
//   - plain problems of alike shifts: ruin and recreate, then a herd (breed.go); where visits are many, then herds in
//     pieces of the plan (pieces.go). Few shifts before all else is reached by herds that have one less (squeeze.go);
//   - other small problems, and those with linked visits: a population of plans bred by ruin and recreate (evolve.go);
//   - other larger ones: workers share one plan by regions (region.go);
//   - the largest: cut into blocks (blocks.go).
//
// Linked visits are placed together (gather.go). What Terms mean is defined in terms.go and the times of a route in
// timetable.go, slowly and plainly; tests hold the search to those.
//
// # What the package does not know
//
// It knows no customers, calendars, records or maps: only indices, seconds and metres. Distances come from a
// [truckroll/optimize/travel.Matrix]. It does not decide when a technician has a break for the sake of anything but
// an early finish, and it does not delay visits to save waiting.
package route
