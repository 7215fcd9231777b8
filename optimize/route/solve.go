package route

import "context"

// Solve searches for a plan until opts or ctx end it, and returns the best one found. The error is that of
// [Problem.Validate]; running out of time is none.
func Solve(ctx context.Context, p *Problem, opts Options) (*Solution, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p.search(ctx, opts)
}
