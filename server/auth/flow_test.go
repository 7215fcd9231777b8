package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store/storetest"
)

const verifier = "a-verifier-of-at-least-forty-three-characters-x"

func challenge() string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// authorizePath is where an app sends its user.
func authorizePath(pairs ...string) string {
	v := url.Values{"response_type": {"code"}, "code_challenge": {challenge()}, "code_challenge_method": {"S256"}, "state": {"s 1"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return "/services/oauth2/authorize?" + v.Encode()
}

// consentOf signs the administrator in with a browser, allows what the app asks and returns where the browser is sent.
func (h *house) consentOf(c *http.Client, path string) *url.URL {
	h.t.Helper()
	page := h.send(c, h.request("GET", path, ""))
	if page.status != 200 || !strings.Contains(page.body, "Sign in") {
		h.t.Fatalf("no sign-in page: %d %s", page.status, page.body)
	}
	if r := h.post(c, path, "step", "sign-in", "username", adminName, "password", adminPassword); r.status != 303 || r.header.Get("Location") != path {
		h.t.Fatalf("sign-in: %d %s %s", r.status, r.header.Get("Location"), r.body)
	}
	page = h.send(c, h.request("GET", path, ""))
	if page.status != 200 || !strings.Contains(page.body, "wants to act for") {
		h.t.Fatalf("no consent page: %d %s", page.status, page.body)
	}
	return h.location(h.post(c, path, "step", "allow"))
}

func (h *house) location(r reply) *url.URL {
	h.t.Helper()
	u, err := url.Parse(r.header.Get("Location"))
	if r.status != 303 || err != nil {
		h.t.Fatalf("no redirect: %d %v %s", r.status, err, r.body)
	}
	return u
}

const appBack = "https://app.example/back"

func (h *house) codeFor(c *http.Client) string {
	h.t.Helper()
	return h.consentOf(c, authorizePath("client_id", h.app, "redirect_uri", appBack)).Query().Get("code")
}

func (h *house) exchangeCode(code string, pairs ...string) reply {
	h.t.Helper()
	return h.tokenFor(append([]string{"grant_type", "authorization_code", "code", code, "redirect_uri", appBack, "code_verifier", verifier}, pairs...)...)
}

func TestCodeFlow(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := browser(t)
		path := authorizePath("client_id", h.app, "redirect_uri", appBack, "nonce", "n-1")
		back := h.consentOf(b, path)
		if back.Host != "app.example" || back.Query().Get("state") != "s 1" || back.Query().Get("iss") != h.server.URL {
			t.Errorf("sent back to %s", back)
		}
		r := h.exchangeCode(back.Query().Get("code"))
		if r.status != 200 || h.data(r.text(t, "access_token")) != 200 || !strings.HasPrefix(r.text(t, "refresh_token"), refreshPrefix) {
			t.Fatalf("%d %s", r.status, r.body)
		}
		h.checkIdToken(r.text(t, "id_token"))

		// The app has the consent now, and its user is not asked again.
		if again := h.location(h.send(b, h.request("GET", path, ""))); again.Query().Get("code") == "" {
			t.Errorf("asked again: %s", again)
		}
		if page := h.send(b, h.request("GET", path+"&prompt=consent", "")); page.status != 200 {
			t.Errorf("not asked, although the app wants it: %d", page.status)
		}
		if denied := h.location(h.post(b, path, "step", "deny")); denied.Query().Get("error") != "access_denied" {
			t.Errorf("denied: %s", denied)
		}
	})
}

// checkIdToken verifies an identity token by what discovery tells.
func (h *house) checkIdToken(text string) {
	h.t.Helper()
	var set jose.JSONWebKeySet
	h.must(json.Unmarshal([]byte(h.get("/id/keys").body), &set))
	parsed, err := jwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.RS256})
	h.must(err)
	var claims jwt.Claims
	var more struct {
		Nonce string `json:"nonce"`
	}
	h.must(parsed.Claims(set.Key(parsed.Headers[0].KeyID)[0].Key, &claims, &more))
	h.must(claims.Validate(jwt.Expected{Issuer: h.server.URL, AnyAudience: []string{h.app}, Time: h.now()}))
	if more.Nonce != "n-1" || !strings.HasSuffix(claims.Subject, string(h.admin)) {
		h.t.Errorf("claims %+v %+v", claims, more)
	}
}

func TestCodesAreGoodOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		code := h.codeFor(browser(t))
		first := h.exchangeCode(code)
		token := first.text(t, "access_token")
		if second := h.exchangeCode(code); second.text(t, "error") != "invalid_grant" {
			t.Errorf("a code was exchanged twice: %s", second.body)
		}
		if h.data(token) != 401 {
			t.Error("a stolen code's tokens are good")
		}
	})
}

func TestCodesAreBound(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	if r := h.exchangeCode(h.codeFor(browser(t)), "code_verifier", verifier+"x"); r.text(t, "error") != "invalid_grant" {
		t.Errorf("another verifier: %s", r.body)
	}
	if r := h.exchangeCode(h.codeFor(browser(t)), "code_verifier", ""); r.text(t, "error") != "invalid_grant" {
		t.Errorf("no verifier: %s", r.body)
	}
	if r := h.exchangeCode(h.codeFor(browser(t)), "redirect_uri", "com.example:/back"); r.text(t, "error") != "redirect_uri_mismatch" {
		t.Errorf("another redirect: %s", r.body)
	}
	id, secret, err := h.AddClient(context.Background(), record.Cause{By: "test"}, org.ConnectedApplication{Name: "Other", GrantTypes: "authorization_code"}, false)
	h.must(err)
	if r := h.exchangeCode(h.codeFor(browser(t)), "client_id", id, "client_secret", secret); r.text(t, "error") != "invalid_grant" {
		t.Errorf("another app: %s", r.body)
	}
	code := h.codeFor(browser(t))
	h.advance(codeLife)
	if r := h.exchangeCode(code); r.text(t, "error") != "invalid_grant" {
		t.Errorf("an old code: %s", r.body)
	}
}

func TestWhereABrowserIsSent(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	public, _, err := h.AddClient(context.Background(), record.Cause{By: "test"}, org.ConnectedApplication{Name: "Desktop", GrantTypes: "authorization_code", CallbackUrls: "http://127.0.0.1/cb"}, true)
	h.must(err)
	for _, tc := range []struct {
		client, redirect string
		known            bool
	}{
		{h.app, appBack, true}, {h.app, "com.example:/back", true}, {h.app, appBack + "/", false}, {h.app, appBack + "?x=1", false}, {h.app, "http://app.example/back", false},
		{h.app, "https://app.example.evil/back", false}, {h.app, "", false}, {h.app, "http://localhost/back", false}, {"nobody", appBack, false},
		{"PlatformCLI", "http://localhost:1717/OauthRedirect", true}, {"PlatformCLI", "http://localhost:8080/OauthRedirect", true}, {"PlatformCLI", "http://localhost:1717/x", false},
		{"PlatformCLI", "http://localhost:1717@evil.example/OauthRedirect", false}, {"PlatformCLI", "https://localhost:1717/OauthRedirect", false}, {"PlatformCLI", "http://127.0.0.1:1717/OauthRedirect", false},
		{public, "http://127.0.0.1:4567/cb", true}, {public, "http://127.0.0.1.evil.example/cb", false},
	} {
		r := h.get(authorizePath("client_id", tc.client, "redirect_uri", tc.redirect))
		if known := r.status == 200; known != tc.known || r.header.Get("Location") != "" {
			t.Errorf("%s to %s: %d %s", tc.client, tc.redirect, r.status, r.header.Get("Location"))
		}
	}
	if r := h.get(strings.Replace(authorizePath("client_id", "PlatformCLI", "redirect_uri", "http://localhost:1717/OauthRedirect"), "code_challenge_method=S256", "", 1)); r.status != 200 {
		t.Errorf("a challenge without its method: %d %s", r.status, r.header.Get("Location"))
	}
	for name, pairs := range map[string][]string{
		"unsupported_response_type": {"response_type", "token"},
		"invalid_request":           {"code_challenge", ""},
		"invalid_request ":          {"code_challenge_method", "plain"},
		"login_required":            {"prompt", "none"},
	} {
		r := h.get(authorizePath(append([]string{"client_id", h.app, "redirect_uri", appBack}, pairs...)...))
		if u := h.location(r); u.Query().Get("error") != strings.TrimSpace(name) || u.Host != "app.example" {
			t.Errorf("%s: sent to %s", name, u)
		}
	}
}

func TestRefreshTokens(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		first := h.exchangeCode(h.codeFor(browser(t)))
		refresh := func(token string) reply { return h.tokenFor("grant_type", "refresh_token", "refresh_token", token) }
		second := refresh(first.text(t, "refresh_token"))
		if second.status != 200 || h.data(second.text(t, "access_token")) != 200 || second.text(t, "refresh_token") == first.text(t, "refresh_token") || second.text(t, "scope") != first.text(t, "scope") {
			t.Fatalf("%d %s", second.status, second.body)
		}
		third := refresh(second.text(t, "refresh_token"))
		if third.status != 200 {
			t.Fatalf("%d %s", third.status, third.body)
		}
		if stolen := refresh(first.text(t, "refresh_token")); stolen.text(t, "error") != "invalid_grant" {
			t.Errorf("an old refresh token was taken: %s", stolen.body)
		}
		if h.data(third.text(t, "access_token")) != 401 || refresh(third.text(t, "refresh_token")).status != 400 {
			t.Error("an old refresh token was used by a thief, and the others of its consent are good")
		}
		revoked := h.exchangeCode(h.codeFor(browser(t)))
		h.post(nil, "/services/oauth2/revoke", "token", revoked.text(t, "refresh_token"))
		if h.data(revoked.text(t, "access_token")) != 401 {
			t.Error("a refresh token was revoked, and the access tokens beside it are good")
		}
	})
}

// The Salesforce CLI cannot follow a refresh token that is replaced.
func TestFixedRefreshTokens(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	back := h.consentOf(browser(t), authorizePath("client_id", "PlatformCLI", "redirect_uri", "http://localhost:1717/OauthRedirect"))
	r := h.post(nil, "/services/oauth2/token", "client_id", "PlatformCLI", "grant_type", "authorization_code", "code", back.Query().Get("code"),
		"redirect_uri", "http://localhost:1717/OauthRedirect", "code_verifier", verifier)
	token := r.text(t, "refresh_token")
	for range 3 {
		r := h.post(nil, "/services/oauth2/token", "client_id", "PlatformCLI", "grant_type", "refresh_token", "refresh_token", token)
		if r.status != 200 || r.text(t, "refresh_token") != token || h.data(r.text(t, "access_token")) != 200 {
			t.Errorf("%d %s", r.status, r.body)
		}
	}
}

func publicPEM(t *testing.T, key any) schema.LongText {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return schema.LongText(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func assertionOf(t *testing.T, alg jose.SignatureAlgorithm, key any, claims map[string]any) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestBearerAssertions(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	h.must(err)
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	h.must(err)
	add := func(name string, key any, runAs schema.Id) string {
		id, _, err := h.AddClient(context.Background(), record.Cause{By: "test"}, org.ConnectedApplication{Name: name, GrantTypes: "jwt_bearer", Certificate: publicPEM(t, key), RunAsUserId: schema.Ref[org.User](runAs)}, true)
		h.must(err)
		return id
	}
	app, ec, bound := add("RSA", &rsaKey.PublicKey, ""), add("EC", &ecKey.PublicKey, ""), add("Bound", &rsaKey.PublicKey, h.admin)
	soon := h.now().Add(2 * time.Minute)
	claims := func(pairs ...any) map[string]any {
		m := map[string]any{"iss": app, "sub": adminName, "aud": "https://login.salesforce.com", "exp": soon.Unix()}
		for i := 0; i+1 < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		return m
	}
	for _, tc := range []struct {
		name   string
		alg    jose.SignatureAlgorithm
		key    any
		claims map[string]any
		error  string
	}{
		{"plain", jose.RS256, rsaKey, claims(), ""},
		{"exp as text", jose.RS256, rsaKey, claims("exp", "1772355720"), ""},
		{"exp in ms", jose.RS256, rsaKey, claims("exp", h.now().UnixMilli()+300), ""},
		{"aud of ours with a slash", jose.RS256, rsaKey, claims("aud", h.server.URL+"/"), ""},
		{"aud is the token endpoint", jose.RS256, rsaKey, claims("aud", []string{h.server.URL + "/services/oauth2/token"}), ""},
		{"ES256", jose.ES256, ecKey, claims("iss", ec), ""},
		{"bound to this user", jose.RS256, rsaKey, claims("iss", bound), ""},
		{"bound to another", jose.RS256, rsaKey, claims("iss", bound, "sub", "mute@test.example"), "invalid_grant"},
		{"another key", jose.ES256, ecKey, claims(), "invalid_grant"},
		{"an algorithm that is not taken", jose.RS512, rsaKey, claims(), "invalid_grant"},
		{"signed by the public key as a secret", jose.HS256, []byte(publicPEM(t, &rsaKey.PublicKey)), claims(), "invalid_grant"},
		{"expired", jose.RS256, rsaKey, claims("exp", h.now().Add(-10*time.Minute).Unix()), "invalid_grant"},
		{"no exp", jose.RS256, rsaKey, claims("exp", nil), "invalid_grant"},
		{"far exp", jose.RS256, rsaKey, claims("exp", h.now().Add(24*time.Hour).Unix()), "invalid_grant"},
		{"other aud", jose.RS256, rsaKey, claims("aud", "https://evil.example"), "invalid_grant"},
		{"unknown app", jose.RS256, rsaKey, claims("iss", "x"), "invalid_client_id"},
		{"app without a certificate", jose.RS256, rsaKey, claims("iss", h.app), "invalid_app_access"},
		{"unknown user", jose.RS256, rsaKey, claims("sub", "x@test.example"), "invalid_grant"},
	} {
		r := h.post(nil, "/services/oauth2/token", "grant_type", bearerGrant, "assertion", assertionOf(t, tc.alg, tc.key, tc.claims))
		if got := r.text(t, "error"); got != tc.error || tc.error == "" && h.data(r.text(t, "access_token")) != 200 {
			t.Errorf("%s: %d %s", tc.name, r.status, r.body)
		}
	}
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"iss":"`+app+`"}`)) + "."
	if r := h.post(nil, "/services/oauth2/token", "grant_type", bearerGrant, "assertion", none); r.text(t, "error") != "invalid_grant" {
		t.Errorf("alg none: %s", r.body)
	}
}

func TestDeviceFlow(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		begin := func() reply { return h.tokenFor("response_type", "device_code", "scope", "api refresh_token") }
		poll := func(r reply) reply { return h.tokenFor("grant_type", "device", "code", r.text(t, "device_code")) }
		device := begin()
		if device.text(t, "verification_uri") != h.server.URL+"/setup/connect" {
			t.Fatalf("%d %s", device.status, device.body)
		}
		if r := poll(device); r.text(t, "error") != "authorization_pending" {
			t.Errorf("before the user decided: %s", r.body)
		}
		b := browser(t)
		if page := h.send(b, h.request("GET", "/setup/connect", "")); !strings.Contains(page.body, "Sign in") {
			t.Errorf("no sign-in page: %s", page.body)
		}
		h.post(b, "/setup/connect", "step", "sign-in", "username", adminName, "password", adminPassword)
		typed := strings.ToLower(strings.ReplaceAll(device.text(t, "user_code"), "-", " "))
		if page := h.post(b, "/setup/connect", "step", "look", "user_code", typed); !strings.Contains(page.body, "Test app") {
			t.Errorf("no consent page: %s", page.body)
		}
		if r := poll(device); r.text(t, "error") != "authorization_pending" {
			t.Errorf("before the user decided: %s", r.body)
		}
		h.post(b, "/setup/connect", "step", "allow", "user_code", typed)
		r := poll(device)
		if r.status != 200 || h.data(r.text(t, "access_token")) != 200 || r.text(t, "refresh_token") == "" {
			t.Errorf("%d %s", r.status, r.body)
		}
		if again := poll(device); again.status == 200 {
			t.Error("a device code was exchanged twice")
		}
		denied := begin()
		h.post(b, "/setup/connect", "step", "deny", "user_code", denied.text(t, "user_code"))
		if r := poll(denied); r.text(t, "error") != "access_denied" {
			t.Errorf("denied: %s", r.body)
		}
		late := begin()
		h.advance(deviceLife)
		if r := poll(late); r.text(t, "error") != "expired_token" {
			t.Errorf("late: %s", r.body)
		}
	})
}

func TestBrowserSessions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := browser(t)
		login := func(password string) reply {
			body, _ := json.Marshal(map[string]string{"username": adminName, "password": password})
			return h.send(b, h.request("POST", "/auth/login", string(body), "Content-Type", "application/json"))
		}
		if r := login("wrong"); r.status != 401 || len(r.header["Set-Cookie"]) != 0 {
			t.Errorf("wrong password: %d %s", r.status, r.body)
		}
		r := login(adminPassword)
		cookie := r.header.Get("Set-Cookie")
		if r.status != 200 || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") || strings.Contains(cookie, "Domain") {
			t.Fatalf("%d %s %s", r.status, cookie, r.body)
		}
		if r := h.send(b, h.request("GET", "/auth/me", "")); r.text(t, "username") != adminName {
			t.Errorf("me: %s", r.body)
		} else if !strings.Contains(r.body, `"ManageUsers"`) || strings.Contains(r.body, `"ViewAuditLog"`) {
			t.Errorf("permissions: %s", r.body)
		}
		data := func(method string, header ...string) int {
			return h.send(b, h.request(method, "/services/data/v64.0", "", header...)).status
		}
		for site, want := range map[string]int{"same-origin": 200, "none": 200, "cross-site": 403, "same-site": 403} {
			if got := data("POST", "Sec-Fetch-Site", site); got != want {
				t.Errorf("a request that a page of %s sends: %d, want %d", site, got, want)
			}
		}
		if got := data("GET", "Sec-Fetch-Site", "cross-site"); got != 200 {
			t.Errorf("a link from another site: %d", got)
		}
		h.advance(29 * time.Minute)
		if data("GET") != 200 {
			t.Error("a session in use ended")
		}
		h.advance(29 * time.Minute)
		if data("GET") != 200 {
			t.Error("use did not keep a session alive")
		}
		h.advance(31 * time.Minute)
		if data("GET") != 401 {
			t.Error("a session outlived its idle time")
		}
		login(adminPassword)
		old := b.Jar.Cookies(h.request("GET", "/", "").URL)[0]
		if r := h.send(b, h.request("POST", "/auth/logout", "")); r.status != 204 {
			t.Errorf("logout: %d", r.status)
		}
		if r := h.get("/auth/me", "Cookie", old.Name+"="+old.Value); r.status != 401 {
			t.Errorf("a session outlived its end: %d", r.status)
		}
	})
}

// A new sign-in has a new session, whatever cookie came along.
func TestSessionsAreNotHandedIn(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	body := `{"username":"` + adminName + `","password":"` + adminPassword + `"}`
	r := h.send(nil, h.request("POST", "/auth/login", body, "Content-Type", "application/json", "Cookie", "truckroll=planted"))
	if r.status != 200 || strings.Contains(r.header.Get("Set-Cookie"), "planted") {
		t.Errorf("%d %s", r.status, r.header.Get("Set-Cookie"))
	}
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", ""} {
		if r := h.send(nil, h.request("POST", "/auth/login", body, "Content-Type", kind)); r.status != 400 {
			t.Errorf("a form of another site could sign in: %s %d", kind, r.status)
		}
	}
}

func TestPagesRunNothing(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	r := h.get(authorizePath("client_id", h.app, "redirect_uri", appBack, "login_hint", `"><script>alert(1)</script>`))
	policy := r.header.Get("Content-Security-Policy")
	if strings.Contains(r.body, "<script") || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "form-action 'self' https://app.example;") || strings.Contains(policy, "unsafe") {
		t.Errorf("%s\n%s", policy, r.body)
	}
	style := r.body[strings.Index(r.body, "<style>")+7 : strings.Index(r.body, "</style>")]
	sum := sha256.Sum256([]byte(style))
	if !strings.Contains(policy, base64.StdEncoding.EncodeToString(sum[:])) {
		t.Error("the browser would refuse the style of the page: its hash is another")
	}
}
