package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// asking is a request of an app to be let in, as its user's browser carries it.
type asking struct {
	client    *Client
	redirect  string
	state     string
	scope     string
	challenge string
	nonce     string
	prompt    string
	hint      string
	query     string // the whole request, to come back to
}

var challengeForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// asked reads and checks the request of an app. The first error is for the person at the browser, because the app is
// unknown or its address is not to be trusted; the second can be sent back to the app.
func (a *Auth) asked(r *http.Request) (q *asking, forPerson, forApp error) {
	v := r.URL.Query()
	c, err := a.client(r.Context(), v.Get("client_id"))
	switch {
	case err != nil:
		return nil, err, nil
	case c == nil:
		return nil, refuse("invalid_client_id", "No app with this client_id is known here."), nil
	case !c.redirect(v.Get("redirect_uri")):
		return nil, refuse("redirect_uri_mismatch", "The redirect_uri is not one that is registered for "+c.Name+"."), nil
	}
	q = &asking{client: c, redirect: v.Get("redirect_uri"), state: v.Get("state"), scope: c.scope(v.Get("scope")), challenge: v.Get("code_challenge"),
		nonce: v.Get("nonce"), prompt: v.Get("prompt"), hint: v.Get("login_hint"), query: r.URL.RawQuery}
	switch {
	case !c.allows(FlowCode):
		forApp = refuse("unauthorized_client", "this app may not use the authorization code flow")
	case v.Get("response_type") != "code":
		forApp = refuse("unsupported_response_type", "response_type must be code")
	case q.challenge == "" && (c.public() || c.PKCE):
		forApp = refuse("invalid_request", "code_challenge is missing: this app must use PKCE")
	case q.challenge != "" && (!hashed(v) || !challengeForm.MatchString(q.challenge)):
		forApp = refuse("invalid_request", "code_challenge_method must be S256, and code_challenge a SHA-256 in base64url")
	}
	return q, nil, forApp
}

// hashed reports whether the app says that its challenge is a hash. Without a word it is one: jsforce and the sf command
// leave the method out, though by RFC 7636 that would mean a verifier sent in the clear, which is never taken here.
func hashed(v url.Values) bool {
	return v.Get("code_challenge_method") == "S256" || !v.Has("code_challenge_method")
}

// authorize answers GET /services/oauth2/authorize: who is not signed in is asked to; who is, is asked for consent,
// unless the same app has it already.
func (a *Auth) authorize(w http.ResponseWriter, r *http.Request) {
	q, forPerson, forApp := a.asked(r)
	switch {
	case forPerson != nil:
		a.showProblem(w, r, forPerson)
		return
	case forApp != nil:
		a.sendBack(w, r, q, url.Values{"error": {a.problemOf(r, forApp).Code}, "error_description": {a.problemOf(r, forApp).Description}})
		return
	}
	s, err := a.webSession(r)
	if err != nil || strings.Contains(q.prompt, "login") && a.now().Sub(s.Since) > time.Minute {
		if q.prompt == "none" {
			a.sendBack(w, r, q, url.Values{"error": {"login_required"}})
			return
		}
		a.show(w, http.StatusOK, page{Title: "Sign in", SignIn: true, Action: r.URL.RequestURI(), App: q.client.Name, Username: q.hint, back: q.redirect})
		return
	}
	if !strings.Contains(q.prompt, "consent") && a.hasConsent(r, q, s.User) {
		a.allow(w, r, q, s)
		return
	}
	a.showConsent(w, r, q, s)
}

// consent answers POST /services/oauth2/authorize, of either form: the sign-in or the decision.
func (a *Auth) consent(w http.ResponseWriter, r *http.Request) {
	q, forPerson, forApp := a.asked(r)
	if forPerson == nil {
		forPerson = forApp
	}
	if forPerson == nil {
		forPerson = form(w, r)
	}
	if forPerson == nil && a.cross.Check(r) != nil {
		forPerson = refuse("invalid_request", "This form was sent from another site.")
	}
	if forPerson != nil {
		a.showProblem(w, r, forPerson)
		return
	}
	switch r.PostForm.Get("step") {
	case "sign-in", "code":
		a.formSignIn(w, r, page{Title: "Sign in", App: q.client.Name, back: q.redirect})
	case "allow":
		s, err := a.webSession(r)
		if err != nil {
			http.Redirect(w, r, r.URL.RequestURI(), http.StatusSeeOther)
			return
		}
		a.allow(w, r, q, s)
	default:
		a.sendBack(w, r, q, url.Values{"error": {"access_denied"}, "error_description": {"end-user denied authorization"}})
	}
}

// formSignIn signs in with what was typed into the sign-in form, or into that of the second factor, and returns to the
// page that asked for it.
func (a *Auth) formSignIn(w http.ResponseWriter, r *http.Request, p page) {
	p.Action = r.URL.RequestURI()
	person, how, next, err := a.formStep(r)
	if err == nil && next == nil {
		err = a.beginSession(w, r, person, how)
	}
	switch {
	case err != nil:
		a.note(r, "browser sign-in refused", err)
		problem := a.problemOf(r, err)
		p.Problem, p.Username, p.Ticket = sentence(problem), r.PostForm.Get("username"), r.PostForm.Get("ticket")
		p.Second = r.PostForm.Get("step") == "code" && problem.Code != "expired"
		p.SignIn = !p.Second
		a.show(w, problem.Status, p)
	case next != nil && next.Next == demandCode:
		p.Second, p.Ticket = true, next.Ticket
		a.show(w, http.StatusOK, p)
	case next != nil:
		p.Elsewhere, p.Problem = "/?to="+url.QueryEscape(p.Action), "Your organisation asks for a second factor, which this page cannot take. Sign in to the console; it leads you back here."
		a.show(w, http.StatusOK, p)
	default:
		http.Redirect(w, r, p.Action, http.StatusSeeOther)
	}
}

// formStep does the step of a sign-in that a form was sent for. Next is what must follow; nil is nothing.
func (a *Auth) formStep(r *http.Request) (p *org.Person, how string, next *nextStep, err error) {
	if r.PostForm.Get("step") == "code" {
		p, how, err = a.secondStep(r, r.PostForm.Get("ticket"), r.PostForm.Get("code"))
		return p, how, nil, err
	}
	if p, err = a.signIn(r, r.PostForm.Get("username"), r.PostForm.Get("password")); err == nil {
		next, err = a.step(r.Context(), p)
	}
	return p, "password", next, err
}

// hasConsent reports whether the user has let the app have these scopes before, and not taken it back. An app without a
// secret is asked about each time, because anyone can claim to be it.
func (a *Auth) hasConsent(r *http.Request, q *asking, user schema.Id) bool {
	if q.client.public() {
		return false
	}
	given := false
	err := a.db.View(r.Context(), func(tx *store.Tx) error {
		rows, err := tx.Query(`SELECT body FROM oauth_token WHERE user_id = ? AND client = ? AND kind = 'refresh' AND used IS NULL AND expires > ?`,
			string(user), q.client.Id, a.now().UnixMilli())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var text []byte
			var body tokenBody
			if err := rows.Scan(&text); err != nil {
				return err
			}
			if err := json.Unmarshal(text, &body); err != nil {
				return err
			}
			given = given || body.Scope == q.scope
		}
		return rows.Err()
	})
	return err == nil && given
}

// allow makes a code for the app and sends the browser back to it.
func (a *Auth) allow(w http.ResponseWriter, r *http.Request, q *asking, s *Session) {
	secret := codePrefix + newSecret()
	c := code{Kind: codeKind, Client: q.client.Id, User: s.User, Expires: a.now().Add(codeLife), Body: codeBody{
		Family: newSecret(), Scope: q.scope, Redirect: q.redirect, Challenge: q.challenge, Nonce: q.nonce, Since: s.Since.UnixMilli()}}
	if err := a.db.Write(r.Context(), func(tx *store.Tx) error { return c.keep(tx, secret) }); err != nil {
		a.showProblem(w, r, err)
		return
	}
	a.sendBack(w, r, q, url.Values{"code": {secret}})
}

// sendBack returns the browser to the app, whose address was checked.
func (a *Auth) sendBack(w http.ResponseWriter, r *http.Request, q *asking, answer url.Values) {
	u, err := url.Parse(q.redirect)
	if err != nil {
		a.showProblem(w, r, refuse("redirect_uri_mismatch", "The redirect_uri is not an address."))
		return
	}
	all := u.Query()
	for k, v := range answer {
		all[k] = v
	}
	if q.state != "" {
		all.Set("state", q.state)
	}
	all.Set("iss", a.origin(r))
	u.RawQuery = all.Encode()
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	http.Redirect(w, r, u.String(), http.StatusSeeOther)
}

// grantCode exchanges the code of a redirect for tokens. A code that comes twice has been stolen: the tokens that the
// first exchange gave end.
func (a *Auth) grantCode(r *http.Request, c *Client) (*consented, error) {
	var k *code
	reused := false
	err := a.db.Write(r.Context(), func(tx *store.Tx) (err error) {
		reused = false
		if k, err = findCode(tx, codeKind, r.PostForm.Get("code")); err != nil || k == nil || k.Client != c.Id {
			return err
		}
		first, err := spend(tx, "oauth_code", k.hash)
		if reused = !first; reused && err == nil {
			return endFamily(tx, k.Body.Family)
		}
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case k == nil || k.Client != c.Id:
		return nil, refuse("invalid_grant", "expired authorization code")
	case reused:
		a.note(r, "authorization code used twice: its tokens were revoked", nil)
		return nil, refuse("invalid_grant", "expired authorization code")
	case k.Body.Redirect != r.PostForm.Get("redirect_uri"):
		return nil, refuse("redirect_uri_mismatch", "redirect_uri must match the one of the authorization request")
	case !proved(k.Body.Challenge, r.PostForm.Get("code_verifier")):
		return nil, refuse("invalid_grant", "invalid code verifier")
	}
	p, err := a.active(r.Context(), k.User)
	if err != nil {
		return nil, err
	}
	return k.consented(p), nil
}

// consented is the consent that a code stands for.
func (c *code) consented(p *org.Person) *consented {
	out := &consented{person: p, family: c.Body.Family, scope: c.Body.Scope, refresh: true, nonce: c.Body.Nonce}
	if c.Body.Since != 0 {
		out.since = time.UnixMilli(c.Body.Since)
	}
	return out
}

// proved reports whether the verifier is the one that the challenge was made of. Where nothing was asked, nothing may be
// offered.
func proved(challenge, verifier string) bool {
	if challenge == "" {
		return verifier == ""
	}
	sum := sha256.Sum256([]byte(verifier))
	return subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(challenge)) == 1
}
