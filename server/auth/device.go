package auth

import (
	"crypto/rand"
	"math/big"
	"net/http"
	"strings"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// userAlphabet is what codes that people type consist of: no vowels, so that no words come out, and no look-alikes.
const userAlphabet = "BCDFGHJKLMNPQRSTVWXZ"

// pollEvery is how many seconds a device should wait between its questions.
const pollEvery = 5

// newUserCode returns a code such as BCDF-GHJK: 34 bits, for ten minutes.
func newUserCode() (string, error) {
	b := make([]byte, 0, 9)
	for i := range 8 {
		if i == 4 {
			b = append(b, '-')
		}
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(userAlphabet))))
		if err != nil {
			return "", err
		}
		b = append(b, userAlphabet[n.Int64()])
	}
	return string(b), nil
}

// plainUserCode undoes how people write a code.
func plainUserCode(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	s = strings.NewReplacer("-", "", " ", "").Replace(s)
	if len(s) != 8 {
		return ""
	}
	return s[:4] + "-" + s[4:]
}

// deviceBegin answers the first request of a device: a code for itself, and one for its user to type.
func (a *Auth) deviceBegin(w http.ResponseWriter, r *http.Request) {
	c, _, err := a.knownClient(r)
	if err == nil && !c.allows(FlowDevice) {
		err = refuse("unauthorized_client", "this app may not use the device flow")
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	user, err := newUserCode()
	if err != nil {
		a.fail(w, r, err)
		return
	}
	secret := devicePrefix + newSecret()
	expires := a.now().Add(deviceLife)
	device := code{Kind: deviceKind, Client: c.Id, Expires: expires, Body: codeBody{Family: newSecret(), Scope: c.scope(r.PostForm.Get("scope"))}}
	typed := code{Kind: userKind, Client: c.Id, Expires: expires, Body: codeBody{Scope: device.Body.Scope, Device: fingerprint(secret)}}
	err = a.db.Write(r.Context(), func(tx *store.Tx) error {
		if err := device.keep(tx, secret); err != nil {
			return err
		}
		return typed.keep(tx, user)
	})
	if err != nil {
		a.fail(w, r, err)
		return
	}
	place := a.origin(r) + "/setup/connect"
	answer(w, http.StatusOK, map[string]any{"device_code": secret, "user_code": user, "verification_uri": place, "verification_uri_complete": place + "?user_code=" + user,
		"interval": pollEvery, "expires_in": int(deviceLife.Seconds())})
}

// grantDevice answers a device that asks whether its user has decided.
func (a *Auth) grantDevice(r *http.Request, c *Client) (*consented, error) {
	secret := r.PostForm.Get("code")
	if secret == "" {
		secret = r.PostForm.Get("device_code")
	}
	var k *code
	first := false
	err := a.db.Write(r.Context(), func(tx *store.Tx) (err error) {
		if k, err = findCode(tx, deviceKind, secret); err != nil || k == nil || k.Client != c.Id || k.User == "" {
			return err
		}
		first, err = spend(tx, "oauth_code", k.hash)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case k == nil || k.Client != c.Id:
		return nil, refuse("expired_token", "the device code is not known or has expired")
	case k.Used && k.User == "":
		return nil, refuse("access_denied", "end-user denied authorization")
	case k.User == "":
		return nil, refuse("authorization_pending", "end-user has not authorized yet")
	case !first:
		return nil, refuse("invalid_grant", "expired authorization code")
	}
	p, err := a.active(r.Context(), k.User)
	if err != nil {
		return nil, err
	}
	return k.consented(p), nil
}

// device answers GET /setup/connect: the page on which a user lets a device in.
func (a *Auth) device(w http.ResponseWriter, r *http.Request) {
	if _, err := a.webSession(r); err != nil {
		a.show(w, http.StatusOK, page{Title: "Sign in", SignIn: true, Action: r.URL.RequestURI()})
		return
	}
	a.show(w, http.StatusOK, page{Title: "Connect a device", Code: true, Action: "/setup/connect", UserCode: r.URL.Query().Get("user_code")})
}

// deviceConsent answers POST /setup/connect: the sign-in, the code that was typed, or the decision.
func (a *Auth) deviceConsent(w http.ResponseWriter, r *http.Request) {
	err := form(w, r)
	if err == nil && a.cross.Check(r) != nil {
		err = refuse("invalid_request", "This form was sent from another site.")
	}
	if err != nil {
		a.showProblem(w, r, err)
		return
	}
	if step := r.PostForm.Get("step"); step == "sign-in" || step == "code" {
		a.formSignIn(w, r, page{Title: "Sign in"})
		return
	}
	s, err := a.webSession(r)
	if err != nil {
		http.Redirect(w, r, "/setup/connect", http.StatusSeeOther)
		return
	}
	user := plainUserCode(r.PostForm.Get("user_code"))
	if a.throttle.wait("device "+string(s.User), address(r)) > 0 {
		a.showProblem(w, r, errWait)
		return
	}
	typed, err := a.typed(r, user)
	if err != nil {
		a.showProblem(w, r, err)
		return
	}
	if typed == nil {
		a.throttle.failed("device "+string(s.User), address(r))
		a.show(w, http.StatusOK, page{Title: "Connect a device", Code: true, Action: "/setup/connect", Problem: "This code is not known, or no longer good."})
		return
	}
	a.deviceStep(w, r, s, typed, user)
}

// typed finds the code that a user typed; nil is none.
func (a *Auth) typed(r *http.Request, user string) (c *code, err error) {
	err = a.db.View(r.Context(), func(tx *store.Tx) error {
		c, err = findCode(tx, userKind, user)
		return err
	})
	if c != nil && c.Used {
		return nil, err
	}
	return c, err
}

// deviceStep asks for the decision, or carries it out.
func (a *Auth) deviceStep(w http.ResponseWriter, r *http.Request, s *Session, typed *code, user string) {
	step := r.PostForm.Get("step")
	if step != "allow" && step != "deny" {
		c, err := a.client(r.Context(), typed.Client)
		p, err2 := a.active(r.Context(), s.User)
		if err != nil || err2 != nil || c == nil {
			a.showProblem(w, r, refuse("invalid_request", "The app of this device is not known any more."))
			return
		}
		a.show(w, http.StatusOK, page{Title: "Allow access?", App: c.Name, Action: "/setup/connect", Person: p.Username, Powers: powersOf(typed.Body.Scope), UserCode: user})
		return
	}
	if err := a.decide(r, typed, s.User, step == "allow"); err != nil {
		a.showProblem(w, r, err)
		return
	}
	message := "The device was turned away."
	if step == "allow" {
		message = "The device is connected. You can close this page."
	}
	a.show(w, http.StatusOK, page{Title: "Done", Message: message})
}

// decide tells the device's code what the user decided.
func (a *Auth) decide(r *http.Request, typed *code, user schema.Id, allow bool) error {
	return a.db.Write(r.Context(), func(tx *store.Tx) error {
		first, err := spend(tx, "oauth_code", typed.hash)
		if err != nil || !first {
			return err
		}
		if !allow {
			_, err = spend(tx, "oauth_code", typed.Body.Device)
			return err
		}
		_, err = tx.Exec(`UPDATE oauth_code SET user_id = ? WHERE hash = ? AND user_id IS NULL`, string(user), typed.Body.Device)
		return err
	})
}
