package auth

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"truckroll/platform/org"
	"truckroll/platform/record"
)

// ask sends JSON from a page of the server and returns the answer.
func (h *house) ask(c *http.Client, method, path string, pairs ...any) reply {
	h.t.Helper()
	body := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		body[pairs[i].(string)] = pairs[i+1]
	}
	text, err := json.Marshal(body)
	h.must(err)
	return h.send(c, h.request(method, path, string(text), "Content-Type", "application/json", "Sec-Fetch-Site", "same-origin"))
}

// login signs in by password alone.
func (h *house) login(c *http.Client, username string) reply {
	h.t.Helper()
	return h.ask(c, "POST", "/auth/login", "username", username, "password", adminPassword)
}

func (h *house) want(what string, r reply, status int, code string) {
	h.t.Helper()
	got := ""
	if code != "" {
		got = r.text(h.t, "error")
	}
	if r.status != status || got != code {
		h.t.Errorf("%s: status %d %q, want %d %q: %s", what, r.status, got, status, code, r.body)
	}
}

// codeNow is the code that an app shows.
func (h *house) codeNow(secret string) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, time.UnixMilli(h.ms.Load()))
	h.must(err)
	return code
}

// enrolled sets a second factor up for who is signed in with c, and returns its secret and the recovery codes.
func (h *house) enrolled(c *http.Client) (secret string, recovery []string) {
	h.t.Helper()
	secret = h.ask(c, "POST", "/auth/totp").text(h.t, "secret")
	r := h.ask(c, "POST", "/auth/totp/confirm", "code", h.codeNow(secret))
	var out struct{ RecoveryCodes []string }
	if err := json.Unmarshal([]byte(r.body), &out); err != nil || len(out.RecoveryCodes) != recoverable {
		h.t.Fatalf("confirm: %d %s", r.status, r.body)
	}
	h.advance(codeStep)
	return secret, out.RecoveryCodes
}

func TestSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := browser(t)
		h.want("sign in", h.login(b, adminName), 200, "")
		begun := h.ask(b, "POST", "/auth/totp")
		if !strings.HasPrefix(begun.text(t, "qr"), "data:image/png;base64,") || !strings.Contains(begun.text(t, "uri"), "issuer=Test%20&%20Sons") {
			t.Errorf("enrolment: %s", begun.body)
		}
		h.want("a wrong code", h.ask(b, "POST", "/auth/totp/confirm", "code", "000000"), 400, "wrong_code")
		h.want("a sign-in before it is confirmed", h.login(browser(t), adminName), 200, "")
		secret, recovery := h.enrolled(b)

		other := browser(t)
		step := h.login(other, adminName)
		if step.status != 202 || step.text(t, "next") != "code" || len(step.header["Set-Cookie"]) != 0 {
			t.Fatalf("the password alone: %d %s", step.status, step.body)
		}
		ticket := step.text(t, "ticket")
		h.want("no session yet", h.send(other, h.request("GET", "/auth/me", "")), 401, "")
		h.want("a wrong code", h.ask(other, "POST", "/auth/code", "ticket", ticket, "code", "123"), 400, "wrong_code")
		code := h.codeNow(secret)
		h.want("the code", h.ask(other, "POST", "/auth/code", "ticket", ticket, "code", code[:3]+" "+code[3:]), 200, "")
		h.want("a ticket twice", h.ask(other, "POST", "/auth/code", "ticket", ticket, "code", code), 400, "expired")
		again := h.login(browser(t), adminName).text(t, "ticket")
		h.want("a code twice", h.ask(nil, "POST", "/auth/code", "ticket", again, "code", code), 400, "wrong_code")
		h.want("a recovery code", h.ask(nil, "POST", "/auth/code", "ticket", again, "code", strings.ToLower(recovery[0])), 200, "")
		again = h.login(browser(t), adminName).text(t, "ticket")
		h.want("a recovery code twice", h.ask(nil, "POST", "/auth/code", "ticket", again, "code", recovery[0]), 400, "wrong_code")
		h.advance(stepLife)
		h.want("an old ticket", h.ask(nil, "POST", "/auth/code", "ticket", again, "code", recovery[1]), 400, "expired")

		h.want("the password grant", h.password(), 400, "invalid_grant")
		h.want("removal long after the sign-in", h.ask(b, "DELETE", "/auth/account/totp"), 204, "")
		h.want("a sign-in without it", h.login(browser(t), adminName), 200, "")
	})
}

// Codes are guessed no faster than passwords.
func TestCodesAreThrottled(t *testing.T) {
	h := newHouse(t, sqlite)
	b := browser(t)
	h.login(b, adminName)
	secret, _ := h.enrolled(b)
	ticket := h.login(browser(t), adminName).text(t, "ticket")
	for range freeTries {
		h.want("a guess", h.ask(nil, "POST", "/auth/code", "ticket", ticket, "code", "000000"), 400, "wrong_code")
	}
	h.want("the right code too soon", h.ask(nil, "POST", "/auth/code", "ticket", ticket, "code", h.codeNow(secret)), 429, "login_rate_exceeded")
	h.advance(time.Minute)
	h.want("after a while", h.ask(nil, "POST", "/auth/code", "ticket", ticket, "code", h.codeNow(secret)), 200, "")
	h.Wait()
	if n := h.history("Wrong code"); n != freeTries {
		t.Errorf("%d wrong codes in the history, want %d", n, freeTries)
	}
}

// When the installation's secret was lost, recovery codes still let people in.
func TestLostSecret(t *testing.T) {
	h := newHouse(t, sqlite)
	b := browser(t)
	h.login(b, adminName)
	secret, recovery := h.enrolled(b)
	var err error
	h.sealer, err = newSealer([]byte("another secret"))
	h.must(err)
	ticket := h.login(browser(t), adminName).text(t, "ticket")
	h.want("the app", h.ask(nil, "POST", "/auth/code", "ticket", ticket, "code", h.codeNow(secret)), 400, "wrong_code")
	h.want("a recovery code", h.ask(nil, "POST", "/auth/code", "ticket", ticket, "code", recovery[3]), 200, "")
}

// history counts the entries of LoginHistory with a status.
func (h *house) history(status string) (n int) {
	h.t.Helper()
	h.must(h.keeper.View(h.t.Context(), func(v *record.View) (err error) {
		n, err = record.Count[org.LoginHistory](v, "Status = ?", status)
		return err
	}))
	return n
}

func TestRequiredSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.must(h.keeper.Do(t.Context(), record.Cause{By: "test"}, func(tx *record.Tx) error {
			p, err := record.First[org.Profile](tx, "Name = 'Mute'")
			if err != nil {
				return err
			}
			p.PermissionsForceTwoFactor = true
			return tx.Save(p)
		}))
		h.want("another profile", h.login(browser(t), adminName), 200, "")
		b := browser(t)
		step := h.login(b, "mute@test.example")
		if step.status != 202 || step.text(t, "next") != "enrol" {
			t.Fatalf("%d %s", step.status, step.body)
		}
		ticket := step.text(t, "ticket")
		h.want("the ticket as a code's", h.ask(b, "POST", "/auth/code", "ticket", ticket, "code", "123456"), 400, "expired")
		secret := h.ask(b, "POST", "/auth/totp", "ticket", ticket).text(t, "secret")
		h.want("confirmed", h.ask(b, "POST", "/auth/totp/confirm", "ticket", ticket, "code", h.codeNow(secret)), 200, "")
		h.want("signed in by it", h.send(b, h.request("GET", "/auth/me", "")), 200, "")
		h.want("removal", h.ask(b, "DELETE", "/auth/account/totp"), 400, "required")

		h.must(h.keeper.Do(t.Context(), record.Cause{By: "test"}, func(tx *record.Tx) error {
			home, err := record.First[org.Organization](tx, "")
			if err != nil {
				return err
			}
			home.IsSecondFactorRequired = true
			return tx.Save(home)
		}))
		h.want("everybody", h.login(browser(t), adminName), 202, "")
		h.want("programs too", h.password(), 400, "invalid_grant")
	})
}

// The second factor is asked for on the pages that other programs send people to as well.
func TestSecondFactorAtTheAuthorizePage(t *testing.T) {
	h := newHouse(t, sqlite)
	b := browser(t)
	h.login(b, adminName)
	secret, _ := h.enrolled(b)
	c := browser(t)
	path := authorizePath("client_id", h.app, "redirect_uri", appBack)
	page := h.post(c, path, "step", "sign-in", "username", adminName, "password", adminPassword)
	_, ticket, _ := strings.Cut(page.body, `name="ticket" value="`)
	ticket, _, _ = strings.Cut(ticket, `"`)
	if page.status != 200 || ticket == "" {
		t.Fatalf("no form for the code: %d %s", page.status, page.body)
	}
	if r := h.post(c, path, "step", "code", "ticket", ticket, "code", "1"); r.status != 400 || !strings.Contains(r.body, "code is not right") || !strings.Contains(r.body, ticket) {
		t.Errorf("a wrong code: %d %s", r.status, r.body)
	}
	if r := h.post(c, path, "step", "code", "ticket", ticket, "code", h.codeNow(secret)); r.status != 303 {
		t.Errorf("the code: %d %s", r.status, r.body)
	}
	if page := h.send(c, h.request("GET", path, "")); !strings.Contains(page.body, "wants to act for") {
		t.Errorf("not signed in: %s", page.body)
	}
}

// How one signs in is changed only a short while after one has.
func TestProofIsNeeded(t *testing.T) {
	h := newHouse(t, sqlite)
	b := browser(t)
	h.login(b, adminName)
	h.advance(provenFor + time.Second)
	for _, path := range []string{"POST /auth/totp", "POST /auth/account/recovery", "DELETE /auth/account/totp", "POST /auth/account/passkeys/begin"} {
		method, path, _ := strings.Cut(path, " ")
		h.want(path, h.ask(b, method, path), 403, "proof_needed")
	}
	h.want("without a session", h.ask(nil, "GET", "/auth/account"), 401, "no_session")
	h.want("from another site", h.send(b, h.request("PATCH", "/auth/account", "{}", "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")), 400, "invalid_request")
}
