package auth

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"
)

// device is a browser with a key store.
type device struct {
	*http.Client
	site  virtualwebauthn.RelyingParty
	store virtualwebauthn.Authenticator
	key   virtualwebauthn.Credential
}

// newDevice returns a browser that reaches the house by name, as passkeys need it.
func (h *house) newDevice() *device {
	h.server.URL = strings.Replace(h.server.URL, "127.0.0.1", "localhost", 1)
	d := &device{Client: browser(h.t), site: virtualwebauthn.RelyingParty{ID: "localhost", Name: "Test & Sons", Origin: h.server.URL}}
	d.store = virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(h.admin)})
	d.key = virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	return d
}

// options returns the ticket and the options of a ceremony that has begun.
func (h *house) options(r reply) (ticket, options string) {
	h.t.Helper()
	var out struct {
		Ticket  string
		Options json.RawMessage
	}
	if err := json.Unmarshal([]byte(r.body), &out); err != nil || r.status != 200 {
		h.t.Fatalf("%d %s", r.status, r.body)
	}
	return out.Ticket, `{"publicKey":` + string(out.Options) + `}`
}

// registers makes a passkey for who is signed in.
func (h *house) registers(d *device, name string) reply {
	h.t.Helper()
	ticket, text := h.options(h.ask(d.Client, "POST", "/auth/account/passkeys/begin"))
	options, err := virtualwebauthn.ParseAttestationOptions(text)
	h.must(err)
	response := virtualwebauthn.CreateAttestationResponse(d.site, d.store, d.key, *options)
	return h.ask(d.Client, "POST", "/auth/account/passkeys", "ticket", ticket, "name", name, "response", json.RawMessage(response))
}

// shows signs in with the passkey in a browser that has no session.
func (h *house) shows(d *device) (*http.Client, string, reply) {
	h.t.Helper()
	c := browser(h.t)
	ticket, text := h.options(h.ask(c, "POST", "/auth/passkey/begin"))
	options, err := virtualwebauthn.ParseAssertionOptions(text)
	h.must(err)
	response := virtualwebauthn.CreateAssertionResponse(d.site, d.store, d.key, *options)
	return c, ticket, h.ask(c, "POST", "/auth/passkey", "ticket", ticket, "response", json.RawMessage(response))
}

func TestPasskeys(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.newDevice()
		h.login(d.Client, adminName)
		h.want("no name", h.registers(d, " "), 400, "INVALID_NAME")
		r := h.registers(d, "Laptop")
		h.want("register", r, 201, "")
		h.want("the same again", h.registers(d, "Laptop"), 400, "already")

		c, ticket, got := h.shows(d)
		h.want("sign in", got, 200, "")
		if me := h.send(c, h.request("GET", "/auth/me", "")); me.text(t, "username") != adminName {
			t.Errorf("me: %s", me.body)
		}
		h.want("a ticket twice", h.ask(c, "POST", "/auth/passkey", "ticket", ticket, "response", "{}"), 400, "expired")

		account := h.send(c, h.request("GET", "/auth/account", ""))
		if !strings.Contains(account.body, `"name":"Laptop"`) || strings.Contains(account.body, `"used":null`) {
			t.Errorf("account: %s", account.body)
		}
		id := r.text(t, "id")
		h.want("rename", h.ask(c, "PATCH", "/auth/account/passkeys/"+id, "name", "Work laptop"), 204, "")
		h.want("remove", h.ask(c, "DELETE", "/auth/account/passkeys/"+id), 204, "")
		h.want("remove again", h.ask(c, "DELETE", "/auth/account/passkeys/"+id), 404, "absent")
		_, _, got = h.shows(d)
		h.want("sign in with a removed passkey", got, 401, "wrong_passkey")
		for _, status := range []string{"Added: Laptop", "Removed: Work laptop"} {
			if h.history(status) != 1 {
				t.Errorf("%q is not in the history", status)
			}
		}
	})
}

// A passkey that another site made the browser use, or whose owner may not sign in any more, does not get in.
func TestPasskeysOfOthers(t *testing.T) {
	h := newHouse(t, sqlite)
	d := h.newDevice()
	h.login(d.Client, adminName)
	h.want("register", h.registers(d, "Laptop"), 201, "")
	honest := d.site
	d.site.Origin = "https://evil.example"
	_, _, got := h.shows(d)
	h.want("from another origin", got, 401, "wrong_passkey")
	d.site = honest
	h.must(h.Disable(t.Context(), byTest, adminName))
	_, _, got = h.shows(d)
	h.want("of who is not active", got, 401, "wrong_passkey")

	h.server.URL = strings.Replace(h.server.URL, "localhost", "127.0.0.1", 1)
	h.want("at a bare address", h.ask(nil, "POST", "/auth/passkey/begin"), 400, "passkeys_unavailable")
}

// Nobody fills the database with challenges.
func TestChallengesAreBounded(t *testing.T) {
	h := newHouse(t, sqlite)
	h.newDevice()
	for range perNetwork {
		if r := h.ask(nil, "POST", "/auth/passkey/begin"); r.status != 200 {
			t.Fatalf("%d %s", r.status, r.body)
		}
	}
	h.want("one too many", h.ask(nil, "POST", "/auth/passkey/begin"), 429, "temporarily_unavailable")
	h.advance(time.Minute)
	h.want("a minute later", h.ask(nil, "POST", "/auth/passkey/begin"), 200, "")
}
