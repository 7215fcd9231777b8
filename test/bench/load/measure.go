package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// scenario is one kind of call that both servers answer.
type scenario struct {
	name  string
	calls func(*target) func(n int) request
	want  float64 // how many times the peer's calls a second
}

var scenarios = []scenario{
	{"create", func(t *target) func(int) request { return t.create }, 1.5},
	{"read", func(t *target) func(int) request { return t.read }, 2},
	{"page", func(t *target) func(int) request { return t.page }, 2},
}

// sample is what one measurement saw.
type sample struct {
	rate  float64 // calls a second
	cpu   time.Duration
	times []time.Duration // sorted
}

func (s *sample) quantile(q float64) float64 {
	if len(s.times) == 0 {
		return 0
	}
	return float64(s.times[min(int(q*float64(len(s.times))), len(s.times)-1)].Microseconds()) / 1000
}

// compare measures a scenario on every target in turn, several times, and prints the medians and the ratio.
func (r *run) compare(ctx context.Context, s scenario, targets []*target) error {
	rates := map[*target][]float64{}
	last := map[*target]*sample{}
	for range r.rounds {
		for _, t := range targets {
			m, err := r.closed(ctx, t, s.calls(t))
			if err != nil {
				return err
			}
			rates[t] = append(rates[t], m.rate)
			last[t] = m
		}
	}
	for _, t := range targets {
		m, name := last[t], t.name+"_"+s.name
		note(r.name(name+"_rate"), median(rates[t]), "calls/s")
		for _, q := range []struct {
			name string
			q    float64
		}{{"p50", .50}, {"p95", .95}, {"p99", .99}} {
			note(r.name(name+"_"+q.name), m.quantile(q.q), "ms")
		}
		note(r.name(name+"_cpu"), float64(m.cpu.Microseconds()), "us/call")
	}
	if len(targets) == 2 {
		figure(r.name(s.name+"_ratio"), median(rates[targets[0]])/median(rates[targets[1]]), "x", ">=", s.want)
	}
	return nil
}

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

// closed lets each client send its next call when the last is answered.
func (r *run) closed(ctx context.Context, t *target, call func(int) request) (*sample, error) {
	ctx, cancel := context.WithTimeout(ctx, r.each)
	defer cancel()
	before, err := t.cpu()
	if err != nil {
		return nil, err
	}
	var next atomic.Int64
	next.Store(rand.Int64N(1 << 30))
	began := time.Now()
	times, err := r.clientsDo(func(log *[]time.Duration) error {
		for ctx.Err() == nil {
			sent := time.Now()
			if err := t.do(context.WithoutCancel(ctx), call(int(next.Add(1)))); err != nil {
				return err
			}
			*log = append(*log, time.Since(sent))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	took := time.Since(began)
	after, err := t.cpu()
	return &sample{float64(len(times)) / took.Seconds(), (after - before) / time.Duration(max(len(times), 1)), times}, err
}

// clientsDo runs f for every client and returns what they logged, sorted.
func (r *run) clientsDo(f func(log *[]time.Duration) error) ([]time.Duration, error) {
	logs, errs := make([][]time.Duration, r.clients), make([]error, r.clients)
	var wg sync.WaitGroup
	for i := range r.clients {
		wg.Go(func() { errs[i] = f(&logs[i]) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return slices.Sorted(slices.Values(slices.Concat(logs...))), nil
}

// paced sends calls at fixed rates, whether or not earlier ones are answered, and holds their latency, counted from
// when each was due, to the targets.
func (r *run) paced(ctx context.Context, t *target) error {
	writes := 300.0
	if r.database != "" {
		writes = 1000
	}
	for _, p := range []struct {
		name string
		call func(int) request
		rate float64
		want float64
	}{{"read", t.read, 1000, 20}, {"create", t.create, writes, 40}, {"page", t.page, 50, 50}} {
		m, err := r.open(ctx, t, p.call, p.rate)
		if err != nil {
			return fmt.Errorf("%s at %.0f/s: %w", p.name, p.rate, err)
		}
		note(r.name(fmt.Sprintf("%s_at_%.0f_p50", p.name, p.rate)), m.quantile(.50), "ms")
		figure(r.name(fmt.Sprintf("%s_at_%.0f_p99", p.name, p.rate)), m.quantile(.99), "ms", "<=", p.want)
	}
	return nil
}

func (r *run) open(ctx context.Context, t *target, call func(int) request, rate float64) (*sample, error) {
	total := int64(rate * r.each.Seconds())
	began := time.Now()
	var next atomic.Int64
	times, err := r.clientsDo(func(log *[]time.Duration) error {
		for {
			n := next.Add(1) - 1
			if n >= total || ctx.Err() != nil {
				return ctx.Err()
			}
			due := began.Add(time.Duration(float64(n) / rate * float64(time.Second)))
			time.Sleep(time.Until(due))
			if err := t.do(ctx, call(int(n))); err != nil {
				return err
			}
			*log = append(*log, time.Since(due))
		}
	})
	return &sample{times: times}, err
}
