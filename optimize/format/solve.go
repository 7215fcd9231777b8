package format

import (
	"context"

	"truckroll/optimize/format/trsp"
	"truckroll/optimize/route"
)

// firstStage is the share of the budget that goes to a problem which another one is made from.
const firstStage = 3

// Solve solves an instance, in two stages where its form needs them: then the instance returned is that of the second
// stage, to which the plan belongs.
func Solve(ctx context.Context, in Instance, o route.Options) (Instance, *route.Solution, error) {
	staged, is := in.(*trsp.Pillac)
	if !is {
		plan, err := route.Solve(ctx, in.Problem(), o)
		return in, plan, err
	}
	first, second := o, o
	first.Time, second.Time = o.Time/firstStage, o.Time-o.Time/firstStage
	if o.Iterations > 0 { // 0 would be no limit
		first.Iterations = (o.Iterations + firstStage - 1) / firstStage
		second.Iterations = max(1, o.Iterations-first.Iterations)
	}
	plan, err := route.Solve(ctx, staged.Problem(), first)
	if err != nil {
		return nil, nil, err
	}
	next, err := staged.Next(plan)
	if err != nil {
		return nil, nil, err
	}
	before := plan.Run
	plan, err = route.Solve(ctx, next.Problem(), second)
	if err != nil {
		return nil, nil, err
	}
	plan.Run.Iterations += before.Iterations
	plan.Run.Elapsed += before.Elapsed
	return next, plan, nil
}
