package auth

import (
	"crypto"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

const bearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

// bearerAlgorithms are the signatures that are taken. The key is always the one pinned on the app: nothing in the
// assertion can name another.
var bearerAlgorithms = []jose.SignatureAlgorithm{jose.RS256, jose.ES256}

// Assertions may be this far off in time: clocks differ, and the Salesforce CLI makes ones that have all but expired.
const (
	assertionSkew = 3 * time.Minute
	assertionLife = time.Hour
)

// assertion is the claims of a JWT bearer assertion, in all the forms that clients write them.
type assertion struct {
	Issuer   string       `json:"iss"`
	Subject  string       `json:"sub"`
	Person   string       `json:"prn"` // the older name of sub
	Audience jwt.Audience `json:"aud"`
	Expires  looseTime    `json:"exp"`
	Scope    string       `json:"scope"`
}

// looseTime is a moment in seconds or milliseconds since 1970, as a number or as a text.
type looseTime struct{ time.Time }

// UnmarshalJSON implements [json.Unmarshaler].
func (t *looseTime) UnmarshalJSON(b []byte) error {
	n, err := strconv.ParseFloat(strings.Trim(string(b), `"`), 64)
	if err != nil || n < 0 || n > 1e15 {
		return errors.New("exp is not a time in seconds since 1970")
	}
	if n < 1e11 {
		n *= 1000
	}
	t.Time = time.UnixMilli(int64(n))
	return nil
}

// grantBearer lets an app that holds the private key of its certificate act as a user, or as the one user that it is
// bound to.
func (a *Auth) grantBearer(r *http.Request) (*Client, *consented, error) {
	text := r.PostForm.Get("assertion")
	if len(text) > 16<<10 {
		return nil, nil, refuse("invalid_grant", "invalid assertion")
	}
	signed, err := jwt.ParseSigned(text, bearerAlgorithms)
	if err != nil {
		return nil, nil, refuse("invalid_grant", "invalid assertion: expected a JWT signed with RS256 or ES256")
	}
	var unproven assertion
	if err := signed.UnsafeClaimsWithoutVerification(&unproven); err != nil {
		return nil, nil, refuse("invalid_grant", "invalid assertion: "+claimProblem(err))
	}
	c, err := a.client(r.Context(), unproven.Issuer)
	switch {
	case err != nil:
		return nil, nil, err
	case c == nil:
		return nil, nil, refuse("invalid_client_id", "client identifier invalid")
	case !c.allows(FlowBearer) || c.Key == "":
		return nil, nil, refuse("invalid_app_access", "this app may not sign in by assertion")
	}
	key, err := publicKey(c.Key)
	if err != nil {
		return nil, nil, err
	}
	var claims assertion
	if err := signed.Claims(key, &claims); err != nil {
		return nil, nil, refuse("invalid_grant", "invalid assertion: the signature does not match the app's certificate")
	}
	consent, err := a.believe(r, c, &claims)
	return c, consent, err
}

// believe checks the claims of an assertion whose signature is good.
func (a *Auth) believe(r *http.Request, c *Client, claims *assertion) (*consented, error) {
	now := a.now()
	username := claims.Subject
	if username == "" {
		username = claims.Person
	}
	switch {
	case claims.Expires.IsZero() || claims.Expires.Before(now.Add(-assertionSkew)):
		return nil, refuse("invalid_grant", "assertion has expired")
	case claims.Expires.After(now.Add(assertionLife)):
		return nil, refuse("invalid_grant", "assertion expires too far in the future")
	case !a.audience(r, claims.Audience):
		return nil, refuse("invalid_grant", "audience is invalid")
	}
	p, err := a.people.PersonByName(r.Context(), username)
	switch {
	case err != nil:
		return nil, err
	case p == nil || c.RunAs != "" && c.RunAs != p.Id:
		return nil, refuse("invalid_grant", "user hasn't approved this consumer")
	case !p.Active:
		return nil, errInactive
	}
	return &consented{person: p, scope: c.scope(claims.Scope)}, nil
}

// salesforceAudiences are what client libraries write, wherever they send the assertion.
var salesforceAudiences = []string{"https://login.salesforce.com", "https://test.salesforce.com"}

// audience reports whether one of the audiences is this server, by its address or that of its token endpoint.
func (a *Auth) audience(r *http.Request, aud jwt.Audience) bool {
	origin := a.origin(r)
	return slices.ContainsFunc(aud, func(s string) bool {
		s = strings.TrimSuffix(s, "/")
		return s == origin || s == origin+"/services/oauth2/token" || slices.Contains(salesforceAudiences, s)
	})
}

// publicKey reads the public key or certificate of an app.
func publicKey(text string) (crypto.PublicKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("the certificate of a connected app is not PEM")
	}
	if block.Type == "CERTIFICATE" {
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		return cert.PublicKey, nil
	}
	return x509.ParsePKIXPublicKey(block.Bytes)
}

// claimProblem says what is wrong with claims that do not decode.
func claimProblem(err error) string {
	var t *json.UnmarshalTypeError
	if errors.As(err, &t) {
		return "claim " + t.Field + " has the wrong type"
	}
	return err.Error()
}
