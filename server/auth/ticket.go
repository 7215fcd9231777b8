package auth

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// ticket is what a sign-in remembers from one step to the next, under a secret that only the browser holds.
type ticket struct {
	Kind    ticketKind
	User    schema.Id // "" while it is not known who signs in
	Expires time.Time
	Body    ticketBody
	hash    []byte
}

// ticketKind says what a ticket is good for.
type ticketKind string

const (
	secondTicket  ticketKind = "second"  // the password was right; the second factor is missing
	enrolTicket   ticketKind = "enrol"   // the password was right; a second factor must be set up first
	passkeyTicket ticketKind = "passkey" // a passkey was asked for
	ssoTicket     ticketKind = "sso"     // the provider was asked who this is
	resetTicket   ticketKind = "reset"   // a link to choose a new password
)

// How long tickets are good for.
const (
	stepLife  = 10 * time.Minute
	ResetLife = time.Hour // of a link to choose a new password
)

// ticketBody is what is never searched.
type ticketBody struct {
	Passkey  *webauthn.SessionData `json:",omitempty"`
	Nonce    string                `json:",omitempty"`
	Verifier string                `json:",omitempty"`
	Back     string                `json:",omitempty"` // where the browser wants to go afterwards
	Holder   []byte                `json:",omitempty"` // fingerprint of the cookie that must come along
}

const ticketPrefix = "tTrk"

// newTicket keeps a ticket and returns its secret.
func (a *Auth) newTicket(ctx context.Context, t ticket) (secret string, err error) {
	secret = ticketPrefix + newSecret()
	if t.Expires.IsZero() {
		t.Expires = a.now().Add(stepLife)
	}
	body, err := json.Marshal(t.Body)
	if err != nil {
		return "", err
	}
	return secret, a.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO sign_in_ticket (hash, kind, user_id, created, expires, body) VALUES (?, ?, ?, ?, ?, ?)`,
			fingerprint(secret), string(t.Kind), nullable(string(t.User)), a.now().UnixMilli(), t.Expires.UnixMilli(), body)
		return err
	})
}

// errTicket is the refusal of a ticket that is not known, was used, or is too old.
var errTicket = refuse("expired", "This took too long, or was done already. Please begin again.")

// ticketOf finds a ticket by its secret; errTicket when there is none that is still good.
func (a *Auth) ticketOf(ctx context.Context, kind ticketKind, secret string) (*ticket, error) {
	t := &ticket{Kind: kind, hash: fingerprint(secret)}
	var body []byte
	var expires int64
	err := a.db.View(ctx, func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT COALESCE(user_id, ''), expires, body FROM sign_in_ticket WHERE hash = ? AND kind = ?`, t.hash, string(kind)).Scan(&t.User, &expires, &body)
	})
	t.Expires = time.UnixMilli(expires)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, errTicket
	case err != nil:
		return nil, err
	case !a.now().Before(t.Expires):
		return nil, errTicket
	}
	return t, json.Unmarshal(body, &t.Body)
}

// spend uses a ticket up; errTicket when somebody else has.
func (t *ticket) spend(tx *store.Tx) error {
	r, err := tx.Exec(`DELETE FROM sign_in_ticket WHERE hash = ?`, t.hash)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errTicket)
	}
	return nil
}

// use is spend in a transaction of its own.
func (a *Auth) use(ctx context.Context, t *ticket) error {
	return a.db.Write(ctx, func(tx *store.Tx) error { return t.spend(tx) })
}
