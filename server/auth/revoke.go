package auth

import (
	"net/http"

	"truckroll/platform/store"
)

// revoke answers /services/oauth2/revoke: the token ends; a refresh token takes all that came from the same consent
// along. An unknown token is as good as revoked (RFC 7009), but Salesforce calls it invalid, and clients know that.
func (a *Auth) revoke(w http.ResponseWriter, r *http.Request) {
	if err := form(w, r); err != nil {
		a.fail(w, r, err)
		return
	}
	known := false
	err := a.db.Write(r.Context(), func(tx *store.Tx) error {
		t, err := findToken(tx, r.Form.Get("token"))
		if known = t != nil; err != nil || t == nil {
			return err
		}
		if t.Kind == refreshKind {
			return endFamily(tx, t.Family)
		}
		_, err = tx.Exec(`DELETE FROM oauth_token WHERE hash = ?`, t.hash)
		return err
	})
	switch {
	case err != nil:
		a.fail(w, r, err)
	case !known:
		a.fail(w, r, refuse("invalid_token", "invalid token"))
	default:
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusOK)
	}
}

// introspect answers POST /services/oauth2/introspect: what a token is, to the app that holds it (RFC 7662).
func (a *Auth) introspect(w http.ResponseWriter, r *http.Request) {
	if err := form(w, r); err != nil {
		a.fail(w, r, err)
		return
	}
	c, _, err := a.knownClient(r)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	var t *token
	err = a.db.View(r.Context(), func(tx *store.Tx) (err error) {
		t, err = findToken(tx, r.PostForm.Get("token"))
		return err
	})
	if err != nil {
		a.fail(w, r, err)
		return
	}
	if t == nil || t.Used || t.Client != c.Id {
		answer(w, http.StatusOK, map[string]any{"active": false})
		return
	}
	p, err := a.people.Person(r.Context(), t.User)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	if p == nil || !p.Active {
		answer(w, http.StatusOK, map[string]any{"active": false})
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"active": true, "scope": t.Body.Scope, "client_id": t.Client, "username": p.Username, "sub": string(p.Id), "token_type": string(t.Kind) + "_token",
		"iat": t.Created.Unix(), "nbf": t.Created.Unix(), "exp": t.Expires.Unix(),
	})
}
