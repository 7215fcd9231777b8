package route

import (
	"context"
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
	m       *model
	opts    Options
	began   time.Time
	stop    atomic.Bool
	workers []*worker
	champ   *champion
	dice    *dice
	rounds  int
}

const rounds = 40

func (p *Problem) search(ctx context.Context, opts Options) (*Solution, error) {
	prepared, owed := p.prepare()
	s := &search{p: prepared, opts: opts, began: time.Now(), dice: newDice(opts.Seed, -2), rounds: rounds}
	if opts.Threads <= 0 {
		s.opts.Threads = runtime.GOMAXPROCS(0)
	}
	defer context.AfterFunc(ctx, func() { s.stop.Store(true) })()
	m, err := compile(prepared, all(len(p.Shifts)), all(len(p.Visits)))
	if err != nil {
		return nil, err
	}
	s.m = m
	s.champ = newChampion(m)
	if m.n > 0 && m.r > 0 {
		s.run()
	}
	solution := report(prepared, s.champ.draft(m), owed)
	solution.Run = Run{Iterations: s.iterations(), Elapsed: time.Since(s.began), Threads: s.opts.Threads}
	return solution, nil
}

func (s *search) iterations() (sum int64) {
	for _, w := range s.workers {
		sum += w.iterations
	}
	return sum
}

// run works through the rounds.
func (s *search) run() {
	if s.m.n < regional {
		s.isles()
		return
	}
	s.regions()
}

// isles runs a few workers on plans of their own.
func (s *search) isles() {
	for k := range isles {
		s.workers = append(s.workers, newWorker(s.m, newDice(s.opts.Seed, k)))
		s.workers[k].attach(newPlan(s.m), s.m.whole())
	}
	for round := range s.rounds {
		s.side(round)
		for _, w := range s.workers {
			s.champ.offer(w.best.cost, []*worker{w})
		}
		if s.over(round) {
			return
		}
	}
}

const (
	isles    = 2
	regional = 300 // visits from which on workers share one plan
)

// regions runs workers on the parts of one plan, along another direction in each round.
func (s *search) regions() {
	parts := max(2, min(16, s.m.n/500))
	shared := newPlan(s.m)
	for k := range parts {
		s.workers = append(s.workers, newWorker(s.m, newDice(s.opts.Seed, k)))
	}
	owner := make([]uint8, len(shared.nodes))
	for round := range s.rounds {
		shared.setPrices(s.scale(float64(round) / float64(s.rounds)))
		for k, reg := range split(shared, parts, s.dice) {
			for _, i := range reg.visits {
				owner[i] = uint8(k)
			}
			for _, shift := range reg.shifts {
				owner[s.m.start(shift)] = uint8(k)
			}
			s.workers[k].id, s.workers[k].owner = uint8(k), owner
			s.workers[k].attach(shared.view(reg), reg)
		}
		s.side(round)
		var sum Cost
		for _, w := range s.workers {
			sum = sum.plus(w.best.cost)
		}
		s.champ.offer(sum, s.workers)
		shared.count(s.m.whole())
		if s.over(round) {
			return
		}
	}
}

// over is true once the budget is spent.
func (s *search) over(round int) bool {
	if s.opts.Progress != nil {
		s.opts.Progress(Progress{time.Since(s.began), s.iterations(), s.champ.cost})
	}
	return s.stop.Load() || s.opts.Time > 0 && time.Since(s.began) >= s.opts.Time
}

// side lets all workers work through their part of a round, as many at a time as there are threads.
func (s *search) side(round int) {
	threads := min(s.opts.Threads, len(s.workers))
	var wg sync.WaitGroup
	for thread := range threads {
		wg.Go(func() {
			queue := (len(s.workers) - thread + threads - 1) / threads
			for turn := range queue {
				w := s.workers[thread+turn*threads]
				s.work(w, round, float64(turn+1)/float64(queue))
			}
		})
	}
	wg.Wait()
}

// work is one worker's round. share is the part of the round's time by whose end it has to be done.
func (s *search) work(w *worker, round int, share float64) {
	lo, hi := float64(round)/float64(s.rounds), float64(round+1)/float64(s.rounds)
	began := time.Since(s.began)
	until := time.Duration((lo + (hi-lo)*share) * float64(s.opts.Time))
	quota := s.opts.Iterations/int64(s.rounds) + 1
	w.prepare(s.scale(lo))
	for done := int64(0); ; done++ {
		if done&63 == 0 {
			f := float64(done) / float64(quota)
			if s.opts.Iterations == 0 {
				f = 0
			}
			if s.opts.Time > 0 {
				f = max(f, float64(time.Since(s.began)-began)/float64(max(1, until-began)))
			}
			if f >= 1 || s.stop.Load() {
				return
			}
			w.heat = s.heat(lo + (hi-lo)*f)
		}
		w.iterate()
	}
}

// heat is the temperature after a part of the budget.
func (s *search) heat(f float64) float64 {
	hot, cold := 1.0, 0.01
	return float64(s.m.leg) * hot * math.Pow(cold/hot, f)
}

// scale is the price of an absent visit, in legs, after a part of the budget: it rises, because a high price from the
// start freezes the search.
func (s *search) scale(f float64) float64 { return 20 + 20*f }

// all lists 0 to n-1.
func all(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}
