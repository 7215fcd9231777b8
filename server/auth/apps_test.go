package auth

import (
	"encoding/json"
	"strings"
	"testing"

	"truckroll/platform/org"
)

func (h *house) apps(r reply) []appLine {
	h.t.Helper()
	var out struct{ Apps []appLine }
	if err := json.Unmarshal([]byte(r.body), &out); err != nil {
		h.t.Fatalf("%d %s", r.status, r.body)
	}
	return out.Apps
}

func TestAppsAreMadeUsedAndRevoked(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.permit(h.admin, "Apps", org.SystemPermissions{PermissionsManageConnectedApps: true})
		b := browser(t)
		h.want("sign in", h.login(b, adminName), 200, "")
		r := h.ask(b, "POST", "/auth/apps", "name", "Nightly export", "flows", []string{"client_credentials"}, "scopes", []string{"api"}, "runAs", h.admin, "minutes", 60)
		h.want("make", r, 201, "")
		client, secret := r.text(t, "clientId"), r.text(t, "secret")
		token := func(secret string) reply {
			return h.post(nil, "/services/oauth2/token", "grant_type", "client_credentials", "client_id", client, "client_secret", secret)
		}
		first := token(secret)
		h.want("use", first, 200, "")
		if h.data(first.text(t, "access_token")) != 200 {
			t.Error("the token opens nothing")
		}
		var app appLine
		for _, l := range h.apps(h.ask(b, "GET", "/auth/apps")) {
			if l.ClientId == client {
				app = l
			}
		}
		if app.Tokens != 1 || app.Users != 1 || app.Used == nil || app.Public || app.RunAs == nil || app.RunAs.Name != "Ada Admin" || app.Minutes != 60 {
			t.Errorf("the app: %+v", app)
		}
		at := "/auth/apps/" + string(app.Id)
		if list := h.ask(b, "GET", at+"/tokens"); strings.Count(list.body, `"kind"`) != 1 || strings.Contains(list.body, secret) {
			t.Errorf("the tokens: %s", list.body)
		}
		h.want("revoke", h.ask(b, "DELETE", at+"/tokens"), 204, "")
		if h.data(first.text(t, "access_token")) != 401 {
			t.Error("a revoked token still opens the API")
		}

		second := token(secret)
		r = h.ask(b, "POST", at+"/secret")
		h.want("rotate", r, 200, "")
		h.want("the old secret", token(secret), 401, "invalid_client")
		if h.data(second.text(t, "access_token")) != 401 {
			t.Error("a token that the old secret bought still opens the API")
		}
		third := token(r.text(t, "secret"))
		h.want("the new secret", third, 200, "")
		h.want("disable", h.ask(b, "PATCH", at, "active", false), 204, "")
		if h.data(third.text(t, "access_token")) != 401 || token(r.text(t, "secret")).status != 400 {
			t.Error("a disabled app goes on")
		}
		h.want("delete", h.ask(b, "DELETE", at), 204, "")
		h.want("it is gone", h.ask(b, "GET", at+"/tokens"), 404, "absent")
	})
}

func TestAppsAreRefusedWithTheirMistake(t *testing.T) {
	h := newHouse(t, sqlite)
	h.permit(h.admin, "Apps", org.SystemPermissions{PermissionsManageConnectedApps: true})
	b, m := browser(t), browser(t)
	h.login(b, adminName)
	h.login(m, "mute@test.example")
	for field, pairs := range map[string][]any{
		"name":         {"flows", []string{"device"}},
		"flows":        {"name", "x", "public", true, "runAs", h.admin, "flows", []string{"client_credentials"}},
		"CallbackUrls": {"name", "x", "flows", []string{"authorization_code"}, "redirects", []string{"http://app.example"}},
		"RunAsUserId":  {"name", "x", "flows", []string{"client_credentials"}},
		"Certificate":  {"name", "x", "flows", []string{"jwt_bearer"}, "certificate", "nonsense"},
	} {
		r := h.ask(b, "POST", "/auth/apps", pairs...)
		if fields, _ := r.json(t)["fields"].([]any); r.status != 400 || len(fields) != 1 || fields[0] != field {
			t.Errorf("%s: %d %s", field, r.status, r.body)
		}
	}
	r := h.ask(b, "POST", "/auth/apps", "name", "Phone", "public", true, "flows", []string{"authorization_code"}, "redirects", []string{"com.example.app:/back"})
	h.want("an app without a secret", r, 201, "")
	if strings.Contains(r.body, "secret") {
		t.Errorf("an empty secret is shown: %s", r.body)
	}
	for path, method := range map[string]string{"": "POST", "/x": "PATCH", "/x/secret": "POST", "/x/tokens": "GET"} {
		h.want("by who may not: "+path, h.ask(m, method, "/auth/apps"+path), 403, "INSUFFICIENT_ACCESS")
	}
	h.want("by who may not, the list", h.ask(m, "GET", "/auth/apps"), 403, "INSUFFICIENT_ACCESS")
	for _, l := range h.apps(h.ask(b, "GET", "/auth/apps")) {
		if l.Name == "Phone" {
			h.want("a secret for an app without", h.ask(b, "POST", "/auth/apps/"+string(l.Id)+"/secret"), 400, "public")
		}
	}
}
