package auth

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"truckroll/platform/org"
	"truckroll/platform/record"
)

// provider is a small OpenID Connect provider that lets everybody in as whom the test says.
type provider struct {
	*httptest.Server
	key    *rsa.PrivateKey
	claims map[string]any // of the next user
	asked  url.Values     // the last request to authorize
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{key: key}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &key.PublicKey, KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("POST /token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

// token redeems the code of whoever knows the verifier of the challenge.
func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	id, secret, _ := r.BasicAuth()
	if r.PostFormValue("code") != "the code" || id != "truckroll" || secret != "shared" || base64.RawURLEncoding.EncodeToString(sum[:]) != p.asked.Get("code_challenge") {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: p.key}, (&jose.SignerOptions{}).WithHeader("kid", "k"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	all := map[string]any{"iss": p.URL, "aud": "truckroll", "exp": time.Now().Add(time.Minute).Unix(), "iat": time.Now().Unix(), "nonce": p.asked.Get("nonce")}
	for k, v := range p.claims {
		all[k] = v
	}
	text, err := jwt.Signed(signer).Claims(all).Serialize()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": text})
}

// through signs in through the provider as whom claims say, and returns where the browser ends up.
func (h *house) through(p *provider, c *http.Client, claims map[string]any) string {
	h.t.Helper()
	p.claims = claims
	begun := h.location(h.send(c, h.request("GET", "/auth/oidc?to=/o/WorkOrder", "")))
	if !strings.HasPrefix(begun.String(), p.URL+"/authorize?") {
		return begun.String()
	}
	p.asked = begun.Query()
	return h.location(h.send(c, h.request("GET", "/auth/oidc/callback?code=the+code&state="+url.QueryEscape(p.asked.Get("state")), ""))).String()
}

func withSSO(t *testing.T, o Provider) (*house, *provider) {
	t.Helper()
	h, p := newHouse(t, sqlite), newProvider(t)
	o.Issuer, o.ClientId, o.ClientSecret = p.URL, "truckroll", "shared"
	h.sso = newSSO(&o)
	return h, p
}

func TestSingleSignOn(t *testing.T) {
	h, p := withSSO(t, Provider{})
	ada := map[string]any{"sub": "1", "email": strings.ToUpper(adminName), "email_verified": true}
	b := browser(t)
	if to := h.through(p, b, ada); to != "/o/WorkOrder" {
		t.Fatalf("sent to %s: %s", to, h.log)
	}
	if me := h.send(b, h.request("GET", "/auth/me", "")); me.text(t, "username") != adminName {
		t.Errorf("me: %s", me.body)
	}
	if p.asked.Get("code_challenge_method") != "S256" || p.asked.Get("nonce") == "" || p.asked.Get("redirect_uri") != h.server.URL+"/auth/oidc/callback" {
		t.Errorf("asked %v", p.asked)
	}
	// From now on the subject stands for the user, whatever happens to the address.
	if to := h.through(p, browser(t), map[string]any{"sub": "1", "email": "ada@elsewhere.example"}); to != "/o/WorkOrder" {
		t.Errorf("the subject alone: %s", to)
	}
	for what, c := range map[string]struct {
		claims map[string]any
		want   string
	}{
		"another subject of the same address": {map[string]any{"sub": "2", "email": adminName, "email_verified": true}, "sso-unknown"},
		"an address that is not verified":     {map[string]any{"sub": "3", "email": "mute@test.example"}, "sso-unknown"},
		"nobody of ours":                      {map[string]any{"sub": "4", "email": "new@test.example", "email_verified": "true"}, "sso-unknown"},
		"a token for another app":             {map[string]any{"sub": "1", "aud": "other"}, "sso-failed"},
		"a token of another sign-in":          {map[string]any{"sub": "1", "nonce": "old"}, "sso-failed"},
		"a token that has expired":            {map[string]any{"sub": "1", "exp": 1}, "sso-failed"},
	} {
		if to := h.through(p, browser(t), c.claims); to != "/?problem="+c.want {
			t.Errorf("%s: %s, want %s", what, to, c.want)
		}
	}
	if h.history("Success") != 2 {
		t.Errorf("%d sign-ins in the history, want 2", h.history("Success"))
	}
}

// The answer of the provider is good for the browser that asked, and once.
func TestSingleSignOnIsBoundToTheBrowser(t *testing.T) {
	h, p := withSSO(t, Provider{})
	b := browser(t)
	p.claims = map[string]any{"sub": "1", "email": adminName, "email_verified": true}
	p.asked = h.location(h.send(b, h.request("GET", "/auth/oidc?to=//evil.example", ""))).Query()
	callback := "/auth/oidc/callback?code=the+code&state=" + url.QueryEscape(p.asked.Get("state"))
	if to := h.location(h.send(browser(t), h.request("GET", callback, ""))).String(); to != "/?problem=sso-expired" {
		t.Errorf("in another browser: %s", to)
	}
	if to := h.location(h.send(b, h.request("GET", callback, ""))).String(); to != "/" {
		t.Errorf("back to %s", to)
	}
	if to := h.location(h.send(b, h.request("GET", callback, ""))).String(); to != "/?problem=sso-expired" {
		t.Errorf("twice: %s", to)
	}
	h.sso = nil
	if to := h.location(h.send(b, h.request("GET", "/auth/oidc", ""))).String(); to != "/?problem=sso-absent" {
		t.Errorf("without a provider: %s", to)
	}
}

func TestSingleSignOnAddsUsers(t *testing.T) {
	h, p := withSSO(t, Provider{Profile: "Mute", Match: MatchUsername})
	grace := map[string]any{"sub": "9", "email": "grace@test.example", "email_verified": true, "preferred_username": "gh", "given_name": "Grace", "family_name": "Hopper", "zoneinfo": "America/New_York"}
	for range 2 { // the second time they are known
		b := browser(t)
		if to := h.through(p, b, grace); to != "/o/WorkOrder" {
			t.Fatalf("sent to %s: %s", to, h.log)
		}
		me := h.send(b, h.request("GET", "/auth/me", ""))
		if me.text(t, "name") != "Grace Hopper" || me.text(t, "timeZone") != "America/New_York" {
			t.Errorf("me: %s", me.body)
		}
		h.want("a password of their own", h.ask(b, "POST", "/auth/account/password", "password", newPassword, "current", newPassword), 204, "")
	}
	if to := h.through(p, browser(t), map[string]any{"sub": "10", "email": "x@test.example"}); to != "/?problem=sso-unknown" {
		t.Errorf("an address that is not verified: %s", to)
	}
	if to := h.through(p, browser(t), map[string]any{"sub": "11", "preferred_username": "mute@test.example"}); to != "/o/WorkOrder" {
		t.Errorf("by user name: %s", to)
	}
	users := 0
	h.must(h.keeper.View(t.Context(), func(v *record.View) (err error) {
		users, err = record.Count[org.User](v, "FederationIdentifier != null")
		return err
	}))
	if users != 2 {
		t.Errorf("%d users are linked, want 2", users)
	}
}
