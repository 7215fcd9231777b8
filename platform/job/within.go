package job

import "context"

// Within makes work for an environment F of a queue whose environment is E, so that one queue does the work of several
// rooms.
func Within[E, F any](of func(E) F, jobs ...Job[F]) []Job[E] {
	list := make([]Job[E], len(jobs))
	for i, j := range jobs {
		list[i] = within[E, F]{j, of}
	}
	return list
}

type within[E, F any] struct {
	Job[F]
	of func(E) F
}

func (w within[E, F]) plan() Plan { return w.Job.plan() }

func (w within[E, F]) do(ctx context.Context, env E, t task) error {
	return w.Job.do(ctx, w.of(env), t)
}
