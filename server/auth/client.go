package auth

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Flow is a way in which a connected app may obtain tokens; the words of ConnectedApplication.GrantTypes.
type Flow string

// The flows that a connected app may be allowed.
const (
	FlowPassword    Flow = "password"           // a user's name and password, through the app
	FlowCredentials Flow = "client_credentials" // as the app's own user
	FlowBearer      Flow = "jwt_bearer"         // by an assertion signed with the app's key
	FlowCode        Flow = "authorization_code" // by the user's consent in a browser
	FlowDevice      Flow = "device"             // by the user's consent on another device
)

// Client is a connected app.
type Client struct {
	Id        string // the consumer key
	Name      string // as users read it when they consent
	Flows     []Flow // what it may use; nothing else is possible
	RunAs     schema.Id
	Redirects []string      // exact addresses for the code flow
	Key       string        // PEM of the public key or certificate that signs its assertions
	Scopes    []string      // the most that a token can hold; empty is api, refresh_token, openid
	PKCE      bool          // the code flow needs a proof key even though the app has a secret
	Rotate    bool          // a refresh token is good for one use
	Idle      time.Duration // an access token ends when it is not used for so long
	Refresh   time.Duration // a refresh token ends after so long
	secret    []byte        // fingerprint; empty for apps that cannot keep one
}

// platformCLI is the app of the Salesforce CLI, which brings its own name along and cannot be told another.
var platformCLI = Client{
	Id:        "PlatformCLI",
	Name:      "Salesforce CLI",
	Flows:     []Flow{FlowCode, FlowDevice},
	Redirects: []string{"http://localhost:1717/OauthRedirect"},
	Scopes:    []string{"api", "web", "refresh_token", "openid"},
	Idle:      accessIdle,
	Refresh:   refreshTotal,
}

// loopbackAnyPort names the apps whose redirects to the user's own machine may use any port (RFC 8252, 7.3).
func (c *Client) loopbackAnyPort() bool { return c.public() }

func (c *Client) allows(f Flow) bool { return slices.Contains(c.Flows, f) }

// public reports whether the app cannot keep a secret: it runs on its users' devices.
func (c *Client) public() bool { return len(c.secret) == 0 }

// proves reports whether secret is the app's.
func (c *Client) proves(secret string) bool {
	return len(c.secret) != 0 && subtle.ConstantTimeCompare(fingerprint(secret), c.secret) == 1
}

// scope cuts what is asked for, separated by spaces, down to what the app may have; nothing asked is all.
func (c *Client) scope(asked string) string {
	most := c.Scopes
	if len(most) == 0 {
		most = []string{"api", "refresh_token", "openid"}
	}
	want := strings.Fields(asked)
	if len(want) == 0 {
		want = most
	}
	if slices.Contains(want, "offline_access") {
		want = append(want, "refresh_token")
	}
	var got []string
	for _, s := range most {
		if slices.Contains(want, s) || s == "api" && slices.Contains(want, "full") {
			got = append(got, s)
		}
	}
	return strings.Join(got, " ")
}

// redirect reports whether uri is a place to which the app's users may be sent back.
func (c *Client) redirect(uri string) bool {
	if slices.Contains(c.Redirects, uri) {
		return true
	}
	return c.loopbackAnyPort() && slices.ContainsFunc(c.Redirects, func(r string) bool { return sameButPort(r, uri) })
}

// sameButPort reports whether two addresses of the machine itself differ in nothing but the port.
func sameButPort(a, b string) bool {
	u, err1 := url.Parse(a)
	v, err2 := url.Parse(b)
	if err1 != nil || err2 != nil || u.Scheme != "http" || !loopback(u.Hostname()) || u.Hostname() != v.Hostname() {
		return false
	}
	u.Host, v.Host = u.Hostname(), v.Hostname()
	return *u == *v
}

// loopback reports whether a host name, without port, is the machine itself.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

// client finds a connected app by its consumer key; nil is none, or one that is not active.
func (a *Auth) client(ctx context.Context, id string) (*Client, error) {
	c := Client{Id: id}
	var secret, flows, redirects, scopes string
	var active bool
	var minutes, days int64
	err := a.db.View(ctx, func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT "Name", COALESCE("SecretHash", ''), COALESCE("GrantTypes", ''), COALESCE("RunAsUserId", ''),
			COALESCE("CallbackUrls", ''), COALESCE("Certificate", ''), COALESCE("Scopes", ''), "PkceRequired", "RefreshTokenRotation",
			COALESCE("SessionMinutes", 0), COALESCE("RefreshTokenValidityPeriod", 0), "IsActive" FROM "ConnectedApplication"
			WHERE "ClientId" = ? AND "IsDeleted" = `+tx.Dialect().Bool(false), id).
			Scan(&c.Name, &secret, &flows, &c.RunAs, &redirects, &c.Key, &scopes, &c.PKCE, &c.Rotate, &minutes, &days, &active)
	})
	switch {
	case errors.Is(err, sql.ErrNoRows) && id == platformCLI.Id:
		c = platformCLI
		return &c, nil
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil || !active:
		return nil, err
	}
	for f := range strings.FieldsSeq(flows) {
		c.Flows = append(c.Flows, Flow(f))
	}
	c.Redirects, c.Scopes = strings.Fields(redirects), strings.Fields(scopes)
	c.Idle, c.Refresh = accessIdle, refreshTotal
	if minutes > 0 {
		c.Idle = time.Duration(minutes) * time.Minute
	}
	if days > 0 {
		c.Refresh = time.Duration(days) * 24 * time.Hour
	}
	c.secret, err = hex.DecodeString(secret)
	return &c, err
}
