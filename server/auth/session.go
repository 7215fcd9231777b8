package auth

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/store"
)

// A browser's session ends when it is not used, and in any case after half a day.
const (
	sessionIdle    = 30 * time.Minute
	sessionLongest = 12 * time.Hour
)

// errCross is returned for what another site made a browser send.
var errCross = errors.New("sent by another site")

// cookieName is the session cookie's. With TLS its prefix keeps other hosts and plain HTTP from setting it.
func (a *Auth) cookieName(r *http.Request) string {
	if a.secure(r) {
		return "__Host-truckroll"
	}
	return "truckroll"
}

func (a *Auth) setCookie(w http.ResponseWriter, r *http.Request, value string, life int) {
	http.SetCookie(w, &http.Cookie{Name: a.cookieName(r), Value: value, Path: "/", MaxAge: life, Secure: a.secure(r), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// sessionBody is what a session remembers for its owner, who may look at it and end it.
type sessionBody struct {
	How     string `json:"how"`     // how it was begun
	Agent   string `json:"agent"`   // what the browser calls itself
	Address string `json:"address"` // where it was begun
}

// beginSession makes a browser's session and sends its cookie. An older session of the browser ends, so that nobody can
// plant one. How says in what way the user proved who they are.
func (a *Auth) beginSession(w http.ResponseWriter, r *http.Request, p *org.Person, how string) error {
	secret, now := sessionPrefix+newSecret(), a.now()
	agent := r.UserAgent()
	body, err := json.Marshal(sessionBody{how, strings.ToValidUTF8(agent[:min(len(agent), 300)], ""), address(r).String()})
	if err != nil {
		return err
	}
	err = a.db.Write(r.Context(), func(tx *store.Tx) error {
		if old, err := r.Cookie(a.cookieName(r)); err == nil {
			if _, err := tx.Exec(`DELETE FROM session WHERE hash = ?`, fingerprint(old.Value)); err != nil {
				return err
			}
		}
		_, err := tx.Exec(`INSERT INTO session (hash, user_id, created, seen, expires, body) VALUES (?, ?, ?, ?, ?, ?)`,
			fingerprint(secret), string(p.Id), now.UnixMilli(), now.UnixMilli(), now.Add(sessionLongest).UnixMilli(), body)
		return err
	})
	if err != nil {
		return err
	}
	a.signedIn(r, p, how, "")
	a.setCookie(w, r, secret, int(sessionLongest/time.Second))
	return nil
}

// webSession returns the session of a browser's cookie. A request that changes something must come from a page of ours.
func (a *Auth) webSession(r *http.Request) (*Session, error) {
	c, err := r.Cookie(a.cookieName(r))
	if err != nil {
		return nil, errSession
	}
	if err := a.cross.Check(r); err != nil {
		return nil, errCross
	}
	hash, idle := fingerprint(c.Value), false
	s := &Session{Scope: "full", Web: true, hash: hash}
	err = a.db.View(r.Context(), func(tx *store.Tx) (err error) {
		if idle, err = a.findSession(tx, hash, s); err != nil {
			return err
		}
		return a.look(tx, s)
	})
	if err == nil && idle {
		err = a.db.Write(r.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE session SET seen = ? WHERE hash = ?`, a.now().UnixMilli(), hash)
			return err
		})
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// findSession fills in the user of a session and when they signed in, and reports whether it was idle for so long that
// its use should be noted. It returns errSession when the session has ended.
func (a *Auth) findSession(tx *store.Tx, hash []byte, s *Session) (idle bool, err error) {
	var created, seen, expires int64
	err = tx.QueryRow(`SELECT user_id, created, seen, expires FROM session WHERE hash = ?`, hash).Scan(&s.User, &created, &seen, &expires)
	now := a.now()
	since := now.Sub(time.UnixMilli(seen))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, errSession
	case err != nil:
		return false, err
	case now.UnixMilli() >= expires || since > sessionIdle:
		return false, errSession
	}
	s.Since = time.UnixMilli(created)
	return since > time.Minute, nil
}

// login answers POST /auth/login {"username", "password"}: with a session cookie and who signed in, or with 202 and
// the next step for those whose password is not enough; see [nextStep].
func (a *Auth) login(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Username, Password string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	p, err := a.signIn(r, in.Username, in.Password)
	if err != nil {
		a.note(r, "browser sign-in refused", err)
		problem := a.problemOf(r, err)
		if errors.Is(err, errLogin) || errors.Is(err, errInactive) {
			problem.Status = http.StatusUnauthorized
		}
		return problem
	}
	next, err := a.step(r.Context(), p)
	if err != nil {
		return err
	}
	if next != nil {
		answer(w, http.StatusAccepted, next)
		return nil
	}
	if err := a.beginSession(w, r, p, "password"); err != nil {
		return err
	}
	return a.answerMe(w, r, p)
}

// logout answers POST /auth/logout: the session ends on the server, and the browser forgets.
func (a *Auth) logout(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(a.cookieName(r)); err == nil && a.cross.Check(r) == nil {
		err := a.db.Write(r.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`DELETE FROM session WHERE hash = ?`, fingerprint(c.Value))
			return err
		})
		if err != nil {
			a.fail(w, r, err)
			return
		}
	}
	a.setCookie(w, r, "", -1)
	w.Header().Set("Clear-Site-Data", `"cookies"`)
	w.WriteHeader(http.StatusNoContent)
}

// me answers GET /auth/me: who is signed in, or through whose eyes they look.
func (a *Auth) me(w http.ResponseWriter, r *http.Request) {
	s, err := a.session(r)
	if err != nil {
		a.turnAway(w, r, err)
		return
	}
	if err := a.answerViewAs(w, r, s); err != nil {
		a.fail(w, r, err)
	}
}

// answerMe answers with who a person is and what they may do.
func (a *Auth) answerMe(w http.ResponseWriter, r *http.Request, p *org.Person) error {
	viewer, err := a.people.Viewer(r.Context(), p.Id)
	if err != nil {
		return err
	}
	return a.answerAs(w, r, p, &Session{Viewer: viewer})
}

// answerAs is [Auth.answerMe] with the rights of a session, and with who looks through the person's eyes.
func (a *Auth) answerAs(w http.ResponseWriter, r *http.Request, p *org.Person, s *Session) error {
	organization, err := a.people.Organization(r.Context())
	if err != nil {
		return err
	}
	by, err := a.lookedBy(r, s)
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, map[string]any{
		"id": p.Id, "username": p.Username, "name": p.Name, "email": p.Email, "profileId": p.Profile, "userType": p.Type,
		"language": p.Language, "locale": p.Locale, "timeZone": p.Zone,
		"organization": map[string]any{"id": organization.Id, "name": organization.Name},
		"permissions":  org.Permissions(s.Viewer),
		"viewedBy":     by,
	})
	return nil
}
