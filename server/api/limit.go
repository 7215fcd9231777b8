package api

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"truckroll/platform/schema"
)

// Limits are how much clients may ask of a server. Each holds for one node.
type Limits struct {
	Daily    int           // requests of the organisation in a day, UTC; 0 is 15,000,000
	Rate     float64       // requests a second of one user of one app, on average; 0 is 2,000
	Burst    int           // requests that they may send at once; 0 is twice the rate
	Together int           // requests that are answered at the same time; 0 is 64
	Wait     time.Duration // how long a request waits for its turn; 0 is five seconds
}

func (l Limits) orDefaults() Limits {
	l.Daily = cmp.Or(l.Daily, 15_000_000)
	l.Rate = cmp.Or(l.Rate, 2000)
	l.Burst = cmp.Or(l.Burst, int(2*l.Rate))
	l.Together = cmp.Or(l.Together, 64)
	l.Wait = cmp.Or(l.Wait, 5*time.Second)
	return l
}

// admit counts a request and refuses it when its sender, or all together, have sent too many.
func (s *Server) admit(c *call) error {
	if !s.usage.count() {
		return schema.Refuse("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
	}
	if d := s.rate.take(string(c.viewer.User()) + " " + c.client); d > 0 {
		seconds := max(1, int(math.Ceil(d.Seconds())))
		return &wait{&schema.Fault{Code: "TOO_MANY_REQUESTS", Message: fmt.Sprintf("You send too many requests. Wait %d s", seconds)}, seconds}
	}
	return nil
}

// usage counts the requests of a day.
type usage struct {
	now  func() time.Time
	most int64
	day  atomic.Int64 // since 1970-01-01
	used atomic.Int64
}

// count counts one request; false means that it is one too many.
func (u *usage) count() bool {
	u.turn()
	return u.used.Add(1) <= u.most
}

// turn begins a new day when it is time to.
func (u *usage) turn() {
	today := u.now().Unix() / 86400
	if before := u.day.Load(); before != today && u.day.CompareAndSwap(before, today) {
		u.used.Store(0)
	}
}

// info is the value of Sforce-Limit-Info.
func (u *usage) info() string {
	u.turn()
	return fmt.Sprintf("api-usage=%d/%d", u.used.Load(), u.most)
}

// remaining is how many requests are left of the day.
func (u *usage) remaining() int64 {
	u.turn()
	return max(0, u.most-u.used.Load())
}

// buckets hold the tokens of each client: one is taken for a request, and they come back at a steady rate.
type buckets struct {
	rate  float64
	burst float64
	now   func() time.Time

	mu    sync.Mutex
	by    map[string]*bucket
	swept time.Time
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newBuckets(rate float64, burst int, now func() time.Time) *buckets {
	return &buckets{rate: rate, burst: float64(burst), now: now, by: map[string]*bucket{}}
}

// take takes a token. When there is none it returns how long it takes until there is.
func (b *buckets) take(client string) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	b.sweep(now)
	k := b.by[client]
	if k == nil {
		k = &bucket{b.burst, now}
		b.by[client] = k
	}
	k.tokens = min(b.burst, k.tokens+b.rate*now.Sub(k.at).Seconds())
	k.at = now
	if k.tokens < 1 {
		return time.Duration((1 - k.tokens) / b.rate * float64(time.Second))
	}
	k.tokens--
	return 0
}

// sweep forgets, once a minute, the clients whose buckets are full again.
func (b *buckets) sweep(now time.Time) {
	if now.Sub(b.swept) < time.Minute {
		return
	}
	b.swept = now
	for client, k := range b.by {
		if k.tokens+b.rate*now.Sub(k.at).Seconds() >= b.burst {
			delete(b.by, client)
		}
	}
}

// places are the seats of requests that are being answered. Whoever finds none waits a while, so that a burst is
// answered in order and an overload is refused early instead of slowing everyone down.
type places struct {
	free chan struct{}
	wait time.Duration
}

func newPlaces(n int, wait time.Duration) *places {
	return &places{make(chan struct{}, n), wait}
}

// enter takes a place and returns how to leave it.
func (p *places) enter(ctx context.Context) (leave func(), err error) {
	select {
	case p.free <- struct{}{}:
		return func() { <-p.free }, nil
	default:
	}
	timer := time.NewTimer(p.wait)
	defer timer.Stop()
	select {
	case p.free <- struct{}{}:
		return func() { <-p.free }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, &wait{&schema.Fault{Code: "SERVER_UNAVAILABLE", Message: "The server is busy. Send the request again in a few seconds"}, 3}
	}
}
