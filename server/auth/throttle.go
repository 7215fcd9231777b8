package auth

import (
	"net/netip"
	"strings"
	"sync"
	"time"
)

// throttle slows down whoever guesses passwords. It counts failures by account and network together, and waits double
// with each; and by account alone, against guesses from many networks, where it spares the networks from which the
// account has signed in before, so that nobody can lock a user out. It does not know which accounts exist: a name that
// does not is treated alike.
//
// It counts in memory, per process. A restart forgets, which gives an attacker a few more guesses and no more.
type throttle struct {
	now func() time.Time
	max int // entries

	mu      sync.Mutex
	entries map[string]*tries
}

// tries is what is remembered of an account, or of an account in a network.
type tries struct {
	failures int
	last     time.Time
	until    time.Time // refused before this
	known    bool      // of an account in a network: has signed in
}

// The policy of the throttle.
const (
	freeTries    = 3                // failures before waiting begins
	longestDelay = 5 * time.Minute  // of one account in one network
	lockAfter    = 30               // failures of an account from everywhere
	lockFor      = 15 * time.Minute // for networks that the account has not signed in from
	forgetAfter  = 24 * time.Hour   // without a try
	maxEntries   = 200_000          // about 40 MB
)

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, max: maxEntries, entries: map[string]*tries{}}
}

// wait returns how long the account must wait before its next try from an address; 0 is not at all.
func (t *throttle) wait(account string, from netip.Addr) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	account = accountKey(account)
	here, everywhere := t.entries[account+"|"+network(from)], t.entries[account]
	now := t.now()
	var wait time.Duration
	if here != nil {
		wait = here.until.Sub(now)
	}
	if everywhere != nil && (here == nil || !here.known) {
		wait = max(wait, everywhere.until.Sub(now))
	}
	return max(wait, 0)
}

// failed counts a wrong password.
func (t *throttle) failed(account string, from netip.Addr) {
	t.mu.Lock()
	defer t.mu.Unlock()
	account = accountKey(account)
	now := t.now()
	here := t.entry(account+"|"+network(from), now)
	here.failures++
	if n := here.failures - freeTries; n >= 0 {
		here.until = now.Add(min(time.Second<<min(n, 20), longestDelay))
	}
	everywhere := t.entry(account, now)
	everywhere.failures++
	if everywhere.failures >= lockAfter {
		everywhere.until = now.Add(lockFor)
	}
}

// succeeded forgets the failures of the account in this network, and knows the network from now on.
func (t *throttle) succeeded(account string, from netip.Addr) {
	t.mu.Lock()
	defer t.mu.Unlock()
	account = accountKey(account)
	now := t.now()
	*t.entry(account+"|"+network(from), now) = tries{last: now, known: true}
	if e := t.entries[account]; e != nil && e.until.Before(now) {
		delete(t.entries, account)
	}
}

// entry finds or makes the entry of a key. Called with the lock held.
func (t *throttle) entry(key string, now time.Time) *tries {
	e := t.entries[key]
	if e == nil {
		t.makeRoom(now)
		e = &tries{}
		t.entries[key] = e
	}
	if now.Sub(e.last) > forgetAfter {
		*e = tries{known: e.known}
	}
	e.last = now
	return e
}

// makeRoom keeps the number of entries bounded: first the old ones go, then any.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.entries) < t.max {
		return
	}
	for k, e := range t.entries {
		if now.Sub(e.last) > forgetAfter {
			delete(t.entries, k)
		}
	}
	for k := range t.entries {
		if len(t.entries) < t.max*9/10 {
			return
		}
		delete(t.entries, k)
	}
}

func accountKey(username string) string { return strings.ToLower(strings.TrimSpace(username)) }

// network is the part of an address that one household or office shares: /24 of IPv4, /56 of IPv6.
func network(a netip.Addr) string {
	a = a.Unmap()
	bits := 24
	if a.Is6() {
		bits = 56
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return "unknown"
	}
	return p.String()
}
