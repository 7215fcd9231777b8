package auth

import (
	"encoding/json"
	"mime"
	"net/http"
)

// consoleRoutes lists what the console's own pages ask about signing in. Whoever changes something must come from a page
// of this server; what is about an account is answered to its browser sessions alone.
func (a *Auth) consoleRoutes() []route {
	return []route{
		{"POST /auth/login", a.door(a.login)},
		{"POST /auth/code", a.door(a.answerCode)},
		{"POST /auth/logout", a.logout},
		{"GET /auth/me", a.me},

		{"POST /auth/passkey/begin", a.door(a.beginPasskey)},
		{"POST /auth/passkey", a.door(a.takePasskey)},
		{"GET /auth/oidc", a.beginSSO},
		{"GET /auth/oidc/callback", a.takeSSO},

		{"POST /auth/forgot", a.door(a.askReset)},
		{"POST /auth/reset/look", a.door(a.lookReset)},
		{"POST /auth/reset", a.door(a.reset)},
		{"GET /auth/setup", a.door(a.readSetUp)},
		{"POST /auth/setup", a.door(a.setUp)},

		{"GET /auth/account", a.own(a.readAccount)},
		{"PATCH /auth/account", a.own(a.changeAccount)},
		{"POST /auth/account/password", a.own(a.changePassword)},
		{"DELETE /auth/account/sessions", a.own(a.endOthers)},
		{"DELETE /auth/account/sessions/{session}", a.own(a.endSession)},
		{"DELETE /auth/account/apps/{client}", a.own(a.endApp)},
		{"POST /auth/account/passkeys/begin", a.proven(a.beginRegister)},
		{"POST /auth/account/passkeys", a.proven(a.register)},
		{"PATCH /auth/account/passkeys/{key}", a.own(a.renamePasskey)},
		{"DELETE /auth/account/passkeys/{key}", a.proven(a.removePasskey)},
		{"POST /auth/account/recovery", a.proven(a.renewRecovery)},
		{"DELETE /auth/account/totp", a.proven(a.removeFactor)},
		{"POST /auth/totp", a.door(a.beginEnrol)},
		{"POST /auth/totp/confirm", a.door(a.confirmEnrol)},

		{"GET /auth/security", a.own(a.readSecurity)},
		{"GET /auth/users/{user}", a.own(a.readUser)},
		{"POST /auth/users/{user}/reset-link", a.own(a.makeResetLink)},
		{"DELETE /auth/users/{user}/factors", a.own(a.dropFactors)},
		{"DELETE /auth/users/{user}/sessions", a.own(a.endUser)},

		{"GET /auth/apps", a.keepsApps(a.readApps)},
		{"POST /auth/apps", a.keepsApps(a.makeApp)},
		{"PATCH /auth/apps/{app}", a.keepsApps(a.changeApp)},
		{"DELETE /auth/apps/{app}", a.keepsApps(a.removeApp)},
		{"POST /auth/apps/{app}/secret", a.keepsApps(a.rotateApp)},
		{"GET /auth/apps/{app}/tokens", a.keepsApps(a.readTokens)},
		{"DELETE /auth/apps/{app}/tokens", a.keepsApps(a.endTokens)},
		{"DELETE /auth/apps/{app}/tokens/{token}", a.keepsApps(a.endTokens)},

		{"POST /auth/view-as", a.own(a.beginViewAs)},
		{"DELETE /auth/view-as", a.own(a.endViewAs)},
	}
}

// door makes a handler of one that returns an error, and keeps out what another site made a browser send.
func (a *Auth) door(f func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := error(nil)
		if a.cross.Check(r) != nil {
			err = refuse("invalid_request", "expected application/json from a page of this server")
		} else {
			err = f(w, r)
		}
		if err != nil {
			a.fail(w, r, err)
		}
	}
}

// own is door for the browser of someone who is signed in.
func (a *Auth) own(f func(http.ResponseWriter, *http.Request, *Session) error) http.HandlerFunc {
	return a.door(func(w http.ResponseWriter, r *http.Request) error {
		s, err := a.webSession(r)
		if err != nil {
			return err
		}
		return f(w, r, s)
	})
}

// errProof asks for the user to sign in again: a browser that was left open must not be enough to let others in for good.
var errProof = &problem{Status: http.StatusForbidden, Code: "proof_needed", Description: "Sign in again to change how you sign in."}

// proven is own for what changes how the user signs in: they must have signed in a short while ago.
func (a *Auth) proven(f func(http.ResponseWriter, *http.Request, *Session) error) http.HandlerFunc {
	return a.own(func(w http.ResponseWriter, r *http.Request, s *Session) error {
		if a.now().Sub(s.Since) > provenFor {
			return errProof
		}
		return f(w, r, s)
	})
}

// decode reads a small body of JSON. Another type of body could be sent by a form of another site.
func decode(w http.ResponseWriter, r *http.Request, into any) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return refuse("invalid_request", "expected application/json from a page of this server")
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(into); err != nil {
		return refuse("invalid_request", "the body is not the JSON that is expected here: "+err.Error())
	}
	return nil
}

// done answers that there is nothing to tell.
func done(w http.ResponseWriter) error {
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}
