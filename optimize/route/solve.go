package route

import "context"

// Solve searches for a plan until opts or ctx end it, and returns the best one found. The error is that of
// [Problem.Validate]; running out of time is none. Cancelled before it has looked at the problem, which takes some
// tenths of a second for thousands of visits, it plans no more than what is pinned in sequences.
func Solve(ctx context.Context, p *Problem, opts Options) (*Solution, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p.search(ctx, opts)
}
