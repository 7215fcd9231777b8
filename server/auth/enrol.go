package auth

import (
	"net/http"

	"truckroll/platform/org"
	"truckroll/platform/store"
)

// claimant returns who sets up a second factor: someone who must, in the middle of a sign-in, by its ticket; or someone
// who is signed in.
func (a *Auth) claimant(r *http.Request, secret string) (*org.Person, *ticket, error) {
	if secret != "" {
		t, err := a.ticketOf(r.Context(), enrolTicket, secret)
		if err != nil {
			return nil, nil, err
		}
		p, err := a.active(r.Context(), t.User)
		return p, t, err
	}
	s, err := a.webSession(r)
	if err != nil {
		return nil, nil, err
	}
	if a.now().Sub(s.Since) > provenFor {
		return nil, nil, errProof
	}
	p, err := a.active(r.Context(), s.User)
	return p, nil, err
}

// beginEnrol answers POST /auth/totp {"ticket"} with what an app needs to make codes; see [enrolment]. The ticket is that
// of a sign-in which demands it; whoever is signed in sends none.
func (a *Auth) beginEnrol(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Ticket string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	p, _, err := a.claimant(r, in.Ticket)
	if err != nil {
		return err
	}
	e, err := a.enrol(r.Context(), p)
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, e)
	return nil
}

// confirmEnrol answers POST /auth/totp/confirm {"ticket", "code"} with the recovery codes, and ends a sign-in that
// demanded the second factor with a session.
func (a *Auth) confirmEnrol(w http.ResponseWriter, r *http.Request) error {
	var in struct{ Ticket, Code string }
	if err := decode(w, r, &in); err != nil {
		return err
	}
	p, t, err := a.claimant(r, in.Ticket)
	if err != nil {
		return err
	}
	codes, err := a.confirm(r, p, in.Code)
	if err != nil {
		return err
	}
	a.changed(r, p.Id, "second factor", "Set up")
	if t != nil {
		if err := a.use(r.Context(), t); err != nil {
			return err
		}
		if err := a.beginSession(w, r, p, "password and code"); err != nil {
			return err
		}
	}
	answer(w, http.StatusOK, map[string]any{"recoveryCodes": codes})
	return nil
}

// renewRecovery answers POST /auth/account/recovery with new recovery codes; the old ones are good no longer.
func (a *Auth) renewRecovery(w http.ResponseWriter, r *http.Request, s *Session) error {
	f, err := a.factorOf(r.Context(), s.User)
	if err != nil {
		return err
	}
	if f == nil || !f.confirmed {
		return refuse("absent", "Set up a second factor first.")
	}
	codes, hashes := newRecovery()
	if err := a.db.Write(r.Context(), func(tx *store.Tx) error { return keepRecovery(tx, s.User, hashes) }); err != nil {
		return err
	}
	a.changed(r, s.User, "second factor", "Recovery codes renewed")
	answer(w, http.StatusOK, map[string]any{"recoveryCodes": codes})
	return nil
}

// removeFactor answers DELETE /auth/account/totp. Who must have a second factor keeps one.
func (a *Auth) removeFactor(w http.ResponseWriter, r *http.Request, s *Session) error {
	p, err := a.active(r.Context(), s.User)
	if err != nil {
		return err
	}
	if err := a.mayLose(r, p, 0); err != nil {
		return err
	}
	if _, err := a.dropFactor(r.Context(), s.User); err != nil {
		return err
	}
	a.changed(r, s.User, "second factor", "Removed")
	return done(w)
}

// mayLose refuses to take the last second factor away from someone who must have one. Passkeys lost is how many go.
func (a *Auth) mayLose(r *http.Request, p *org.Person, passkeysLost int) error {
	required, err := a.required(r.Context(), p)
	if err != nil || !required {
		return err
	}
	keys, err := a.passkeysOf(r.Context(), p.Id)
	if err != nil {
		return err
	}
	f, err := a.factorOf(r.Context(), p.Id)
	if err != nil {
		return err
	}
	app := f != nil && f.confirmed && passkeysLost > 0
	if len(keys)-passkeysLost <= 0 && !app {
		return refuse("required", "Your organisation asks for a second factor. Set up another one before you remove this.")
	}
	return nil
}
