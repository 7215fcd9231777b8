package auth

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

var sqlite = storetest.SQLite

var byTest = record.Cause{By: "test"}

const newPassword = "staple battery horse"

// linkToken is the secret of a link.
func linkToken(link string) string {
	_, secret, _ := strings.Cut(link, "#")
	return secret
}

func TestForgottenPassword(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.want("without mail", h.ask(nil, "POST", "/auth/forgot", "username", adminName), 400, "no_mail")
		var asked []string
		h.forgot = func(_ *store.Tx, name, origin string) error { asked = append(asked, name+" "+origin); return nil }
		known, unknown := h.ask(nil, "POST", "/auth/forgot", "username", adminName), h.ask(nil, "POST", "/auth/forgot", "username", "nobody@test.example")
		if known.status != 202 || known.status != unknown.status || known.body != unknown.body || len(asked) != 2 || asked[0] != adminName+" "+h.server.URL {
			t.Errorf("known %d %s, unknown %d %s, asked %v", known.status, known.body, unknown.status, unknown.body, asked)
		}
		h.ask(nil, "POST", "/auth/forgot", "username", adminName)
		h.ask(nil, "POST", "/auth/forgot", "username", adminName)
		h.want("too often", h.ask(nil, "POST", "/auth/forgot", "username", adminName), 429, "login_rate_exceeded")
		if found, err := h.Forgetful(t.Context(), strings.ToUpper(adminName)); err != nil || len(found) != 1 {
			t.Errorf("found %v, %v", found, err)
		}

		b := browser(t)
		h.login(b, adminName)
		link, err := h.ResetLink(t.Context(), h.admin, h.server.URL)
		h.must(err)
		if r := h.ask(nil, "POST", "/auth/reset/look", "token", linkToken(link)); r.text(t, "username") != adminName {
			t.Errorf("look: %s", r.body)
		}
		h.want("a bad password", h.ask(nil, "POST", "/auth/reset", "token", linkToken(link), "password", "password1"), 400, "INVALID_NEW_PASSWORD")
		h.want("reset", h.ask(nil, "POST", "/auth/reset", "token", linkToken(link), "password", newPassword), 204, "")
		h.want("a link twice", h.ask(nil, "POST", "/auth/reset", "token", linkToken(link), "password", newPassword), 400, "expired")
		h.want("the session before", h.send(b, h.request("GET", "/auth/me", "")), 401, "")
		h.want("the old password", h.login(browser(t), adminName), 401, "invalid_grant")
		h.want("the new password", h.ask(nil, "POST", "/auth/login", "username", adminName, "password", newPassword), 200, "")

		link, err = h.ResetLink(t.Context(), h.admin, h.server.URL)
		h.must(err)
		h.advance(ResetLife)
		h.want("an old link", h.ask(nil, "POST", "/auth/reset/look", "token", linkToken(link)), 400, "expired")
	})
}

func TestAdministratorsHelp(t *testing.T) {
	h := newHouse(t, sqlite)
	mute, err := h.people.PersonByName(t.Context(), "mute@test.example")
	h.must(err)
	b, m := browser(t), browser(t)
	h.login(b, adminName)
	h.login(m, "mute@test.example")
	secret, _ := h.enrolled(m)
	users := "/auth/users/" + string(mute.Id)
	if r := h.send(b, h.request("GET", users, "")); !strings.Contains(r.body, `"totp":true`) || !strings.Contains(r.body, `"sessions":1`) {
		t.Errorf("%d %s", r.status, r.body)
	}
	for path, method := range map[string]string{"": "GET", "/reset-link": "POST", "/factors": "DELETE", "/sessions": "DELETE"} {
		h.want("by who may not: "+path, h.ask(m, method, "/auth/users/"+string(h.admin)+path), 403, "forbidden")
	}
	h.want("a user who is not there", h.ask(b, "POST", "/auth/users/005000000000zzzAAA/reset-link"), 404, "absent")

	r := h.ask(b, "POST", users+"/reset-link")
	h.want("the link", h.ask(nil, "POST", "/auth/reset", "token", linkToken(r.text(t, "link")), "password", newPassword), 204, "")
	step := h.ask(nil, "POST", "/auth/login", "username", "mute@test.example", "password", newPassword)
	h.want("the second factor stays", step, 202, "")
	h.want("its removal", h.ask(b, "DELETE", users+"/factors"), 204, "")
	h.want("the step under way ended", h.ask(nil, "POST", "/auth/code", "ticket", step.text(t, "ticket"), "code", h.codeNow(secret)), 400, "expired")
	h.want("without it", h.ask(m, "POST", "/auth/login", "username", "mute@test.example", "password", newPassword), 200, "")
	h.want("the end of sessions", h.ask(b, "DELETE", users+"/sessions"), 204, "")
	h.want("they have ended", h.send(m, h.request("GET", "/auth/me", "")), 401, "")
	if h.history("Reset link made by an administrator") != 1 {
		t.Error("the link is not in the history")
	}
}

// Nobody takes over the account of someone who may do more.
func TestManagersOfUsersStayBelow(t *testing.T) {
	h := newHouse(t, sqlite)
	h.must(h.keeper.Do(t.Context(), byTest, func(tx *record.Tx) error {
		p := &org.Profile{Name: "Clerk", UserType: "Standard"}
		p.PermissionsManageUsers = true
		return tx.Save(p)
	}))
	_, err := h.AddUser(t.Context(), byTest, NewUser{Username: "clerk@test.example", Profile: "Clerk", Password: adminPassword})
	h.must(err)
	b := browser(t)
	h.want("sign in", h.login(b, "clerk@test.example"), 200, "")
	h.want("a link to the administrator's account", h.ask(b, "POST", "/auth/users/"+string(h.admin)+"/reset-link"), 403, "forbidden")
}

func TestAccount(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b, other := browser(t), browser(t)
		h.login(other, "mute@test.example")
		h.advance(time.Minute)
		h.login(b, "mute@test.example")
		h.want("a time zone that is none", h.ask(b, "PATCH", "/auth/account", "timeZone", "Mars/Base"), 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
		r := h.ask(b, "PATCH", "/auth/account", "firstName", "Mia", "lastName", "Muster", "timeZone", "Europe/Madrid", "locale", "es_ES")
		if r.text(t, "name") != "Mia Muster" || r.text(t, "timeZone") != "Europe/Madrid" || r.text(t, "locale") != "es_ES" {
			t.Errorf("%d %s", r.status, r.body)
		}
		var sessions []any
		list := func() []any {
			sessions, _ = h.send(b, h.request("GET", "/auth/account", "")).json(t)["sessions"].([]any)
			return sessions
		}
		if len(list()) != 2 || sessions[0].(map[string]any)["current"] != true {
			t.Fatalf("sessions: %v", sessions)
		}
		h.want("end the other", h.ask(b, "DELETE", "/auth/account/sessions/"+sessions[1].(map[string]any)["id"].(string)), 204, "")
		h.want("it has ended", h.send(other, h.request("GET", "/auth/me", "")), 401, "")
		h.login(other, "mute@test.example")
		h.want("end all others", h.ask(b, "DELETE", "/auth/account/sessions"), 204, "")
		if len(list()) != 1 {
			t.Errorf("sessions: %v", sessions)
		}
		h.want("a wrong password", h.ask(b, "POST", "/auth/account/password", "current", "wrong", "password", newPassword), 400, "INVALID_PASSWORD")
		before := h.cookie(b)
		h.want("a new password", h.ask(b, "POST", "/auth/account/password", "current", adminPassword, "password", newPassword), 204, "")
		if h.cookie(b) == before {
			t.Error("the session kept its secret")
		}
		h.want("still signed in", h.send(b, h.request("GET", "/auth/me", "")), 200, "")
	})
}

// cookie is the session cookie that a browser holds.
func (h *house) cookie(c *http.Client) string {
	h.t.Helper()
	for _, k := range c.Jar.Cookies(h.request("GET", "/", "").URL) {
		if k.Name == "truckroll" {
			return k.Value
		}
	}
	h.t.Fatal("no session cookie")
	return ""
}

func TestSecurityOfAll(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b, m := browser(t), browser(t)
		h.login(b, adminName)
		h.login(m, "mute@test.example")
		h.enrolled(m)
		h.want("by who may not see the set-up", h.send(b, h.request("GET", "/auth/security", "")), 403, "forbidden")
		h.must(h.keeper.Do(t.Context(), byTest, func(tx *record.Tx) error {
			p, err := record.First[org.Profile](tx, "Name = 'Admin'")
			if err != nil {
				return err
			}
			p.PermissionsViewSetup = true
			return tx.Save(p)
		}))
		r := h.send(b, h.request("GET", "/auth/security", "")).json(t)
		bare, _ := r["bare"].([]any)
		if r["users"] != 3.0 || r["protected"] != 1.0 || len(bare) != 2 || r["callback"] != h.server.URL+"/auth/oidc/callback" || r["singleSignOn"] != nil {
			t.Errorf("%v", r)
		}
	})
}
