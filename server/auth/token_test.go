package auth

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// cliToken is what the Salesforce CLI takes for an access token.
var cliToken = regexp.MustCompile(`^00D\w{12,15}![.\w]*$`)

func TestPasswordGrant(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.password()
		if r.status != 200 {
			t.Fatalf("%d %s", r.status, r.body)
		}
		token, id := r.text(t, "access_token"), r.text(t, "id")
		if !cliToken.MatchString(token) || len(token) != 15+1+2+43 {
			t.Errorf("access token %q", token)
		}
		if want := h.server.URL + "/id/00D"; !strings.HasPrefix(id, want) || !strings.HasSuffix(id, "/"+string(h.admin)) {
			t.Errorf("id %q", id)
		}
		for name, want := range map[string]string{"instance_url": h.server.URL, "token_type": "Bearer", "issued_at": "1772355600000", "scope": "api refresh_token openid"} {
			if got := r.text(t, name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if got := r.text(t, "signature"); got != sign(h.secret, id+r.text(t, "issued_at")) {
			t.Errorf("signature %q", got)
		}
		if r.header.Get("Cache-Control") != "no-store" {
			t.Error("a token may be cached")
		}
		var at int64
		err := h.keeper.DB().View(context.Background(), func(tx *store.Tx) error {
			return tx.QueryRow(`SELECT "LastLoginDate" FROM "User" WHERE "Id" = ?`, string(h.admin)).Scan(&at)
		})
		if err != nil || at != 1772355600000 {
			t.Errorf("last signed in at %d: %v", at, err)
		}
		for _, scheme := range []string{"Bearer", "OAuth", "bearer"} {
			if got := h.get("/services/data/v64.0", "Authorization", scheme+" "+token); got.status != 200 || got.text(t, "user") != string(h.admin) {
				t.Errorf("%s: %d %s", scheme, got.status, got.body)
			}
		}
	})
}

func TestTokenRefusals(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	why := record.Cause{By: "test"}
	plain, plainSecret, err := h.AddClient(context.Background(), why, org.ConnectedApplication{Name: "No flows"}, false)
	h.must(err)
	for _, tc := range []struct {
		name   string
		pairs  []string
		status int
		code   string
	}{
		{"no grant type", []string{}, 400, "unsupported_grant_type"},
		{"unknown grant type", []string{"grant_type", "implicit"}, 400, "unsupported_grant_type"},
		{"no client", []string{"grant_type", "password", "client_id", ""}, 400, "invalid_request"},
		{"unknown client", []string{"grant_type", "password", "client_id", "x"}, 400, "invalid_client_id"},
		{"wrong secret", []string{"grant_type", "password", "client_secret", "x"}, 401, "invalid_client"},
		{"no secret", []string{"grant_type", "client_credentials", "client_secret", ""}, 401, "invalid_client"},
		{"flow that the app lacks", []string{"grant_type", "password", "client_id", plain, "client_secret", plainSecret}, 400, "unsupported_grant_type"},
		{"unknown user", []string{"grant_type", "password", "username", "x@test.example", "password", adminPassword}, 400, "invalid_grant"},
		{"wrong password", []string{"grant_type", "password", "username", adminName, "password", "x"}, 400, "invalid_grant"},
		{"unknown refresh token", []string{"grant_type", "refresh_token", "refresh_token", "x"}, 400, "invalid_grant"},
		{"unknown code", []string{"grant_type", "authorization_code", "code", "x"}, 400, "invalid_grant"},
	} {
		r := h.tokenFor(tc.pairs...)
		if r.status != tc.status || r.text(t, "error") != tc.code || r.text(t, "error_description") == "" {
			t.Errorf("%s: %d %s, want %d %s", tc.name, r.status, r.body, tc.status, tc.code)
		}
	}
}

func TestClientCredentials(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.tokenFor("grant_type", "client_credentials")
		if r.status != 200 || h.data(r.text(t, "access_token")) != 200 {
			t.Errorf("secret in the body: %d %s", r.status, r.body)
		}
		basic := h.request("POST", "/services/oauth2/token", "grant_type=client_credentials", "Content-Type", "application/x-www-form-urlencoded")
		basic.SetBasicAuth(h.app, h.secret)
		if r := h.send(nil, basic); r.status != 200 || r.json(t)["refresh_token"] != nil {
			t.Errorf("secret by HTTP Basic: %d %s", r.status, r.body)
		}
	})
}

func TestDoorOfTheAPI(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	want := `[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]`
	for _, header := range [][]string{nil, {"Authorization", "Bearer x"}, {"Authorization", "Basic eDp5"}, {"Authorization", "Bearer"}, {"Cookie", "truckroll=x"}} {
		if r := h.get("/services/data/v64.0", header...); r.status != 401 || strings.TrimSpace(r.body) != want || !strings.HasPrefix(r.header.Get("Content-Type"), "application/json") {
			t.Errorf("%v: %d %s", header, r.status, r.body)
		}
	}
	r := h.tokenFor("grant_type", "password", "username", "mute@test.example", "password", adminPassword)
	if got := h.data(r.text(t, "access_token")); got != 403 {
		t.Errorf("a user without ApiEnabled: %d, want 403", got)
	}
	r = h.tokenFor("grant_type", "password", "username", adminName, "password", adminPassword, "scope", "openid")
	if got := h.data(r.text(t, "access_token")); got != 403 {
		t.Errorf("a token without the scope api: %d, want 403", got)
	}
}

func TestTokensEnd(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		token := h.password().text(t, "access_token")
		h.advance(90 * time.Minute)
		if h.data(token) != 200 {
			t.Error("a token in use ended within its idle time")
		}
		h.advance(90 * time.Minute)
		if h.data(token) != 200 {
			t.Error("use did not prolong a token")
		}
		h.advance(121 * time.Minute)
		if h.data(token) != 401 {
			t.Error("a token outlived its idle time")
		}
		token = h.password().text(t, "access_token")
		for range 12 {
			h.advance(59 * time.Minute)
			h.data(token)
		}
		h.advance(13 * time.Minute)
		if h.data(token) != 401 {
			t.Error("a token outlived its longest time")
		}
		h.must(h.Sweep(context.Background()))
	})
}

func TestWhatIsRevokedEndsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, why := context.Background(), record.Cause{By: "test"}
		token := h.password().text(t, "access_token")
		if r := h.post(nil, "/services/oauth2/revoke", "token", token); r.status != 200 {
			t.Errorf("revoke: %d %s", r.status, r.body)
		}
		if h.data(token) != 401 {
			t.Error("a revoked token is good")
		}
		if r := h.post(nil, "/services/oauth2/revoke", "token", token); r.status != 400 || r.text(t, "error") != "invalid_token" {
			t.Errorf("revoke again: %d %s", r.status, r.body)
		}

		token = h.password().text(t, "access_token")
		h.must(h.SetPassword(ctx, why, adminName, "another long password"))
		if h.data(token) != 401 {
			t.Error("a token outlived its user's password")
		}
		token = h.tokenFor("grant_type", "password", "username", strings.ToUpper(adminName), "password", "another long password").text(t, "access_token")
		if h.data(token) != 200 {
			t.Fatal("the new password, or the name in capitals, is not taken")
		}
		h.must(h.keeper.Do(ctx, why, func(tx *record.Tx) error { // as another door would, which knows no tokens
			u, err := record.Get(tx, schema.Ref[org.User](h.admin))
			if err != nil {
				return err
			}
			u.IsActive = false
			return tx.Save(u)
		}))
		if h.data(token) != 401 {
			t.Error("a token outlived its user's deactivation")
		}
		if r := h.tokenFor("grant_type", "password", "username", adminName, "password", "another long password"); r.text(t, "error") != "inactive_user" {
			t.Errorf("an inactive user: %d %s", r.status, r.body)
		}
		if r := h.tokenFor("grant_type", "password", "username", adminName, "password", "wrong"); r.text(t, "error") != "invalid_grant" {
			t.Errorf("an inactive user with a wrong password learns more: %s", r.body)
		}
		if r := h.tokenFor("grant_type", "client_credentials"); r.text(t, "error") != "inactive_user" {
			t.Errorf("the app of an inactive user: %d %s", r.status, r.body)
		}
	})
}

func TestDisable(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	token := h.password().text(t, "access_token")
	h.must(h.Disable(context.Background(), record.Cause{By: "test"}, adminName))
	if h.data(token) != 401 {
		t.Error("a token outlived its user")
	}
	if err := h.Disable(context.Background(), record.Cause{By: "test"}, "nobody@test.example"); err == nil {
		t.Error("nobody was disabled")
	}
}

func TestAppsEnd(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, why := context.Background(), record.Cause{By: "test"}
		token := h.password().text(t, "access_token")
		fresh, err := h.RotateSecret(ctx, why, h.app)
		h.must(err)
		if h.data(token) != 401 || h.password().status != 401 {
			t.Error("an old secret, or its token, is good")
		}
		h.secret = fresh
		token = h.password().text(t, "access_token")
		if h.data(token) != 200 {
			t.Error("the new secret is not taken")
		}
		h.must(h.keeper.Do(ctx, why, func(tx *record.Tx) error {
			app, err := record.First[org.ConnectedApplication](tx, "ClientId = ?", h.app)
			if err != nil {
				return err
			}
			app.IsActive = false
			return tx.Save(app)
		}))
		if r := h.password(); h.data(token) != 401 || r.text(t, "error") != "invalid_client_id" {
			t.Errorf("an app was switched off, and signs in: %s", r.body)
		}
		_, _, err = h.AddClient(ctx, why, org.ConnectedApplication{Name: "Bad", Certificate: "x"}, true)
		if err == nil {
			t.Error("a certificate that is none was taken")
		}
	})
}

func TestIdentity(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	r := h.password()
	token := r.text(t, "access_token")
	id := strings.TrimPrefix(r.text(t, "id"), h.server.URL)
	for _, got := range []reply{h.get(id + "?format=json&oauth_token=" + token), h.get(id, "Authorization", "Bearer "+token)} {
		for name, want := range map[string]string{"user_id": string(h.admin), "username": adminName, "display_name": "Ada Admin", "timezone": "Europe/Berlin"} {
			if got.text(t, name) != want {
				t.Errorf("identity: %s is %q, want %q", name, got.text(t, name), want)
			}
		}
		if got.json(t)["utcOffset"] != float64(3600000) {
			t.Errorf("identity: utcOffset is %v", got.json(t)["utcOffset"])
		}
	}
	if got := h.get(id); got.status != 401 {
		t.Errorf("identity without a token: %d", got.status)
	}
	other := id[:strings.LastIndex(id, "/")+1] + "005000000000009AAA"
	if got := h.get(other, "Authorization", "Bearer "+token); got.status == 200 {
		t.Errorf("identity of another user: %d %s", got.status, got.body)
	}
	info := h.get("/services/oauth2/userinfo", "Authorization", "Bearer "+token)
	for name, want := range map[string]string{"user_id": string(h.admin), "preferred_username": adminName} {
		if info.text(t, name) != want {
			t.Errorf("userinfo: %s is %q, want %q", name, info.text(t, name), want)
		}
	}
	in := h.post(nil, "/services/oauth2/introspect", "client_id", h.app, "client_secret", h.secret, "token", token)
	if in.json(t)["active"] != true || in.text(t, "username") != adminName {
		t.Errorf("introspect: %s", in.body)
	}
	in = h.post(nil, "/services/oauth2/introspect", "client_id", h.app, "client_secret", h.secret, "token", "x")
	if in.json(t)["active"] != false {
		t.Errorf("introspect of an unknown token: %s", in.body)
	}
}

// A Host that is not ours never comes back as the address to use.
func TestHostIsNotBelieved(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	r := h.request("POST", "/services/oauth2/token", "grant_type=client_credentials", "Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(h.app, h.secret)
	r.Host = "evil.example"
	if got := h.send(nil, r).text(t, "instance_url"); got != h.server.URL {
		t.Errorf("instance_url is %q", got)
	}
	h.hosts = []string{"field.example"}
	r = h.request("GET", "/.well-known/openid-configuration", "")
	r.Host = "field.example:8443"
	if got := h.send(nil, r).text(t, "issuer"); got != "http://field.example:8443" {
		t.Errorf("issuer is %q", got)
	}
}

func TestNothingSecretIsLogged(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	r := h.password()
	h.tokenFor("grant_type", "password", "username", adminName, "password", "a wrong secret")
	h.send(nil, h.request("POST", "/services/Soap/u/50.0", envelope(adminName, adminPassword), "Content-Type", "text/xml"))
	h.post(nil, "/services/oauth2/revoke", "token", r.text(t, "access_token"))
	text := h.log.String()
	if !strings.Contains(text, "signed in") || !strings.Contains(text, "refused") {
		t.Errorf("sign-ins are not logged: %s", text)
	}
	for _, secret := range []string{adminPassword, "a wrong secret", r.text(t, "access_token"), h.secret, "argon2id"} {
		if strings.Contains(text, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func TestSecretsAreKeptAsHashes(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	token := h.password().text(t, "access_token")
	var n int
	h.must(h.keeper.View(context.Background(), func(v *record.View) error {
		return v.Store().QueryRow(`SELECT COUNT(*) FROM oauth_token WHERE hash = ? OR CAST(body AS TEXT) LIKE ?`, []byte(token), "%"+token+"%").Scan(&n)
	}))
	if n != 0 {
		t.Error("a token is kept as it is")
	}
	var app org.ConnectedApplication
	h.must(h.keeper.View(context.Background(), func(v *record.View) error {
		found, err := record.Find[org.ConnectedApplication](v, "ClientId = ?", h.app)
		if err == nil {
			app = *found[0]
		}
		return err
	}))
	if app.SecretHash == "" || strings.Contains(app.SecretHash, h.secret) {
		t.Errorf("the app's secret is kept as %q", app.SecretHash)
	}
}
