package auth

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// How long secrets last. Access tokens and sessions are kept alive by use, until their end.
const (
	accessIdle    = 2 * time.Hour
	accessLongest = 12 * time.Hour
	refreshIdle   = 30 * 24 * time.Hour
	refreshTotal  = 365 * 24 * time.Hour
	codeLife      = 60 * time.Second
	deviceLife    = 10 * time.Minute
)

// kind says what a secret is good for.
type kind string

const (
	accessKind  kind = "access"
	refreshKind kind = "refresh"
	sessionKind kind = "session"
	codeKind    kind = "code"
	deviceKind  kind = "device" // what the device holds
	userKind    kind = "user"   // what the user types, standing for a device's code
)

// token is an access or refresh token. All tokens that come from one consent are a family, and end together.
type token struct {
	hash    []byte
	Kind    kind
	Family  string
	Client  string // "" for SOAP login
	User    schema.Id
	Created time.Time
	Expires time.Time
	Used    bool
	Body    tokenBody
}

// tokenBody is what is never searched for.
type tokenBody struct {
	Scope string `json:"scope"`
	Idle  int64  `json:"idle,omitempty"` // ms; how far use prolongs the token
	Ends  int64  `json:"ends"`           // ms; the token can't be prolonged beyond
	Since int64  `json:"since"`          // ms; when the user proved who they are
}

// keep stores a token under a secret. Hash and Created are filled in.
func (t *token) keep(tx *store.Tx, secret string) error {
	body, err := json.Marshal(t.Body)
	if err != nil {
		return err
	}
	t.hash, t.Created = fingerprint(secret), tx.DB().Now()
	_, err = tx.Exec(`INSERT INTO oauth_token (hash, kind, family, client, user_id, created, expires, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		t.hash, string(t.Kind), t.Family, t.Client, string(t.User), t.Created.UnixMilli(), t.Expires.UnixMilli(), body)
	return err
}

// findToken returns what is known of a secret; nil when it is unknown or expired. A used refresh token is returned:
// that somebody uses it again means something.
func findToken(tx *store.Tx, secret string) (*token, error) {
	t := token{hash: fingerprint(secret)}
	var created, expires int64
	var used sql.NullInt64
	var body []byte
	err := tx.QueryRow(`SELECT kind, family, client, user_id, created, expires, used, body FROM oauth_token WHERE hash = ?`, t.hash).
		Scan(&t.Kind, &t.Family, &t.Client, &t.User, &created, &expires, &used, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t.Created, t.Expires, t.Used = time.UnixMilli(created), time.UnixMilli(expires), used.Valid
	if !tx.DB().Now().Before(t.Expires) {
		return nil, nil
	}
	return &t, json.Unmarshal(body, &t.Body)
}

// spend marks a token as used and reports whether it was the first to do so.
func spend(tx *store.Tx, table string, hash []byte) (bool, error) {
	r, err := tx.Exec(`UPDATE `+table+` SET used = ? WHERE hash = ? AND used IS NULL`, tx.DB().Now().UnixMilli(), hash)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}

// endFamily ends all tokens of one consent.
func endFamily(tx *store.Tx, family string) error {
	_, err := tx.Exec(`DELETE FROM oauth_token WHERE family = ?`, family)
	return err
}

// code is something short-lived that is exchanged for tokens: the code of a redirect, a device's code, a user's code.
type code struct {
	hash    []byte
	Kind    kind
	Client  string
	User    schema.Id // "" while a device waits for a user
	Expires time.Time
	Used    bool
	Body    codeBody
}

// codeBody is what a code remembers of the request that it was made for.
type codeBody struct {
	Family    string `json:"family"` // of the tokens to come
	Scope     string `json:"scope"`
	Redirect  string `json:"redirect,omitempty"`
	Challenge string `json:"challenge,omitempty"` // of PKCE, S256
	Nonce     string `json:"nonce,omitempty"`
	Since     int64  `json:"since,omitempty"`  // ms; when the user proved who they are
	Device    []byte `json:"device,omitempty"` // of a user's code: the hash of the device's
}

// keep stores a code under a secret.
func (c *code) keep(tx *store.Tx, secret string) error {
	body, err := json.Marshal(c.Body)
	if err != nil {
		return err
	}
	c.hash = fingerprint(secret)
	_, err = tx.Exec(`INSERT INTO oauth_code (hash, kind, client, user_id, created, expires, body) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		c.hash, string(c.Kind), c.Client, sql.NullString{String: string(c.User), Valid: c.User != ""},
		tx.DB().Now().UnixMilli(), c.Expires.UnixMilli(), body)
	return err
}

// findCode returns what is known of a code of a kind; nil when it is unknown or expired. A used code is returned.
func findCode(tx *store.Tx, k kind, secret string) (*code, error) {
	c := code{hash: fingerprint(secret), Kind: k}
	var user sql.NullString
	var expires int64
	var used sql.NullInt64
	var body []byte
	err := tx.QueryRow(`SELECT client, user_id, expires, used, body FROM oauth_code WHERE hash = ? AND kind = ?`, c.hash, string(k)).
		Scan(&c.Client, &user, &expires, &used, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c.User, c.Expires, c.Used = schema.Id(user.String), time.UnixMilli(expires), used.Valid
	if !tx.DB().Now().Before(c.Expires) {
		return nil, nil
	}
	return &c, json.Unmarshal(body, &c.Body)
}
