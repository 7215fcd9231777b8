package route

import (
	"context"
	"errors"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// search is one run of Solve: rounds in which workers improve plans side by side, and what happens between rounds.
// Every decision depends on the seed and on counted iterations only, unless the clock is the budget.
type search struct {
	p       *Problem
	opts    Options
	ctx     context.Context
	clock   func() time.Duration // since the search began
	stopped atomic.Bool
	done    atomic.Int64 // iterations
	champ   *champion
	dice    *dice
	start   *draft  // what the search begins with: the present plan, at first
	spent   float64 // part of the budget that is spent before the rounds begin
}

// Which way of working side by side fits a problem.
const (
	isles       = 2    // workers on small problems, each with a plan of its own
	regional    = 300  // visits from which on workers share one plan
	herding     = 600  // the same where a herd can be bred
	blocked     = 2500 // visits from which on the problem is cut into smaller ones
	rounds      = 40   // of a search that is not cut
	regionSize  = 500  // visits for each worker of a shared plan, if iterations are counted
	regionLeast = 250  // the same where the clock is the budget and threads would be idle
)

func (p *Problem) search(ctx context.Context, opts Options) (*Solution, error) {
	prepared, owed := p.prepare()
	if opts.Threads <= 0 {
		opts.Threads = runtime.GOMAXPROCS(0)
	}
	s := &search{
		p: prepared, opts: opts, ctx: ctx, clock: opts.stopwatch(), dice: newDice(opts.Seed, -2),
		champ: newChampion(prepared), start: prepared.presentDraft(),
	}
	s.stopped.Store(ctx.Err() != nil)
	defer context.AfterFunc(ctx, func() { s.stopped.Store(true) })()
	var err error
	if n := len(p.Visits); n > 0 && len(p.Shifts) > 0 {
		if n < blocked {
			err = s.whole()
		} else {
			err = s.blocks()
		}
	}
	if err != nil && !errors.Is(err, errStopped) {
		return nil, err
	}
	solution := report(prepared, s.champ.draft, owed)
	solution.Run = Run{Iterations: s.done.Load(), Elapsed: s.clock(), Threads: opts.Threads}
	return solution, nil
}

// stopwatch starts from 0 now.
func (o Options) stopwatch() func() time.Duration {
	if o.Clock == nil {
		began := time.Now()
		return func() time.Duration { return time.Since(began) }
	}
	began := o.Clock()
	return func() time.Duration { return o.Clock() - began }
}

// whole searches with one model.
func (s *search) whole() error {
	m, err := s.compile(all(len(s.p.Shifts)), all(len(s.p.Visits)))
	if err != nil {
		return err
	}
	s.repair(m)
	if s.p.Policy.FewFirst {
		s.squeeze(m)
	}
	if m.n < regional || m.n < herding && m.alike() || s.p.Policy.MaxMoves > 0 || m.tied() {
		s.isles(m)
		return nil
	}
	if m.alike() {
		to := s.spent + (1-s.spent)*s.scouting(m)
		s.regions(m, to)
		return s.pieces(to)
	}
	s.regions(m, 1)
	return nil
}

// tied tells whether visits are linked, or have crews. Those need shifts of several technicians at once, which a region
// may not have.
func (m *model) tied() bool { return m.rich != nil && m.rich.groups != nil }

// How often absent visits are put into a present plan, each time in another order, and into an empty one.
const (
	repairs = 16
	drafts  = 3
)

// repair makes the present plan, with what is absent put in where it costs least, the first champion, so that no search
// ends below that, however short. If there is a plan, it is also the one to begin with.
func (s *search) repair(m *model) {
	times := drafts
	if len(s.p.Present) > 0 {
		times = repairs
	}
	for k := range times {
		w := newWorker(m, newDice(s.opts.Seed, -30-k))
		w.attach(s.plan(m), m.whole())
		w.prepare(overwhelming)
		s.champ.offer(w)
	}
	if len(s.p.Present) > 0 {
		s.start = s.champ.draft
	}
}

// plan is where a worker begins.
func (s *search) plan(m *model) *plan {
	p := newPlan(m)
	p.load(s.start)
	return p
}

// regions runs workers on the parts of one plan, along another direction in each round, until a part of the budget is
// spent.
func (s *search) regions(m *model, to float64) {
	shared := s.plan(m)
	var workers []*worker
	for k := range s.hands(m.n) {
		workers = append(workers, newWorker(m, newDice(s.opts.Seed, k)))
	}
	owner := make([]uint8, len(shared.nodes))
	for round := range rounds {
		shared.setPrices(s.scale(part(round, rounds).from))
		for k, reg := range split(shared, len(workers), s.dice) {
			workers[k].own(shared, reg, uint8(k), owner)
		}
		s.side(workers, part(round, rounds).scaled(s.spent, to), part(round, rounds))
		s.champ.offer(workers...)
		shared.count(m.whole())
		if s.over() {
			return
		}
	}
}

// hands is how many workers share a plan of n visits. Where the clock is the budget there are as many as threads: a third
// worker for two threads leaves one of them twice the time, and larger regions are better ones. Where iterations are
// counted, the plan may not depend on threads.
func (s *search) hands(n int) int {
	if s.opts.Iterations > 0 {
		return max(2, min(16, n/regionSize))
	}
	return max(2, min(s.opts.Threads, 16, n/regionLeast))
}

// over is true once the budget is spent.
func (s *search) over() bool {
	if s.opts.Progress != nil {
		s.opts.Progress(Progress{s.clock(), s.done.Load(), s.champ.cost})
	}
	return s.stopped.Load() || s.opts.Time > 0 && s.clock() >= s.opts.Time
}

// stretch is a part of the budget, as fractions of the whole.
type stretch struct{ from, to float64 }

// part is one of several equal parts.
func part(k, of int) stretch { return stretch{float64(k) / float64(of), float64(k+1) / float64(of)} }

// side lets all workers work through a stretch of the budget, as many at a time as there are threads, while they cool
// through a stretch of the scale of heat.
func (s *search) side(workers []*worker, during, cool stretch) {
	left := s.left(during.to)
	s.share(len(workers), during, func(k int, until time.Duration) {
		s.work(workers[k], during, cool, portion(left, k, len(workers)), until)
	})
}

// share runs jobs on the threads, and gives each its fair part of the time.
func (s *search) share(jobs int, during stretch, do func(job int, until time.Duration)) {
	threads := min(s.opts.Threads, jobs)
	var wg sync.WaitGroup
	for thread := range threads {
		wg.Go(func() {
			queue := (jobs - thread + threads - 1) / threads
			for turn := range queue {
				f := during.from + (during.to-during.from)*float64(turn+1)/float64(queue)
				do(thread+turn*threads, time.Duration(f*float64(s.opts.Time)))
			}
		})
	}
	wg.Wait()
}

// work is one worker's part of a stretch, to be done by a moment of the run if the clock is the budget. It makes a quota
// of iterations at most.
func (s *search) work(w *worker, during, cool stretch, quota int64, until time.Duration) {
	began, done := s.clock(), int64(0)
	w.prepare(s.scale(during.from))
	for done < quota && !s.stopped.Load() {
		f := float64(done) / float64(quota)
		if s.opts.Time > 0 {
			f = max(f, float64(s.clock()-began)/float64(max(1, until-began)))
		}
		if f >= 1 {
			break
		}
		w.heat = w.plan.m.heat(cool.from + (cool.to-cool.from)*f)
		some := min(64, quota-done)
		for range some {
			w.iterate()
		}
		done += some
	}
	s.done.Add(done)
}

// left is how many iterations may be made until a part of the budget is spent. What is made before a plan can be
// improved is not counted.
func (s *search) left(to float64) int64 {
	if s.opts.Iterations == 0 {
		return math.MaxInt64
	}
	return max(0, int64(math.Round(to*float64(s.opts.Iterations)))-s.done.Load())
}

// portion is the share of one of several that divide a number.
func portion(whole int64, one, of int) int64 {
	each, rest := whole/int64(of), whole%int64(of)
	if int64(one) < rest {
		each++
	}
	return each
}

// heat is the temperature, in the unit of cost, after a part of the budget. Rich models, where visits differ in who can
// make them and some stay out, are left warmer.
func (m *model) heat(f float64) float64 {
	hot, cold := 3.0, 0.01
	if m.rich != nil {
		hot, cold = 4.0, 0.05
	}
	return float64(m.leg) * hot * math.Pow(cold/hot, f)
}

// overwhelming is a price, in legs, that no detour is worth.
const overwhelming = 1e8

// mends tells whether a plan is in force and little of it may change: then the search goes on from the best plan that
// it has, and never far.
func (s *search) mends() bool { return s.p.Policy.MaxMoves > 0 && len(s.p.Present) > 0 }

// scale is the price of an absent visit of mean priority, in legs, after a part of the budget: it rises, because a high
// price from the start freezes the search in tours that go far out of their way. In the end it outweighs everything,
// as absence does when plans are compared. Where a plan is in force and little of it may change, it does so all the
// time.
func (s *search) scale(f float64) float64 {
	const freeze = 0.85
	if f >= freeze || s.mends() {
		return overwhelming
	}
	return 5 + 60*f*f
}

// all lists 0 to n-1.
func all(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}
