package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
)

// cost is what it takes to try one password: memory in KiB, passes over it, lanes.
type cost struct {
	memory  uint32
	passes  uint32
	threads uint8
}

// usual is the cost of new hashes, the smallest that OWASP recommends for argon2id.
var usual = cost{memory: 19 * 1024, passes: 2, threads: 1}

// Bounds on the work that sign-ins may cause: a flood of them waits or is turned away, and the rest of the server keeps
// its cores and its memory.
const (
	hashesAtOnce = 2
	hashesInLine = 64
)

// errBusy is returned when too many sign-ins are waiting.
var errBusy = errors.New("too many sign-ins at once")

// hasher makes and checks password hashes, a few at a time.
type hasher struct {
	slots   chan struct{}
	inLine  atomic.Int64
	cost    cost   // of new hashes
	decoy   string // the hash that is checked for users that do not exist
	running func() // seen by tests, each time a hash is computed
}

func newHasher(c cost) (*hasher, error) {
	h := &hasher{slots: make(chan struct{}, hashesAtOnce), cost: c, running: func() {}}
	decoy, err := h.hash(context.Background(), newSecret())
	h.decoy = decoy
	return h, err
}

// enter waits for a slot; leave gives it back.
func (h *hasher) enter(ctx context.Context) (leave func(), err error) {
	if h.inLine.Add(1) > hashesInLine+hashesAtOnce {
		h.inLine.Add(-1)
		return nil, errBusy
	}
	select {
	case h.slots <- struct{}{}:
		h.running()
		return func() { <-h.slots; h.inLine.Add(-1) }, nil
	case <-ctx.Done():
		h.inLine.Add(-1)
		return nil, ctx.Err()
	}
}

// hash returns the PHC string of a password: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	salt := make([]byte, 16)
	rand.Read(salt)
	c := h.cost
	key := argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, 32)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// verify reports whether a password has the hash phc, and whether the hash was made with a cost that is no longer the
// usual one. An empty phc, of a user who does not exist or has no password, takes as long and never matches.
func (h *hasher) verify(ctx context.Context, password, phc string) (match, outdated bool, err error) {
	known := phc != ""
	if !known {
		phc = h.decoy
	}
	c, salt, key, err := parsePHC(phc)
	if err != nil {
		return false, false, err
	}
	leave, err := h.enter(ctx)
	if err != nil {
		return false, false, err
	}
	defer leave()
	got := argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1 && known, c != h.cost, nil
}

// errHash is returned for what is not a hash of ours. The text is not shown: it is a secret.
var errHash = errors.New("not an argon2id hash")

func parsePHC(s string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil {
		return c, nil, nil, errHash
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(key) == 0 || c.passes == 0 || c.threads == 0 {
		return c, nil, nil, errHash
	}
	return c, salt, key, nil
}
