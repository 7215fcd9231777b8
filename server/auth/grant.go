package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// grants maps grant_type to who answers it.
func (a *Auth) grants() map[string]func(*http.Request, *Client) (*consented, error) {
	return map[string]func(*http.Request, *Client) (*consented, error){
		"password":           a.grantPassword,
		"client_credentials": a.grantCredentials,
		"refresh_token":      a.grantRefresh,
		"authorization_code": a.grantCode,
		"device":             a.grantDevice,
		"urn:ietf:params:oauth:grant-type:device_code": a.grantDevice,
	}
}

// consented is the outcome of a flow: who lets the app do what.
type consented struct {
	person  *org.Person
	family  string // "" begins a new one
	scope   string
	refresh bool      // the app may have a refresh token
	again   string    // the refresh token to hand back instead of a new one
	nonce   string    // for the identity token
	since   time.Time // when the user proved who they are; zero is now
	ends    time.Time // of a rotated refresh token: the family's end; zero is counted from now
}

// tokens is the answer of the token endpoint.
type tokens struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token,omitempty"`
	IdToken      string `json:"id_token,omitempty"`
	Signature    string `json:"signature"`
	Scope        string `json:"scope,omitempty"`
	InstanceURL  string `json:"instance_url"`
	Id           string `json:"id"`
	TokenType    string `json:"token_type"`
	IssuedAt     string `json:"issued_at"` // ms, as text
	ApiURL       string `json:"api_instance_url,omitempty"`
}

// token answers POST /services/oauth2/token.
func (a *Auth) token(w http.ResponseWriter, r *http.Request) {
	if err := form(w, r); err != nil {
		a.fail(w, r, err)
		return
	}
	if r.PostForm.Get("response_type") == "device_code" || r.PostForm.Get("response_type") == "device_flow" {
		a.deviceBegin(w, r)
		return
	}
	t, err := a.exchange(r)
	if err != nil {
		a.note(r, "token refused", err)
		a.fail(w, r, err)
		return
	}
	answer(w, http.StatusOK, t)
}

// exchange runs the flow that the request asks for.
func (a *Auth) exchange(r *http.Request) (*tokens, error) {
	kind := r.PostForm.Get("grant_type")
	if kind == bearerGrant {
		c, consent, err := a.grantBearer(r)
		if err != nil {
			return nil, err
		}
		a.signedIn(r, consent.person, "OAuth "+string(FlowBearer), c.Name)
		return a.issue(r, c, "", consent)
	}
	grant := a.grants()[kind]
	if grant == nil {
		return nil, refuse("unsupported_grant_type", "grant type not supported")
	}
	c, secret, err := a.knownClient(r)
	if err != nil {
		return nil, err
	}
	consent, err := grant(r, c)
	if err != nil {
		return nil, err
	}
	if kind != "refresh_token" {
		a.signedIn(r, consent.person, "OAuth "+kind, c.Name)
	}
	return a.issue(r, c, secret, consent)
}

// knownClient finds the connected app of a request and has it prove itself, if it can: by client_id and client_secret
// in the body, or by HTTP Basic.
func (a *Auth) knownClient(r *http.Request) (*Client, string, error) {
	id, secret := r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	if user, pass, ok := r.BasicAuth(); ok {
		id, secret = unescape(user), unescape(pass)
	}
	if id == "" {
		return nil, "", refuse("invalid_request", "missing required parameter: client_id")
	}
	c, err := a.client(r.Context(), id)
	switch {
	case err != nil:
		return nil, "", err
	case c == nil:
		return nil, "", refuse("invalid_client_id", "client identifier invalid")
	case !c.public() && !c.proves(secret):
		return nil, "", &problem{Status: http.StatusUnauthorized, Code: "invalid_client", Description: "invalid client credentials"}
	}
	return c, secret, nil
}

// unescape undoes the form encoding that RFC 6749 asks for in HTTP Basic, and that many leave out.
func unescape(s string) string {
	if t, err := url.QueryUnescape(s); err == nil && !strings.Contains(s, "+") {
		return t
	}
	return s
}

// grantPassword takes a user's name and password.
func (a *Auth) grantPassword(r *http.Request, c *Client) (*consented, error) {
	if !c.allows(FlowPassword) {
		return nil, refuse("unsupported_grant_type", "this app may not sign in with user name and password")
	}
	p, err := a.signIn(r, r.PostForm.Get("username"), r.PostForm.Get("password"))
	if err == nil {
		err = a.alone(r.Context(), p)
	}
	if err != nil {
		return nil, err
	}
	return &consented{person: p, scope: c.scope(r.PostForm.Get("scope"))}, nil
}

// grantCredentials lets the app act as its own user.
func (a *Auth) grantCredentials(r *http.Request, c *Client) (*consented, error) {
	switch {
	case c.public() || !c.allows(FlowCredentials):
		return nil, refuse("unsupported_grant_type", "this app may not use client credentials")
	case c.RunAs == "":
		return nil, refuse("invalid_grant", "no client credentials user enabled")
	}
	p, err := a.active(r.Context(), c.RunAs)
	if err != nil {
		return nil, err
	}
	return &consented{person: p, scope: c.scope(r.PostForm.Get("scope"))}, nil
}

// active returns a user who may sign in.
func (a *Auth) active(ctx context.Context, id schema.Id) (*org.Person, error) {
	p, err := a.people.Person(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case p == nil || !p.Active:
		return nil, errInactive
	}
	return p, nil
}

// grantRefresh exchanges a refresh token for a new access token, and for a new refresh token. One that is used twice
// has been stolen: then all that came from the same consent ends.
func (a *Auth) grantRefresh(r *http.Request, c *Client) (*consented, error) {
	secret := r.PostForm.Get("refresh_token")
	var t *token
	reused := false
	err := a.db.Write(r.Context(), func(tx *store.Tx) (err error) {
		t, reused = nil, false
		if t, err = findToken(tx, secret); err != nil || t == nil || t.Kind != refreshKind || t.Client != c.Id {
			return err
		}
		if !c.Rotate {
			_, err = tx.Exec(`UPDATE oauth_token SET expires = ? WHERE hash = ?`, earlier(a.now().Add(refreshIdle), time.UnixMilli(t.Body.Ends)).UnixMilli(), t.hash)
			return err
		}
		first, err := spend(tx, "oauth_token", t.hash)
		if reused = !first; reused && err == nil {
			return endFamily(tx, t.Family)
		}
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case t == nil || t.Kind != refreshKind || t.Client != c.Id:
		return nil, refuse("invalid_grant", "expired access/refresh token")
	case reused:
		a.note(r, "refresh token used twice: its tokens were revoked", nil)
		return nil, refuse("invalid_grant", "expired access/refresh token")
	}
	p, err := a.active(r.Context(), t.User)
	if err != nil {
		return nil, err
	}
	out := &consented{person: p, family: t.Family, scope: t.Body.Scope, refresh: true, since: time.UnixMilli(t.Body.Since), ends: time.UnixMilli(t.Body.Ends)}
	if !c.Rotate {
		out.again = secret
	}
	return out, nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// issue makes the tokens of a consent.
func (a *Auth) issue(r *http.Request, c *Client, secret string, k *consented) (*tokens, error) {
	now := a.now()
	if k.since.IsZero() {
		k.since = now
	}
	if k.ends.IsZero() {
		k.ends = now.Add(c.Refresh)
	}
	if k.family == "" {
		k.family = newSecret()
	}
	organization, err := a.people.Organization(r.Context())
	if err != nil {
		return nil, err
	}
	origin := a.origin(r)
	t := &tokens{
		AccessToken: newAccessToken(organization.Id), Scope: k.scope, InstanceURL: origin, ApiURL: origin,
		Id: origin + "/id/" + string(organization.Id) + "/" + string(k.person.Id), TokenType: "Bearer", IssuedAt: strconv.FormatInt(now.UnixMilli(), 10),
	}
	scopes := strings.Fields(k.scope)
	if k.refresh && slices.Contains(scopes, "refresh_token") {
		t.RefreshToken = k.again
		if k.again == "" {
			t.RefreshToken = refreshPrefix + newSecret()
		}
	}
	if slices.Contains(scopes, "openid") {
		if t.IdToken, err = a.idToken(r, c.Id, k, t.AccessToken); err != nil {
			return nil, err
		}
	}
	t.Signature = sign(secret, t.Id+t.IssuedAt)
	return t, a.db.Write(r.Context(), func(tx *store.Tx) error { return a.keepTokens(tx, c, k, t) })
}

func (a *Auth) keepTokens(tx *store.Tx, c *Client, k *consented, t *tokens) error {
	now := tx.DB().Now()
	access := token{Kind: accessKind, Family: k.family, Client: c.Id, User: k.person.Id, Expires: now.Add(c.Idle),
		Body: tokenBody{Scope: k.scope, Idle: c.Idle.Milliseconds(), Since: k.since.UnixMilli(), Ends: earlier(now.Add(accessLongest), k.ends).UnixMilli()}}
	if err := access.keep(tx, t.AccessToken); err != nil || t.RefreshToken == "" || k.again != "" {
		return err
	}
	refresh := token{Kind: refreshKind, Family: k.family, Client: c.Id, User: k.person.Id, Expires: earlier(now.Add(refreshIdle), k.ends),
		Body: tokenBody{Scope: k.scope, Since: k.since.UnixMilli(), Ends: k.ends.UnixMilli()}}
	return refresh.keep(tx, t.RefreshToken)
}

// sign is how an app that knows its secret can tell that an answer was not changed.
func sign(secret, text string) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}
