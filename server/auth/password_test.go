package auth

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/platform/store/storetest"
)

func TestHashes(t *testing.T) {
	h, err := newHasher(usual)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	phc, err := h.hash(ctx, "secret 1")
	if err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s %v", phc, err)
	}
	for _, tc := range []struct {
		password, phc string
		match         bool
	}{{"secret 1", phc, true}, {"secret 2", phc, false}, {"", phc, false}, {"secret 1", "", false}, {"", "", false}} {
		match, outdated, err := h.verify(ctx, tc.password, tc.phc)
		if err != nil || match != tc.match || outdated {
			t.Errorf("%q: match %t, outdated %t, error %v", tc.password, match, outdated, err)
		}
	}
	weak, err := newHasher(cost{memory: 64, passes: 1, threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	old, _ := weak.hash(ctx, "secret 1")
	if match, outdated, _ := h.verify(ctx, "secret 1", old); !match || !outdated {
		t.Errorf("a hash of another cost: match %t, outdated %t", match, outdated)
	}
	for _, bad := range []string{"x", "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$a2V5", "$argon2id$v=19$m=64,t=0,p=1$c2FsdHNhbHQ$a2V5", "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$", "$argon2id$v=19$m=64,t=1,p=1$!$a2V5"} {
		if _, _, err := h.verify(ctx, "secret 1", bad); !errors.Is(err, errHash) {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

// However many try, two are hashed at once, a bounded number waits, and the others are turned away.
func TestHashingIsBounded(t *testing.T) {
	h, err := newHasher(cost{memory: 64, passes: 1, threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	const tries = 500
	release := make(chan struct{})
	var entered atomic.Int64
	h.running = func() { entered.Add(1); <-release }
	errs := make(chan error, tries)
	for range tries {
		go func() {
			_, _, err := h.verify(context.Background(), "x", "")
			errs <- err
		}()
	}
	for range tries - hashesInLine - hashesAtOnce {
		if err := <-errs; !errors.Is(err, errBusy) {
			t.Fatalf("more than may wait: error %v", err)
		}
	}
	if n := entered.Load(); n != hashesAtOnce {
		t.Errorf("%d at once", n)
	}
	close(release)
	for range hashesInLine + hashesAtOnce {
		if err := <-errs; err != nil {
			t.Errorf("one that waited: error %v", err)
		}
	}
	if n := h.inLine.Load(); n != 0 {
		t.Errorf("%d are still in line", n)
	}
}

func TestWhoGivesUpLeavesTheLine(t *testing.T) {
	h, err := newHasher(cost{memory: 64, passes: 1, threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	release := make(chan struct{})
	var running sync.WaitGroup
	running.Add(hashesAtOnce)
	h.running = func() { running.Done(); <-release }
	for range hashesAtOnce {
		go h.verify(context.Background(), "x", "")
	}
	running.Wait()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := h.verify(ctx, "x", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if n := h.inLine.Load(); n != hashesAtOnce {
		t.Errorf("%d in line, want %d", n, hashesAtOnce)
	}
	close(release)
}

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

func TestThrottle(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	th := newThrottle(func() time.Time { return now })
	home, next, away := addr("10.1.2.3"), addr("10.1.2.99"), addr("203.0.113.9")
	for i := range freeTries {
		if w := th.wait("Anna", home); w != 0 {
			t.Errorf("try %d waits %v", i, w)
		}
		th.failed("anna ", home)
	}
	if w := th.wait("ANNA", home); w != time.Second {
		t.Errorf("after %d failures: %v", freeTries, w)
	}
	if th.wait("anna", next) != time.Second || th.wait("anna", away) != 0 || th.wait("bert", home) != 0 {
		t.Error("the wait is not that of one account in one network")
	}
	th.failed("anna", home)
	if w := th.wait("anna", home); w != 2*time.Second {
		t.Errorf("after one more: %v", w)
	}
	for range 40 {
		th.failed("anna", home)
	}
	if w := th.wait("anna", home); w != lockFor {
		t.Errorf("after many: %v", w)
	}
	now = now.Add(longestDelay)
	if w := th.wait("anna", away); w != lockFor-longestDelay {
		t.Errorf("elsewhere, after many: %v", w)
	}
	now = now.Add(lockFor)
	if th.wait("anna", home) != 0 || th.wait("anna", away) != 0 {
		t.Error("the lock does not end")
	}
}

// Nobody can lock a user out of a network that the user has signed in from.
func TestKnownNetworksAreSpared(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	th := newThrottle(func() time.Time { return now })
	home := addr("2001:db8:1:100::1")
	th.succeeded("anna", home)
	for i := range 200 {
		th.failed("anna", netip.AddrFrom4([4]byte{203, 0, byte(i), 1}))
	}
	if th.wait("anna", addr("198.51.100.1")) == 0 {
		t.Error("guesses from 200 networks do not lock the account for a new one")
	}
	if w := th.wait("anna", addr("2001:db8:1:1ff::2")); w != 0 {
		t.Errorf("the user must wait %v at home", w)
	}
}

// The throttle forgets rather than grow.
func TestThrottleIsBounded(t *testing.T) {
	th := newThrottle(time.Now)
	th.max = 1000
	rapid.Check(t, func(r *rapid.T) {
		for _, name := range rapid.SliceOfN(rapid.StringN(1, 12, -1), 200, 400).Draw(r, "names") {
			th.failed(name, netip.AddrFrom4([4]byte{byte(len(name)), 1, 2, 3}))
		}
		if n := len(th.entries); n > th.max+1 {
			r.Fatalf("%d entries", n)
		}
	})
}

// The answers for a user who does not exist and for a wrong password are equal in every byte, and so is the work.
func TestUnknownUsersLookLikeWrongPasswords(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	var hashed atomic.Int64
	h.hasher.running = func() { hashed.Add(1) }
	ask := func(name string) (reply, int64) {
		before := hashed.Load()
		r := h.tokenFor("grant_type", "password", "username", name, "password", "not the password")
		r.header.Del("Date")
		return r, hashed.Load() - before
	}
	for i := range 8 {
		known, work := ask(adminName)
		unknown, same := ask("nobody@test.example")
		if known.status != unknown.status || known.body != unknown.body || len(known.header) != len(unknown.header) || work != same {
			t.Errorf("try %d: %d %s (%d hashes) and %d %s (%d hashes)", i, known.status, known.body, work, unknown.status, unknown.body, same)
		}
	}
	if r, _ := ask(adminName); r.status != 429 || r.header.Get("Retry-After") == "" {
		t.Errorf("after many failures: %d %s", r.status, r.body)
	}
	if r := h.password(); r.status != 429 {
		t.Errorf("the right password during the wait: %d", r.status)
	}
	h.advance(longestDelay)
	if r := h.password(); r.status != 200 {
		t.Errorf("the right password after the wait: %d %s", r.status, r.body)
	}
}

func TestNewPasswords(t *testing.T) {
	for password, want := range map[string]bool{
		"short": false, "password123": false, "aaaaaaaa": false, "abcabcabc": false, "Anna@Test.Example": false, strings.Repeat("x y", 400): false,
		"long enough": true, "пароль длинный": true, "12 weird Wörter": true,
	} {
		if err := checkPassword("anna@test.example", password); (err == nil) != want {
			t.Errorf("%q: %v", password, err)
		}
	}
}
