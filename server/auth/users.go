package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// managed returns the user that an address names, if the session's user may manage them: whoever manages users cannot
// take over the account of someone who may do more than they.
func (a *Auth) managed(r *http.Request, s *Session) (*org.Person, error) {
	if !s.Viewer.May("ManageUsers") {
		return nil, &problem{Status: http.StatusForbidden, Code: "forbidden", Description: "You may not manage users."}
	}
	p, err := a.people.Person(r.Context(), schema.Id(r.PathValue("user")))
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, &problem{Status: http.StatusNotFound, Code: "absent", Description: "There is no such user."}
	}
	if !p.Active {
		return p, nil
	}
	theirs, err := a.people.Viewer(r.Context(), p.Id)
	if err != nil {
		return nil, err
	}
	mine := org.Permissions(s.Viewer)
	for _, name := range org.Permissions(theirs) {
		if name != "ForceTwoFactor" && !slices.Contains(mine, name) {
			return nil, &problem{Status: http.StatusForbidden, Code: "forbidden", Description: fmt.Sprintf("%s holds the permission %s, which you do not have.", p.Name, name)}
		}
	}
	return p, nil
}

// readUser answers GET /auth/users/{user}: how a user signs in.
func (a *Auth) readUser(w http.ResponseWriter, r *http.Request, s *Session) error {
	p, err := a.managed(r, s)
	if err != nil {
		return err
	}
	changed, err := a.passwordSince(r.Context(), p.Id)
	if err != nil {
		return err
	}
	f, err := a.factorOf(r.Context(), p.Id)
	if err != nil {
		return err
	}
	keys, err := a.passkeysOf(r.Context(), p.Id)
	if err != nil {
		return err
	}
	list, err := a.sittings(r.Context(), &Session{User: p.Id})
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, map[string]any{"active": p.Active, "password": changed != nil, "passwordChanged": changed,
		"totp": f != nil && f.confirmed, "passkeys": len(keys), "sessions": len(list), "mail": a.forgot != nil})
	return nil
}

// makeResetLink answers POST /auth/users/{user}/reset-link with a link by which the user can choose a new password, to be
// handed to them by whoever made it.
func (a *Auth) makeResetLink(w http.ResponseWriter, r *http.Request, s *Session) error {
	p, err := a.managed(r, s)
	if err == nil && !p.Active {
		err = refuse("inactive_user", "This user is not active. Make them active first.")
	}
	if err != nil {
		return err
	}
	link, err := a.ResetLink(r.Context(), p.Id, a.origin(r))
	if err != nil {
		return err
	}
	a.onBehalf(r, s, p.Id, "password", "Reset link made")
	answer(w, http.StatusOK, map[string]any{"link": link, "expires": a.now().Add(ResetLife)})
	return nil
}

// onBehalf records what someone else did to how a user signs in.
func (a *Auth) onBehalf(r *http.Request, s *Session, user schema.Id, kind, what string) {
	err := a.keeper.Do(context.WithoutCancel(r.Context()), record.Cause{Viewer: s.Viewer, By: by, Of: "users", Request: r.Header.Get("X-Request-Id")}, func(tx *record.Tx) error {
		return tx.Save(&org.LoginHistory{UserId: schema.Ref[org.User](user), LoginTime: schema.At(tx.Now()), LoginType: schema.Picklist(kind),
			SourceIp: address(r).String(), Browser: cut(r.UserAgent()), Status: what + " by an administrator"})
	})
	a.note(r, kind+": "+what+" by an administrator", err)
}

// dropFactors answers DELETE /auth/users/{user}/factors: for who has lost the device, the app and the passkeys are
// forgotten and all sessions end.
func (a *Auth) dropFactors(w http.ResponseWriter, r *http.Request, s *Session) error {
	p, err := a.managed(r, s)
	if err != nil {
		return err
	}
	if err := a.DropFactors(r.Context(), record.Cause{Viewer: s.Viewer, By: by, Of: "users", Request: r.Header.Get("X-Request-Id")}, p.Username); err != nil {
		return err
	}
	return done(w)
}

// DropFactors forgets the second factor and the passkeys of a user, whose sessions end.
func (a *Auth) DropFactors(ctx context.Context, why record.Cause, username string) error {
	p, err := a.named(ctx, username)
	if err != nil {
		return err
	}
	return a.keeper.Do(ctx, why, func(tx *record.Tx) error {
		for _, table := range []string{"user_totp", "user_recovery", "user_passkey"} {
			if _, err := tx.Store().Exec(`DELETE FROM `+table+` WHERE user_id = ?`, string(p.Id)); err != nil {
				return err
			}
		}
		return errors.Join(org.EndSessions(tx.Store(), p.Id), noted(tx, p.Id, "second factor", "Removed by an administrator"))
	})
}

// noted records in LoginHistory what was done to how a user signs in, by whom the transaction's cause names.
func noted(tx *record.Tx, user schema.Id, kind, what string) error {
	return tx.Save(&org.LoginHistory{UserId: schema.Ref[org.User](user), LoginTime: schema.At(tx.Now()), LoginType: schema.Picklist(kind), Status: what})
}

// endUser answers DELETE /auth/users/{user}/sessions: all sessions and tokens of a user end.
func (a *Auth) endUser(w http.ResponseWriter, r *http.Request, s *Session) error {
	p, err := a.managed(r, s)
	if err != nil {
		return err
	}
	if err := a.db.Write(r.Context(), func(tx *store.Tx) error { return org.EndSessions(tx, p.Id) }); err != nil {
		return err
	}
	a.onBehalf(r, s, p.Id, "session", "All ended")
	return done(w)
}

// LinkFor returns a link by which a named user can choose a new password, and until when.
func (a *Auth) LinkFor(ctx context.Context, why record.Cause, username, origin string) (link string, until time.Time, err error) {
	p, err := a.named(ctx, username)
	if err != nil {
		return "", until, err
	}
	if !p.Active {
		return "", until, schema.Refuse("INACTIVE_OWNER_OR_USER", fmt.Sprintf("%s is not active", username), "Username")
	}
	if err := a.keeper.Do(ctx, why, func(tx *record.Tx) error { return noted(tx, p.Id, "password", "Reset link made") }); err != nil {
		return "", until, err
	}
	link, err = a.ResetLink(ctx, p.Id, origin)
	return link, a.now().Add(ResetLife), err
}
