package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// Provider is an OpenID Connect provider that tells who users are: single sign-on.
type Provider struct {
	Issuer       string // its address, by which it is discovered
	ClientId     string // by which it knows this server
	ClientSecret string
	Name         string // as people call it, for the button; "" is the company
	Match        Match  // "" is MatchEmail
	Profile      string // name of the profile of users who are added when they first sign in; "" adds none
}

// Match says by which claim a user is found who signs in through the provider for the first time. From then on it is the
// subject, which never changes.
type Match string

// The ways to find a user. A user name is to be taken only from a provider that does not let people choose theirs.
const (
	MatchEmail    Match = "email"    // a verified e-mail address that is a user name, or the address of one user alone
	MatchUsername Match = "username" // the claim preferred_username is the user name
)

// sso is a provider and what has been found out about it.
type sso struct {
	Provider
	mu    sync.Mutex
	found *oidc.Provider
}

func newSSO(p *Provider) *sso {
	if p == nil {
		return nil
	}
	return &sso{Provider: *p}
}

// providerTime is how long the provider may take for an answer.
const providerTime = 10 * time.Second

// discover reads where the provider answers, once. When it can't be reached it is asked again the next time.
func (s *sso) discover() (*oidc.Provider, context.Context, error) {
	ctx := oidc.ClientContext(context.Background(), &http.Client{Timeout: providerTime}) // its keys are fetched later, too
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		return s.found, ctx, nil
	}
	found, err := oidc.NewProvider(ctx, s.Issuer)
	if err != nil {
		return nil, nil, fmt.Errorf("the provider of single sign-on: %w", err)
	}
	s.found = found
	return found, ctx, nil
}

func (s *sso) config(found *oidc.Provider, origin string) *oauth2.Config {
	return &oauth2.Config{ClientID: s.ClientId, ClientSecret: s.ClientSecret, Endpoint: found.Endpoint(), RedirectURL: origin + "/auth/oidc/callback", Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}
}

// holderCookie names the cookie that binds the provider's answer to the browser that asked: without it somebody could
// have another browser sign in as them.
func (a *Auth) holderCookie(r *http.Request) string { return a.cookieName(r) + "-sso" }

func (a *Auth) setHolder(w http.ResponseWriter, r *http.Request, value string, life int) {
	http.SetCookie(w, &http.Cookie{Name: a.holderCookie(r), Value: value, Path: "/", MaxAge: life, Secure: a.secure(r), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// within returns an address of this server to go back to; "/" for any other.
func within(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}

// beginSSO answers GET /auth/oidc?to=…: the browser is sent to the provider.
func (a *Auth) beginSSO(w http.ResponseWriter, r *http.Request) {
	if a.sso == nil {
		a.backToSignIn(w, r, errNoSSO)
		return
	}
	if !a.gate.open(address(r)) {
		a.backToSignIn(w, r, errBusy)
		return
	}
	found, _, err := a.sso.discover()
	if err != nil {
		a.backToSignIn(w, r, err)
		return
	}
	holder, nonce, verifier := newSecret(), newSecret(), oauth2.GenerateVerifier()
	state, err := a.newTicket(r.Context(), ticket{Kind: ssoTicket, Body: ticketBody{Nonce: nonce, Verifier: verifier, Back: within(r.URL.Query().Get("to")), Holder: fingerprint(holder)}})
	if err != nil {
		a.backToSignIn(w, r, err)
		return
	}
	a.setHolder(w, r, holder, int(stepLife/time.Second))
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, a.sso.config(found, a.origin(r)).AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), http.StatusSeeOther)
}

// Refusals of single sign-on, by the words that the sign-in page knows them by.
var (
	errNoSSO      = &problem{Code: "sso-absent", Description: "single sign-on is not set up"}
	errSSODenied  = &problem{Code: "sso-denied", Description: "the provider did not let the user in"}
	errSSOUnknown = &problem{Code: "sso-unknown", Description: "the provider's user is no user here"}
	errSSOExpired = &problem{Code: "sso-expired", Description: "the answer of the provider came too late, twice, or to another browser"}
)

// backToSignIn shows the sign-in page again, with what went wrong.
func (a *Auth) backToSignIn(w http.ResponseWriter, r *http.Request, err error) {
	code := "sso-failed"
	var p *problem
	if errors.As(err, &p) {
		code = p.Code
	}
	if errors.Is(err, errInactive) {
		code = "sso-inactive"
	}
	a.note(r, "single sign-on refused", err)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/?problem="+url.QueryEscape(code), http.StatusSeeOther)
}

// takeSSO answers GET /auth/oidc/callback, to which the provider sends the browser back.
func (a *Auth) takeSSO(w http.ResponseWriter, r *http.Request) {
	p, back, err := a.answered(r)
	a.setHolder(w, r, "", -1)
	if err == nil {
		err = a.beginSession(w, r, p, "single sign-on")
	}
	if err != nil {
		a.backToSignIn(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, back, http.StatusSeeOther)
}

// answered checks the provider's answer and returns who it is about, and where they want to go.
func (a *Auth) answered(r *http.Request) (p *org.Person, back string, err error) {
	v := r.URL.Query()
	if a.sso == nil {
		return nil, "", errNoSSO
	}
	t, err := a.ticketOf(r.Context(), ssoTicket, v.Get("state"))
	c, err2 := r.Cookie(a.holderCookie(r))
	if err != nil || err2 != nil || subtle.ConstantTimeCompare(fingerprint(c.Value), t.Body.Holder) != 1 {
		return nil, "", errSSOExpired
	}
	if err := a.use(r.Context(), t); err != nil {
		return nil, "", errSSOExpired
	}
	if v.Get("error") != "" || v.Get("code") == "" {
		return nil, "", errSSODenied
	}
	claims, err := a.sso.claims(a.origin(r), v.Get("code"), t.Body)
	if err != nil {
		return nil, "", err
	}
	p, err = a.personOf(r.Context(), claims)
	return p, t.Body.Back, err
}

// claims is what the provider says of a user.
type claims struct {
	Issuer   string    `json:"iss"`
	Subject  string    `json:"sub"`
	Email    string    `json:"email"`
	Verified looseBool `json:"email_verified"`
	Username string    `json:"preferred_username"`
	First    string    `json:"given_name"`
	Last     string    `json:"family_name"`
	Zone     string    `json:"zoneinfo"`
}

// looseBool reads a truth that some providers write as a text.
type looseBool bool

func (b *looseBool) UnmarshalJSON(data []byte) error {
	*b = looseBool(strings.Trim(string(data), `"`) == "true")
	return nil
}

// subject names the user for good: an issuer gives no subject twice.
func (c *claims) subject() string { return c.Issuer + " " + c.Subject }

// claims redeems the code of an answer and returns what the signed identity token says.
func (s *sso) claims(origin, code string, t ticketBody) (*claims, error) {
	found, ctx, err := s.discover()
	if err != nil {
		return nil, err
	}
	tokens, err := s.config(found, origin).Exchange(ctx, code, oauth2.VerifierOption(t.Verifier))
	if err != nil {
		return nil, fmt.Errorf("redeem the provider's code: %w", err)
	}
	text, _ := tokens.Extra("id_token").(string)
	token, err := found.Verifier(&oidc.Config{ClientID: s.ClientId}).Verify(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("the provider's identity token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(t.Nonce)) != 1 {
		return nil, errors.New("the provider's identity token is not for this sign-in: its nonce is another")
	}
	c := &claims{}
	return c, token.Claims(c)
}

// personOf finds the user that claims are about, or adds one where that is wanted.
func (a *Auth) personOf(ctx context.Context, c *claims) (*org.Person, error) {
	var known []*org.User
	err := a.keeper.View(ctx, func(v *record.View) (err error) {
		if known, err = record.Find[org.User](v, "FederationIdentifier = ?", c.subject()); err != nil || len(known) > 0 {
			return err
		}
		known, err = a.claimed(v, c)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case len(known) > 1 || len(known) == 0 && a.sso.Profile == "":
		return nil, errSSOUnknown
	case len(known) == 0:
		return a.addClaimed(ctx, c)
	}
	if known[0].FederationIdentifier == "" {
		if err := a.link(ctx, schema.Ref[org.User](known[0].Id), c.subject()); err != nil {
			return nil, err
		}
	}
	return a.active(ctx, known[0].Id)
}

// claimed returns the users who may be meant, of those that no other subject stands for.
func (a *Auth) claimed(v *record.View, c *claims) ([]*org.User, error) {
	if a.sso.Match == MatchUsername {
		if c.Username == "" {
			return nil, nil
		}
		return record.Find[org.User](v, "Username = ? AND FederationIdentifier = null", c.Username)
	}
	if c.Email == "" || !c.Verified {
		return nil, nil
	}
	named, err := record.Find[org.User](v, "Username = ? AND FederationIdentifier = null", c.Email)
	if err != nil || len(named) > 0 {
		return named, err
	}
	return record.Find[org.User](v, "Email = ? AND IsActive = true AND FederationIdentifier = null", c.Email)
}

// link has a subject stand for a user from now on.
func (a *Auth) link(ctx context.Context, user schema.Ref[org.User], subject string) error {
	return a.keeper.Do(ctx, record.Cause{By: by, Of: "single sign-on"}, func(tx *record.Tx) error {
		u, err := record.Get(tx, user)
		if err != nil {
			return err
		}
		u.FederationIdentifier = subject
		return tx.Save(u)
	})
}

// addClaimed adds a user who signs in for the first time.
func (a *Auth) addClaimed(ctx context.Context, c *claims) (*org.Person, error) {
	if c.Email == "" || !c.Verified {
		return nil, errSSOUnknown
	}
	name := c.Email
	if a.sso.Match == MatchUsername && strings.Contains(c.Username, "@") {
		name = c.Username
	}
	if _, err := time.LoadLocation(c.Zone); err != nil {
		c.Zone = ""
	}
	id, err := a.add(ctx, record.Cause{By: by, Of: "single sign-on"}, NewUser{Username: name, Email: c.Email, FirstName: c.First, LastName: c.Last, Profile: a.sso.Profile, Zone: c.Zone, subject: c.subject()}, "")
	if err != nil {
		return nil, err
	}
	return a.active(ctx, id)
}
