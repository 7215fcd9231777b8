package auth

import (
	"net/netip"
	"sync"
	"time"
)

// gate bounds how often a network may ask for what is kept before it is known who asks: challenges and mail. It counts
// in memory, by the minute.
type gate struct {
	now func() time.Time

	mu     sync.Mutex
	minute int64
	asked  map[string]int // by network
}

// Bounds on what nobody in particular may ask for in a minute. An office behind one address signs in through it, too.
const (
	perNetwork  = 120
	perEveryone = 6000
)

func newGate(now func() time.Time) *gate { return &gate{now: now, asked: map[string]int{}} }

// open reports whether one more may pass from an address.
func (g *gate) open(from netip.Addr) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if m := g.now().Unix() / 60; m != g.minute {
		g.minute = m
		clear(g.asked)
	}
	const all = "" // no network is called so
	here := network(from)
	if g.asked[here] >= perNetwork || g.asked[all] >= perEveryone {
		return false
	}
	g.asked[here]++
	g.asked[all]++
	return true
}
