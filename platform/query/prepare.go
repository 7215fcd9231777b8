package query

import (
	"context"
	"slices"
)

// Preparing is a [Virtual] that looks at a query before it is resolved, because what it answers depends on what is asked.
// It returns the question as it shall be resolved, and the Virtual for it.
type Preparing interface {
	Prepare(ctx context.Context, a Ask) (Ask, Virtual, error)
}

// Compile reads the query of a, once its virtual objects know what is asked of them.
func (e *Engine) Compile(ctx context.Context, a Ask) (*Statement, error) {
	o := e.options(a)
	if p, ok := e.Virtual.(Preparing); ok {
		var err error
		if a, o.Virtual, err = p.Prepare(ctx, a); err != nil {
			return nil, err
		}
	}
	return Compile(a.Text, a.Catalog, a.Viewer, o)
}

// Prepare implements [Preparing]: each that prepares does so in turn.
func (all Virtuals) Prepare(ctx context.Context, a Ask) (Ask, Virtual, error) {
	ready := slices.Clone(all)
	for i, v := range all {
		if p, ok := v.(Preparing); ok {
			var err error
			if a, ready[i], err = p.Prepare(ctx, a); err != nil {
				return a, all, err
			}
		}
	}
	return a, ready, nil
}
